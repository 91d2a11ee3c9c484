import type { Call } from '../../shared/call.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { plausibleTime } from './legs.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import { isNameless } from './own-phones.ts';
import { normaliseNumber, sameNumber } from './same-number.ts';

/** A call that was told as over, and of which the history may know more or the same. Times in ms since 1970. */
interface Pending {
  call: Call;
  at: number;
  /** When it ended here, steady ms. */
  since: number;
}

/** What of the call history has been dealt with. */
export interface MissedCalls {
  /** Entries told, or of a time before anybody listened. */
  known: ReadonlySet<string>;
  /** The first answer was taken: what comes from now on is news. */
  begun: boolean;
  /** Nameless calls that were missed, which the history may name. */
  nameless: readonly Pending[];
  /** Missed calls told by name, which the history will tell again. */
  told: readonly Pending[];
}

export interface Missed {
  call: Call;
  /** ms since 1970. */
  at: number;
}

export const NO_MISSED_CALLS: MissedCalls = { known: new Set(), begun: false, nameless: [], told: [] };

/** How long the history may take to name a missed call, in ms; then it is told without a name. */
export const NAME_WITHIN_MS = 60_000;
/** The history's clock and this computer's may differ by so much, in ms. */
const SAME_CALL_MS = 120_000;
const KEEP_TOLD_MS = 600_000;
const MOST_KNOWN = 5_000;

/** A missed call as the tracker tells it. A nameless one waits for its name; any other is told at once. */
export function missedHere(state: MissedCalls, call: Call, at: number, now: number): [MissedCalls, Missed[]] {
  const pending = { call, at, since: now };
  if (isNameless(call.id)) return [{ ...state, nameless: [...state.nameless, pending] }, []];
  return [{ ...state, told: [...state.told, pending] }, [{ call, at }]];
}

/**
 * What an answer of the history adds. `offset`: this computer's clock minus the PBX's, in ms. The first answer tells
 * nothing, but names what waits. An entry is missed when it was over, rang one of my phones, and nobody took it.
 */
export function missedInHistory(
  state: MissedCalls,
  changes: readonly CdrChange[],
  own: OwnNumbers,
  offset: number,
): [MissedCalls, Missed[]] {
  const known = new Set(state.known);
  let { nameless, told } = state;
  const missed: Missed[] = [];
  for (const { id, change, legs } of changes) {
    const over = legs.length > 0 && legs.every((leg) => leg.endedAt !== null);
    if (change === 'deleted' || !over || known.has(id)) continue;
    known.add(id);
    const leg = legs.find(
      ({ caller, callee }) => isMine(own, callee) && normaliseNumber(caller) !== normaliseNumber(callee),
    );
    if (leg === undefined) continue;
    const answered = legs.some(({ answeredAt }) => answeredAt !== null);
    const call = callOf(id, leg, offset);
    const waiting = nameless.find((pending) => isNear(pending.call, call));
    if (waiting !== undefined) {
      nameless = nameless.filter((pending) => pending !== waiting);
      const { caller, other } = call;
      if (!answered) missed.push({ call: { ...waiting.call, caller, other }, at: waiting.at });
      continue;
    }
    const same = told.find(
      (pending) => isNear(pending.call, call) && sameNumber(pending.call.other.number, leg.caller),
    );
    told = told.filter((pending) => pending !== same);
    if (!answered && same === undefined && state.begun) missed.push({ call, at: (leg.endedAt ?? 0) + offset });
  }
  return [{ known: new Set([...known].slice(-MOST_KNOWN)), begun: true, nameless, told }, missed];
}

/** What nobody named in time is told as it is. `now`: steady ms. `all`: nobody will name it any more. */
export function unnamed(state: MissedCalls, now: number, all: boolean): [MissedCalls, Missed[]] {
  const due = state.nameless.filter(({ since }) => all || now - since >= NAME_WITHIN_MS);
  const told = state.told.filter(({ since }) => now - since < KEEP_TOLD_MS);
  if (due.length === 0 && told.length === state.told.length) return [state, []];
  return [{ ...state, nameless: state.nameless.filter((pending) => !due.includes(pending)), told }, due];
}

function isNear(here: Call, there: Call): boolean {
  return Math.abs(here.startedAt - there.startedAt) <= SAME_CALL_MS;
}

function callOf(id: string, leg: PbxCdr, offset: number): Call {
  const caller = { number: leg.caller, name: '' };
  const began = plausibleTime(leg.startedAt) ?? plausibleTime(leg.endedAt) ?? 0;
  return {
    id: `cdr:${id}`,
    mine: true,
    direction: 'incoming',
    state: 'ringing',
    caller,
    callee: { number: leg.callee, name: '' },
    other: caller,
    trunk: '',
    startedAt: began + offset,
    answeredAt: null,
    placedHere: false,
  };
}
