import type { Call, CallEvent, OwnTalk } from '../../shared/call.ts';
import { ownTalk, passedOn, talkSeconds } from '../pbx/records.ts';
import { compareText } from './legs.ts';
import { LIMIT_MS } from './limits.ts';
import type { Ended, Model, Session } from './model.ts';
import { sessionOf } from '../sessions.ts';
import { sameParty } from '../../shared/same-number.ts';

/**
 * Returns the events between two models. Pure.
 * - `appeared`: once for each session, except those that are shown unannounced.
 * - `for-me`: the call begins to ring one of my phones, also if it rang me before and has left me.
 * - `answered`: once for each answered leg that the call shows.
 * - `moved`: the other party or the callee changed. With `mine` false the call has left me.
 * - `ended`: once for each session, followed by `missed` or `recorded` if that is certain.
 *
 * A call that was placed here is never `for-me` or `missed`.
 */
export function diff(before: Model, after: Model): CallEvent[] {
  if (before === after) return [];
  const events: CallEvent[] = [];
  for (const id of changedIds(before, after)) sessionEvents(id, before, after, events);
  for (const decided of after.history.decided) {
    if (decided.seq <= before.seq) continue;
    const { call, at } = decided;
    if (decided.type === 'missed') events.push({ type: 'missed', call, at });
    else events.push({ type: 'recorded', call, at, outcome: decided.outcome, seconds: decided.seconds });
  }
  return withOutcomesAtEnds(events);
}

/** Returns the IDs of changed sessions in an order that does not depend on the PBX, those of ended sessions last. */
function changedIds(before: Model, after: Model): string[] {
  const changed: string[] = [];
  const gone: string[] = [];
  for (const [id, was, is] of after.sessions.changesSince(before.sessions)) {
    if (is === undefined) gone.push(id);
    else if (was !== undefined || !sessionOf(is).unannounced) changed.push(id);
  }
  for (const [id, , end] of after.ended.changesSince(before.ended)) {
    if (end === undefined || end.lastSession === null || end.stamp.seq <= before.seq) continue;
    const { lastSession } = end;
    const unseen = !before.sessions.has(id) && !after.sessions.has(id);
    if (unseen && passedUnseen(lastSession, before)) gone.push(id);
  }
  return [...changed.sort(compareText), ...gone.sort(compareText)];
}

/** Whether a call of mine began and ended since `before`. */
function passedUnseen({ firstShownSeq, wasMine, unannounced }: Session, before: Model): boolean {
  return firstShownSeq > before.seq && wasMine && !unannounced;
}

function sessionEvents(id: string, before: Model, after: Model, events: CallEvent[]): void {
  const [known, is, end] = [before.sessions.get(id), after.sessions.get(id), after.ended.get(id)];
  const by = is === undefined ? after.replacedPlaceholders.get(id)?.by : undefined;
  if (by !== undefined) {
    if (known !== undefined) reportReplaced(known, by, events);
    return;
  }
  const isOver = is === undefined && end !== undefined && end.stamp.seq > before.seq;
  const last = is ?? (isOver ? (end.lastSession ?? known) : known);
  // Between the two models the session ended, and began again.
  const shown = known?.call ?? null;
  const another = shown !== null && known?.firstShownSeq !== last?.firstShownSeq;
  if (another) events.push({ type: 'ended', call: shown, at: wall(after, after.verified.at) });
  const was = another ? undefined : known;
  if (is !== undefined) {
    reportSteps(was, is, events);
    return;
  }
  if (!isOver) {
    reportDropped(was, events);
    return;
  }
  // A session that was never shown has no end event.
  if (last === undefined || last.call === null) return;
  if ((was === undefined || was.call === null) && !passedUnseen(last, before)) return;
  reportSteps(was, last, events);
  const at = Math.round(wall(after, end.endedAt));
  const talk = talkOf(last, end, after);
  const unseen = end.mayBeAnswered ? ({ unseen: true } as const) : {};
  events.push({ type: 'ended', call: last.call, at, ...(talk === null ? {} : { talk }), ...unseen });
}

function reportSteps(was: Session | undefined, is: Session, events: CallEvent[]): void {
  const { call } = is;
  if (call === null) return;
  const before = was?.call ?? null;
  const first = before === null;
  if (first && is.unannounced) return;
  if (first) events.push({ type: 'appeared', call });
  else if (movedOn(before, call)) events.push({ type: 'moved', call });
  const { myPart } = is;
  if (myPart.ringCount > (first ? 0 : (was?.myPart.ringCount ?? 0))) {
    const { transferred, via } = myPart.ringPath;
    // If the ring is already over, the call is reported as it was when it rang.
    const rang = myPart.hasLeg || myPart.callAtRing === null ? call : myPart.callAtRing;
    events.push({ type: 'for-me', call: rang, transferred, ...(via === '' ? {} : { via }) });
  }
  if (is.answerCount > (first ? 0 : (was?.answerCount ?? 0))) events.push({ type: 'answered', call });
}

/** A source has reported the session of a nameless ring, whose notification now replaces that of the placeholder. */
function reportReplaced({ call, id }: Session, by: string, events: CallEvent[]): void {
  if (call === null) return;
  const index = events.findIndex(
    (event) => event.type === 'for-me' && event.call.id === by && event.insteadOf === undefined,
  );
  const event = events[index];
  if (call.state !== 'ringing' || event?.type !== 'for-me')
    events.push({ type: 'moved', call: { ...call, mine: false } });
  else events[index] = { ...event, insteadOf: id };
}

/** The session was forgotten without an end, so its notification must be removed. */
function reportDropped(was: Session | undefined, events: CallEvent[]): void {
  const call = was?.call ?? null;
  if (call === null || !call.mine || call.state === 'talking') return;
  events.push({ type: 'moved', call: { ...call, mine: false } });
}

/** Moves each `missed` and `recorded` event right behind the end of its call. */
function withOutcomesAtEnds(events: CallEvent[]): CallEvent[] {
  if (!events.some(({ type }) => type === 'missed' || type === 'recorded')) return events;
  const ordered: CallEvent[] = [];
  const later = events.filter(({ type }) => type === 'missed' || type === 'recorded');
  for (const event of events) {
    if (event.type === 'missed' || event.type === 'recorded') continue;
    ordered.push(event);
    if (event.type !== 'ended') continue;
    const index = later.findIndex(({ call }) => call.id === event.call.id);
    if (index !== -1) ordered.push(...later.splice(index, 1));
  }
  return [...ordered, ...later];
}

const SAME_ANSWER_MS = LIMIT_MS.noise + LIMIT_MS.offsetNoise;

/** My talk, with the exact times of call_cdr if they belong to it. */
function talkOf({ myPart: { talk, passedTo } }: Session, { record, endedAt }: Ended, model: Model): OwnTalk | null {
  if (talk === null) return null;
  const shown = record === null ? { by: '', to: '' } : passedOn(record, model.own);
  const [by, to] = [talk.call.passedBy ?? shown.by, passedTo || shown.to];
  const call = by === '' ? talk.call : { ...talk.call, passedBy: by };
  return { call, seconds: secondsOf(talk, { record, endedAt }, model), ...(to === '' ? {} : { passedTo: to }) };
}

function secondsOf(
  { call, from, until }: NonNullable<Session['myPart']['talk']>,
  { record, endedAt }: Pick<Ended, 'record' | 'endedAt'>,
  { fromPbx, own }: Model,
): number | null {
  const talked = until === null || call.direction !== 'outgoing' ? ownTalk(record, call.direction, own) : null;
  if (talked !== null) return talkSeconds(talked);
  if (from === null) return null;
  const [answered, ended] = [record?.answeredAt ?? null, record?.endedAt ?? null];
  const isSame = answered !== null && fromPbx !== null && Math.abs(answered + fromPbx - from) <= SAME_ANSWER_MS;
  const ms = isSame && ended !== null && until === null ? ended - answered : (until ?? endedAt) - from;
  return Math.max(0, ms) / 1000;
}

const wall = ({ toWall }: Model, monotonic: number): number => monotonic + toWall;

function movedOn(before: Call, after: Call): boolean {
  return !sameParty(before.callee.number, after.callee.number) || !sameParty(before.other.number, after.other.number);
}
