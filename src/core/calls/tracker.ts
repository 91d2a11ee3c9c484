import type { Call, CallEvent } from '../../shared/call.ts';
import type { PbxLeg, PbxSession } from '../pbx/types.ts';
import { compareText, plausibleTime, readLegs } from './legs.ts';
import type { OwnNumbers } from './own-numbers.ts';
import {
  addPlacing,
  claimSessions,
  dropPlacing,
  expirePlacings,
  forgetPlaced,
  NO_PLACINGS,
  numberPlaced,
  settlePlacing,
  type Placings,
} from './placings.ts';
import { readPlacedSession, readSession } from './read-session.ts';
import { talkedOn } from './seen-legs.ts';
import { advanceSession, endSession, staysAsItIs, type Moment, type TrackedSession } from './tracked-session.ts';

export interface TrackerState {
  sessions: ReadonlyMap<string, TrackedSession>;
  /** In the order of the list; the same array while no call changed. */
  calls: Call[];
  placings: Placings;
  /** This computer's clock minus the PBX's, in ms; null while the PBX never told its time. */
  offset: number | null;
  /** When the last snapshot was taken, ms since 1970; null since the start: what comes first is no news. */
  lastLook: number | null;
}

export type TrackerInput =
  /**
   * `pbxTime`: the PBX's clock when it answered, ms since 1970. `replaced`: sessions that stood for one that is listed
   * by its own id now: they have left me, and neither ended nor were missed. `quiet`: what is new is listed and not
   * announced. `endedAt`: when what is gone was there last, ms since 1970; worked out from the looks where not given.
   */
  | {
      type: 'snapshot';
      sessions: readonly PbxSession[];
      pbxTime: number | null;
      replaced?: ReadonlySet<string>;
      quiet?: boolean;
      endedAt?: number;
    }
  /** A request to place a call is about to leave; its session may be listed before it is answered. */
  | { type: 'placing'; number: string; until: number }
  | { type: 'placed'; sessionId: string; number: string }
  /** The PBX refused the request made last. Not for one that got no answer: that one holds until its `until`. */
  | { type: 'place-failed' }
  /** Forget what was listed: the next snapshot announces nothing. Calls placed here stay known as such. */
  | { type: 'reset' };

export const initialTracker: TrackerState = {
  sessions: new Map(),
  calls: [],
  placings: NO_PLACINGS,
  offset: null,
  lastLook: null,
};

/** An HTTP Date has whole seconds and the answer took its time: a smaller change of the offset is noise, in ms. */
const OFFSET_NOISE_MS = 2_000;
const LONG_GAP_MS = 60_000;

/**
 * Turns looks at the session list into calls and what happened to them. Pure; `now` is ms since 1970.
 *
 * Events: `appeared` once per session; `for-me` when a leg to one of my phones rings that was not there before, so
 * again after it left me; `answered` once per leg, when it speaks for the call; `moved` when the other party or the
 * callee of that leg changes (with `mine` false: it left me); `ended` once the id is gone (`at` is when it was last seen, where
 * that is more than a minute ago), followed by `missed` where that is certain. Calls placed here are never for me nor missed. The first snapshot lists and announces nothing.
 */
export function track(
  state: TrackerState,
  input: TrackerInput,
  own: OwnNumbers,
  now: number,
): [TrackerState, CallEvent[]] {
  switch (input.type) {
    case 'reset':
      return [{ ...initialTracker, placings: state.placings, offset: state.offset }, []];
    case 'placing':
      return [{ ...state, placings: addPlacing(state.placings, input.number, input.until) }, []];
    case 'placed':
      return [{ ...state, placings: settlePlacing(state.placings, input.sessionId, input.number) }, []];
    case 'place-failed':
      return [{ ...state, placings: dropPlacing(state.placings) }, []];
    case 'snapshot':
      return look(state, input, own, now);
  }
}

/** Live calls: mine first, of these the ringing ones; then in the order in which they began. */
export function callsOf(state: TrackerState): Call[] {
  return state.calls;
}

/** The session that is taken for a request to place a call to `number` that got no answer; null when none is. */
export function claimedSession(state: TrackerState, number: string): string | null {
  return (
    state.placings.waiting.find((placing) => placing.number === number && placing.sessionId !== null)?.sessionId ?? null
  );
}

function look(
  state: TrackerState,
  { sessions, pbxTime, replaced, quiet = false, endedAt }: TrackerInput & { type: 'snapshot' },
  own: OwnNumbers,
  now: number,
): [TrackerState, CallEvent[]] {
  const listed = legsById(sessions);
  const placings = claimSessions(expirePlacings(state.placings, now), listed, state.sessions, own);
  const offset = steadyOffset(state.offset, pbxTime, now);
  const moment: Moment = {
    now,
    offset: offset ?? 0,
    offsetChanged: offset !== state.offset,
    quiet: quiet || state.lastLook === null,
  };

  const next = new Map<string, TrackedSession>();
  const events: CallEvent[] = [];
  for (const [id, raw] of listed) {
    const before = state.sessions.get(id) ?? null;
    const number = numberPlaced(placings, id);
    const sight = { legs: raw, own, placed: number, offset: moment.offset };
    const talking = before === null ? undefined : talkedOn(before.seen, sight);
    if (before !== null && talking !== undefined && staysAsItIs(before, talking, moment)) {
      next.set(id, before);
      continue;
    }
    const [first, ...rest] = readLegs(raw);
    if (first === undefined) {
      // A session without legs says nothing: a known call stays as it was, an unknown one is not one yet.
      if (before !== null) next.set(id, before);
      continue;
    }
    const reading =
      number === null
        ? readSession([first, ...rest], own, before?.legKey ?? null)
        : readPlacedSession([first, ...rest], own, number);
    const talks = reading.seen.state === 'talking' ? reading.talking : null;
    const [after, happened] = advanceSession(before, id, reading, { ...sight, talking: talks }, moment);
    next.set(id, after);
    for (const event of happened) events.push(event);
  }
  const gone = [...state.sessions].filter(([id]) => !listed.has(id));
  for (const [id, session] of gone) {
    if (replaced?.has(id) === true && rangAs(session, events)) continue;
    if (replaced?.has(id) === true) events.push({ type: 'moved', call: { ...session.call, mine: false } });
    else events.push(...endSession(session, endedAt ?? endOf(state, now)));
  }

  const ids = gone.map(([id]) => id);
  return [
    {
      sessions: next,
      calls: inOrder(next, state),
      placings: forgetPlaced(placings, ids),
      offset,
      lastLook: now,
    },
    events,
  ];
}

/** A call that rang me namelessly has its name now: the first ring that is told is that one. */
function rangAs({ call }: TrackedSession, events: CallEvent[]): boolean {
  if (!call.mine || call.state !== 'ringing') return false;
  const index = events.findIndex((event) => event.type === 'for-me' && event.insteadOf === undefined);
  const event = events[index];
  if (event?.type !== 'for-me') return false;
  events[index] = { ...event, insteadOf: call.id };
  return true;
}

/** By id, in the order of ids: what the PBX lists first must not matter. Entries with one id are one session. */
function legsById(sessions: readonly PbxSession[]): Map<string, readonly PbxLeg[]> {
  const found = new Map<string, readonly PbxLeg[]>();
  for (const { id, legs } of sessions) {
    const known = found.get(id);
    if (id !== '') found.set(id, known === undefined ? legs : [...known, ...legs]);
  }
  const ids = [...found.keys()];
  // As a rule the PBX counts its ids up.
  if (ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id)) return found;
  return new Map(ids.sort(compareText).map((id) => [id, found.get(id) ?? []]));
}

/** A call that went during sleep or an outage ended some time after it was last seen: no talking is made of that gap. */
function endOf(state: TrackerState, now: number): number {
  const last = state.lastLook ?? now;
  return now - last > LONG_GAP_MS ? last : now;
}

function steadyOffset(offset: number | null, pbxTime: number | null, now: number): number | null {
  const told = plausibleTime(pbxTime);
  if (told === null) return offset;
  const sample = now - told;
  return offset !== null && Math.abs(sample - offset) <= OFFSET_NOISE_MS ? offset : sample;
}

function inOrder(sessions: ReadonlyMap<string, TrackedSession>, before: TrackerState): Call[] {
  if (sessions.size === before.sessions.size && [...sessions].every(([id, one]) => one === before.sessions.get(id))) {
    return before.calls;
  }
  const calls = [...sessions.values()].sort(compareSessions).map((session) => session.call);
  const same = calls.length === before.calls.length && calls.every((call, index) => call === before.calls[index]);
  return same ? before.calls : calls;
}

function compareSessions(a: TrackedSession, b: TrackedSession): number {
  return rank(a.call) - rank(b.call) || a.sortAt - b.sortAt || compareText(a.call.id, b.call.id);
}

function rank(call: Call): number {
  if (!call.mine) return 2;
  return call.state === 'ringing' ? 0 : 1;
}
