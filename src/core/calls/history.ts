import type { Call, Party } from '../../shared/call.ts';
import { isFromMe, isToMe, judge, ownTalk, talkSeconds, type EndRecord } from '../pbx/records.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { withoutExtension } from './external.ts';
import { plausibleTime } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  type Decided,
  type Ended,
  type HistoryState,
  type Leg,
  type Pending,
  type PlacedCallState,
  type Session,
} from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { leadsTo, sameNumber, sameParty } from '../../shared/same-number.ts';

export type Verdict = 'missed' | 'declined' | 'answered' | 'no' | 'ask' | 'ask-for-proof';

/**
 * Was this a missed call? It rang me, I did not answer it, nobody else took it, and I neither declined it nor was busy.
 * `ask`: the session list does not distinguish a call that I declined from one whose caller gave up; the history can.
 */
export function verdictOn(last: Session, end: Pick<Ended, 'by' | 'record' | 'stamp'>, own: OwnPhones): Verdict {
  const { answered: answeredByMe, answeredElsewhere, answeredBefore, rang, mayHaveRung } = last.me;
  if (last.placedCallKey !== null || answeredByMe || answeredElsewhere || (rang === null && !mayHaveRung)) return 'no';
  if (ownTalk(end.record, { direction: 'incoming' }, own) !== null) return 'answered';
  if (wasRefusedByMe(last, end.stamp.at)) return 'declined';
  if (end.record === null) {
    // A missing confirmation does not prove an end.
    const isVague = rang === null || end.by === 'timed-out' || mayBeElsewhere(last);
    return isVague ? 'ask-for-proof' : 'ask';
  }
  const { answeredAt, callStatus, callee, targets } = end.record;
  const answered = callStatus === 'answered' || (callStatus === '' && answeredAt !== null);
  // A queue or a menu that answered before my phone rang did not take the call from me.
  if (answered && answeredBefore.length === 0) return targets.length === 0 && own.has(callee) ? 'ask-for-proof' : 'no';
  const judged = answered ? 'missed' : judge(end.record);
  if (judged !== 'missed' || rang !== null || callStatus === 'noanswer') return judged;
  return 'ask-for-proof';
}

/** Whether I dialled this call at my phone. */
export function isOutgoing({ call, placedCallKey, me }: Session): boolean {
  return placedCallKey === null && me.rang === null && call !== null && call.mine && call.direction === 'outgoing';
}

/**
 * Whether the call may have been answered without our seeing it. Push reports each answer if it reported the call. An
 * answer between two polls of the list stays unseen.
 */
export function isUnseen(last: Session, by: Ended['by'], record: EndRecord | null, listening: boolean): boolean {
  if (record !== null || last.me.talk !== null || last.placedCallKey !== null) return false;
  return by === 'timed-out' || (isOutgoing(last) && !(listening && last.began));
}

/** Whether the call went on without my phone, and the list does not show if anybody talked. */
function mayBeElsewhere({ call, legs }: Session): boolean {
  const isVague = ({ over, state, countedFrom }: Leg): boolean =>
    over === null && (state === 'unknown' || (state === 'ringing' && countedFrom !== null));
  return call?.mine === false && legs.some(isVague);
}

/** If my phone refused the call this long before the call ended, the caller did not give up. */
const REFUSED_BEFORE_MS = 2_000;

/** Whether my phones refused the call: before they rang (busy, do not disturb), or while the call continued. */
function wasRefusedByMe({ legs }: Session, endedAt: number): boolean {
  const mine = legs.filter(({ toMe, placeholder }) => toMe && placeholder === null);
  return (
    mine.length > 0 &&
    mine.every(
      ({ failedAt, rangAt }) => failedAt !== null && (rangAt === null || endedAt - failedAt >= REFUSED_BEFORE_MS),
    )
  );
}

interface HistoryContext {
  own: OwnPhones;
  /** This computer's wall clock minus the PBX's, in ms. */
  offset: number;
  seq: number;
  placedCalls: readonly PlacedCallState[];
}

/** Applies the changed entries of the history. */
export function applyHistoryDiff(
  state: HistoryState,
  changes: readonly CdrChange[],
  { own, offset, placedCalls, seq }: HistoryContext,
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
    if (leg === undefined) {
      const dialled = legs.filter((one) => isFromMe(one, own));
      const [first] = dialled;
      if (first === undefined) continue;
      const call = callOf(id, first, offset, own);
      const same = closest(announced, call);
      const pending = waiting.find((one) => one.call === same?.call);
      announced = announced.filter((one) => one !== same);
      waiting = waiting.filter((one) => one !== pending);
      const isNew = same === undefined && state.begun && !isPlacedHere(first, placedCalls, offset, own);
      const found = isNew ? { call, at: (first.endedAt ?? 0) + offset } : pending;
      if (found !== undefined) decided.push(...decisionOf(found, dialled, seq));
      continue;
    }
    const call = callOf(id, leg, offset, own);
    const at = (leg.endedAt ?? 0) + offset;
    const answer = mine.find(({ answeredAt }) => answeredAt !== null);
    const taken = legs.some(({ answeredAt }) => answeredAt !== null) || wasOfferedAgain(leg, answered, own);
    const missed = !taken && mine.every((one) => judge(one) === 'missed');
    const pending = waiting.find((one) => {
      return isNear(one.call, call) && (isPlaceholderId(one.call.id) || hasSameParty(one.call, call));
    });
    if (pending !== undefined) waiting = waiting.filter((one) => one !== pending);
    const found = announced.find((one) => isNear(one.call, call) && hasSameParty(one.call, call));
    const same = found ?? (pending === undefined ? closestNameless(announced, call) : undefined);
    if (same !== undefined) announced = announced.filter((one) => one !== same);
    if (isPlacedHere(leg, placedCalls, offset, own)) continue;
    const { caller, other } = call;
    if (same !== undefined && isPlaceholderId(same.call.id)) {
      decided.push(completed({ call: { ...same.call, caller, other }, at: same.at }, mine, seq));
      continue;
    }
    const named = pending === undefined || isPlaceholderId(pending.call.id) ? null : pending;
    if (named !== null) {
      if (!taken || answer !== undefined) decided.push(...decisionOf(named, mine, seq));
    } else if (missed && pending !== undefined) {
      decided.push({ type: 'missed', seq, call: { ...pending.call, caller, other }, at: pending.at });
    } else if (missed && same === undefined && state.begun) {
      decided.push({ type: 'missed', seq, call, at });
    } else if (answer !== undefined && same === undefined && (state.begun || pending !== undefined)) {
      const answeredAt = (answer.answeredAt ?? 0) + offset;
      const seconds = talkSeconds(answer);
      const talked: Call = { ...call, state: 'talking', answeredAt };
      decided.push({ type: 'recorded', seq, call: talked, at, outcome: 'connected', seconds });
    }
  }
  return {
    ...state,
    known: known.size > MAX_COUNT.entries ? new Set([...known].slice(-MAX_COUNT.entries)) : known,
    begun: true,
    // The history was read and has no entry for these yet.
    waiting: waiting.map((one) => (isPlaceholderId(one.call.id) ? { ...one, lookups: one.lookups + 1 } : one)),
    announced,
    answered: answered.slice(-MAX_COUNT.idles),
    decided: decide(state, decided),
  };
}

/** Looks for the entries of calls that wait for them. `cdrs`: newest first. */
export function applyCdrs(
  state: HistoryState,
  cdrs: readonly PbxCdr[],
  { own, offset, seq }: Omit<HistoryContext, 'placedCalls'>,
): HistoryState {
  const decided: Decided[] = [];
  const waiting: Pending[] = [];
  const announced = [...state.announced];
  for (const pending of state.waiting) {
    if (isPlaceholderId(pending.call.id)) {
      waiting.push(pending);
      continue;
    }
    const entries = cdrs.filter((cdr) => {
      if (cdr.endedAt === null || !(isToMe(cdr, own) || isFromMe(cdr, own))) return false;
      const call = callOf('', cdr, offset, own);
      return isNear(pending.call, call) && hasSameParty(pending.call, call) && mayBeTalk(pending.call, cdr, offset);
    });
    if (entries.length === 0) {
      waiting.push({ ...pending, lookups: pending.lookups + 1 });
      continue;
    }
    decided.push(...decisionOf(pending, nearestFirst(entries, pending.call, offset), seq));
    if (!announced.includes(pending)) announced.push(pending);
  }
  return { ...state, waiting, announced, decided: decide(state, decided) };
}

/** Whether the entry may be about the talk of this call, if I was seen to talk on it. */
function mayBeTalk({ state, answeredAt: seenAt }: Call, { answeredAt }: PbxCdr, offset: number): boolean {
  if (state !== 'talking' || seenAt === null) return true;
  return answeredAt !== null && Math.abs(answeredAt + offset - seenAt) <= LIMIT_MS.sameAnswer;
}

/** An outgoing call has one entry, the nearest, because the same number is often dialled twice. A ring may have several. */
function nearestFirst(entries: readonly PbxCdr[], { direction, startedAt }: Call, offset: number): readonly PbxCdr[] {
  if (direction !== 'outgoing') return entries;
  const distance = (cdr: PbxCdr): number => Math.abs((cdr.startedAt ?? 0) + offset - startedAt);
  return entries.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
}

/** What its entry adds to a call that was announced as missed before anybody knew who called. */
function completed({ call, at }: Pick<Pending, 'call' | 'at'>, entries: readonly PbxCdr[], seq: number): Decided {
  const [decision] = decisionOf({ call, at }, entries, seq);
  return decision?.type === 'recorded'
    ? decision
    : { type: 'recorded', seq, call, at, outcome: 'missed', seconds: null };
}

/** Decides a call by its entries. */
function decisionOf({ call, at }: Pick<Pending, 'call' | 'at'>, entries: readonly PbxCdr[], seq: number): Decided[] {
  const answer = entries.find(({ answeredAt }) => answeredAt !== null);
  // It was answered between two polls of the list, or its exact duration is known now.
  if (answer !== undefined)
    return [{ type: 'recorded', seq, call, at, outcome: 'connected', seconds: talkSeconds(answer) }];
  if (call.state === 'talking') return [];
  if (call.direction === 'outgoing') return [{ type: 'recorded', seq, call, at, outcome: 'unanswered', seconds: null }];
  const [newest] = entries;
  const verdict = newest === undefined ? 'no' : judge(newest);
  if (verdict === 'missed') return [{ type: 'missed', seq, call, at }];
  return verdict === 'no' ? [] : [{ type: 'recorded', seq, call, at, outcome: 'declined', seconds: null }];
}

/** Announces waiting calls as missed whose time is over, except those that need proof. */
export function expireOverdue(state: HistoryState, now: number, seq: number): HistoryState {
  const isDue = ({ call, since, lookups, maxWaitMs }: Pending): boolean => {
    if (!state.readable) return true;
    return now - since >= maxWaitMs || (!isPlaceholderId(call.id) && lookups >= LIMIT_MS.historyLookups);
  };
  const due = state.waiting.filter(isDue);
  const announced = state.announced.filter(({ since }) => now - since < LIMIT_MS.announced);
  if (due.length === 0 && announced.length === state.announced.length) return state;
  // If only the ringing phone was known, a readable history without an entry means that the call was not missed.
  const isUnproven = ({ call, lookups, needsProof }: Pending): boolean =>
    needsProof || (isPlaceholderId(call.id) && state.readable && lookups > 0);
  const missed = due.filter((one) => !isUnproven(one));
  return {
    ...state,
    waiting: state.waiting.filter((pending) => !due.includes(pending)),
    // The history may still get entries for these.
    announced: [...announced, ...missed],
    decided: decide(
      state,
      missed.map(({ call, at }) => ({ type: 'missed', seq, call, at })),
    ),
  };
}

/** Adds decisions. Older ones were announced long ago, even if very many calls end at once. */
export function decide(state: HistoryState, decided: readonly Decided[]): readonly Decided[] {
  return decided.length === 0 ? state.decided : [...state.decided.slice(-MAX_COUNT.ends), ...decided];
}

/** Whether a queue offered the call again to the same phone and that offer was answered. */
function wasOfferedAgain(leg: PbxCdr, answered: readonly PbxCdr[], own: OwnPhones): boolean {
  const began = leg.startedAt ?? leg.endedAt ?? 0;
  return answered.some(
    (other) =>
      isToMe(other, own) &&
      sameNumber(other.caller, leg.caller) &&
      (other.startedAt ?? 0) >= began - LIMIT_MS.offeredAgain &&
      (other.startedAt ?? Infinity) <= (leg.endedAt ?? began) + LIMIT_MS.offeredAgain,
  );
}

/** Whether the entry belongs to a placed call: it leads to the dialled number, or my phone rang showing that number. */
function isPlacedHere(leg: PbxCdr, placedCalls: readonly PlacedCallState[], offset: number, own: OwnPhones): boolean {
  const began = (leg.startedAt ?? leg.endedAt ?? 0) + offset;
  return placedCalls.some(({ call: { plan, reached } }) => {
    const same = isFromMe(leg, own) ? leadsTo(leg.callee, plan.dial) : sameNumber(leg.caller, plan.dial);
    return same && Math.abs(began - (reached[0]?.at ?? 0)) <= LIMIT_MS.sameCall;
  });
}

function isNear(here: Call, there: Call): boolean {
  return Math.abs(here.startedAt - there.startedAt) <= LIMIT_MS.sameCall;
}

function hasSameParty({ direction, other }: Call, there: Call): boolean {
  return (direction === 'outgoing') === (there.direction === 'outgoing') && sameParty(other.number, there.other.number);
}

/** Returns the announced call with the same party that is nearest in time. */
const closest = (announced: readonly Pending[], call: Call): Pending | undefined =>
  nearest(
    announced.filter((one) => hasSameParty(one.call, call)),
    call,
  );

/** The same for the rings of my phone that nobody could name. */
const closestNameless = (announced: readonly Pending[], call: Call): Pending | undefined =>
  nearest(
    announced.filter((one) => isPlaceholderId(one.call.id)),
    call,
  );

function nearest(announced: readonly Pending[], call: Call): Pending | undefined {
  const distance = (one: Pending): number => Math.abs(one.call.startedAt - call.startedAt);
  return announced.filter((one) => isNear(one.call, call)).toSorted((a, b) => distance(a) - distance(b))[0];
}

function callOf(id: string, leg: PbxCdr, offset: number, own: OwnPhones): Call {
  const party = (number: string, name: string): Party =>
    withoutExtension({ number, name }, leg.overTrunk === true, own);
  const caller = party(leg.caller, leg.callerName ?? '');
  const callee = party(leg.callee, '');
  const began = plausibleTime(leg.startedAt) ?? plausibleTime(leg.endedAt) ?? 0;
  const outgoing = isFromMe(leg, own);
  return {
    id: `cdr:${id}`,
    mine: true,
    direction: outgoing ? 'outgoing' : 'incoming',
    state: 'ringing',
    caller,
    callee,
    other: outgoing ? callee : caller,
    trunk: '',
    startedAt: began + offset,
    answeredAt: null,
    placedHere: false,
  };
}
