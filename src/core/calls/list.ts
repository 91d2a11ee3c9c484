import type { PbxSession, SessionList } from '../pbx/types.ts';
import type { Draft } from './draft.ts';
import { endSession } from './ends.ts';
import type { Fact } from './facts.ts';
import { compareText, listedLegs, newListedLeg, stateOf, type ListedLeg } from './legs.ts';
import { plausibleTalk, plausibleTime } from '../pbx/plausible.ts';
import { keptLegs, knownLeg, endKeptLegs } from './kept-legs.ts';
import { LIMIT_MS } from './limits.ts';
import {
  EMPTY_SESSION,
  type Ended,
  type Leg,
  type LegEnds,
  type LegProgress,
  type Model,
  type RestingSession,
  type Session,
  type FactStamp,
} from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { placedCallOf, updatePlacedCall } from './placed-matching.ts';
import { isBusy } from './placeholders.ts';
import { sessionOf } from '../sessions.ts';
import { newSession, refreshView, storeSession } from './stored-sessions.ts';
import { isUnchanged, learnTalkingTime, runsSinceStart } from './talking-time.ts';
import { deriveView, firstStart, type ViewContext } from './view.ts';

/**
 * Applies a response to GET /sessions. It shows the sessions at some moment after the request, so it proves nothing
 * about events after the request. It overrules earlier events: its legs have trunks and names and show who is on the
 * call.
 */
export function applyList(draft: Draft, { asOf, sessionList }: Fact & { type: 'list' }): void {
  const { model, now } = draft;
  const known = model.sessions;
  const listed = inOrderOfIds(sessionList.sessions);
  draft.set({ lastList: { asOf, appliedAt: now, count: listed.length }, listRefused: false });
  learnTalkingTime(draft, listed);
  const context = draft.context;
  const derive = (resting: RestingSession): Session => sessionAtRest(resting, context);
  const canRest = context.unannounced && model.placedCalls.size === 0;
  const resting: RestingSession[] = [];
  let found = 0;
  for (const row of listed) {
    const before = known.size === 0 ? undefined : known.entry(row.id);
    if (before !== undefined) {
      found += 1;
      if (!isUnchanged(draft, before, row)) showListed(draft, asOf, row, sessionOf(before));
    } else if (canRest && mayRest(model, context.own, row)) resting.push(restingSession(draft, context, row, derive));
    else showListed(draft, asOf, row, undefined);
  }
  if (resting.length > 0) draft.edit('sessions').rest(resting);
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
    handleMissing(draft, session, asOf, sessionList, model.lastList?.appliedAt ?? now);
    // Sessions that were hidden while the list was refused are shown from now on.
    const hidden = model.lastList === null ? draft.model.sessions.get(id) : undefined;
    if (hidden !== undefined) refreshView(draft, hidden);
  }
}

/** Whether the row is a simple call of colleagues, so that its session need not be derived now. See Resting. */
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
  const progress: LegProgress = {
    state,
    answeredAt,
    answeredBy: state === 'talking' ? 'list' : null,
    rangAt: state === 'ringing' ? context.stamp.at : null,
    countedFrom: null,
  };
  const legs = listedLegs(row.legs, context.own).map(({ ends }) => newListedLeg(ends, progress));
  const session = { ...EMPTY_SESSION, id, legs, firstReportedSeq: context.stamp.seq, ...asListed(legs, row) };
  return deriveView(session, context);
}

/** Applies GET /sessions/{id}. */
export function applySession(draft: Draft, { asOf, id, session }: Fact & { type: 'session' }): void {
  const before = draft.model.sessions.get(id);
  if (session !== null) {
    showListed(draft, asOf, session, before);
    return;
  }
  const placed = placedCallOf(draft, id);
  const wasSeen = before !== undefined && (before.everListed || before.lastPush.seq > 0);
  const acceptedAt = placed?.acceptedAt ?? null;
  if (acceptedAt !== null && !wasSeen && mayBeUnlisted(draft, acceptedAt)) return;
  if (before !== undefined) {
    if (before.lastPush.seq <= asOf.seq && !isUnderWay(draft, before)) endSession(draft, before, 'gone');
  } else if (placed !== undefined) updatePlacedCall(draft, placed.call.key, { type: 'gone' });
}

const mayBeUnlisted = (draft: Draft, acceptedAt: number): boolean => draft.now - acceptedAt < LIMIT_MS.notYetListed;

/**
 * Whether a placed call that is not listed yet continues. A PBX may list it only once my phone was picked up; until
 * then push, or my ringing phone, shows that it continues.
 */
function isUnderWay({ model, now }: Draft, { placedCallKey, everListed, hasBegun, confirmBy }: Session): boolean {
  const acceptedAt = model.placedCalls.get(placedCallKey ?? '')?.acceptedAt ?? null;
  if (acceptedAt === null || everListed || now - acceptedAt >= LIMIT_MS.placingRings) return false;
  if (model.hasPush && hasBegun && confirmBy === null) return true;
  return [...model.phones.values()].some((phone) => phone.placedCallKey === placedCallKey && isBusy(phone));
}

/** Sorts by ID, so that the order of the PBX does not matter. Merges entries with the same ID, drops those without. */
function inOrderOfIds(sessions: readonly PbxSession[]): readonly PbxSession[] {
  // Usually the PBX lists its sessions in the order of their IDs.
  if (sessions.every(({ id }, index) => id > (sessions[index - 1]?.id ?? ''))) return sessions;
  const found = new Map<string, PbxSession>();
  for (const session of sessions) {
    const known = found.get(session.id);
    if (session.id === '') continue;
    found.set(session.id, known === undefined ? session : { id: session.id, legs: [...known.legs, ...session.legs] });
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id));
}

function showListed(draft: Draft, asOf: FactStamp, session: PbxSession, known: Session | undefined): void {
  const { model, context } = draft;
  const ended = model.ended.get(session.id);
  if (known === undefined && ended !== undefined) {
    if (isEndNewer(ended, asOf)) return;
    draft.edit('ended').delete(session.id);
  }
  const before = known ?? newSession(draft, session.id);
  const listed = listedLegs(session.legs, context.own);
  if (listed.length === 0 && known === undefined) return;
  const kept = known === undefined ? [] : keptLegs(draft, listed, before);
  const merged = listed.map((one) => mergedLeg(draft, asOf, one, before, kept.includes(one)));
  const legs = endKeptLegs(draft, asOf, merged, listed, before);
  for (const leg of before.legs) if (isOnlyPushed(leg, asOf, legs, listed)) legs.push(leg);
  const change = { legs: listed.length === 0 ? before.legs : legs, missingSince: null, confirmBy: null };
  storeSession(draft, { ...before, ...asListed(legs, session), ...change }, known);
}

/**
 * Whether the list does not cover the leg: push reported it after the request, or as a kind of leg that is never
 * listed.
 */
function isOnlyPushed(leg: Leg, asOf: FactStamp, legs: readonly Leg[], listed: readonly ListedLeg[]): boolean {
  if (legs.some(({ key }) => key === leg.key)) return false;
  // Push may have reported a listed leg with another caller.
  if (!leg.wasListed && listed.some(({ ends }) => ends.to === leg.to)) return false;
  if (leg.assumed === 'first') return true;
  if (leg.end !== null) return leg.end.seq > asOf.seq;
  return (leg.eventStamp !== null && leg.eventStamp.seq > asOf.seq) || (!leg.wasListed && leg.assumed === null);
}

/**
 * What the row shows about its session besides the legs. `unmodifiedListRow` is set if `legs` are exactly those of the
 * row.
 */
function asListed(legs: readonly Leg[], row: PbxSession): Pick<Session, 'inList' | 'everListed' | 'unmodifiedListRow'> {
  const isUnmodified =
    legs.length > 0 &&
    legs.length === row.legs.length &&
    legs.every(({ end, awaitsConfirmation, wasListed, caller, callee }, index) => {
      const written = row.legs[index];
      return (
        end === null && !awaitsConfirmation && wasListed && written?.caller === caller && written.callee === callee
      );
    });
  return { inList: true, everListed: true, unmodifiedListRow: isUnmodified ? row : null };
}

/** Whether the end is newer than the request, or so recent that the list may not show it yet. */
function isEndNewer({ stamp, by }: Ended, asOf: FactStamp): boolean {
  if (stamp.seq > asOf.seq) return true;
  // A session that was missing from one list and is in the next one continues.
  if (by === 'gone') return false;
  return asOf.at - stamp.at < (by === 'record' ? LIMIT_MS.listedAfterEnd : LIMIT_MS.listLag);
}

/** A leg after the list has shown it. `isKept`: the leg has ended, and the PBX only keeps it in the list. */
function mergedLeg(
  draft: Draft,
  asOf: FactStamp,
  { ends, talking }: ListedLeg,
  session: Session,
  isKept: boolean,
): Leg {
  const known = knownLeg(session, ends);
  const listed = listedProgress(draft, ends, talking, known);
  const idle = idleSince(draft, asOf, ends, known);
  if (known === undefined) {
    const leg = newListedLeg(ends, listed);
    if (idle === null) return leg;
    // The phone of this leg is idle, so the leg has ended, or the ringing event has not arrived yet.
    return session.everListed || session.lastPush.seq > 0
      ? { ...leg, end: idle }
      : { ...leg, awaitsConfirmation: true };
  }
  const callerName = ends.callerName === '' ? known.callerName : ends.callerName;
  const leg: Leg = { ...known, ...ends, callerName, wasListed: true, assumed: null };
  if (known.eventStamp !== null && known.eventStamp.seq > asOf.seq) {
    // Push is newer. Only an answer is never taken back.
    const { state, answeredAt } = listed;
    const isAnswer = known.end === null && known.state === 'ringing' && state === 'talking' && !known.ringsAgain;
    return isAnswer ? { ...leg, state, answeredAt, answeredBy: 'list' } : leg;
  }
  if (idle !== null) return { ...leg, end: known.end ?? idle };
  if (known.end !== null && isKept) {
    const countedFrom = talking === null || talking === 0 ? null : known.end.at - talking * 1000;
    return { ...leg, countedFrom: known.countedFrom ?? countedFrom };
  }
  return { ...leg, ...listed, rangAt: known.rangAt ?? listed.rangAt, end: null, awaitsConfirmation: false };
}

/** What the talking time of a listed leg shows, with what is known of the leg from before. */
function listedProgress(
  draft: Draft,
  { startedAt }: LegEnds,
  talking: number | null,
  known: Leg | undefined,
): LegProgress {
  const { now } = draft;
  const live = known?.end === null ? known : null;
  const counted = now - (talking ?? 0) * 1000;
  const countedFrom = talking !== null && talking > 0 ? (live?.countedFrom ?? counted) : null;
  const state = stateOf(talking, runsSinceStart(draft, startedAt, talking, known));
  const listed = { state, answeredAt: null, answeredBy: null, rangAt: null, countedFrom };
  if (live !== null) {
    const { answeredAt, answeredBy, rangAt } = live;
    // The time from an event is more exact, and small clock differences must not change it.
    const isSame = answeredAt !== null && (answeredBy === 'event' || Math.abs(counted - answeredAt) <= LIMIT_MS.noise);
    if (state === 'talking' && isSame) return { ...listed, answeredAt, answeredBy: answeredBy ?? 'list' };
    // An answer that an event reported is not taken back by a list, which counts whole seconds and may be late.
    const isTalking = live.state === 'talking' && (answeredBy === 'event' || state === 'unknown');
    if (state !== 'talking' && isTalking) return { ...listed, state: 'talking', answeredAt, answeredBy };
    // If the list shows no state, the known one counts.
    const isKnown = live.eventStamp !== null || (live.state === 'ringing' && talking !== null);
    if (state === 'unknown' && isKnown) return { ...listed, state: live.state, rangAt };
  }
  if (state === 'talking') return { ...listed, answeredAt: counted, answeredBy: 'list' };
  return { ...listed, rangAt: state === 'ringing' ? now : null };
}

/**
 * Since when the phone of this leg has been idle, if the list may be older than that; null if the phone may be busy.
 */
function idleSince({ model }: Draft, asOf: FactStamp, leg: LegEnds, known: Leg | undefined): FactStamp | null {
  if (model.phones.size === 0) return null;
  const phone = model.phones.get(leg.to) ?? model.phones.get(leg.from);
  const last = phone?.idleReports.at(-1);
  if (phone === undefined || last === undefined) return null;
  const later = phone.idleReports.find(({ seq }) => seq > asOf.seq);
  const lags = last.seq > asOf.seq || asOf.at - last.at < LIMIT_MS.listLag;
  const lagging = phone.activity === 'idle' && lags ? last : undefined;
  const idle = known === undefined ? lagging : (later ?? lagging);
  // A leg that started after the idle report belongs to a later call.
  if (idle === undefined || (last.pbxTime !== null && leg.startedAt !== null && leg.startedAt > last.pbxTime))
    return null;
  if ((known?.eventStamp?.seq ?? 0) > last.seq) return null;
  return { seq: last.seq, at: idle.at };
}

/**
 * Ends a session that is missing from the list, unless it may continue. `listedAt`: when the list before was applied,
 * monotonic ms.
 */
function handleMissing(
  draft: Draft,
  session: Session,
  asOf: FactStamp,
  { dropped, pbxTime }: SessionList,
  listedAt: number,
): void {
  const complete = dropped === 0;
  const { hasPush } = draft.model;
  const { lastPush, inList, missingSince, placedCallKey } = session;
  if (lastPush.seq > asOf.seq) return;
  // The session may be one of the unreadable entries, and push would have reported its end.
  if (!complete && hasPush && session.confirmBy === null && lastPush.seq > 0) return;
  if (!complete && inList && missingSince === null) {
    draft.edit('sessions').set(session.id, { ...session, missingSince: listedAt, unmodifiedListRow: null });
    return;
  }
  const acceptedAt = draft.model.placedCalls.get(placedCallKey ?? '')?.acceptedAt ?? null;
  if (!session.everListed) {
    if (acceptedAt !== null ? mayBeUnlisted(draft, acceptedAt) : asOf.at - lastPush.at < LIMIT_MS.listLag) return;
    if (isUnderWay(draft, session)) return;
  }
  // If entries were unreadable, the session may be one of them, so its end is only assumed.
  endSession(draft, session, complete ? 'gone' : 'timed-out', null, pbxTime);
}
