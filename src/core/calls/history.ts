import type { Call } from '../../shared/call.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { plausibleTime } from './legs.ts';
import { LIMITS, MOST } from './limits.ts';
import {
  isNameless,
  type Decided,
  type Ended,
  type EndRecord,
  type HistoryState,
  type Pending,
  type Placing,
  type Session,
} from './model.ts';
import type { OwnPhones } from './own-numbers.ts';
import { normaliseNumber, sameNumber } from '../../shared/same-number.ts';

export type Verdict = 'missed' | 'declined' | 'no' | 'ask' | 'ask-for-proof';

const DECLINED: ReadonlySet<number | null> = new Set([486, 600, 603, 607]);
const UNANSWERED: ReadonlySet<number | null> = new Set([null, 0, 408, 480, 487]);
const DECLINED_WORDS = /BUSY|DECLIN|REJECT|DISTURB|^DND/i;
/** Completed elsewhere (22.6), forwarded by a rule, picked up by a colleague, parked, passed on. */
const TAKEN_WORDS = /ELSEWHERE|FORWARD|REDIRECT|PICK_?UP|PICKED|PARK|REFERRED|REPLACED|TRANSFER/i;

/** What an entry of a call to me says, or call_cdr. */
function judge({ statusCode, endReason }: Pick<PbxCdr, 'statusCode' | 'endReason'>): 'missed' | 'declined' | 'no' {
  if (DECLINED.has(statusCode) || DECLINED_WORDS.test(endReason)) return 'declined';
  if (TAKEN_WORDS.test(endReason)) return 'no';
  return UNANSWERED.has(statusCode) ? 'missed' : 'no';
}

/**
 * Was this a missed call? It rang me, I did not answer it, nobody else took it, and I neither declined it nor was busy.
 * `ask`: the session list cannot tell a call that I declined from one whose caller gave up; the history can.
 */
export function verdictOn(last: Session, end: Pick<Ended, 'by' | 'record' | 'stamp'>): Verdict {
  const { placing, answeredByMe, answeredElsewhere, rangMe, mayHaveRung } = last;
  if (placing !== null || answeredByMe || answeredElsewhere || (rangMe === null && !mayHaveRung)) return 'no';
  if (refused(last, end.stamp.at)) return 'declined';
  if (end.record === null) return rangMe === null ? 'ask-for-proof' : 'ask';
  const { answeredAt, callStatus } = end.record;
  const answered = callStatus === 'answered' || (callStatus === '' && answeredAt !== null);
  // A queue or a menu that had answered before it rang me took nothing.
  if (answered && last.answeredBefore.length === 0) return 'no';
  const judged = answered ? 'missed' : judge(end.record);
  if (judged !== 'missed' || rangMe !== null || callStatus === 'noanswer') return judged;
  return 'ask-for-proof';
}

/** So much earlier than the call my phone refused it: that was no caller who gave up. */
const REFUSED_BEFORE_MS = 2_000;

/** My phones refused it: before they rang (busy, do not disturb), or while the call went on. */
function refused({ legs }: Session, endedAt: number): boolean {
  const mine = legs.filter(({ toMe, placeholder }) => toMe && placeholder === null);
  return (
    mine.length > 0 &&
    mine.every(
      ({ failedAt, rangAt }) => failedAt !== null && (rangAt === null || endedAt - failedAt >= REFUSED_BEFORE_MS),
    )
  );
}

/** What the changed entries of the history add. `offset`: this computer's wall clock minus the PBX's, in ms. */
export function withChanges(
  state: HistoryState,
  changes: readonly CdrChange[],
  { own, offset, placings, seq }: { own: OwnPhones; offset: number; placings: readonly Placing[]; seq: number },
): HistoryState {
  const known = new Set(state.known);
  const fresh = changes.filter(({ id, change, legs }) => {
    const over = legs.length > 0 && legs.every((leg) => leg.endedAt !== null);
    if (change === 'deleted' || !over || known.has(id)) return false;
    known.add(id);
    return true;
  });
  const answered = [
    ...state.answered,
    ...fresh.flatMap(({ legs }) => legs).filter(({ answeredAt }) => answeredAt !== null),
  ];
  let { waiting, announced } = state;
  const decided: Decided[] = [];
  for (const { id, legs } of fresh) {
    const mine = legs.filter((leg) => isToMe(leg, own));
    const [leg] = mine;
    if (leg === undefined) continue;
    const call = callOf(id, leg, offset);
    const at = (leg.endedAt ?? 0) + offset;
    const answer = mine.find(({ answeredAt }) => answeredAt !== null);
    const taken = legs.some(({ answeredAt }) => answeredAt !== null) || wasOfferedAgain(leg, answered, own);
    const missed = !taken && mine.every((one) => judge(one) === 'missed');
    const unnamed = waiting.find((one) => isNameless(one.call.id) && isNear(one.call, call));
    if (unnamed !== undefined) waiting = waiting.filter((one) => one !== unnamed);
    const same = announced.find((one) => isNear(one.call, call) && sameParty(one.call, leg));
    if (same !== undefined) announced = announced.filter((one) => one !== same);
    if (isPlacedHere(leg, placings, offset)) continue;
    const { caller, other } = call;
    if (missed && unnamed !== undefined) {
      decided.push({ type: 'missed', seq, call: { ...unnamed.call, caller, other }, at: unnamed.at });
    } else if (missed && same === undefined && state.begun) {
      decided.push({ type: 'missed', seq, call, at });
    } else if (answer !== undefined && same === undefined && (state.begun || unnamed !== undefined)) {
      const answeredAt = (answer.answeredAt ?? 0) + offset;
      const seconds = secondsOf(answer);
      const talked: Call = { ...call, state: 'talking', answeredAt };
      decided.push({ type: 'recorded', seq, call: talked, at, outcome: 'connected', seconds });
    }
  }
  return {
    ...state,
    known: known.size > MOST.entries ? new Set([...known].slice(-MOST.entries)) : known,
    begun: true,
    // The history can be read, and holds nothing of these yet.
    waiting: waiting.map((one) => (isNameless(one.call.id) ? { ...one, looks: one.looks + 1 } : one)),
    announced,
    answered: answered.slice(-MOST.idles),
    decided: decide(state, decided),
  };
}

/** Looks for the entries of calls that wait for them. `cdrs`: newest first. */
export function withEntries(
  state: HistoryState,
  cdrs: readonly PbxCdr[],
  { own, offset, seq }: { own: OwnPhones; offset: number; seq: number },
): HistoryState {
  const decided: Decided[] = [];
  const waiting: Pending[] = [];
  for (const pending of state.waiting) {
    if (isNameless(pending.call.id)) {
      waiting.push(pending);
      continue;
    }
    const entries = cdrs.filter(
      (cdr) =>
        isToMe(cdr, own) &&
        cdr.endedAt !== null &&
        isNear(pending.call, callOf('', cdr, offset)) &&
        sameParty(pending.call, cdr),
    );
    const [newest] = entries;
    if (newest === undefined) {
      waiting.push({ ...pending, looks: pending.looks + 1 });
      continue;
    }
    const answer = entries.find(({ answeredAt }) => answeredAt !== null);
    const verdict = answer === undefined ? judge(newest) : 'no';
    const { call, at } = pending;
    // It was answered between two looks at the list.
    if (answer !== undefined) {
      decided.push({ type: 'recorded', seq, call, at, outcome: 'connected', seconds: secondsOf(answer) });
    }
    if (verdict === 'missed') decided.push({ type: 'missed', seq, call, at });
    if (verdict === 'declined') decided.push({ type: 'recorded', seq, call, at, outcome: 'declined', seconds: null });
  }
  return { ...state, waiting, decided: decide(state, decided) };
}

/** What nobody named or proved in time is announced as it is, but for what needs a proof. */
export function overdue(state: HistoryState, now: number, seq: number): HistoryState {
  const isDue = ({ call, since, looks }: Pending): boolean => {
    if (!state.readable) return true;
    if (isNameless(call.id)) return now - since >= LIMITS.named;
    return now - since >= LIMITS.historyWait || looks >= LIMITS.historyLooks;
  };
  const due = state.waiting.filter(isDue);
  const announced = state.announced.filter(({ since }) => now - since < LIMITS.announced);
  if (due.length === 0 && announced.length === state.announced.length) return state;
  // Of a call of which only the ringing phone was known, a history that can be read would hold that it was missed.
  const isUnproven = ({ call, looks, needsProof }: Pending): boolean =>
    needsProof || (isNameless(call.id) && state.readable && looks > 0);
  const missed = due.filter((one) => !isUnproven(one));
  return {
    ...state,
    waiting: state.waiting.filter((pending) => !due.includes(pending)),
    announced,
    decided: decide(
      state,
      missed.map(({ call, at }) => ({ type: 'missed', seq, call, at })),
    ),
  };
}

/** Adds what was decided; older decisions have long been announced, also where a whole burst of calls ends at once. */
export function decide(state: HistoryState, decided: readonly Decided[]): readonly Decided[] {
  return decided.length === 0 ? state.decided : [...state.decided.slice(-MOST.ends), ...decided];
}

const secondsOf = ({ answeredAt, endedAt }: PbxCdr): number => Math.max(0, ((endedAt ?? 0) - (answeredAt ?? 0)) / 1000);

function isToMe({ caller, callee }: Pick<PbxCdr, 'caller' | 'callee'>, own: OwnPhones): boolean {
  return own.has(callee) && normaliseNumber(caller) !== normaliseNumber(callee);
}

/** A queue offers a call again to the same phones: the entry of the offer that was answered is that of the call. */
function wasOfferedAgain(leg: PbxCdr, answered: readonly PbxCdr[], own: OwnPhones): boolean {
  const began = leg.startedAt ?? leg.endedAt ?? 0;
  return answered.some(
    (other) =>
      isToMe(other, own) &&
      sameNumber(other.caller, leg.caller) &&
      (other.startedAt ?? 0) >= began - LIMITS.offeredAgain &&
      (other.startedAt ?? Infinity) <= (leg.endedAt ?? began) + LIMITS.offeredAgain,
  );
}

/** For a call placed here the PBX rings my phone first, with the dialled number on its display. */
function isPlacedHere(leg: PbxCdr, placings: readonly Placing[], offset: number): boolean {
  return placings.some(({ call }) => {
    const at = call.reached[0]?.at ?? 0;
    const began = (leg.startedAt ?? leg.endedAt ?? 0) + offset;
    return sameNumber(leg.caller, call.plan.dial) && Math.abs(began - at) <= LIMITS.sameCall;
  });
}

function isNear(here: Call, there: Call): boolean {
  return Math.abs(here.startedAt - there.startedAt) <= LIMITS.sameCall;
}

function sameParty({ other }: Call, { caller }: Pick<PbxCdr, 'caller'>): boolean {
  return sameNumber(other.number, caller) || (normaliseNumber(other.number) === '' && normaliseNumber(caller) === '');
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

/** An entry of the history in the terms of call_cdr. */
export function recordOf({ caller, callee, answeredAt, endedAt, endReason, statusCode }: PbxCdr): EndRecord {
  return { caller, callee, answeredAt, endedAt, endReason, statusCode, callStatus: '' };
}
