import type { Call, CallState, Party } from '../../shared/call.ts';
import { directionOf, involvesMe, leadsToMe } from './direction.ts';
import { compareText, type Leg } from './legs.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { readPlaced } from './placed-evidence.ts';

/** What one look at a session says, before it is compared with the look before. */
export interface SessionReading {
  seen: Pick<Call, 'mine' | 'direction' | 'state' | 'caller' | 'callee' | 'other' | 'trunk' | 'placedHere'>;
  /** Which leg `seen` describes: the active one. */
  legKey: string;
  /** Seconds that the active leg talks; null when it does not, or the PBX does not say. */
  talking: number | null;
  /** When the session began, ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** The leg that rings, or rang, one of my phones. */
  toMe: 'absent' | 'ringing' | 'talking' | 'unknown';
  /** One of my phones is on it, on either side. */
  withMe: boolean;
  /** Keys of the legs that are there and do not ring: an answer to one of these has been told, or was never seen. */
  notRinging: string[];
  /** Keys of the answered legs that are not mine. */
  talkingElsewhere: string[];
}

/** Two legs whose talking times differ by less than this were answered at the same time, for all that can be told. */
const SAME_MOMENT_S = 2;

/**
 * Reads a session of at least one leg. A session has no state of its own: one of its legs, the active one, speaks for
 * it. `activeBefore` is the key of the leg that did so at the last look, so that equals do not take turns.
 */
export function readSession(
  legs: readonly [Leg, ...Leg[]],
  own: OwnNumbers,
  activeBefore: string | null,
): SessionReading {
  const mine = legs.filter((leg) => involvesMe(leg, own));
  const active = activeLeg(mine.length > 0 ? mine : legs, activeBefore) ?? legs[0];
  const trunk = active.trunk === '' ? (legs.find((leg) => leg.trunk !== '')?.trunk ?? '') : active.trunk;
  const direction = directionOf(active, trunk, own);
  return {
    seen: {
      mine: mine.length > 0,
      direction,
      state: stateOf(active.talking),
      caller: active.caller,
      callee: active.callee,
      other: mine.length > 0 && direction === 'outgoing' ? active.callee : active.caller,
      trunk,
      placedHere: false,
    },
    legKey: active.key,
    talking: active.talking,
    ...facts(legs, own),
  };
}

/** Reads a session that this program placed: from me to the dialled number, whatever its legs look like meanwhile. */
export function readPlacedSession(legs: readonly [Leg, ...Leg[]], own: OwnNumbers, dialled: string): SessionReading {
  const evidence = readPlaced(legs, dialled, own);
  const callee: Party = { number: dialled, name: '' };
  const known = legs.some((leg) => leg.talking !== null);
  return {
    seen: {
      mine: true,
      direction: 'outgoing',
      state: evidence.other === 'talking' ? 'talking' : known ? 'ringing' : 'unknown',
      caller: { number: own.extension, name: '' },
      callee,
      other: callee,
      trunk: legs.find((leg) => leg.trunk !== '')?.trunk ?? '',
      placedHere: true,
    },
    legKey: 'placed',
    talking: evidence.talking,
    ...facts(legs, own),
    notRinging: ['placed'],
  };
}

/** Which says more, where several legs lead to me. */
const TO_ME: readonly SessionReading['toMe'][] = ['absent', 'unknown', 'ringing', 'talking'];

function facts(
  legs: readonly Leg[],
  own: OwnNumbers,
): Pick<SessionReading, 'startedAt' | 'toMe' | 'withMe' | 'notRinging' | 'talkingElsewhere'> {
  const found: ReturnType<typeof facts> = {
    startedAt: null,
    toMe: 'absent',
    withMe: false,
    notRinging: [],
    talkingElsewhere: [],
  };
  for (const leg of legs) {
    const state = stateOf(leg.talking);
    if (leg.startedAt !== null) found.startedAt = Math.min(found.startedAt ?? leg.startedAt, leg.startedAt);
    if (leg.talking !== 0) found.notRinging.push(leg.key);
    if (leadsToMe(leg, own)) {
      if (TO_ME.indexOf(state) > TO_ME.indexOf(found.toMe)) found.toMe = state;
    } else if (state === 'talking') {
      found.talkingElsewhere.push(leg.key);
    }
    found.withMe ||= involvesMe(leg, own);
  }
  return found;
}

function stateOf(talking: number | null): CallState {
  if (talking === null) return 'unknown';
  return talking > 0 ? 'talking' : 'ringing';
}

/** The leg answered last; while none was, the one that began last. */
function activeLeg(legs: readonly Leg[], before: string | null): Leg | undefined {
  const talking = legs.filter((leg) => stateOf(leg.talking) === 'talking');
  if (talking.length > 0) {
    const latest = Math.min(...talking.map((leg) => leg.talking ?? 0));
    return (
      settled(
        talking.filter((leg) => (leg.talking ?? 0) < latest + SAME_MOMENT_S),
        before,
      ) ?? legs[0]
    );
  }
  const ringing = legs.filter((leg) => leg.talking === 0);
  return settled(ringing.length > 0 ? ringing : legs, before);
}

function settled(legs: readonly Leg[], before: string | null): Leg | undefined {
  const same = legs.find((leg) => leg.key === before);
  if (same !== undefined) return same;
  return legs.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0) || compareText(a.key, b.key))[0];
}
