import type { PushEvent } from '../pbx/push/types.ts';
import type { Draft } from './draft.ts';
import { addRecord, endSession } from './ends.ts';
import { ringsMe, withCall, withRinging, withTarget } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import type { Session } from './model.ts';
import { applyPhone } from './phones.ts';
import { isBusy, replacePlaceholder } from './placeholders.ts';
import { newSession, storeSession } from './stored-sessions.ts';

/** Applies an event of push. */
export function applyPush(draft: Draft, event: PushEvent): void {
  if (event.type === 'extension') applyPhone(draft, { ...event, pushed: true });
  else if (event.type === 'call-over') applyCallOver(draft, event);
  else applyCallEvent(draft, event);
}

function applyCallEvent(draft: Draft, event: PushEvent & { type: 'call' | 'target' }): void {
  const { sessionId: id } = event;
  if (id === '' || isLate(draft, event)) return;
  draft.edit('ended').delete(id);
  const known = draft.model.sessions.get(id);
  const { stamp } = draft;
  const before: Session = known ?? newSession(draft, id);
  const reported: Session = {
    ...before,
    startedAt: before.startedAt ?? event.at,
    direction: event.direction ?? before.direction,
    lastPush: stamp,
    confirmBy: null,
    unmodifiedListRow: null,
  };
  const after =
    event.type === 'call' ? withCall(reported, event, draft.context) : withTarget(reported, event, draft.context);
  storeSession(draft, after.hasBegun || after.everListed ? withRingingPhone(draft, after) : after, known);
  if (known === undefined) limitSessions(draft);
}

/** Marks the leg to my phone as ringing if the phone was already reported to ring. */
function withRingingPhone(draft: Draft, session: Session): Session {
  const phoneRings = [...draft.model.phones.values()].some(
    ({ activity, placedCallKey }) => activity === 'ringing' && placedCallKey === null,
  );
  if (!phoneRings || !session.legs.some((leg) => ringsMe(leg) && leg.rangAt === null)) return session;
  return { ...session, legs: session.legs.map((leg) => (ringsMe(leg) ? withRinging(leg, draft.stamp) : leg)) };
}

/** Whether the event arrived after the end of its session and does not show that the session continues. */
function isLate(draft: Draft, event: PushEvent & { type: 'call' | 'target' }): boolean {
  const end = draft.model.ended.get(event.sessionId);
  if (end === undefined) return false;
  const goesOn = event.type === 'call' || event.change === 'add' || event.change === 'ringing';
  return !goesOn || event.at === null || end.pbxTime === null || event.at <= end.pbxTime;
}

/** Applies call_cdr: the session is over. No other source shows better how it ended. */
function applyCallOver(draft: Draft, event: PushEvent & { type: 'call-over' }): void {
  const { sessionId: id, callee, answeredAt } = event;
  if (id === '') return;
  const session = draft.model.sessions.get(id);
  if (session?.wasMine === true || draft.model.own.has(callee)) markBusyPhonesKnown(draft, id, answeredAt);
  if (session === undefined) addRecord(draft, id, event);
  else endSession(draft, session, 'record', event);
}

/**
 * Connects busy phones of mine with a call that has just ended: push reports a phone as idle only a moment later.
 * `answeredAt`: when the call was answered, ms since 1970 on the PBX's clock. A ring that began later has another
 * reason.
 */
function markBusyPhonesKnown(draft: Draft, by: string, answeredAt: number | null): void {
  const { pbxToMonotonicMs, sessions } = draft.model;
  const rangToItsEnd = sessions.get(by)?.legs.some(({ toMe, state }) => toMe && state !== 'talking') === true;
  const talkedFrom =
    rangToItsEnd || answeredAt === null || pbxToMonotonicMs === null ? Infinity : answeredAt + pbxToMonotonicMs;
  for (const phone of draft.model.phones.values()) {
    if (phone.hasKnownSession || !isBusy(phone)) continue;
    if (phone.activity === 'ringing' && phone.activitySince > talkedFrom + LIMIT_MS.noise) continue;
    draft.edit('phones').set(phone.extension, { ...phone, hasKnownSession: true });
    if (draft.model.sessions.has(phone.callId)) replacePlaceholder(draft, phone.callId, by);
  }
}

/** Drops the oldest session if push reported too many that the list does not show; mine only if there is no other. */
function limitSessions(draft: Draft): void {
  const { sessions, lastList } = draft.model;
  if (sessions.size - (lastList?.count ?? 0) <= MAX_COUNT.pushed) return;
  let oldest: Session | null = null;
  for (const session of sessions.awake()) {
    if (session.inList || session.placedCallKey !== null) continue;
    oldest ??= session;
    if (session.wasMine) continue;
    oldest = session;
    break;
  }
  if (oldest !== null) draft.edit('sessions').delete(oldest.id);
}
