import type { Call, Party } from '../../shared/call.ts';
import { isFromMe, isToMe, judge, ownTalk, talkSeconds, type EndRecord } from '../pbx/records.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { markExternal } from '../numbers/external-number.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  type Decided,
  type Ended,
  type HistoryState,
  type Leg,
  type PendingCall,
  type PlacedCallState,
  type Session,
} from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { leadsTo, sameNumber, sameParty } from '../../shared/same-number.ts';

export type Verdict = 'missed' | 'declined' | 'answered' | 'no' | 'ask' | 'ask-for-proof';

/**
 * Whether an ended session was a missed call: it rang me, nobody answered it, and I neither declined it nor was busy.
 * `no`: it did not concern me, or somebody else took it. `ask`: it is missed unless its history entry shows otherwise,
 * because the session list does not distinguish a call that I declined from one whose caller gave up. `ask-for-proof`:
 * it is missed only if its history entry shows that.
 */
export function verdictOn(last: Session, end: Pick<Ended, 'by' | 'record' | 'stamp'>, own: OwnPhones): Verdict {
  const { answeredByMe, answeredElsewhere, answeredBefore, callAtRing, mayHaveRung } = last.myPart;
  if (last.placedCallKey !== null || answeredByMe || answeredElsewhere || (callAtRing === null && !mayHaveRung))
    return 'no';
  if (ownTalk(end.record, { direction: 'incoming' }, own) !== null) return 'answered';
  if (wasRefusedByMe(last, end.stamp.at)) return 'declined';
  if (end.record === null) {
    // In these cases nothing proves that it rang me until the caller gave up.
    const isVague = callAtRing === null || end.by === 'timed-out' || mayBeElsewhere(last);
    return isVague ? 'ask-for-proof' : 'ask';
  }
  const { answeredAt, callStatus, callee, targets } = end.record;
  const answered = callStatus === 'answered' || (callStatus === '' && answeredAt !== null);
  // A queue or a menu that answered before my phone rang did not take the call from me.
  if (answered && answeredBefore.length === 0) return targets.length === 0 && own.has(callee) ? 'ask-for-proof' : 'no';
  const judged = answered ? 'missed' : judge(end.record);
  if (judged !== 'missed' || callAtRing !== null || callStatus === 'noanswer') return judged;
  return 'ask-for-proof';
}

/** Whether I dialled this call at my phone. */
export function isOutgoing({ call, placedCallKey, myPart }: Session): boolean {
  return (
    placedCallKey === null && myPart.callAtRing === null && call !== null && call.mine && call.direction === 'outgoing'
  );
}

/**
 * Whether no source could have shown that the call was answered. Push reports each answer if it reported the call, but
 * the list does not show an answer between two polls.
 */
export function mayBeAnswered(last: Session, by: Ended['by'], record: EndRecord | null, listening: boolean): boolean {
  if (record !== null || last.myPart.talk !== null || last.placedCallKey !== null) return false;
  return by === 'timed-out' || ((isOutgoing(last) || isShared(last)) && !(listening && last.hasBegun));
}

/**
 * Whether somebody else may have answered the call, which leaves no entry in my history. That a group call which nobody
 * answered leaves one for each of its phones is a guess.
 */
export function isShared({ myPart }: Session): boolean {
  return myPart.offeredToOthers || myPart.ringPath.via !== '';
}

/** Whether the call went on without my phone, and the list does not show whether anybody answered it. */
function mayBeElsewhere({ call, legs }: Session): boolean {
  const isVague = ({ end, state, countedFrom }: Leg): boolean =>
    end === null && (state === 'unknown' || (state === 'ringing' && countedFrom !== null));
  return call?.mine === false && legs.some(isVague);
}

/** If my phone refused the call this long before the call ended, the caller did not give up. */
const REFUSED_BEFORE_MS = 2_000;

/** Whether my phones refused the call: before they rang (busy, do not disturb), or while the call continued. */
function wasRefusedByMe({ legs }: Session, endedAt: number): boolean {
  const mine = legs.filter(({ toMe, assumed }) => toMe && assumed === null);
  return (
    mine.length > 0 &&
    mine.every(
      ({ failedAt, rangAt }) => failedAt !== null && (rangAt === null || endedAt - failedAt >= REFUSED_BEFORE_MS),
    )
  );
}

interface HistoryContext {
  own: OwnPhones;
  /** What to add to a time of the PBX for wall time, in ms. */
  pbxToWall: number;
  seq: number;
  placedCalls: readonly PlacedCallState[];
}

/** The state while the entries of a diff are applied to it. */
interface Diff extends HistoryContext {
  waiting: readonly PendingCall[];
  announced: readonly PendingCall[];
  decided: Decided[];
  /** Recent answered legs. */
  answered: readonly PbxCdr[];
  /**
   * Of a call that ended before this, in ms since 1970, an entry is not new. The first response also has the calls
   * before the sign-in, and may come when the first call since then is already over.
   */
  newFrom: number;
}

/** Applies the changed entries of the history. Each entry has a leg for each phone that the call was offered to. */
export function applyHistoryDiff(
  state: HistoryState,
  { changes, since }: { changes: readonly CdrChange[]; since: number },
  context: HistoryContext,
): HistoryState {
  const ids = new Set(state.processedIds);
  const fresh = changes.filter(({ id, change, legs }) => {
    const over = legs.length > 0 && legs.every((leg) => leg.endedAt !== null);
    if (change === 'deleted' || !over || ids.has(id)) return false;
    ids.add(id);
    return true;
  });
  const { waiting, announced, recentlyAnswered, hasFirstResponse } = state;
  const answeredNow = fresh.flatMap(({ legs }) => legs).filter(({ answeredAt }) => answeredAt !== null);
  const answered = [...recentlyAnswered, ...answeredNow];
  // The clock of the PBX is known to a second.
  const newFrom = hasFirstResponse ? -Infinity : since + LIMIT_MS.offsetNoise;
  const diff: Diff = { ...context, waiting, announced, decided: [], answered, newFrom };
  for (const entry of fresh) {
    if (entry.legs.some((leg) => isToMe(leg, context.own))) applyIncoming(diff, entry);
    else applyOutgoing(diff, entry);
  }
  return {
    ...state,
    processedIds: ids.size > MAX_COUNT.entries ? new Set([...ids].slice(-MAX_COUNT.entries)) : ids,
    hasFirstResponse: true,
    // The history was read and has no entry for these yet.
    waiting: diff.waiting.map((one) => (isPlaceholderId(one.call.id) ? { ...one, lookups: one.lookups + 1 } : one)),
    announced: diff.announced,
    recentlyAnswered: answered.slice(-MAX_COUNT.idles),
    decided: decide(state, diff.decided),
  };
}

/** Applies an entry without a leg to me. If I dialled the call, its outcome is known now. */
function applyOutgoing(diff: Diff, { id, legs }: CdrChange): void {
  const { own, pbxToWall, placedCalls } = diff;
  const dialled = legs.filter((leg) => isFromMe(leg, own));
  const [first] = dialled;
  if (first === undefined) return;
  const call = callOf(id, first, pbxToWall, own);
  const same = nearest(
    diff.announced.filter((one) => hasSameParty(one.call, call)),
    call,
  );
  const pending = diff.waiting.find((one) => one.call === same?.call);
  diff.announced = diff.announced.filter((one) => one !== same);
  diff.waiting = diff.waiting.filter((one) => one !== pending);
  const at = (first.endedAt ?? 0) + pbxToWall;
  const isNew = same === undefined && at >= diff.newFrom && !isPlacedHere(first, placedCalls, pbxToWall, own);
  const found = isNew ? { call, at } : pending;
  if (found !== undefined) diff.decided.push(...decisionOf(found, dialled, diff.seq));
}

/** Applies an entry of a call that rang me. */
function applyIncoming(diff: Diff, { id, legs }: CdrChange): void {
  const { own, pbxToWall, seq, decided } = diff;
  const mine = legs.filter((leg) => isToMe(leg, own));
  const [leg] = mine;
  if (leg === undefined) return;
  const call = callOf(id, leg, pbxToWall, own);
  const at = (leg.endedAt ?? 0) + pbxToWall;
  const isNew = at >= diff.newFrom;
  const answer = mine.find(({ answeredAt }) => answeredAt !== null);
  const taken = legs.some(({ answeredAt }) => answeredAt !== null) || wasOfferedAgain(leg, diff.answered, own);
  const missed = !taken && mine.every((one) => judge(one) === 'missed');
  const pending = diff.waiting.find(
    (one) => isNear(one.call, call) && (isPlaceholderId(one.call.id) || hasSameParty(one.call, call)),
  );
  diff.waiting = diff.waiting.filter((one) => one !== pending);
  const named = diff.announced.find((one) => isNear(one.call, call) && hasSameParty(one.call, call));
  const nameless = pending === undefined ? diff.announced.filter((one) => isPlaceholderId(one.call.id)) : [];
  const same = named ?? nearest(nameless, call);
  diff.announced = diff.announced.filter((one) => one !== same);
  if (isPlacedHere(leg, diff.placedCalls, pbxToWall, own)) return;
  const { caller, other } = call;
  if (same !== undefined && isPlaceholderId(same.call.id)) {
    decided.push(completed({ call: { ...same.call, caller, other }, at: same.at }, mine, seq));
  } else if (pending !== undefined && !isPlaceholderId(pending.call.id)) {
    if (!taken || answer !== undefined) decided.push(...decisionOf(pending, mine, seq));
  } else if (missed && pending !== undefined) {
    // Only the ringing phone was known of the call. The entry shows who called.
    decided.push({ type: 'missed', seq, call: { ...pending.call, caller, other }, at: pending.at });
  } else if (missed && same === undefined && isNew) {
    decided.push({ type: 'missed', seq, call, at });
  } else if (answer !== undefined && same === undefined && (isNew || pending !== undefined)) {
    const talked: Call = { ...call, state: 'talking', answeredAt: (answer.answeredAt ?? 0) + pbxToWall };
    decided.push({ type: 'recorded', seq, call: talked, at, outcome: 'connected', seconds: talkSeconds(answer) });
  }
}

/** Decides the calls that wait for their entries by the newest entries, `cdrs`. */
export function applyCdrs(
  state: HistoryState,
  cdrs: readonly PbxCdr[],
  { own, pbxToWall, seq }: Omit<HistoryContext, 'placedCalls'>,
): HistoryState {
  const decided: Decided[] = [];
  const waiting: PendingCall[] = [];
  const announced = [...state.announced];
  for (const pending of state.waiting) {
    if (isPlaceholderId(pending.call.id)) {
      waiting.push(pending);
      continue;
    }
    const entries = cdrs.filter((cdr) => {
      if (cdr.endedAt === null || !(isToMe(cdr, own) || isFromMe(cdr, own))) return false;
      const call = callOf('', cdr, pbxToWall, own);
      return isNear(pending.call, call) && hasSameParty(pending.call, call) && mayBeTalk(pending.call, cdr, pbxToWall);
    });
    if (entries.length === 0) {
      waiting.push({ ...pending, lookups: pending.lookups + 1 });
      continue;
    }
    decided.push(...decisionOf(pending, nearestFirst(entries, pending.call, pbxToWall), seq));
    if (!announced.includes(pending)) announced.push(pending);
  }
  return { ...state, waiting, announced, decided: decide(state, decided) };
}

/** Whether the entry may be about the talk of this call, if I was seen to talk on it. */
function mayBeTalk({ state, answeredAt: seenAt }: Call, { answeredAt }: PbxCdr, pbxToWall: number): boolean {
  if (state !== 'talking' || seenAt === null) return true;
  return answeredAt !== null && Math.abs(answeredAt + pbxToWall - seenAt) <= LIMIT_MS.sameAnswer;
}

/**
 * The entries of this call. For an outgoing call that is only the nearest in time, because the same number is often
 * dialled twice. An incoming call may have several.
 */
function nearestFirst(
  entries: readonly PbxCdr[],
  { direction, startedAt }: Call,
  pbxToWall: number,
): readonly PbxCdr[] {
  if (direction !== 'outgoing') return entries;
  const distance = (cdr: PbxCdr): number => Math.abs((cdr.startedAt ?? 0) + pbxToWall - startedAt);
  return entries.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
}

/** What its entry adds to a call that was announced as missed before anybody knew who called. */
function completed({ call, at }: Pick<PendingCall, 'call' | 'at'>, entries: readonly PbxCdr[], seq: number): Decided {
  const [decision] = decisionOf({ call, at }, entries, seq);
  return decision?.type === 'recorded'
    ? decision
    : { type: 'recorded', seq, call, at, outcome: 'missed', seconds: null };
}

/** Decides a call by its entries. */
function decisionOf(
  { call, at }: Pick<PendingCall, 'call' | 'at'>,
  entries: readonly PbxCdr[],
  seq: number,
): Decided[] {
  const answer = entries.find(({ answeredAt }) => answeredAt !== null);
  // The entry shows an answer between two polls of the list, or the exact duration of an answered call.
  if (answer !== undefined)
    return [{ type: 'recorded', seq, call, at, outcome: 'connected', seconds: talkSeconds(answer) }];
  if (call.state === 'talking') return [];
  if (call.direction === 'outgoing') return [{ type: 'recorded', seq, call, at, outcome: 'unanswered', seconds: null }];
  const [newest] = entries;
  const verdict = newest === undefined ? 'no' : judge(newest);
  if (verdict === 'missed') return [{ type: 'missed', seq, call, at }];
  return verdict === 'no' ? [] : [{ type: 'recorded', seq, call, at, outcome: 'declined', seconds: null }];
}

/** Decides the calls that have waited long enough without an entry. */
export function expireOverdue(state: HistoryState, now: number, seq: number): HistoryState {
  const isDue = ({ call, noticedAt, lookups, maxWaitMs }: PendingCall): boolean => {
    if (!state.readable) return true;
    return now - noticedAt >= maxWaitMs || (!isPlaceholderId(call.id) && lookups >= MAX_COUNT.historyLookups);
  };
  const due = state.waiting.filter(isDue);
  const announced = state.announced.filter(({ noticedAt }) => now - noticedAt < LIMIT_MS.announcedRemembered);
  if (due.length === 0 && announced.length === state.announced.length) return state;
  const missed = due.filter(
    ({ withoutEntry, lookups }) =>
      withoutEntry === 'missed' || (withoutEntry === 'missed-if-unreadable' && (!state.readable || lookups === 0)),
  );
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

/** Adds decisions and drops old ones, which were reported long ago. */
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
function isPlacedHere(
  leg: PbxCdr,
  placedCalls: readonly PlacedCallState[],
  pbxToWall: number,
  own: OwnPhones,
): boolean {
  const began = (leg.startedAt ?? leg.endedAt ?? 0) + pbxToWall;
  return placedCalls.some(({ call: { plan, reached } }) => {
    const same = isFromMe(leg, own) ? leadsTo(leg.callee, plan.dial) : sameNumber(leg.caller, plan.dial);
    return same && Math.abs(began - (reached[0]?.at ?? 0)) <= LIMIT_MS.sameCallStart;
  });
}

function isNear(here: Call, there: Call): boolean {
  return Math.abs(here.startedAt - there.startedAt) <= LIMIT_MS.sameCallStart;
}

function hasSameParty({ direction, other }: Call, there: Call): boolean {
  return (direction === 'outgoing') === (there.direction === 'outgoing') && sameParty(other.number, there.other.number);
}

/** Returns the call that is nearest in time. */
function nearest(calls: readonly PendingCall[], call: Call): PendingCall | undefined {
  const distance = (one: PendingCall): number => Math.abs(one.call.startedAt - call.startedAt);
  return calls.filter((one) => isNear(one.call, call)).toSorted((a, b) => distance(a) - distance(b))[0];
}

function callOf(id: string, leg: PbxCdr, pbxToWall: number, own: OwnPhones): Call {
  const party = (number: string, name: string): Party => markExternal({ number, name }, leg.overTrunk === true, own);
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
    startedAt: began + pbxToWall,
    answeredAt: null,
    placedHere: false,
  };
}
