import type { ExtensionActivity } from '../pbx/push/types.ts';
import type { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import { isMine, liveLegs, newLeg, ringsMe, withAnswer, withEnd, withRinging } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import { placeholderId, type Leg, type Phone, type Session } from './model.ts';
import { mayPrecedeRequest, placedCallThatRings, sessionOfPlacedCall, updatePlacedCall } from './placed-matching.ts';
import { isBusy, replacePlaceholders } from './placeholders.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import { newSession, storeSession } from './stored-sessions.ts';

// What the state of my phones, which push or GET /user/status reports, changes in the model. It names no session.

/** A report of a source about the state of one of my phones. */
export interface PhoneReport {
  extension: string;
  activity: ExtensionActivity;
  /** ms since 1970 on the PBX's clock. */
  at: number | null;
  /** Push distinguishes a phone that rings from one that is on a call; GET /user/status of 22.2 does not. */
  pushed: boolean;
}

export function applyPhone(draft: Draft, report: PhoneReport): void {
  const extension = normaliseNumber(report.extension);
  if (report.activity === 'unknown' || !draft.model.own.has(extension)) return;
  const before = draft.model.phones.get(extension);
  const phone = phoneAfter(draft, before, { ...report, extension });
  draft.edit('phones').set(extension, phone);
  const callBefore = before?.callId ?? '';
  const placeholder = callBefore === phone.callId ? undefined : draft.model.sessions.get(callBefore);
  if (placeholder !== undefined) endSession(draft, placeholder, 'phone');
  if (phone.activity === 'idle') {
    handleIdlePhone(draft, before, phone, report.at);
    return;
  }
  if (phone.placedCallKey !== null) {
    if (before?.activity !== phone.activity) handlePlacedCallPhone(draft, phone, before);
    return;
  }
  handleBusyPhone(draft, phone, before);
  updatePlaceholderSession(draft, draft.model.phones.get(extension) ?? phone);
}

function phoneAfter(
  draft: Draft,
  before: Phone | undefined,
  { extension, activity, at: pbxTime, pushed }: PhoneReport,
): Phone {
  const { stamp } = draft;
  const idleReports = activity === 'idle' ? withIdle(before, { ...stamp, pbxTime }) : (before?.idleReports ?? []);
  const reported = { activity, idleReports, reportedAt: stamp.at, confirmBy: null };
  if (before?.activity === activity) return { ...before, ...reported };
  if (before?.activity === 'ringing' && activity === 'on-call') return { ...before, ...reported, answeredAt: stamp.at };
  return {
    ...reported,
    extension,
    callId: placeholderId(extension, stamp),
    activitySince: stamp.at,
    answeredAt: activity === 'on-call' ? stamp.at : null,
    beganRinging: activity === 'ringing',
    distinguishesRinging: pushed || activity === 'ringing',
    hasKnownSession: isAboutKnownCall(draft, before, pbxTime),
    placedCallKey: activity === 'idle' ? null : placedCallThatRings(draft, pbxTime),
  };
}

/**
 * Whether this late event of push, that my phone rang or was picked up, is about a call that another source has already
 * shown as answered by me or as ended.
 */
function isAboutKnownCall({ model }: Draft, before: Phone | undefined, at: number | null): boolean {
  const { sessions, ended, pbxToMonotonicMs, monotonicToWallMs } = model;
  if (at === null || pbxToMonotonicMs === null) return false;
  const idleAt = before?.idleReports.at(-1)?.pbxTime ?? -Infinity;
  /** `until`: when the call stopped ringing, monotonic ms. */
  const isAbout = ({ call, placeholder }: Session, until: number): boolean => {
    if (call?.mine !== true || placeholder !== null) return false;
    const beganAt = call.startedAt - monotonicToWallMs - pbxToMonotonicMs;
    // An idle phone since then means that the ring of that call was already reported. Push counts whole seconds.
    return idleAt <= beganAt && at >= beganAt - LIMIT_MS.noise && at + 1_000 <= until - pbxToMonotonicMs;
  };
  for (const [, { lastSession, endedAt }] of ended)
    if (lastSession !== null && isAbout(lastSession, endedAt)) return true;
  for (const session of sessions.awake()) {
    const answered = session.wasMine ? session.legs.find(({ toMe, state }) => toMe && state === 'talking') : undefined;
    if (answered !== undefined && isAbout(session, answered.answeredAt ?? -Infinity)) return true;
  }
  return false;
}

function withIdle(before: Phone | undefined, idle: Phone['idleReports'][number]): Phone['idleReports'] {
  const [last] = before?.activity === 'idle' ? before.idleReports.slice(-1) : [];
  const earlier = before?.idleReports.slice(-MAX_COUNT.idles, last === undefined ? undefined : -1) ?? [];
  return [...earlier, last === undefined ? idle : { ...last, seq: idle.seq, pbxTime: idle.pbxTime }];
}

/** Updates the placed call that my phone rings for, or was picked up for. */
function handlePlacedCallPhone(
  draft: Draft,
  { placedCallKey: key, activity, distinguishesRinging }: Phone,
  before?: Phone,
): void {
  if (key === null || (activity !== 'ringing' && activity !== 'on-call')) return;
  const isPickedUp = activity === 'on-call';
  // If the state is not pushed and the phone was not seen ringing, it may be on a call that was dialled at the phone.
  if (isPickedUp && before?.activity !== 'ringing' && !distinguishesRinging) return;
  updatePlacedCall(draft, key, { type: 'phone', activity });
  const session = isPickedUp ? sessionOfPlacedCall(draft, key) : undefined;
  if (session === undefined) return;
  const legs = session.legs.map((leg) => (ringsMe(leg) ? withAnswer(leg, draft.context) : leg));
  storeSession(draft, { ...session, legs, unmodifiedListRow: null }, session);
}

/** Finds out which of my calls the busy phone is on: if there is only one, the phone is on that one. */
function handleBusyPhone(draft: Draft, phone: Phone, before: Phone | undefined): void {
  if (phone.activity === 'ringing') showUnconfirmedLegs(draft, phone.extension);
  const mine = [...draft.model.sessions.awake()].filter(
    (session) => session.placeholder === null && session.wasMine && liveLegs(session).some(isMine),
  );
  for (const one of mine) replacePlaceholders(draft, one);
  const [session, ...others] = mine;
  if (session === undefined) return;
  if (others.length > 0) {
    // Push does not report which of several calls the phone is on, so every possible one is kept.
    const possible = mine.filter((one) => phone.activity === 'ringing' || !liveLegs(one).some(ringsMe));
    for (const one of possible) if (one.confirmBy !== null) storeSession(draft, { ...one, confirmBy: null }, one);
  } else if (wasPickedUp(draft, phone, before) && liveLegs(session).some(ringsMe)) {
    const legs = session.legs.map((leg) => (ringsMe(leg) ? withAnswer(leg, draft.context) : leg));
    const lastPush = draft.stamp;
    storeSession(draft, { ...session, legs, lastPush, confirmBy: null, unmodifiedListRow: null }, session);
  } else {
    const rings = (leg: Leg): boolean => phone.activity === 'ringing' && ringsMe(leg);
    const legs = session.legs.map((leg) => (rings(leg) ? withRinging(leg, draft.stamp) : leg));
    const lastPush = session.lastPush.seq > 0 ? draft.stamp : session.lastPush;
    storeSession(draft, { ...session, legs, lastPush, confirmBy: null }, session);
  }
}

/**
 * Whether the phone was picked up while it rang. If push was disconnected meanwhile, it may be on another call, which
 * the list shows.
 */
function wasPickedUp({ model }: Draft, phone: Phone, before: Phone | undefined): boolean {
  if (before?.activity !== 'ringing' || phone.activity !== 'on-call') return false;
  return before.confirmBy === null || model.listRefused;
}

/** Shows the legs that were ignored because the phone was idle. The phone rings now, so they ring. */
function showUnconfirmedLegs(draft: Draft, extension: string): void {
  for (const session of draft.model.sessions.awake()) {
    if (
      session.unmodifiedListRow !== null ||
      !session.legs.some(({ awaitsConfirmation, to }) => awaitsConfirmation && to === extension)
    )
      continue;
    const legs = session.legs.map((leg) => (leg.to === extension ? { ...leg, awaitsConfirmation: false } : leg));
    storeSession(draft, { ...session, legs, unmodifiedListRow: null }, session);
  }
}

/** Ends the legs to and from an idle phone, except those that began after `at`, the PBX's time of the report. */
function handleIdlePhone(draft: Draft, before: Phone | undefined, phone: Phone, at: number | null): void {
  for (const session of draft.model.sessions.awake()) {
    if (!session.wasMine || session.placeholder !== null) continue;
    const legs = session.legs.map((leg) =>
      isEndedByIdle(leg, phone.extension, at) ? withEnd(leg, null, draft.context) : leg,
    );
    if (legs.every((leg, index) => leg === session.legs[index])) continue;
    const after: Session = { ...session, legs, unmodifiedListRow: null };
    // If push is disconnected, or never reported the call itself, no source shows how it continues without me.
    if ((draft.model.hasPush && session.hasBegun) || session.inList || liveLegs(after).length > 0)
      storeSession(draft, after, session);
    else endSession(draft, session, 'phone');
  }
  if (before === undefined || before.placedCallKey === null || !isBusy(before)) return;
  if (mayPrecedeRequest(draft, before.placedCallKey, at)) {
    updatePlacedCall(draft, before.placedCallKey, { type: 'phone', activity: 'idle' });
    return;
  }
  const own = sessionOfPlacedCall(draft, before.placedCallKey);
  // If no other source shows the placed call, my idle phone proves that it is over.
  if (own !== undefined && !own.inList && own.lastPush.seq === 0) endSession(draft, own, 'phone');
}

function isEndedByIdle(leg: Leg, extension: string, at: number | null): boolean {
  const there = leg.to === extension || leg.from === extension || (leg.toMe && leg.eventStamp !== null);
  if (!there || leg.end !== null || leg.awaitsConfirmation) return false;
  const later =
    at !== null &&
    ((leg.eventPbxTime !== null && leg.eventPbxTime > at) || (leg.startedAt !== null && leg.startedAt > at));
  return !later;
}

/** Shows a placeholder session for a busy phone as long as its real session is not known. */
export function updatePlaceholderSession(draft: Draft, phone: Phone): void {
  const known = draft.model.sessions.get(phone.callId);
  if (phone.hasKnownSession || phone.placedCallKey !== null || !isBusy(phone)) return;
  if (known === undefined && draft.now - phone.activitySince < draft.input.placeholderDelayMs) return;
  const { beganRinging, distinguishesRinging, extension, answeredAt } = phone;
  const [caller, callee] = beganRinging ? ['', extension] : [extension, ''];
  // A phone that did not ring was used to dial: it is not known when the other side answers.
  const talks = answeredAt !== null && distinguishesRinging && beganRinging;
  const leg: Leg = {
    ...newLeg(draft.model.own, caller, callee),
    state: talks ? 'talking' : distinguishesRinging && beganRinging ? 'ringing' : 'unknown',
    answeredAt: talks ? answeredAt : null,
    answeredBy: talks ? 'event' : null,
    eventStamp: draft.stamp,
  };
  if (known?.legs[0]?.state === leg.state) return;
  const base = known ?? {
    ...newSession(draft, phone.callId),
    hasBegun: true,
    wasMine: true,
    placeholder: { beganRinging, distinguishesRinging },
  };
  storeSession(draft, { ...base, legs: [leg], confirmBy: null }, known);
}
