import type { PbxLeg } from '../pbx/types.ts';
import { compareText, readLegs } from './legs.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { looksPlaced } from './placed-evidence.ts';

/** A request to place a call that the PBX has not answered. */
export interface Placing {
  number: string;
  /** Until then (ms since 1970) a session that looks like it is taken for it. */
  until: number;
  /** The session taken for it. */
  sessionId: string | null;
}

/** The calls that this program placed or is about to. */
export interface Placings {
  /** Oldest first. */
  waiting: readonly Placing[];
  /** Session id -> dialled number. */
  known: ReadonlyMap<string, string>;
}

export const NO_PLACINGS: Placings = { waiting: [], known: new Map() };

/** Ids of calls that never showed up in a list stay known; no more than this many. */
const MOST_KNOWN = 100;

export function addPlacing(placings: Placings, number: string, until: number): Placings {
  return { ...placings, waiting: [...placings.waiting, { number, until, sessionId: null }] };
}

/** The PBX gave the id: that settles which session the newest request for the number is, whatever was supposed before. */
export function settlePlacing(placings: Placings, sessionId: string, number: string): Placings {
  const settled = placings.waiting.findLast((placing) => placing.number === number);
  const waiting = placings.waiting
    .filter((placing) => placing !== settled)
    // An older request for the number had taken the session: they change places.
    .map((placing) =>
      placing.sessionId === sessionId ? { ...placing, sessionId: settled?.sessionId ?? null } : placing,
    );
  return { waiting, known: remember(placings.known, sessionId, number) };
}

/** The PBX refused the request made last: a session that was taken for it is somebody's call. */
export function dropPlacing(placings: Placings): Placings {
  return { ...placings, waiting: placings.waiting.slice(0, -1) };
}

/** A request that was never answered is given up after `until`; a session taken for it stays so. */
export function expirePlacings(placings: Placings, now: number): Placings {
  const over = placings.waiting.filter((placing) => placing.until <= now);
  if (over.length === 0) return placings;
  let known = placings.known;
  for (const { sessionId, number } of over) if (sessionId !== null) known = remember(known, sessionId, number);
  return { waiting: placings.waiting.filter((placing) => !over.includes(placing)), known };
}

/** Takes sessions that were not there before and look like a request under way for it; each request takes one at most. */
export function claimSessions(
  placings: Placings,
  listed: ReadonlyMap<string, readonly PbxLeg[]>,
  before: ReadonlyMap<string, unknown>,
  own: OwnNumbers,
): Placings {
  if (placings.waiting.every((placing) => placing.sessionId !== null)) return placings;
  const free = [...listed.keys()]
    .filter((id) => !before.has(id) && numberPlaced(placings, id) === null)
    .sort(compareText);
  const waiting = placings.waiting.map((placing) => {
    if (placing.sessionId !== null) return placing;
    const at = free.findIndex((id) => looksPlaced(readLegs(listed.get(id) ?? []), placing.number, own));
    const [sessionId] = at === -1 ? [] : free.splice(at, 1);
    return sessionId === undefined ? placing : { ...placing, sessionId };
  });
  return { ...placings, waiting };
}

/** Forgets the ids of calls that are over. */
export function forgetPlaced(placings: Placings, ids: Iterable<string>): Placings {
  const known = new Map(placings.known);
  for (const id of ids) known.delete(id);
  return known.size === placings.known.size ? placings : { ...placings, known };
}

/** The number that was dialled for this session; null when it was not placed here. */
export function numberPlaced(placings: Placings, sessionId: string): string | null {
  const waiting = placings.waiting.find((placing) => placing.sessionId === sessionId);
  return waiting?.number ?? placings.known.get(sessionId) ?? null;
}

function remember(known: ReadonlyMap<string, string>, sessionId: string, number: string): ReadonlyMap<string, string> {
  return new Map([...known, [sessionId, number] as const].slice(-MOST_KNOWN));
}
