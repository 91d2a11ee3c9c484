import type { PbxSession } from '../pbx/types.ts';
import type { Draft } from './draft.ts';
import type { Fact } from './facts.ts';
import { compareText, listedLegs, stateOf, type ListedLeg } from './legs.ts';
import { LIMITS } from './limits.ts';
import type { Ended, Leg, Session, Stamp } from './model.ts';
import { isBusy } from './push.ts';

/**
 * Applies GET /sessions, once. It may be of any moment after `asked`, so it proves nothing about what was told after
 * that; of what was told before, its legs count, as they have trunks and names and show who is on the call.
 */
export function applyList(draft: Draft, { asked, list }: Fact & { type: 'list' }): void {
  const { model, now } = draft;
  const known = model.sessions;
  const first = model.list === null;
  draft.set({ list: { asked, at: now }, refused: false });
  learnTalkingTime(draft, list.sessions);
  const listed = inOrderOfIds(list.sessions);
  let found = 0;
  for (const session of listed) {
    const before = known.get(session.id);
    if (before !== undefined) {
      found += 1;
      if (before.plain !== null && before.inList && goesOn(draft, before, before.plain, session)) continue;
    }
    showListed(draft, asked, session, before);
  }
  if (found === known.size) return;
  const ids = new Set(listed.map(({ id }) => id));
  for (const [id, session] of known) {
    if (ids.has(id) || session.nameless !== null) continue;
    // What was left out while the list was refused is shown from now on.
    if (!absent(draft, session, asked, list.dropped === 0, list.pbxTime) && first) show(draft, id);
  }
}

/** Applies GET /sessions/{id}. */
export function applySession(draft: Draft, { asked, id, session }: Fact & { type: 'session' }): void {
  const before = draft.model.sessions.get(id);
  if (session !== null) {
    showListed(draft, asked, session, before);
    return;
  }
  const placing = [...draft.model.placings.values()].find(({ call }) => call.sessionId === id);
  const wasSeen = before !== undefined && (before.everListed || before.heard.seq > 0);
  const acceptedAt = placing?.acceptedAt ?? null;
  const early = acceptedAt !== null && !wasSeen && isEarly(draft, acceptedAt);
  if (early || (before !== undefined && (before.heard.seq > asked.seq || isUnderWay(draft, before)))) return;
  if (before !== undefined) draft.end(before, 'gone');
  else if (placing !== undefined) draft.place(placing.call.key, { type: 'gone' });
}

const isEarly = (draft: Draft, acceptedAt: number): boolean => draft.now - acceptedAt < LIMITS.notYetListed;

/**
 * A PBX may list a call that was placed here only once my phone was picked up: until then it goes on as far as push tells
 * of it, or as my phone rings for it.
 */
function isUnderWay({ model, now }: Draft, { placing, everListed, began, confirmBy }: Session): boolean {
  const acceptedAt = placing === null ? null : (model.placings.get(placing)?.acceptedAt ?? null);
  if (acceptedAt === null || everListed || now - acceptedAt >= LIMITS.placingRings) return false;
  if (model.listening && began && confirmBy === null) return true;
  return [...model.phones.values()].some((phone) => phone.placing === placing && isBusy(phone));
}

function show(draft: Draft, id: string): void {
  const session = draft.model.sessions.get(id);
  if (session !== undefined) draft.put(session, session);
}

/**
 * In the order of ids: what the PBX lists first must not matter. Entries with one id are one session, and one without
 * says nothing.
 */
function inOrderOfIds(sessions: readonly PbxSession[]): readonly PbxSession[] {
  let last = '';
  // As a rule the PBX counts its ids up.
  if (sessions.every(({ id }) => id > last && ((last = id), true))) return sessions;
  const found = new Map<string, PbxSession>();
  for (const session of sessions) {
    const known = found.get(session.id);
    if (session.id === '') continue;
    found.set(session.id, known === undefined ? session : { id: session.id, legs: [...known.legs, ...session.legs] });
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id));
}

/** Nothing about the session has changed but that it talks on. In a list of ten thousand nearly all do just that. */
function goesOn(draft: Draft, before: Session, plain: PbxSession, session: PbxSession): boolean {
  if (draft.offsetChanged || plain.legs.length !== session.legs.length) return false;
  for (let index = 0; index < session.legs.length; index++) {
    const [then, now, leg] = [plain.legs[index], session.legs[index], before.legs[index]];
    if (then === undefined || now === undefined || leg === undefined || !sameLeg(then, now)) return false;
    if (!countsOn(draft, leg, now.talkingSeconds)) return false;
  }
  return true;
}

function sameLeg(a: PbxSession['legs'][number], b: PbxSession['legs'][number]): boolean {
  return (
    a === b ||
    (a.callee === b.callee &&
      a.caller === b.caller &&
      a.startedAt === b.startedAt &&
      a.callerName === b.callerName &&
      a.trunk === b.trunk)
  );
}

function countsOn({ now, model }: Draft, { state, answeredAt }: Leg, talking: number | null): boolean {
  switch (state) {
    case 'talking':
      return (
        answeredAt !== null &&
        talking !== null &&
        talking > 0 &&
        Math.abs(now - talking * 1000 - answeredAt) <= LIMITS.noise
      );
    case 'ringing':
      return talking === 0 && model.talkingTime === 'of-leg';
    case 'unknown':
      return talking === null;
  }
}

function showListed(draft: Draft, asked: Stamp, session: PbxSession, known: Session | undefined): void {
  const { model, moment } = draft;
  const ended = model.ended.get(session.id);
  if (known === undefined && ended !== undefined) {
    if (outlasts(ended, asked)) return;
    draft.ended.delete(session.id);
  }
  const before = known ?? draft.newSession(session.id);
  const seen = { inList: true, everListed: true, missingOnce: false, confirmBy: null };
  const listed = listedLegs(session.legs, moment.own);
  if (listed.length === 0) {
    if (known !== undefined) draft.put({ ...known, ...seen, plain: null }, known);
    return;
  }
  const legs: Leg[] = listed.map((one) => mergedLeg(draft, asked, one, before));
  // What only push knows: newer than the question, or of a kind that the list never shows.
  for (const leg of before.legs) {
    if (legs.some(({ key }) => key === leg.key) || isListedAs(leg, listed)) continue;
    const newer = leg.event !== null && leg.event.seq > asked.seq;
    const stays = leg.over !== null ? leg.over.seq > asked.seq : newer || (!leg.listed && leg.placeholder === null);
    if (stays || leg.placeholder === 'first') legs.push(leg);
  }
  const isPlain =
    legs.length === session.legs.length &&
    legs.every(({ over, held, listed: shown }) => over === null && !held && shown);
  const inOrder =
    isPlain &&
    session.legs.every(({ caller, callee }, index) => {
      const leg = legs[index];
      return leg?.caller === caller && leg.callee === callee;
    });
  draft.put({ ...before, ...seen, legs, plain: inOrder ? session : null }, known);
}

/** The end is newer than the question, or so recent that the list may not know of it. */
function outlasts({ stamp, by }: Ended, asked: Stamp): boolean {
  if (stamp.seq > asked.seq) return true;
  // What was missing in one list and is in the next is there.
  if (by === 'gone') return false;
  return asked.at - stamp.at < (by === 'record' ? LIMITS.listedAfterEnd : LIMITS.listLag);
}

/** A leg that push told of by the one who is called, whoever it said is calling. */
function isListedAs(leg: Leg, listed: readonly ListedLeg[]): boolean {
  return !leg.listed && listed.some((one) => one.leg.to === leg.to);
}

function mergedLeg(draft: Draft, asked: Stamp, { leg, talking }: ListedLeg, session: Session): Leg {
  const known =
    session.legs.find(({ key }) => key === leg.key) ?? session.legs.find((one) => !one.listed && one.to === leg.to);
  const listed = withState(draft, leg, talking, known);
  const idle = idleSince(draft, asked, leg, known);
  if (known === undefined) {
    // It rings a phone that does not ring: it is past, or the event that it rings is on its way.
    return idle === null
      ? listed
      : session.everListed || session.heard.seq > 0
        ? { ...listed, over: idle }
        : { ...listed, held: true };
  }
  const newer = known.event !== null && known.event.seq > asked.seq;
  const details = { ...known, ...namesOf(leg, known), listed: true, placeholder: null };
  if (newer) {
    if (known.over !== null) return details;
    const answered = known.state === 'ringing' && listed.state === 'talking' && !known.again;
    return answered ? { ...details, state: 'talking', answeredAt: listed.answeredAt, answeredBy: 'list' } : details;
  }
  if (idle !== null) return { ...details, over: known.over ?? idle };
  const { state, answeredAt, answeredBy } = listed;
  return { ...details, state, answeredAt, answeredBy, rangAt: known.rangAt ?? listed.rangAt, over: null, held: false };
}

function namesOf(
  leg: Leg,
  known: Leg,
): Pick<Leg, 'key' | 'from' | 'caller' | 'callerName' | 'callee' | 'trunk' | 'startedAt' | 'toMe' | 'fromMe'> {
  const { key, from, caller, callee, trunk, startedAt, toMe, fromMe } = leg;
  return {
    key,
    from,
    caller,
    callee,
    trunk,
    startedAt,
    toMe,
    fromMe,
    callerName: leg.callerName === '' ? known.callerName : leg.callerName,
  };
}

/** What the list says of a leg, given what is known of it. */
function withState(draft: Draft, leg: Leg, talking: number | null, known: Leg | undefined): Leg {
  const { now } = draft;
  const isOver = known === undefined || known.over !== null;
  const sinceStart = runsSinceStart(draft, leg, talking, known);
  const state = stateOf(talking, sinceStart);
  if (state === 'talking') {
    const counted = now - (talking ?? 0) * 1000;
    const answeredAt = isOver ? null : known.answeredAt;
    // An event says when; and the noise of clocks does not make a time jump.
    const kept =
      answeredAt !== null && (known?.answeredBy === 'event' || Math.abs(counted - answeredAt) <= LIMITS.noise);
    return {
      ...leg,
      state,
      answeredAt: kept ? answeredAt : counted,
      answeredBy: (kept ? known?.answeredBy : null) ?? 'list',
    };
  }
  // An answer that an event told of is not taken back by a list, which counts whole seconds and may be late.
  if (!isOver && known.state === 'talking' && (known.answeredBy === 'event' || state === 'unknown')) {
    return { ...leg, state: 'talking', answeredAt: known.answeredAt, answeredBy: known.answeredBy };
  }
  // Where the list does not say, what push said of it counts.
  if (!isOver && state === 'unknown' && known.event !== null)
    return { ...leg, state: known.state, rangAt: known.rangAt };
  if (!isOver && state === 'unknown' && known.state === 'ringing' && (talking ?? 0) > 0)
    return { ...leg, rangAt: known.rangAt };
  return { ...leg, state, rangAt: state === 'ringing' ? now : null };
}

/**
 * `talking_time` is documented as the duration of the session, and read as that of the talk where that is proven: a leg
 * of an older session that says 0. Until then a value that has run since the session's start proves no answer; and where
 * push says that such a leg rings, no value of this PBX ever does.
 */
function runsSinceStart(draft: Draft, { startedAt }: Leg, talking: number | null, known: Leg | undefined): boolean {
  const { talkingTime, offset } = draft.model;
  if (talking === null || startedAt === null || offset === null) return talkingTime === 'of-session';
  const age = draft.now - offset - startedAt;
  const matches = Math.abs(age - talking * 1000) <= LIMITS.sinceStart;
  if (talking === 0) return false;
  if (talkingTime !== 'unproven') return talkingTime === 'of-session' && matches;
  const rings =
    known !== undefined &&
    known.event !== null &&
    known.over === null &&
    known.state === 'ringing' &&
    known.rangAt !== null;
  if (matches && rings && age > 2 * LIMITS.sinceStart) draft.set({ talkingTime: 'of-session' });
  return matches && known?.state !== 'talking';
}

/** A leg of an older session that says 0 counts from its answer. */
function learnTalkingTime(draft: Draft, sessions: readonly PbxSession[]): void {
  const { talkingTime, offset } = draft.model;
  if (talkingTime === 'of-leg' || offset === null) return;
  const old = draft.now - offset - 2 * LIMITS.sinceStart;
  const proven = sessions.some(({ legs }) =>
    legs.some(({ talkingSeconds, startedAt }) => talkingSeconds === 0 && startedAt !== null && startedAt < old),
  );
  if (proven) draft.set({ talkingTime: 'of-leg' });
}

/** Since when the phone on this leg has been idle, as far as the list cannot know better; null when it may be busy. */
function idleSince({ model }: Draft, asked: Stamp, leg: Leg, known: Leg | undefined): Stamp | null {
  if (model.phones.size === 0) return null;
  const phone = model.phones.get(leg.to) ?? model.phones.get(leg.from);
  const last = phone?.idles.at(-1);
  if (phone === undefined || last === undefined) return null;
  const later = phone.idles.find(({ seq }) => seq > asked.seq);
  const lags = last.seq > asked.seq || asked.at - last.at < LIMITS.listLag;
  const fresh = known === undefined;
  const idle = fresh
    ? phone.activity === 'idle' && lags
      ? last
      : undefined
    : (later ?? (phone.activity === 'idle' && lags ? last : undefined));
  // What was told may be later than the call that it was before.
  if (idle === undefined || (last.told !== null && leg.startedAt !== null && leg.startedAt > last.told)) return null;
  if ((known?.event?.seq ?? 0) > last.seq) return null;
  return { seq: last.seq, at: idle.at };
}

/** The list does not show the session. Gives whether it is over by that. */
function absent(draft: Draft, session: Session, asked: Stamp, complete: boolean, pbxTime: number | null): boolean {
  const { listening } = draft.model;
  const { heard, inList, missingOnce, placing } = session;
  if (heard.seq > asked.seq) return false;
  // It may be one of the entries that could not be read, and push would tell its end.
  if (!complete && listening && session.confirmBy === null && heard.seq > 0) return false;
  if (!complete && inList && !missingOnce) {
    draft.sessions.set(session.id, { ...session, missingOnce: true, plain: null });
    return false;
  }
  const acceptedAt = placing === null ? null : (draft.model.placings.get(placing)?.acceptedAt ?? null);
  if (!session.everListed) {
    if (acceptedAt !== null ? isEarly(draft, acceptedAt) : asked.at - heard.at < LIMITS.listLag) return false;
    if (isUnderWay(draft, session)) return false;
  }
  draft.end(session, 'gone', null, pbxTime);
  return true;
}
