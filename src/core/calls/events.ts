import type { Call, CallEvent, OwnTalk } from '../../shared/call.ts';
import { passedOn, talkSeconds } from '../pbx/records.ts';
import { compareText } from './legs.ts';
import { LIMIT_MS } from './limits.ts';
import type { Ended, Model, Session } from './model.ts';
import { recordedTalk } from './my-part.ts';
import { sessionOf } from '../sessions.ts';
import { wasTaken } from './verdict.ts';
import { sameParty } from '../../shared/same-number.ts';

/**
 * Returns the events between two models. Pure.
 * - `appeared`: once for each session, except those that are shown unannounced.
 * - `for-me`: the call begins to ring one of my phones, also if it rang me before and has left me.
 * - `answered`: once for each answered leg that the call shows.
 * - `moved`: the other party or the callee changed. With `mine` false the call has left me.
 * - `ended`: once for each session, followed by `missed` or `recorded` if that is certain. `mayBeAnswered`: no source
 *   would have shown an answer.
 *
 * A call that was placed here is never `for-me` or `missed`.
 */
export function eventsBetween(before: Model, after: Model): CallEvent[] {
  if (before === after) return [];
  const events: CallEvent[] = [];
  for (const id of changedIds(before, after)) addSessionEvents(id, before, after, events);
  return withOutcomes(events, before, after);
}

/** Adds the outcomes that were decided since `before`, each right behind the end of its call. */
function withOutcomes(events: readonly CallEvent[], before: Model, after: Model): CallEvent[] {
  const outcomes = after.history.decided.flatMap(({ seq, ...outcome }) => (seq > before.seq ? [outcome] : []));
  const ordered = events.flatMap((event): CallEvent[] => {
    const index = event.type === 'ended' ? outcomes.findIndex(({ call }) => call.id === event.call.id) : -1;
    return index === -1 ? [event] : [event, ...outcomes.splice(index, 1)];
  });
  return [...ordered, ...outcomes];
}

/** Returns the IDs of changed sessions in an order that does not depend on the PBX, those of ended sessions last. */
function changedIds(before: Model, after: Model): string[] {
  const changed: string[] = [];
  const gone: string[] = [];
  for (const [id, previous, current] of after.sessions.changesSince(before.sessions)) {
    if (current === undefined) gone.push(id);
    else if (previous !== undefined || !sessionOf(current).unannounced) changed.push(id);
  }
  for (const [id, , end] of after.ended.changesSince(before.ended)) {
    if (end === undefined || end.lastSession === null || end.stamp.seq <= before.seq) continue;
    const isInNeither = !before.sessions.has(id) && !after.sessions.has(id);
    if (isInNeither && isMineSince(before, end.lastSession)) gone.push(id);
  }
  return [...changed.sort(compareText), ...gone.sort(compareText)];
}

/** Whether this is a call of mine that was first shown after `before`, and is to be announced. */
function isMineSince(before: Model, { firstShownSeq, wasMine, unannounced }: Session): boolean {
  return firstShownSeq > before.seq && wasMine && !unannounced;
}

function addSessionEvents(id: string, before: Model, after: Model, events: CallEvent[]): void {
  const known = before.sessions.get(id);
  const current = after.sessions.get(id);
  const end = after.ended.get(id);
  const replacedBy = current === undefined ? after.replacedPlaceholders.get(id)?.by : undefined;
  if (replacedBy !== undefined) {
    if (known !== undefined) reportReplaced(known, replacedBy, events);
    return;
  }
  const hasEnded = current === undefined && end !== undefined && end.stamp.seq > before.seq;
  const latest = current ?? (hasEnded ? end.lastSession : null) ?? known;
  const callBefore = known?.call ?? null;
  const hasRestarted = callBefore !== null && known?.firstShownSeq !== latest?.firstShownSeq;
  // Between the two models a session with this ID ended, and another began.
  if (hasRestarted) events.push({ type: 'ended', call: callBefore, at: after.verified.at + after.monotonicToWallMs });
  const previous = hasRestarted ? undefined : known;
  if (current !== undefined) reportSteps(previous, current, events);
  else if (!hasEnded) reportDropped(previous, events);
  else if (latest !== undefined) {
    // A session that `before` did not show has no events, unless it was a call of mine that began after `before`.
    const wasShown = previous !== undefined && previous.call !== null;
    if (wasShown || isMineSince(before, latest)) reportEnd(previous, latest, end, after, events);
  }
}

/** Reports the last steps of a session, and its end. */
function reportEnd(previous: Session | undefined, last: Session, end: Ended, after: Model, events: CallEvent[]): void {
  if (last.call === null) return;
  reportSteps(previous, last, events);
  const talk = talkOf(last, end, after);
  events.push({
    type: 'ended',
    // As it would be if a source had shown the answer.
    call: wasTaken(last, end, after.own) ? { ...last.call, mine: false, state: 'talking' } : last.call,
    at: Math.round(end.endedAt + after.monotonicToWallMs),
    ...(talk === null ? {} : { talk }),
    ...(end.mayBeAnswered ? { mayBeAnswered: true } : {}),
  });
}

/** Reports what happened to a session. `previous`: undefined if `before` did not have it. */
function reportSteps(previous: Session | undefined, current: Session, events: CallEvent[]): void {
  const { call, myPart, answerCount } = current;
  if (call === null) return;
  const callBefore = previous?.call ?? null;
  if (callBefore === null) {
    if (current.unannounced) return;
    events.push({ type: 'appeared', call });
  } else if (hasMoved(callBefore, call)) {
    events.push({ type: 'moved', call });
  }
  // While a session is not shown, its rings and answers are counted but not reported.
  const reported = callBefore === null ? undefined : previous;
  const isAnswered = answerCount > (reported?.answerCount ?? 0);
  // A call that rings for me now was answered before, for example by a queue. Reported after `for-me`, the answer
  // would withdraw the notification.
  const wasAnsweredBefore = isAnswered && call.mine && call.state === 'ringing';
  if (wasAnsweredBefore) events.push({ type: 'answered', call });
  if (myPart.ringCount > (reported?.myPart.ringCount ?? 0)) {
    const { transferred, via } = myPart.ringPath;
    // If the ring is already over, the call is reported as it was when it rang.
    const rang = myPart.ringAlreadyCounted || myPart.callAtRing === null ? call : myPart.callAtRing;
    events.push({ type: 'for-me', call: rang, transferred, ...(via === '' ? {} : { via }) });
  }
  if (isAnswered && !wasAnsweredBefore) events.push({ type: 'answered', call });
}

/**
 * A source has reported the session of a nameless ring, whose notification now replaces that of the placeholder. The
 * session's own `for-me` is already among the events, because the IDs of removed sessions come last.
 */
function reportReplaced({ call, id }: Session, by: string, events: CallEvent[]): void {
  if (call === null) return;
  const index = events.findIndex(
    (event) => event.type === 'for-me' && event.call.id === by && event.insteadOf === undefined,
  );
  const ring = events[index];
  if (call.state === 'ringing' && ring?.type === 'for-me') events[index] = { ...ring, insteadOf: id };
  else events.push(leftMe(call));
}

/** The session was forgotten without an end, so its notification must be removed. */
function reportDropped(previous: Session | undefined, events: CallEvent[]): void {
  const call = previous?.call ?? null;
  if (call !== null && call.mine && call.state !== 'talking') events.push(leftMe(call));
}

const leftMe = (call: Call): CallEvent => ({ type: 'moved', call: { ...call, mine: false } });

/** My talk, with the exact times of call_cdr if they belong to it. */
function talkOf({ myPart: { talk, passedTo } }: Session, end: Ended, model: Model): OwnTalk | null {
  if (talk === null) return null;
  const recorded = end.record === null ? { by: '', to: '' } : passedOn(end.record, model.own);
  const [by, to] = [talk.call.passedBy ?? recorded.by, passedTo || recorded.to];
  const call = by === '' ? talk.call : { ...talk.call, passedBy: by };
  return { call, seconds: secondsOf(talk, end, model), ...(to === '' ? {} : { passedTo: to }) };
}

/** A recorded answer that differs from the one that was seen by at most this much is the same answer. */
const SAME_ANSWER_MS = LIMIT_MS.noise + LIMIT_MS.offsetNoise;

function secondsOf(
  talk: NonNullable<Session['myPart']['talk']>,
  { record, endedAt }: Ended,
  { pbxToMonotonicMs, own }: Model,
): number | null {
  const recorded = recordedTalk(record, talk, own);
  if (recorded !== null) return talkSeconds(recorded);
  const { from, until } = talk;
  if (from === null) return null;
  const [answered, ended] = [record?.answeredAt ?? null, record?.endedAt ?? null];
  const isSame =
    answered !== null && pbxToMonotonicMs !== null && Math.abs(answered + pbxToMonotonicMs - from) <= SAME_ANSWER_MS;
  // If I left the call before its end, the record has the end of the others.
  const ms = isSame && ended !== null && until === null ? ended - answered : (until ?? endedAt) - from;
  return Math.max(0, ms) / 1000;
}

function hasMoved(before: Call, after: Call): boolean {
  return !sameParty(before.callee.number, after.callee.number) || !sameParty(before.other.number, after.other.number);
}
