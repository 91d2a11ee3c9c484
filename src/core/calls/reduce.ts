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
import { applyOwnNumbers, newSession, revealUnmatchedSessions, storeSession, unmatch } from './stored-sessions.ts';
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
  switch (fact.type) {
    case 'list':
      draft.updateClockOffset(fact.sessionList.pbxTime);
      applyList(draft, fact);
      markConfirmed(draft);
      break;
    case 'session':
      applySession(draft, fact);
      break;
    case 'push':
      if (draft.model.hasPush) handlePushReceived(draft);
      applyPush(draft, fact.event);
      break;
    case 'status':
      draft.updateClockOffset(fact.status.pbxTime);
      applyPhone(draft, {
        extension: draft.model.own.extension,
        activity: fact.status.activity,
        at: null,
        pushed: false,
      });
      markConfirmed(draft);
      break;
    case 'list-refused':
      handleListRefused(draft);
      break;
    case 'push-connection':
      handlePushConnection(draft, fact.isConnected);
      break;
    case 'push-suspect':
      draft.set({ verified: { ...draft.model.verified, uncertainUntil: UNTIL_CONFIRMED } });
      break;
    case 'tick':
      applyTimeLimits(draft);
      break;
    case 'reset':
      reset(draft);
      break;
    case 'history':
      draft.set({ history: { ...draft.model.history, readable: fact.readable } });
      break;
    case 'changes':
    case 'newest-records':
      readHistory(draft, fact);
      break;
    default:
      applyPlacedCallFact(draft, fact);
  }
}

function readHistory(draft: Draft, fact: Fact & { type: 'changes' | 'newest-records' }): void {
  const { own, fromPbx, toWall, history, placedCalls, seq } = draft.model;
  const context = { own, pbxToWall: fromPbx === null ? 0 : fromPbx + toWall, seq };
  const read =
    fact.type === 'changes'
      ? applyChangedEntries(history, withKnownStart(fact, fromPbx), {
          ...context,
          placedCalls: [...placedCalls.values()],
        })
      : applyNewestRecords(history, fact.records, context);
  draft.set({ history: expireOverdue(read, draft.now, seq) });
}

/** While the PBX's clock is not known, no entry of the first history response is certainly newer than `since`. */
function withKnownStart(fact: Fact & { type: 'changes' }, fromPbx: number | null): Fact & { type: 'changes' } {
  return fromPbx === null ? { ...fact, since: Infinity } : fact;
}

/** Notes that a poll has confirmed the model. */
function markConfirmed(draft: Draft): void {
  draft.set({ verified: { at: draft.now, uncertainUntil: afterConfirmation(draft) } });
}

/** Notes that push works, so that the model is true if nothing is uncertain. */
function handlePushReceived(draft: Draft): void {
  const { at } = draft.model.verified;
  const uncertainUntil = afterConfirmation(draft);
  draft.set({ verified: { at: draft.now >= uncertainUntil ? draft.now : at, uncertainUntil } });
}

function afterConfirmation({ model }: Draft): number {
  const { uncertainUntil } = model.verified;
  return uncertainUntil === UNTIL_CONFIRMED ? NOT_UNCERTAIN : uncertainUntil;
}

/**
 * Events are lost while push is disconnected. So after each change of the connection, everything that push reported
 * must be confirmed within a time limit.
 */
function handlePushConnection(draft: Draft, hasPush: boolean): void {
  const { now, model } = draft;
  if (!hasPush && !model.hasPush) return;
  const deadline = now + (hasPush ? LIMIT_MS.confirmWithPush : LIMIT_MS.confirmWithoutPush);
  const withConfirmDeadline = <T extends { confirmBy: number | null }>(entry: T): T =>
    !hasPush || entry.confirmBy !== null ? { ...entry, confirmBy: deadline } : entry;
  for (const session of model.sessions.awake()) {
    if (session.lastPush.seq === 0) continue;
    const after = withConfirmDeadline(session);
    if (after !== session) draft.sessions.set(session.id, after);
  }
  for (const phone of model.phones.values()) draft.phones.set(phone.extension, withConfirmDeadline(phone));
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
      draft.sessions.delete(session.id);
    }
  }
}

function reset(draft: Draft): void {
  const { seq, own, placedCalls, fromPbx, toWall, hasPush, talkingTime } = draft.model;
  const verified = { at: draft.now, uncertainUntil: NOT_UNCERTAIN };
  draft.replaceModel({ ...EMPTY_MODEL, seq, own, placedCalls, fromPbx, toWall, hasPush, talkingTime, verified });
}

function applyPlacedCallFact(draft: Draft, fact: PlacedCallFact): void {
  const { key } = fact;
  const { toWall, seq } = draft.model;
  const matchedSessionId = draft.model.placedCalls.get(key)?.matchedSessionId ?? null;
  switch (fact.type) {
    case 'call-placed':
      draft.placedCalls.set(key, newPlacedCallState(fact, { at: draft.now, toWall, seq }));
      return;
    case 'accepted':
      applyAccepted(draft, key, fact.sessionId);
      return;
    case 'refused':
      updatePlacedCall(draft, key, fact);
      unmatch(draft, matchedSessionId);
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
  draft.phones.set(phone.extension, after);
  updatePlaceholderSession(draft, after);
}

/** The PBX returned the session ID. It decides which session belongs to the request and overrides any earlier match. */
function applyAccepted(draft: Draft, key: string, sessionId: string): void {
  const guessedSessionId = draft.model.placedCalls.get(key)?.matchedSessionId ?? null;
  const other = [...draft.model.placedCalls.values()].find(
    ({ call, matchedSessionId }) => matchedSessionId === sessionId && call.key !== key,
  );
  updatePlacedCall(draft, key, { type: 'accepted', sessionId });
  // This session had been matched to another request for the same number, so the two requests swap their sessions.
  const swapped = guessedSessionId !== sessionId && other !== undefined ? guessedSessionId : null;
  if (other !== undefined) draft.placedCalls.set(other.call.key, { ...other, matchedSessionId: swapped });
  const known = draft.model.sessions.get(sessionId);
  const over = draft.model.ended.get(sessionId);
  if (known === undefined && over !== undefined) {
    updatePlacedCall(draft, key, over.record === null ? { type: 'gone' } : { type: 'record', record: over.record });
  } else {
    const ownership = { placedCallKey: key, wasMine: true, unmodifiedListRow: null };
    storeSession(draft, { ...(known ?? newSession(draft, sessionId)), ...ownership }, known);
  }
  if (draft.model.placedCalls.get(key)?.phoneAnswered === true)
    updatePlacedCall(draft, key, { type: 'phone', activity: 'on-call' });
  const previousSession =
    guessedSessionId === null || guessedSessionId === sessionId
      ? undefined
      : draft.model.sessions.get(guessedSessionId);
  if (previousSession === undefined) return;
  if (swapped === null || other === undefined) unmatch(draft, previousSession.id);
  else
    storeSession(
      draft,
      { ...previousSession, placedCallKey: other.call.key, unmodifiedListRow: null },
      previousSession,
    );
}

/** If a placed call has ended for another reason than the end of its session, ends the session too. */
function followEnd(draft: Draft, key: string): void {
  const session = sessionOfPlacedCall(draft, key);
  if (session !== undefined && draft.model.placedCalls.get(key)?.call.step === 'ended')
    endSession(draft, session, 'ended-locally');
}
