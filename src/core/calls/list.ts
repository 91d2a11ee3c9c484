import type { PbxSession, SessionList } from '../pbx/types.ts';
import type { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import type { Fact } from './facts.ts';
import { compareText, listedLegs, plausibleTalk, plausibleTime, stateOf, type ListedLeg } from './legs.ts';
import { keptLegs, knownLeg, withoutKept } from './kept-legs.ts';
import { LIMIT_MS } from './limits.ts';
import {
  EMPTY_SESSION,
  type Ended,
  type Leg,
  type Model,
  type RestingSession,
  type Session,
  type EvidenceStamp,
} from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { placedCallOf, updatePlacedCall } from './placed-matching.ts';
import { isBusy } from './placeholders.ts';
import { sessionOf } from '../sessions.ts';
import { newSession, refreshView, storeSession } from './stored-sessions.ts';
import { isUnchanged, learnTalkingTime, runsSinceStart } from './talking-time.ts';
import { deriveView, firstStart, type ViewContext } from './view.ts';

/**
 * Applies a response to GET /sessions. It may show any moment after `asked`, so it proves nothing about events after
 * `asked`. For earlier events its legs count, because they have trunks and names and show who is on the call.
 */
export function applyList(draft: Draft, { asked, list }: Fact & { type: 'list' }): void {
  const { model, now } = draft;
  const known = model.sessions;
  const listed = inOrderOfIds(list.sessions);
  draft.set({ list: { asked, at: now, listed: listed.length }, refused: false });
  learnTalkingTime(draft, listed);
  const context = draft.moment;
  const derive = (resting: RestingSession): Session => sessionAtRest(resting, context);
  const canRest = context.quiet && model.placedCalls.size === 0;
  const resting: RestingSession[] = [];
  let found = 0;
  for (const row of listed) {
    const before = known.size === 0 ? undefined : known.entry(row.id);
    if (before !== undefined) {
      found += 1;
      if (!isUnchanged(draft, before, row)) showListed(draft, asked, row, sessionOf(before));
    } else if (canRest && mayRest(model, context.own, row)) resting.push(restingSession(draft, context, row, derive));
    else showListed(draft, asked, row, undefined);
  }
  if (resting.length > 0) draft.sessions.rest(resting);
  let missing = known.size - found;
  if (missing === 0) return;
  const ids = new Set<string>();
  for (const { id } of listed) ids.add(id);
  for (const id of known.ids()) {
    if (missing <= 0) return;
    if (ids.has(id)) continue;
    missing -= 1;
    const session = known.get(id);
    if (session === undefined || session.placeholder !== null) continue;
    const isOver = handleMissing(draft, session, asked, list, model.list?.at ?? now);
    // Sessions that were hidden while the list was refused are shown from now on.
    if (!isOver && model.list === null) show(draft, id);
  }
}

/** Whether nothing needs to be derived from the row now, because it is a colleague's call. */
function mayRest({ ended }: Model, own: OwnPhones, { id, legs }: PbxSession): boolean {
  const [leg] = legs;
  return leg !== undefined && legs.length === 1 && !ended.has(id) && !own.has(leg.caller) && !own.has(leg.callee);
}

function restingSession(
  draft: Draft,
  context: ViewContext,
  row: PbxSession,
  derive: RestingSession['derive'],
): RestingSession {
  const [leg] = row.legs;
  const startedAt = plausibleTime(leg?.startedAt ?? null);
  const talking = plausibleTalk(leg?.talkingSeconds ?? null);
  const state = stateOf(talking, runsSinceStart(draft, startedAt, talking, undefined));
  const answeredAt = state === 'talking' ? draft.now - (talking ?? 0) * 1000 : null;
  return { id: row.id, row, state, answeredAt, sortAt: firstStart(startedAt, context), derive, session: null };
}

function sessionAtRest({ id, row, state, answeredAt }: RestingSession, context: ViewContext): Session {
  const legs = listedLegs(row.legs, context.own).map(({ leg }): Leg => {
    const rangAt = state === 'ringing' ? context.stamp.at : null;
    return { ...leg, state, answeredAt, answeredBy: state === 'talking' ? 'list' : null, rangAt };
  });
  const session = { ...EMPTY_SESSION, id, legs, since: context.stamp.seq, ...asListed(legs, row) };
  return deriveView(session, context, true);
}

/** Applies GET /sessions/{id}. */
export function applySession(draft: Draft, { asked, id, session }: Fact & { type: 'session' }): void {
  const before = draft.model.sessions.get(id);
  if (session !== null) {
    showListed(draft, asked, session, before);
    return;
  }
  const placed = placedCallOf(draft, id);
  const wasSeen = before !== undefined && (before.everListed || before.reported.seq > 0);
  const acceptedAt = placed?.acceptedAt ?? null;
  const early = acceptedAt !== null && !wasSeen && mayBeUnlisted(draft, acceptedAt);
  if (early || (before !== undefined && (before.reported.seq > asked.seq || isUnderWay(draft, before)))) return;
  if (before !== undefined) endSession(draft, before, 'gone');
  else if (placed !== undefined) updatePlacedCall(draft, placed.call.key, { type: 'gone' });
}

const mayBeUnlisted = (draft: Draft, acceptedAt: number): boolean => draft.now - acceptedAt < LIMIT_MS.notYetListed;

/**
 * Whether a placed call that is not listed yet continues. A PBX may list it only once my phone was picked up; until then
 * push, or my ringing phone, shows that it continues.
 */
function isUnderWay({ model, now }: Draft, { placedCallKey, everListed, began, confirmBy }: Session): boolean {
  const acceptedAt = model.placedCalls.get(placedCallKey ?? '')?.acceptedAt ?? null;
  if (acceptedAt === null || everListed || now - acceptedAt >= LIMIT_MS.placingRings) return false;
  if (model.listening && began && confirmBy === null) return true;
  return [...model.phones.values()].some((phone) => phone.placedCallKey === placedCallKey && isBusy(phone));
}

function show(draft: Draft, id: string): void {
  const session = draft.model.sessions.get(id);
  if (session !== undefined) refreshView(draft, session);
}

/** Sorts by ID, so that the order of the PBX does not matter. Merges entries with the same ID, drops those without. */
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

function showListed(draft: Draft, asked: EvidenceStamp, session: PbxSession, known: Session | undefined): void {
  const { model, moment } = draft;
  const ended = model.ended.get(session.id);
  if (known === undefined && ended !== undefined) {
    if (isEndNewer(ended, asked)) return;
    draft.ended.delete(session.id);
  }
  const before = known ?? newSession(draft, session.id);
  const listed = listedLegs(session.legs, moment.own);
  if (listed.length === 0 && known === undefined) return;
  const kept = known === undefined ? [] : keptLegs(draft, listed, before);
  const merged = listed.map((one) => mergedLeg(draft, asked, one, before, kept.includes(one)));
  const legs = withoutKept(draft, asked, merged, listed, before);
  for (const leg of before.legs) if (isOnlyPushed(leg, asked, legs, listed)) legs.push(leg);
  const after = known === undefined ? before : { ...known };
  after.legs = listed.length === 0 ? before.legs : legs;
  after.missingSince = null;
  after.confirmBy = null;
  storeSession(draft, Object.assign(after, asListed(legs, session)), known);
}

/** Whether only push reports the leg: in an event that is newer than the request, or as a kind that is never listed. */
function isOnlyPushed(leg: Leg, asked: EvidenceStamp, legs: readonly Leg[], listed: readonly ListedLeg[]): boolean {
  if (legs.some(({ key }) => key === leg.key) || isListedAs(leg, listed)) return false;
  if (leg.placeholder === 'first') return true;
  if (leg.over !== null) return leg.over.seq > asked.seq;
  return (leg.event !== null && leg.event.seq > asked.seq) || (!leg.listed && leg.placeholder === null);
}

/** What the row says of its session besides the legs. `unmodifiedListRow`: `legs` are those of the row, in its order. */
function asListed(legs: readonly Leg[], row: PbxSession): Pick<Session, 'inList' | 'everListed' | 'unmodifiedListRow'> {
  const isUnmodified =
    legs.length > 0 &&
    legs.length === row.legs.length &&
    legs.every(({ over, held, listed, caller, callee }, index) => {
      const written = row.legs[index];
      return over === null && !held && listed && written?.caller === caller && written.callee === callee;
    });
  return { inList: true, everListed: true, unmodifiedListRow: isUnmodified ? row : null };
}

/** Whether the end is newer than the request, or so recent that the list may not show it yet. */
function isEndNewer({ stamp, by }: Ended, asked: EvidenceStamp): boolean {
  if (stamp.seq > asked.seq) return true;
  // A session that was missing from one list and is in the next one exists.
  if (by === 'gone') return false;
  return asked.at - stamp.at < (by === 'record' ? LIMIT_MS.listedAfterEnd : LIMIT_MS.listLag);
}

/** Whether a listed leg has the same callee as a leg that push reported; the callers may differ. */
function isListedAs(leg: Leg, listed: readonly ListedLeg[]): boolean {
  return !leg.listed && listed.some((one) => one.leg.to === leg.to);
}

function mergedLeg(
  draft: Draft,
  asked: EvidenceStamp,
  { leg, talking }: ListedLeg,
  session: Session,
  isKept: boolean,
): Leg {
  const known = knownLeg(session, leg);
  setState(draft, leg, talking, known);
  const idle = idleSince(draft, asked, leg, known);
  if (known === undefined) {
    // The phone of this leg is idle, so the leg has ended, or the ringing event has not arrived yet.
    if (idle !== null && (session.everListed || session.reported.seq > 0)) leg.over = idle;
    else if (idle !== null) leg.held = true;
    return leg;
  }
  const newer = known.event !== null && known.event.seq > asked.seq;
  const details: Leg = {
    ...known,
    key: leg.key,
    from: leg.from,
    caller: leg.caller,
    callerName: leg.callerName === '' ? known.callerName : leg.callerName,
    callee: leg.callee,
    trunk: leg.trunk,
    startedAt: leg.startedAt,
    toMe: leg.toMe,
    fromMe: leg.fromMe,
    listed: true,
    placeholder: null,
  };
  const { state, answeredAt, answeredBy } = leg;
  if (newer) {
    const answered = known.over === null && known.state === 'ringing' && state === 'talking' && !known.again;
    return answered ? { ...details, state, answeredAt, answeredBy: 'list' } : details;
  }
  if (idle !== null) return { ...details, over: known.over ?? idle };
  if (known.over !== null && isKept) {
    const stood = talking === null || talking === 0 ? null : known.over.at - talking * 1000;
    return { ...details, countedFrom: known.countedFrom ?? stood };
  }
  const rangAt = known.rangAt ?? leg.rangAt;
  return { ...details, state, answeredAt, answeredBy, rangAt, countedFrom: leg.countedFrom, over: null, held: false };
}

/** Gives a listed leg its state, which depends on what is known of it. */
function setState(draft: Draft, leg: Leg, talking: number | null, known: Leg | undefined): void {
  const { now } = draft;
  const live = known === undefined || known.over !== null ? null : known;
  if (talking !== null && talking > 0) leg.countedFrom = live?.countedFrom ?? now - talking * 1000;
  const state = stateOf(talking, runsSinceStart(draft, leg.startedAt, talking, known));
  if (state === 'talking') {
    const counted = now - (talking ?? 0) * 1000;
    const answeredAt = live?.answeredAt ?? null;
    // The time from an event is more exact, and small clock differences must not change it.
    const kept =
      answeredAt !== null && (live?.answeredBy === 'event' || Math.abs(counted - answeredAt) <= LIMIT_MS.noise);
    leg.state = state;
    leg.answeredAt = kept ? answeredAt : counted;
    leg.answeredBy = (kept ? live?.answeredBy : null) ?? 'list';
    return;
  }
  // An answer that an event reported is not taken back by a list, which counts whole seconds and may be late.
  if (live?.state === 'talking' && (live.answeredBy === 'event' || state === 'unknown')) {
    leg.state = 'talking';
    leg.answeredAt = live.answeredAt;
    leg.answeredBy = live.answeredBy;
    return;
  }
  // If the list shows no state, the known one counts.
  if (live !== null && state === 'unknown' && (live.event !== null || (live.state === 'ringing' && talking !== null))) {
    leg.state = live.state;
    leg.rangAt = live.rangAt;
    return;
  }
  leg.state = state;
  leg.rangAt = state === 'ringing' ? now : null;
}

/** Since when the phone of this leg is idle, if the list may be older than that; null if the phone may be busy. */
function idleSince({ model }: Draft, asked: EvidenceStamp, leg: Leg, known: Leg | undefined): EvidenceStamp | null {
  if (model.phones.size === 0) return null;
  const phone = model.phones.get(leg.to) ?? model.phones.get(leg.from);
  const last = phone?.idles.at(-1);
  if (phone === undefined || last === undefined) return null;
  const later = phone.idles.find(({ seq }) => seq > asked.seq);
  const lags = last.seq > asked.seq || asked.at - last.at < LIMIT_MS.listLag;
  const fresh = known === undefined;
  const idle = fresh
    ? phone.activity === 'idle' && lags
      ? last
      : undefined
    : (later ?? (phone.activity === 'idle' && lags ? last : undefined));
  // A leg that started after the idle report belongs to a later call.
  if (idle === undefined || (last.pbxTime !== null && leg.startedAt !== null && leg.startedAt > last.pbxTime))
    return null;
  if ((known?.event?.seq ?? 0) > last.seq) return null;
  return { seq: last.seq, at: idle.at };
}

/** Handles a session that is missing from the list; `listedAt`: when the list before was applied. Returns whether it has ended. */
function handleMissing(
  draft: Draft,
  session: Session,
  asked: EvidenceStamp,
  { dropped, pbxTime }: SessionList,
  listedAt: number,
): boolean {
  const complete = dropped === 0;
  const { listening } = draft.model;
  const { reported, inList, missingSince, placedCallKey } = session;
  if (reported.seq > asked.seq) return false;
  // It may be one of the unreadable entries, and push would report its end.
  if (!complete && listening && session.confirmBy === null && reported.seq > 0) return false;
  if (!complete && inList && missingSince === null) {
    draft.sessions.set(session.id, { ...session, missingSince: listedAt, unmodifiedListRow: null });
    return false;
  }
  const acceptedAt = draft.model.placedCalls.get(placedCallKey ?? '')?.acceptedAt ?? null;
  if (!session.everListed) {
    if (acceptedAt !== null ? mayBeUnlisted(draft, acceptedAt) : asked.at - reported.at < LIMIT_MS.listLag)
      return false;
    if (isUnderWay(draft, session)) return false;
  }
  endSession(draft, session, 'gone', null, pbxTime);
  return true;
}
