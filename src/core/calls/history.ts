import type { Call, Party } from '../../shared/call.ts';
import { isFromMe, isToMe, judge, talkSeconds } from '../pbx/records.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { markExternal } from '../numbers/external-number.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  recorded,
  type Decided,
  type EndedCall,
  type HistoryState,
  type Outcome,
  type PendingCall,
  type PlacedCallState,
} from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { leadsTo, sameNumber, sameParty } from '../../shared/same-number.ts';

// The history is read in two ways. While the list is refused and push is not proven to work, its changed entries are
// polled (`applyChangedEntries`). While ended calls wait for their entries, its newest records are requested
// (`applyNewestRecords`). An entry is one call. It has a record for each phone that the call was offered to.

interface HistoryContext {
  own: OwnPhones;
  /** Offset added to a time of the PBX's clock to get this computer's wall time, in ms. */
  pbxToWall: number;
  seq: number;
  placedCalls: readonly PlacedCallState[];
}

/** What remains to be matched while changed entries are applied one by one. */
interface Matching extends HistoryContext {
  /** Ended calls whose outcome or duration an entry decides. The entry removes its call. */
  waiting: readonly PendingCall[];
  /** Calls that were already announced or recorded. The entry removes its call, and does not announce it again. */
  announced: readonly EndedCall[];
  decided: Decided[];
  answeredRecords: readonly PbxCdr[];
  /**
   * An entry of a call that ended before this, in ms since 1970, is not new. The first response also has the calls before
   * the sign-in, and may come when the first call since then is already over.
   */
  newFrom: number;
}

/**
 * Applies the changed entries of the history. They also show calls that no other source showed. `since`: entries of the
 * first response that ended before it are not new; ms since 1970.
 */
export function applyChangedEntries(
  state: HistoryState,
  changes: readonly CdrChange[],
  since: number,
  context: HistoryContext,
): HistoryState {
  const ids = new Set(state.processedIds);
  const fresh = changes.filter(({ id, change, legs: records }) => {
    const isOver = records.length > 0 && records.every(({ endedAt }) => endedAt !== null);
    if (change === 'deleted' || !isOver || ids.has(id)) return false;
    ids.add(id);
    return true;
  });
  const { waiting, announced, recentlyAnswered, hasFirstResponse } = state;
  const answeredRecords = [...recentlyAnswered, ...fresh.flatMap(({ legs: records }) => records.filter(wasAnswered))];
  // The PBX's clock is known only to LIMIT_MS.offsetNoise.
  const newFrom = hasFirstResponse ? -Infinity : since + LIMIT_MS.offsetNoise;
  const matching: Matching = { ...context, waiting, announced, decided: [], answeredRecords, newFrom };
  for (const entry of fresh) {
    if (entry.legs.some((record) => isToMe(record, context.own))) applyIncoming(matching, entry);
    else applyOutgoing(matching, entry);
  }
  return {
    ...state,
    processedIds: ids.size > MAX_COUNT.entries ? new Set([...ids].slice(-MAX_COUNT.entries)) : ids,
    hasFirstResponse: true,
    // The history was read and has no entry for these yet.
    waiting: matching.waiting.map((one) => (isPlaceholderId(one.call.id) ? { ...one, lookups: one.lookups + 1 } : one)),
    announced: matching.announced,
    recentlyAnswered: answeredRecords.slice(-MAX_COUNT.answeredRecords),
    decided: decide(state, matching.decided),
  };
}

/** Applies an entry without a record to me. If I dialled the call, its outcome is known now. */
function applyOutgoing(matching: Matching, { id, legs: records }: CdrChange): void {
  const { own, pbxToWall } = matching;
  const mine = records.filter((record) => isFromMe(record, own));
  const [first] = mine;
  if (first === undefined) return;
  const fresh = { call: callOf(id, first, pbxToWall, own), at: (first.endedAt ?? 0) + pbxToWall };
  // A call that was dialled at the phone is in `announced` from its end, also while it waits for its entry.
  const toSameParty = matching.announced.filter((one) => hasSameParty(one.call, fresh.call));
  const known = nearest(toSameParty, fresh.call);
  const waiting = matching.waiting.find((one) => one.call === known?.call);
  matching.announced = matching.announced.filter((one) => one !== known);
  matching.waiting = matching.waiting.filter((one) => one !== waiting);
  const isNew = known === undefined && fresh.at >= matching.newFrom && !isPlacedHere(first, matching);
  const ended = waiting ?? (isNew ? fresh : null);
  if (ended !== null) addOutcome(matching, ended, outcomeOf(ended.call, mine));
}

/** Applies an entry of a call that rang me. */
function applyIncoming(matching: Matching, { id, legs: records }: CdrChange): void {
  const { own, pbxToWall } = matching;
  const mine = records.filter((record) => isToMe(record, own));
  const [first] = mine;
  if (first === undefined) return;
  const fresh = { call: callOf(id, first, pbxToWall, own), at: (first.endedAt ?? 0) + pbxToWall };
  const { caller, other } = fresh.call;
  const waiting = takeWaiting(matching, fresh.call);
  const announced = takeAnnounced(matching, fresh.call, waiting === undefined);
  if (isPlacedHere(first, matching)) return;
  const myAnswer = mine.find(wasAnswered);
  const isAnswered = records.some(wasAnswered) || wasOfferedAgain(first, matching);
  const isMissed = !isAnswered && mine.every((record) => judge(record) === 'missed');
  if (announced !== undefined && isPlaceholderId(announced.call.id)) {
    // It was announced as missed when only my ringing phone was known of it. The entry shows who called. That it was
    // missed is recorded, and not announced again.
    const outcome = outcomeOf(announced.call, mine);
    const named = { ...announced, call: { ...announced.call, caller, other } };
    addOutcome(matching, named, outcome?.type === 'recorded' ? outcome : recorded('missed'));
  } else if (waiting !== undefined && !isPlaceholderId(waiting.call.id)) {
    // If only somebody else answered, or a later offer was answered, this entry gives the call no outcome.
    if (!isAnswered || myAnswer !== undefined) addOutcome(matching, waiting, outcomeOf(waiting.call, mine));
  } else if (waiting !== undefined && isMissed) {
    // Only my ringing phone is known of the call, and it was not announced. The entry shows who called.
    addOutcome(matching, { ...waiting, call: { ...waiting.call, caller, other } }, MISSED);
  } else if (announced === undefined && (waiting !== undefined || fresh.at >= matching.newFrom)) {
    // No other source showed who called, or that there was a call at all.
    if (isMissed) addOutcome(matching, fresh, MISSED);
    else if (myAnswer !== undefined) {
      const call: Call = { ...fresh.call, state: 'talking', answeredAt: (myAnswer.answeredAt ?? 0) + pbxToWall };
      addOutcome(matching, { ...fresh, call }, outcomeOf(call, mine));
    }
  }
}

const MISSED: Outcome = { type: 'missed' };

type Outcomes = Pick<Matching, 'decided' | 'seq'>;

function addOutcome(
  { decided, seq }: Outcomes,
  { call, at }: Pick<EndedCall, 'call' | 'at'>,
  outcome: Outcome | null,
): void {
  if (outcome !== null) decided.push({ ...outcome, seq, call, at });
}

/** Removes and returns the call that waits for the entry of this call. */
function takeWaiting(matching: Matching, call: Call): PendingCall | undefined {
  const isSame = (one: PendingCall): boolean =>
    isNear(one.call, call) && (isPlaceholderId(one.call.id) || hasSameParty(one.call, call));
  const found = matching.waiting.find(isSame);
  matching.waiting = matching.waiting.filter((one) => one !== found);
  return found;
}

/** Removes and returns the same call if it was announced. `orNameless`: an announced nameless ring near it counts, too. */
function takeAnnounced(matching: Matching, call: Call, orNameless: boolean): EndedCall | undefined {
  const { announced } = matching;
  const named = announced.find((one) => isNear(one.call, call) && hasSameParty(one.call, call));
  const nameless = orNameless ? announced.filter((one) => isPlaceholderId(one.call.id)) : [];
  const found = named ?? nearest(nameless, call);
  matching.announced = announced.filter((one) => one !== found);
  return found;
}

/** Decides the calls that wait for their entries by the newest records. */
export function applyNewestRecords(
  state: HistoryState,
  records: readonly PbxCdr[],
  { own, pbxToWall, seq }: HistoryContext,
): HistoryState {
  const decided: Decided[] = [];
  const waiting: PendingCall[] = [];
  const announced = [...state.announced];
  const mine = records.filter((record) => record.endedAt !== null && (isToMe(record, own) || isFromMe(record, own)));
  for (const pending of state.waiting) {
    // A nameless ring has no caller to compare. Its changed entry or its session decides it.
    if (isPlaceholderId(pending.call.id)) {
      waiting.push(pending);
      continue;
    }
    const matches = mine.filter((record) => {
      const call = callOf('', record, pbxToWall, own);
      const isSameCall = isNear(pending.call, call) && hasSameParty(pending.call, call);
      return isSameCall && mayBeTalk(pending.call, record, pbxToWall);
    });
    if (matches.length === 0) {
      waiting.push({ ...pending, lookups: pending.lookups + 1 });
      continue;
    }
    const outcome = outcomeOf(pending.call, recordsOf(pending.call, matches, pbxToWall));
    addOutcome({ decided, seq }, pending, outcome);
    if (!announced.includes(pending)) announced.push(pending);
  }
  return { ...state, waiting, announced, decided: decide(state, decided) };
}

/** Whether the record may be about the talk of this call, if I was seen to talk on it. */
function mayBeTalk({ state, answeredAt: seenAt }: Call, { answeredAt }: PbxCdr, pbxToWall: number): boolean {
  if (state !== 'talking' || seenAt === null) return true;
  return answeredAt !== null && Math.abs(answeredAt + pbxToWall - seenAt) <= LIMIT_MS.sameAnswer;
}

/**
 * Which of the matching records belong to the call. For an outgoing call that is only the nearest in time, because the
 * same number is often dialled twice. An incoming call may have several.
 */
function recordsOf({ direction, startedAt }: Call, matches: readonly PbxCdr[], pbxToWall: number): readonly PbxCdr[] {
  if (direction !== 'outgoing') return matches;
  const distance = (record: PbxCdr): number => Math.abs((record.startedAt ?? 0) + pbxToWall - startedAt);
  return matches.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
}

/** The outcome that its records show of a call; null if they add nothing. */
function outcomeOf(call: Call, records: readonly PbxCdr[]): Outcome | null {
  const answer = records.find(wasAnswered);
  // The record shows an answer between two polls of the list, or the exact duration of an answered call.
  if (answer !== undefined) return recorded('connected', talkSeconds(answer));
  // I was seen to talk, so a record without an answer adds nothing.
  if (call.state === 'talking') return null;
  if (call.direction === 'outgoing') return recorded('unanswered');
  // The newest records come newest first, so the last ring decides.
  const [first] = records;
  const judged = first === undefined ? 'not-missed' : judge(first);
  if (judged === 'missed') return MISSED;
  return judged === 'declined' ? recorded('declined') : null;
}

/** Decides the calls that have waited long enough without an entry. */
export function expireOverdue(state: HistoryState, now: number, seq: number): HistoryState {
  const isDue = ({ call, noticedAt, lookups, maxWaitMs }: PendingCall): boolean => {
    // Without permission for the history, no entry can come.
    if (!state.readable) return true;
    return now - noticedAt >= maxWaitMs || (!isPlaceholderId(call.id) && lookups >= MAX_COUNT.historyLookups);
  };
  const due = state.waiting.filter(isDue);
  const announced = state.announced.filter(({ noticedAt }) => now - noticedAt < LIMIT_MS.announcedRemembered);
  if (due.length === 0 && announced.length === state.announced.length) return state;
  const missed = due.filter(({ withoutEntry, lookups }) => {
    const wasSearched = state.readable && lookups > 0;
    return withoutEntry === 'missed' || (withoutEntry === 'missed-if-unreadable' && !wasSearched);
  });
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

const wasAnswered = ({ answeredAt }: PbxCdr): boolean => answeredAt !== null;

/** Whether a queue offered the call again to the same phone and that offer was answered. */
function wasOfferedAgain(record: PbxCdr, { answeredRecords, own }: Matching): boolean {
  const began = record.startedAt ?? record.endedAt ?? 0;
  const [from, to] = [began - LIMIT_MS.offeredAgain, (record.endedAt ?? began) + LIMIT_MS.offeredAgain];
  return answeredRecords.some((answered) => {
    const isSameCaller = isToMe(answered, own) && sameNumber(answered.caller, record.caller);
    return isSameCaller && answered.startedAt !== null && answered.startedAt >= from && answered.startedAt <= to;
  });
}

/**
 * Whether the record belongs to a placed call: it leads to the dialled number, or it is the call of the PBX to my own
 * phone, which shows that number as its caller.
 */
function isPlacedHere(record: PbxCdr, { placedCalls, pbxToWall, own }: HistoryContext): boolean {
  const began = (record.startedAt ?? record.endedAt ?? 0) + pbxToWall;
  return placedCalls.some(({ call: { plan, reached } }) => {
    const isSame = isFromMe(record, own) ? leadsTo(record.callee, plan.dial) : sameNumber(record.caller, plan.dial);
    return isSame && Math.abs(began - (reached[0]?.at ?? 0)) <= LIMIT_MS.sameCallStart;
  });
}

function isNear(here: Call, there: Call): boolean {
  return Math.abs(here.startedAt - there.startedAt) <= LIMIT_MS.sameCallStart;
}

function hasSameParty({ direction, other }: Call, there: Call): boolean {
  return (direction === 'outgoing') === (there.direction === 'outgoing') && sameParty(other.number, there.other.number);
}

/** Returns the call that is nearest in time, if any is near. */
function nearest(calls: readonly EndedCall[], call: Call): EndedCall | undefined {
  const distance = (one: EndedCall): number => Math.abs(one.call.startedAt - call.startedAt);
  return calls.filter((one) => isNear(one.call, call)).toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The call of a record, as it was before any answer. */
function callOf(id: string, record: PbxCdr, pbxToWall: number, own: OwnPhones): Call {
  const party = (number: string, name: string): Party => markExternal({ number, name }, record.overTrunk === true, own);
  const caller = party(record.caller, record.callerName ?? '');
  const callee = party(record.callee, '');
  const began = plausibleTime(record.startedAt) ?? plausibleTime(record.endedAt) ?? 0;
  const outgoing = isFromMe(record, own);
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
