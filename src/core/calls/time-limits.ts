import type { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import { expireOverdue } from './history.ts';
import { liveLegs } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import type { Leg, Phone, Session } from './model.ts';
import { updatePlaceholderSession } from './phones.ts';
import { isBusy } from './placeholders.ts';
import { refreshView, storeSession } from './stored-sessions.ts';

/** Applies the time limits to everything that no source has confirmed for too long. */
export function applyTimeLimits(draft: Draft): void {
  const { model, now } = draft;
  const { hasPush, verified } = model;
  if (hasPush && now >= verified.uncertainUntil) draft.set({ verified: { ...verified, at: now } });
  for (const phone of model.phones.values()) tickPhone(draft, phone);
  const isListFresh = now - (model.lastList?.appliedAt ?? -Infinity) < LIMIT_MS.unconfirmedRinging;
  for (const session of isListFresh ? model.sessions.awake() : model.sessions.values()) {
    if (session.unmodifiedListRow === null || !isListFresh) tickSession(draft, session);
  }
  for (const [id, { stamp }] of model.ended) {
    if (now - stamp.at < LIMIT_MS.endsRemembered) break;
    draft.edit('ended').delete(id);
  }
  const history = expireOverdue(draft.model.history, now, draft.model.seq);
  if (history !== draft.model.history) draft.set({ history });
  forgetPlacedCalls(draft);
}

function tickPhone(draft: Draft, phone: Phone): void {
  if (!isOutdated(draft, phone)) {
    updatePlaceholderSession(draft, phone);
    return;
  }
  draft.edit('phones').delete(phone.extension);
  const placeholder = draft.model.sessions.get(phone.callId);
  if (placeholder !== undefined) endSession(draft, placeholder, 'timed-out');
}

/** Whether no source has confirmed the state of the phone for too long. An idle phone is only remembered. */
function isOutdated(draft: Draft, phone: Phone): boolean {
  const { now } = draft;
  if (!isBusy(phone)) return now - phone.activitySince >= LIMIT_MS.endsRemembered;
  const maxSilence = phone.activity === 'ringing' ? LIMIT_MS.unconfirmedRinging : LIMIT_MS.unconfirmedCall;
  return isUnconfirmed(draft, phone.confirmBy) || now - phone.reportedAt >= maxSilence;
}

function isUnconfirmed({ awaitsList, now }: Draft, confirmBy: number | null): boolean {
  return !awaitsList && confirmBy !== null && confirmBy <= now;
}

function tickSession(draft: Draft, session: Session): void {
  if (session.placeholder !== null) return;
  const { now, model } = draft;
  const listedAt = session.inList ? (session.missingSince ?? model.lastList?.appliedAt ?? -Infinity) : -Infinity;
  const silentFor = now - Math.max(session.lastPush.at, listedAt);
  const live = liveLegs(session);
  const awaitsRequest =
    session.placedCallKey !== null && model.placedCalls.get(session.placedCallKey)?.status !== 'over';
  if (!session.inList && !awaitsRequest) {
    const maySilentlyGoOn = draft.awaitsList || live.some(({ state }) => state === 'talking');
    const maxSilence = maySilentlyGoOn ? LIMIT_MS.unconfirmedCall : LIMIT_MS.unconfirmedRinging;
    if (isUnconfirmed(draft, session.confirmBy) || silentFor >= maxSilence) {
      endSession(draft, session, 'timed-out');
      return;
    }
  }
  // A ringing leg that no source has confirmed within the limit is shown without a state.
  const isStale = (leg: Leg): boolean => leg.state === 'ringing' && live.includes(leg);
  if (silentFor >= LIMIT_MS.unconfirmedRinging && live.some(isStale)) {
    const legs = session.legs.map((leg) => (isStale(leg) ? { ...leg, state: 'unknown' as const } : leg));
    storeSession(draft, { ...session, legs, unmodifiedListRow: null }, session);
    // A session without live legs is derived again, so that its last leg disappears after LIMIT_MS.nextStep.
  } else if (live.length === 0) refreshView(draft, session);
}

function forgetPlacedCalls(draft: Draft): void {
  const finished = [...draft.model.placedCalls.values()].filter(
    ({ status, call, matchUntil }) => status === 'over' || (call.end !== null && matchUntil <= draft.now),
  );
  for (const { call } of finished.slice(0, Math.max(0, finished.length - MAX_COUNT.placedCalls)))
    draft.edit('placedCalls').delete(call.key);
}
