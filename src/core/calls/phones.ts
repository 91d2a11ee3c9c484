import type { ExtensionActivity } from '../pbx/push/types.ts';
import type { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import { isMine, liveLegs, newLeg, ringsMe, withAnswer, withEnd, withRinging } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import { placeholderId, type Leg, type Phone, type Session } from './model.ts';
import { placedCallThatRings, sessionOfPlacedCall, updatePlacedCall } from './placed-matching.ts';
import { isBusy, replacePlaceholders } from './placeholders.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import { newSession, storeSession } from './stored-sessions.ts';

/** The state of one of my phones, as a source reports it. */
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
  draft.phones.set(extension, phone);
  const began = before === undefined || before.activity !== phone.activity;
  const placeholder = before === undefined || before.id === phone.id ? undefined : draft.model.sessions.get(before.id);
  if (placeholder !== undefined) endSession(draft, placeholder, 'phone');
  if (phone.activity === 'idle') {
    handleIdlePhone(draft, before, phone, report.at);
    return;
  }
  if (phone.placedCallKey !== null) {
    if (began) handlePlacedCallPhone(draft, phone.placedCallKey, phone.activity, before);
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
  const idles = activity === 'idle' ? withIdle(before, { ...stamp, pbxTime }) : (before?.idles ?? []);
  const reported = { activity, idles, reportedAt: stamp.at, confirmBy: null };
  if (before?.activity === activity) return { ...before, ...reported };
  if (before?.activity === 'ringing' && activity === 'on-call') return { ...before, ...reported, answeredAt: stamp.at };
  return {
    ...reported,
    extension,
    id: placeholderId(extension, stamp),
    since: stamp.at,
    answeredAt: activity === 'on-call' ? stamp.at : null,
    rang: activity === 'ringing',
    certain: pushed || activity === 'ringing',
    hasKnownSession: isAboutKnownCall(draft, before, pbxTime),
    placedCallKey: activity === 'idle' ? null : placedCallThatRings(draft, pbxTime),
  };
}

/**
 * Whether push reports only now that my phone rang, or was picked up, for a call that another source has shown as
 * answered by me, or has ended, since.
 */
function isAboutKnownCall({ model }: Draft, before: Phone | undefined, at: number | null): boolean {
  const { sessions, ended, offset, epoch } = model;
  if (at === null || offset === null) return false;
  const idleAt = before?.idles.at(-1)?.pbxTime ?? -Infinity;
  /** `until`: when the call rang no more, monotonic ms. */
  const isAbout = ({ call, placeholder }: Session, until: number): boolean => {
    if (call?.mine !== true || placeholder !== null) return false;
    const beganAt = call.startedAt - epoch - offset;
    // An idle phone since then means that the ring of that call was already reported. Push counts whole seconds.
    return idleAt <= beganAt && at >= beganAt - LIMIT_MS.noise && at + 1_000 <= until - offset;
  };
  for (const [, { last, endedAt }] of ended) if (last !== null && isAbout(last, endedAt)) return true;
  for (const session of sessions.awake()) {
    const answered = session.wasMine ? session.legs.find(({ toMe, state }) => toMe && state === 'talking') : undefined;
    if (answered !== undefined && isAbout(session, answered.answeredAt ?? -Infinity)) return true;
  }
  return false;
}

function withIdle(before: Phone | undefined, idle: Phone['idles'][number]): Phone['idles'] {
  const [last] = before?.activity === 'idle' ? before.idles.slice(-1) : [];
  const earlier = before?.idles.slice(-MAX_COUNT.idles, last === undefined ? undefined : -1) ?? [];
  return [...earlier, last === undefined ? idle : { ...last, seq: idle.seq, pbxTime: idle.pbxTime }];
}

/** My phone rings for a placed call, or was picked up for it. */
function handlePlacedCallPhone(
  draft: Draft,
  key: string,
  activity: ExtensionActivity,
  before: Phone | undefined,
): void {
  if (activity === 'ringing') {
    updatePlacedCall(draft, key, { type: 'phone', activity });
    return;
  }
  if (activity !== 'on-call') return;
  // If the state is not pushed and the phone was not seen ringing, it may be on a call that was dialled at the phone.
  if (before?.activity !== 'ringing' && draft.model.phones.get(before?.extension ?? '')?.certain === false) return;
  updatePlacedCall(draft, key, { type: 'phone', activity });
  const session = sessionOfPlacedCall(draft, key);
  if (session === undefined) return;
  const legs = session.legs.map((leg) => (ringsMe(leg) ? withAnswer(leg, draft.moment) : leg));
  storeSession(draft, { ...session, legs, unmodifiedListRow: null }, session);
}

function handleBusyPhone(draft: Draft, phone: Phone, before: Phone | undefined): void {
  if (phone.activity === 'ringing') releaseHeldLegs(draft, phone.extension);
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
    return;
  }
  // If exactly one call of mine rings, a phone that goes from ringing to on a call proves that I picked it up.
  const up = before?.activity === 'ringing' && phone.activity === 'on-call' && liveLegs(session).some(ringsMe);
  const change = (leg: Leg): Leg => {
    if (!ringsMe(leg)) return leg;
    return up ? withAnswer(leg, draft.moment) : phone.activity === 'ringing' ? withRinging(leg, draft.stamp) : leg;
  };
  const reported = session.reported.seq > 0 || up ? draft.stamp : session.reported;
  storeSession(
    draft,
    {
      ...session,
      legs: session.legs.map(change),
      reported,
      confirmBy: null,
      unmodifiedListRow: up ? null : session.unmodifiedListRow,
    },
    session,
  );
}

/** The phone rings now, so the legs that the list showed while it was idle ring, too. */
function releaseHeldLegs(draft: Draft, extension: string): void {
  for (const session of draft.model.sessions.awake()) {
    if (session.unmodifiedListRow !== null || !session.legs.some(({ held, to }) => held && to === extension)) continue;
    const legs = session.legs.map((leg) => (leg.to === extension ? { ...leg, held: false } : leg));
    storeSession(draft, { ...session, legs, unmodifiedListRow: null }, session);
  }
}

/** The phone is idle: legs to it or from it are over, except those that began after the report. */
function handleIdlePhone(draft: Draft, before: Phone | undefined, phone: Phone, at: number | null): void {
  for (const session of draft.model.sessions.awake()) {
    if (!session.wasMine || session.placeholder !== null) continue;
    const legs = session.legs.map((leg) =>
      isEndedByIdle(leg, phone.extension, at) ? withEnd(leg, null, draft.moment) : leg,
    );
    if (legs.every((leg, index) => leg === session.legs[index])) continue;
    const after: Session = { ...session, legs, unmodifiedListRow: null };
    // If push is disconnected, or never reported the call itself, no source shows how it continues without me.
    if ((draft.model.listening && session.began) || session.inList || liveLegs(after).length > 0)
      storeSession(draft, after, session);
    else endSession(draft, session, 'phone');
  }
  if (before === undefined || before.placedCallKey === null || !isBusy(before)) return;
  const own = sessionOfPlacedCall(draft, before.placedCallKey);
  // If no other source shows the placed call, my idle phone proves that it is over.
  if (own !== undefined && !own.inList && own.reported.seq === 0) endSession(draft, own, 'phone');
}

function isEndedByIdle(leg: Leg, extension: string, at: number | null): boolean {
  const there = leg.to === extension || leg.from === extension || (leg.toMe && leg.event !== null);
  if (!there || leg.over !== null || leg.held) return false;
  const later = at !== null && ((leg.at !== null && leg.at > at) || (leg.startedAt !== null && leg.startedAt > at));
  return !later;
}

/** Shows a placeholder session for a busy phone as long as its real session is not known. */
export function updatePlaceholderSession(draft: Draft, phone: Phone): void {
  const known = draft.model.sessions.get(phone.id);
  if (phone.hasKnownSession || phone.placedCallKey !== null || !isBusy(phone)) return;
  if (known === undefined && draft.now - phone.since < draft.input.nameWaitMs) return;
  const { rang, certain, extension, answeredAt } = phone;
  const [caller, callee] = rang ? ['', extension] : [extension, ''];
  // A phone that did not ring was used to dial: it is not known when the other side answers.
  const talks = answeredAt !== null && certain && rang;
  const leg: Leg = {
    ...newLeg(draft.model.own, caller, callee),
    state: talks ? 'talking' : certain && rang ? 'ringing' : 'unknown',
    answeredAt: talks ? answeredAt : null,
    answeredBy: talks ? 'event' : null,
    event: draft.stamp,
  };
  const same = known?.legs[0]?.state === leg.state;
  if (known !== undefined && same) return;
  const base = known ?? {
    ...newSession(draft, phone.id),
    began: true,
    wasMine: true,
    placeholder: { rang, certain },
  };
  storeSession(draft, { ...base, legs: [leg], confirmBy: null }, known);
}
