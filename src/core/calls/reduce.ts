import { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import type { Fact, PlacedCallFact, ReduceContext } from './facts.ts';
import { applyChangedEntries, applyNewestRecords, expireOverdue } from './history.ts';
import { isMine, liveLegs } from './legs.ts';
import { LIMIT_MS } from './limits.ts';
import { applyList, applySession } from './list.ts';
import { EMPTY_MODEL, NOT_UNCERTAIN, UNTIL_CONFIRMED, type Model, type Phone } from './model.ts';
import { applyPhone, updatePlaceholderSession } from './phones.ts';
import { newPlacedCallState } from './placed.ts';
import { sessionOfPlacedCall, updatePlacedCall } from './placed-matching.ts';
import { isBusy } from './placeholders.ts';
import { applyPush } from './push.ts';
import {
  applyOwnNumbers,
  assignSession,
  newSession,
  revealUnmatchedSessions,
  storeSession,
} from './stored-sessions.ts';
import { applyTimeLimits } from './time-limits.ts';

/**
 * Applies the facts and returns the new model, in which unchanged parts are the same objects. Pure. Later evidence
 * overrules earlier evidence, whatever the source; a list counts as of its request. docs/evidence.md lists the
 * exceptions.
 */
export function reduce(model: Model, facts: readonly Fact[], input: ReduceContext): Model {
  const draft = new Draft(model, input);
  if (draft.model.own !== model.own) applyOwnNumbers(draft);
  for (const fact of facts) {
    draft.startFact('unannounced' in fact && fact.unannounced, fact.type === 'list' ? fact.sessionList.pbxTime : null);
    apply(draft, fact);
    revealUnmatchedSessions(draft);
  }
  return draft.model;
}

function apply(draft: Draft, fact: Fact): void {
  if ('key' in fact) applyPlacedCallFact(draft, fact);
  else (APPLY[fact.type] as (draft: Draft, fact: Fact) => void)(draft, fact);
}

type OtherFact = Exclude<Fact, PlacedCallFact>;

/** What each fact changes, except those about placed calls. */
const APPLY: { [T in OtherFact['type']]: (draft: Draft, fact: OtherFact & { type: T }) => void } = {
  list(draft, fact) {
    draft.updateClockOffset(fact.sessionList.pbxTime);
    applyList(draft, fact);
    noteVerified(draft, 'poll');
  },
  session: applySession,
  push(draft, { event }) {
    if (draft.model.hasPush) noteVerified(draft, 'event');
    applyPush(draft, event);
  },
  status(draft, { status: { activity, pbxTime } }) {
    draft.updateClockOffset(pbxTime);
    applyPhone(draft, { extension: draft.model.own.extension, activity, at: null, pushed: false });
    noteVerified(draft, 'poll');
  },
  'list-refused': handleListRefused,
  'push-connection': handlePushConnection,
  'push-suspect': (draft) => draft.set({ verified: { ...draft.model.verified, uncertainUntil: UNTIL_CONFIRMED } }),
  tick: applyTimeLimits,
  reset,
  history: (draft, { readable }) => draft.set({ history: { ...draft.model.history, readable } }),
  changes: readHistory,
  'newest-records': readHistory,
};

function readHistory(draft: Draft, fact: Fact & { type: 'changes' | 'newest-records' }): void {
  const { own, pbxToMonotonicMs, monotonicToWallMs, history, placedCalls, seq } = draft.model;
  const pbxToWall = pbxToMonotonicMs === null ? 0 : pbxToMonotonicMs + monotonicToWallMs;
  const context = { own, pbxToWall, seq, placedCalls: [...placedCalls.values()] };
  // While the PBX's clock is not known, no entry of the first response is certainly newer than the sign-in.
  const since = fact.type === 'changes' && pbxToMonotonicMs !== null ? fact.since : Infinity;
  const read =
    fact.type === 'changes'
      ? applyChangedEntries(history, fact.changes, since, context)
      : applyNewestRecords(history, fact.records, context);
  draft.set({ history: expireOverdue(read, draft.now, seq) });
}

/**
 * Notes that a source works. A poll shows that the model is true now; an event shows it only if push has been connected
 * for long enough.
 */
function noteVerified(draft: Draft, source: 'poll' | 'event'): void {
  const { at, uncertainUntil: before } = draft.model.verified;
  const uncertainUntil = before === UNTIL_CONFIRMED ? NOT_UNCERTAIN : before;
  const isTrueNow = source === 'poll' || draft.now >= uncertainUntil;
  draft.set({ verified: { at: isTrueNow ? draft.now : at, uncertainUntil } });
}

/**
 * Events are lost while push is disconnected. So after each change of the connection, everything that push reported
 * must be confirmed within a time limit.
 */
function handlePushConnection(draft: Draft, { isConnected: hasPush }: Fact & { type: 'push-connection' }): void {
  const { now, model } = draft;
  if (!hasPush && !model.hasPush) return;
  const deadline = now + (hasPush ? LIMIT_MS.confirmWithPush : LIMIT_MS.confirmWithoutPush);
  const withConfirmDeadline = <T extends { confirmBy: number | null }>(entry: T): T =>
    !hasPush || entry.confirmBy !== null ? { ...entry, confirmBy: deadline } : entry;
  for (const session of model.sessions.awake()) {
    if (session.lastPush.seq === 0) continue;
    const after = withConfirmDeadline(session);
    if (after !== session) draft.edit('sessions').set(session.id, after);
  }
  for (const phone of model.phones.values()) draft.edit('phones').set(phone.extension, withConfirmDeadline(phone));
  const uncertainUntil = hasPush ? now + LIMIT_MS.confirmWithPush + LIMIT_MS.beat : UNTIL_CONFIRMED;
  draft.set({ hasPush, pushChangedAt: now, verified: { ...draft.model.verified, uncertainUntil } });
}

/**
 * Drops the sessions that only the list reports, because no source would report their end. My own calls stay, because
 * the state of my phone confirms them.
 */
function handleListRefused(draft: Draft): void {
  const { sessions, phones, hasPush } = draft.model;
  draft.set({ lastList: null, listRefused: true });
  const isBusyNow = [...phones.values()].some(isBusy);
  for (const session of sessions.values()) {
    if (session.placedCallKey !== null || session.placeholder !== null) continue;
    const hasMyLeg = liveLegs(session).some(isMine);
    const confirmBy =
      hasMyLeg && !isBusyNow ? (session.confirmBy ?? draft.now + LIMIT_MS.confirmWithoutPush) : session.confirmBy;
    if (hasMyLeg || (session.lastPush.seq > 0 && session.wasMine && hasPush)) {
      const lastPush = hasMyLeg ? draft.stamp : session.lastPush;
      storeSession(draft, { ...session, inList: false, unmodifiedListRow: null, confirmBy, lastPush }, session);
    } else {
      draft.edit('sessions').delete(session.id);
    }
  }
}

function reset(draft: Draft): void {
  const { seq, own, placedCalls, pbxToMonotonicMs, monotonicToWallMs, hasPush, talkingTime } = draft.model;
  const verified = { at: draft.now, uncertainUntil: NOT_UNCERTAIN };
  draft.replaceModel({
    ...EMPTY_MODEL,
    seq,
    own,
    placedCalls,
    pbxToMonotonicMs,
    monotonicToWallMs,
    hasPush,
    talkingTime,
    verified,
  });
}

function applyPlacedCallFact(draft: Draft, fact: PlacedCallFact): void {
  const { key } = fact;
  const { monotonicToWallMs, seq } = draft.model;
  const matchedSessionId = draft.model.placedCalls.get(key)?.matchedSessionId ?? null;
  switch (fact.type) {
    case 'call-placed':
      draft.edit('placedCalls').set(key, newPlacedCallState(fact, { at: draft.now, monotonicToWallMs, seq }));
      return;
    case 'accepted':
      applyAccepted(draft, key, fact.sessionId);
      return;
    case 'refused':
      updatePlacedCall(draft, key, fact);
      assignSession(draft, matchedSessionId, null);
      for (const phone of draft.model.phones.values()) if (phone.placedCallKey === key) releasePhone(draft, phone);
      return;
    case 'unanswered':
      updatePlacedCall(draft, key, fact);
      if (matchedSessionId !== null) updatePlacedCall(draft, key, { type: 'matched', sessionId: matchedSessionId });
      return;
    default:
      updatePlacedCall(draft, key, fact);
      followEnd(draft, key);
  }
}

/** Undoes the assumption that the phone was ringing for a request that the PBX then refused. */
function releasePhone(draft: Draft, phone: Phone): void {
  const after = { ...phone, placedCallKey: null };
  draft.edit('phones').set(phone.extension, after);
  updatePlaceholderSession(draft, after);
}

/**
 * The PBX returned the session ID, which decides which session is the call of this request. If that session was matched
 * to another request, for the same number, the two requests exchange their sessions. A session that was matched to this
 * request wrongly, and to no other, is somebody else's call.
 */
function applyAccepted(draft: Draft, key: string, sessionId: string): void {
  const { placedCalls } = draft.model;
  const matchedId = placedCalls.get(key)?.matchedSessionId ?? null;
  const wrongId = matchedId === sessionId ? null : matchedId;
  const other = [...placedCalls.values()].find((one) => one.matchedSessionId === sessionId && one.call.key !== key);
  updatePlacedCall(draft, key, { type: 'accepted', sessionId });
  if (other !== undefined) draft.edit('placedCalls').set(other.call.key, { ...other, matchedSessionId: wrongId });
  claimSession(draft, key, sessionId);
  if (draft.model.placedCalls.get(key)?.phoneAnswered === true)
    updatePlacedCall(draft, key, { type: 'phone', activity: 'on-call' });
  assignSession(draft, wrongId, other?.call.key ?? null);
}

/** The session with this ID, which may be over already or not known yet, is the placed call. */
function claimSession(draft: Draft, key: string, sessionId: string): void {
  const known = draft.model.sessions.get(sessionId);
  const over = draft.model.ended.get(sessionId);
  if (known === undefined && over !== undefined) {
    updatePlacedCall(draft, key, over.record === null ? { type: 'gone' } : { type: 'record', record: over.record });
    return;
  }
  const session = known ?? newSession(draft, sessionId);
  storeSession(draft, { ...session, placedCallKey: key, wasMine: true, unmodifiedListRow: null }, known);
}

/** If a placed call has ended for another reason than the end of its session, ends the session too. */
function followEnd(draft: Draft, key: string): void {
  const session = sessionOfPlacedCall(draft, key);
  if (session !== undefined && draft.model.placedCalls.get(key)?.call.step === 'ended')
    endSession(draft, session, 'ended-locally');
}
