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
  draft.sessions.delete(id);
  draft.replacedPlaceholders.set(id, { by });
  dropOldest(draft.replacedPlaceholders, MAX_COUNT.replaced);
}

/**
 * The session is the call of each busy phone of mine that has no other, so it replaces the placeholders of these
 * phones.
 */
export function replacePlaceholders(draft: Draft, session: Session): void {
  const { phones, sessions } = draft.model;
  if (session.placeholder !== null || phones.size === 0 || session.placedCallKey !== null) return;
  for (const phone of phones.values()) {
    if (phone.hasKnownSession || !isBusy(phone)) continue;
    const live = liveLegs(session);
    const rings = live.some(({ toMe, state }) => toMe && state !== 'talking');
    const involves = rings || live.some(isMine);
    if (phone.activity === 'ringing' ? !rings : !involves) continue;
    draft.phones.set(phone.extension, { ...phone, hasKnownSession: true });
    if (sessions.has(phone.callId)) replacePlaceholder(draft, phone.callId, session.id);
  }
}

/** If a placeholder has just ended and push now reports an ended call to me, the placeholder stood for that call. */
export function replaceEndedPlaceholder(draft: Draft, { id, legs }: Session): void {
  const { history } = draft.model;
  const isRecent = ({ call, noticedAt }: PendingCall): boolean =>
    isPlaceholderId(call.id) && draft.now - noticedAt < LIMIT_MS.lingeringLeg;
  const pending = history.waiting.find(isRecent);
  if (pending === undefined || !legs.some(({ toMe, end }) => toMe && end !== null)) return;
  replacePlaceholder(draft, pending.call.id, id);
  draft.set({ history: { ...history, waiting: history.waiting.filter((one) => one !== pending) } });
}
