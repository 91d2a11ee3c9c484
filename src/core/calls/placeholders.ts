import { dropOldest } from '../layered-map.ts';
import type { Draft } from './draft.ts';
import { isMine, liveLegs } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import { isPlaceholderId, type PendingCall, type Phone, type Session } from './model.ts';

// A placeholder is a session that stands for the call of a busy phone, until a source reports the call's own session.

export function isBusy({ activity }: Phone): boolean {
  return activity === 'ringing' || activity === 'on-call';
}

/** Removes a placeholder. `by`: the ID of the session that is now known to be its call. */
export function replacePlaceholder(draft: Draft, id: string, by: string): void {
  draft.edit('sessions').delete(id);
  draft.edit('replacedPlaceholders').set(id, { by });
  dropOldest(draft.edit('replacedPlaceholders'), MAX_COUNT.replaced);
}

/**
 * Replaces the placeholders of my busy phones by this session, which a source has reported. It is taken to be the call
 * of each busy phone whose session is not known yet, if it fits: a ringing phone needs a session that rings me, a phone
 * on a call one that any of my phones is on.
 */
export function replacePlaceholders(draft: Draft, session: Session): void {
  const { phones, sessions } = draft.model;
  if (session.placeholder !== null || phones.size === 0 || session.placedCallKey !== null) return;
  const waiting = [...phones.values()].filter((phone) => isBusy(phone) && !phone.hasKnownSession);
  if (waiting.length === 0) return;
  const legs = liveLegs(session);
  const ringsMe = legs.some(({ toMe, state }) => toMe && state !== 'talking');
  const isOnMyPhone = legs.some(isMine);
  for (const phone of waiting) {
    const fits = phone.activity === 'ringing' ? ringsMe : isOnMyPhone;
    if (!fits) continue;
    draft.edit('phones').set(phone.extension, { ...phone, hasKnownSession: true });
    if (sessions.has(phone.callId)) replacePlaceholder(draft, phone.callId, session.id);
  }
}

/** If a placeholder has just ended and push now reports an ended call to me, the placeholder stood for that call. */
export function replaceEndedPlaceholder(draft: Draft, { id, legs }: Session): void {
  const { history } = draft.model;
  const isRecent = ({ call, noticedAt }: PendingCall): boolean =>
    isPlaceholderId(call.id) && draft.now - noticedAt < LIMIT_MS.nextStep;
  const pending = history.waiting.find(isRecent);
  if (pending === undefined || !legs.some(({ toMe, end }) => toMe && end !== null)) return;
  replacePlaceholder(draft, pending.call.id, id);
  draft.set({ history: { ...history, waiting: history.waiting.filter((one) => one !== pending) } });
}
