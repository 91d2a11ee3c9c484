import type { ExtensionActivity, PushEvent } from '../pbx/push/types.ts';
import type { Draft } from './draft.ts';
import { ended, liveLegs, newLeg, pickedUp, rings, ringsMe, withCall, withTarget } from './legs.ts';
import { MOST } from './limits.ts';
import { namelessId, type Leg, type Phone, type Session } from './model.ts';
import { normaliseNumber } from '../../shared/same-number.ts';

/** Applies an event of push. */
export function applyPush(draft: Draft, event: PushEvent): void {
  switch (event.type) {
    case 'extension':
      applyPhone(draft, { ...event, pushed: true });
      return;
    case 'call-over':
      sessionOver(draft, event);
      return;
    case 'call':
    case 'target':
      sessionGoesOn(draft, event);
  }
}

function sessionGoesOn(draft: Draft, event: PushEvent & { type: 'call' | 'target' }): void {
  const { sessionId: id } = event;
  if (id === '' || isLate(draft, event)) return;
  draft.ended.delete(id);
  const known = draft.model.sessions.get(id);
  const { stamp } = draft;
  const before: Session = known ?? draft.newSession(id);
  const heard: Session = {
    ...before,
    startedAt: before.startedAt ?? event.at,
    heard: stamp,
    confirmBy: null,
    plain: null,
  };
  const after = event.type === 'call' ? withCall(heard, event, draft.moment) : withTarget(heard, event, draft.moment);
  draft.put(after.began || after.everListed ? ringsBy(draft, after) : after, known);
  if (known === undefined) atMost(draft);
}

/** The phone that it is offered to rings: it was said so before. */
function ringsBy(draft: Draft, session: Session): Session {
  const phoneRings = [...draft.model.phones.values()].some(
    ({ activity, placing }) => activity === 'ringing' && placing === null,
  );
  if (!phoneRings || !session.legs.some((leg) => ringsMe(leg) && leg.rangAt === null)) return session;
  return { ...session, legs: session.legs.map((leg) => (ringsMe(leg) ? rings(leg, draft.stamp) : leg)) };
}

/** Told after the end of its call: about a phone that was offered it, or a step of a call that goes on? */
function isLate(draft: Draft, event: PushEvent & { type: 'call' | 'target' }): boolean {
  const end = draft.model.ended.get(event.sessionId);
  if (end === undefined) return false;
  const goesOn = event.type === 'call' || event.change === 'add' || event.change === 'ringing';
  return !goesOn || event.at === null || end.pbxTime === null || event.at <= end.pbxTime;
}

/** call_cdr: the session is over, at once, and how is said by nobody better. */
function sessionOver(draft: Draft, event: PushEvent & { type: 'call-over' }): void {
  const { sessionId: id, caller, callee, answeredAt, endedAt, endReason, statusCode, callStatus } = event;
  if (id === '') return;
  const record = { caller, callee, answeredAt, endedAt, endReason, statusCode, callStatus };
  const session = draft.model.sessions.get(id);
  // My phone is said to be idle a moment later; until then its ringing is still that of this call.
  if (session?.concernsMe === true || draft.model.own.has(callee)) coverAll(draft, id);
  if (session !== undefined) {
    draft.end(session, 'record', record);
    return;
  }
  const { stamp } = draft;
  const known = draft.model.ended.get(id);
  const last = known?.last ?? null;
  draft.bury(id, { stamp, by: 'record', record, pbxTime: endedAt, last, endedAt: known?.endedAt ?? stamp.at });
  const placing = [...draft.model.placings.values()].find(({ call }) => call.sessionId === id);
  if (placing !== undefined) draft.place(placing.call.key, { type: 'record', record });
}

function coverAll(draft: Draft, by: string): void {
  for (const phone of draft.model.phones.values()) {
    if (phone.covered || !isBusy(phone)) continue;
    draft.phones.set(phone.extension, { ...phone, covered: true });
    if (draft.model.sessions.has(phone.id)) draft.replace(phone.id, by);
  }
}

function atMost(draft: Draft): void {
  let pushed = 0;
  for (const { inList, placing } of draft.model.sessions.values()) if (!inList && placing === null) pushed += 1;
  if (pushed <= MOST.pushed) return;
  const all = [...draft.model.sessions.values()].filter(({ inList, placing }) => !inList && placing === null);
  const oldest = all.find(({ concernsMe }) => !concernsMe) ?? all[0];
  if (oldest !== undefined) draft.sessions.delete(oldest.id);
}

/** What a source says of one of my phones. */
export interface PhoneReport {
  extension: string;
  activity: ExtensionActivity;
  /** ms since 1970 on the PBX's clock. */
  at: number | null;
  /** Push tells a phone that rings from one that is on a call; GET /user/status of 22.2 does not. */
  pushed: boolean;
}

export function applyPhone(draft: Draft, report: PhoneReport): void {
  const extension = normaliseNumber(report.extension);
  if (report.activity === 'unknown' || !draft.model.own.has(extension)) return;
  const before = draft.model.phones.get(extension);
  const phone = phoneAfter(draft, before, { ...report, extension });
  draft.phones.set(extension, phone);
  const began = before === undefined || before.activity !== phone.activity;
  const nameless = before === undefined || before.id === phone.id ? undefined : draft.model.sessions.get(before.id);
  if (nameless !== undefined) draft.end(nameless, 'phone');
  if (phone.activity === 'idle') {
    hungUp(draft, before, phone, report.at);
    return;
  }
  if (phone.placing !== null) {
    if (began) ownCall(draft, phone.placing, phone.activity, before);
    return;
  }
  ringsOrTalks(draft, phone, before);
  standIn(draft, draft.model.phones.get(extension) ?? phone);
}

function phoneAfter(
  draft: Draft,
  before: Phone | undefined,
  { extension, activity, at: told, pushed }: PhoneReport,
): Phone {
  const { stamp } = draft;
  const idles = activity === 'idle' ? withIdle(before, { ...stamp, told }) : (before?.idles ?? []);
  const heard = { activity, idles, heardAt: stamp.at, confirmBy: null };
  if (before?.activity === activity) return { ...before, ...heard };
  if (before?.activity === 'ringing' && activity === 'on-call') return { ...before, ...heard, answeredAt: stamp.at };
  return {
    ...heard,
    extension,
    id: namelessId(extension, stamp),
    since: stamp.at,
    answeredAt: activity === 'on-call' ? stamp.at : null,
    rang: activity === 'ringing',
    certain: pushed || activity === 'ringing',
    covered: false,
    placing: activity === 'idle' ? null : draft.ringingFor,
  };
}

function withIdle(before: Phone | undefined, idle: Phone['idles'][number]): Phone['idles'] {
  const [last] = before?.activity === 'idle' ? before.idles.slice(-1) : [];
  const earlier = before?.idles.slice(-MOST.idles, last === undefined ? undefined : -1) ?? [];
  return [...earlier, last === undefined ? idle : { ...last, seq: idle.seq, told: idle.told }];
}

export function isBusy({ activity }: Phone): boolean {
  return activity === 'ringing' || activity === 'on-call';
}

/** My phone rings because this program asked for it, or was picked up for that. */
function ownCall(draft: Draft, key: string, activity: ExtensionActivity, before: Phone | undefined): void {
  if (activity === 'ringing') {
    draft.place(key, { type: 'phone', activity });
    return;
  }
  if (activity !== 'on-call') return;
  // Without having been seen to ring it may as well be on a call of its own making, where the state is not pushed.
  if (before?.activity !== 'ringing' && draft.model.phones.get(before?.extension ?? '')?.certain === false) return;
  draft.place(key, { type: 'phone', activity });
  const sessionId = draft.model.placings.get(key)?.call.sessionId;
  const session = sessionId === undefined || sessionId === null ? undefined : draft.model.sessions.get(sessionId);
  if (session === undefined) return;
  const legs = session.legs.map((leg) => (ringsMe(leg) ? pickedUp(leg, draft.moment) : leg));
  draft.put({ ...session, legs, plain: null }, session);
}

function ringsOrTalks(draft: Draft, phone: Phone, before: Phone | undefined): void {
  const atMe = ({ toMe, fromMe }: Leg): boolean => toMe || fromMe;
  if (phone.activity === 'ringing') release(draft, phone.extension);
  const mine = [...draft.model.sessions.values()].filter(
    (session) => session.nameless === null && session.concernsMe && liveLegs(session).some(atMe),
  );
  for (const one of mine) draft.cover(one);
  const [session, ...others] = mine;
  if (session === undefined) return;
  if (others.length > 0) {
    // Which of several calls a busy phone is busy with is not told: none that it may be is given up.
    const possible = mine.filter((one) => phone.activity === 'ringing' || !liveLegs(one).some(ringsMe));
    for (const one of possible) if (one.confirmBy !== null) draft.put({ ...one, confirmBy: null }, one);
    return;
  }
  // Nothing says more surely that I picked up: with one call of mine, which rings me, this does.
  const up = before?.activity === 'ringing' && phone.activity === 'on-call' && liveLegs(session).some(ringsMe);
  const change = (leg: Leg): Leg => {
    if (!ringsMe(leg)) return leg;
    return up ? pickedUp(leg, draft.moment) : phone.activity === 'ringing' ? rings(leg, draft.stamp) : leg;
  };
  const heard = session.heard.seq > 0 || up ? draft.stamp : session.heard;
  draft.put(
    { ...session, legs: session.legs.map(change), heard, confirmBy: null, plain: up ? null : session.plain },
    session,
  );
}

/** Legs that the list showed while this phone was idle: it rings now, so they do. */
function release(draft: Draft, extension: string): void {
  for (const session of draft.model.sessions.values()) {
    if (session.plain !== null || !session.legs.some(({ held, to }) => held && to === extension)) continue;
    const legs = session.legs.map((leg) => (leg.to === extension ? { ...leg, held: false } : leg));
    draft.put({ ...session, legs, plain: null }, session);
  }
}

/** This phone has no call any more: legs to it or from it are over, but for those that are told of at a later time. */
function hungUp(draft: Draft, before: Phone | undefined, phone: Phone, at: number | null): void {
  for (const session of draft.model.sessions.values()) {
    if (!session.concernsMe || session.nameless !== null) continue;
    const legs = session.legs.map((leg) => (leaves(leg, phone.extension, at) ? ended(leg, null, draft.moment) : leg));
    if (legs.every((leg, index) => leg === session.legs[index])) continue;
    const after: Session = { ...session, legs, plain: null };
    // Where push is away, or never told of the call itself, nobody tells how it goes on without me.
    if ((draft.model.listening && session.began) || session.inList || liveLegs(after).length > 0)
      draft.put(after, session);
    else draft.end(session, 'phone');
  }
  if (before === undefined || before.placing === null || !isBusy(before)) return;
  const sessionId = draft.model.placings.get(before.placing)?.call.sessionId;
  const own = sessionId === undefined || sessionId === null ? undefined : draft.model.sessions.get(sessionId);
  // Where nothing else shows the call, my phone does: it is idle again.
  if (own !== undefined && !own.inList && own.heard.seq === 0) draft.end(own, 'phone');
}

function leaves(leg: Leg, extension: string, at: number | null): boolean {
  const there = leg.to === extension || leg.from === extension || (leg.toMe && leg.event !== null);
  if (!there || leg.over !== null || leg.held) return false;
  const later = at !== null && ((leg.at !== null && leg.at > at) || (leg.startedAt !== null && leg.startedAt > at));
  return !later;
}

/** While the call of a busy phone is not known by name, something stands for it. */
export function standIn(draft: Draft, phone: Phone): void {
  const known = draft.model.sessions.get(phone.id);
  if (phone.covered || phone.placing !== null || !isBusy(phone)) return;
  if (known === undefined && draft.now - phone.since < draft.world.nameWaitMs) return;
  const { rang, certain, extension, answeredAt } = phone;
  const [caller, callee] = rang ? ['', extension] : [extension, ''];
  const talks = answeredAt !== null && certain;
  const leg = newLeg(draft.model.own, {
    caller,
    callee,
    state: !certain ? 'unknown' : talks ? 'talking' : 'ringing',
    answeredAt: talks ? answeredAt : null,
    answeredBy: talks ? 'event' : null,
    event: draft.stamp,
  });
  const same = known?.legs[0]?.state === leg.state;
  if (known !== undefined && same) return;
  const base = known ?? { ...draft.newSession(phone.id), began: true, concernsMe: true, nameless: { rang, certain } };
  draft.put({ ...base, legs: [leg], confirmBy: null }, known);
}
