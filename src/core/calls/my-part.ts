import type { Call, CallState } from '../../shared/call.ts';
import { keepIfSame } from '../keep-if-same.ts';
import { sameNumber } from '../../shared/same-number.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { ownTalk, PASSED_WITHIN_MS, type EndRecord } from '../pbx/records.ts';
import { isMine, type Moment } from './legs.ts';
import { NO_PART, type Leg, type MyPart, type RingPath, type Session } from './model.ts';

/** What the legs of a session show at one moment. */
export interface Reading {
  call: Call;
  /** Key of the leg that the call shows. */
  legKey: string;
  /** When the call was answered, in monotonic ms; null if nobody talks or the time is not known. */
  answeredAt: number | null;
  /** State of the leg that rings, or rang, one of my phones. */
  toMe: 'absent' | CallState;
  /** Keys of the legs that do not ring: their answer is counted already, or happened before a source showed them. */
  notRinging: readonly string[];
  /** Keys of the answered legs that do not lead to me. */
  talkingElsewhere: readonly string[];
}

/** What a session has to do with my phones now. */
export function myPartOf(session: Session, reading: Reading, legs: readonly Leg[], context: Moment): MyPart {
  const { myPart } = session;
  const { call, toMe } = reading;
  if (myPart === NO_PART && toMe === 'absent' && !call.mine) return myPart;
  const isNewRing = ringsAnew(session, reading, legs);
  const talk = talkOf(session, call, reading, legs, context);
  return keepIfSame(myPart, {
    present: call.mine,
    ringAlreadyCounted: toMe !== 'absent' && !call.placedHere && (myPart.ringAlreadyCounted || isLiveToMe(legs)),
    ringCount: myPart.ringCount + Number(isNewRing),
    ringPath: ringPath(session, reading, legs, context),
    callAtRing: toMe === 'ringing' && !call.placedHere ? call : myPart.callAtRing,
    offeredToOthers: myPart.offeredToOthers || session.legs.some(isOfferToOther),
    mayHaveRung: myPart.mayHaveRung || (toMe === 'unknown' && !call.placedHere),
    answeredByMe: myPart.answeredByMe || toMe === 'talking',
    answeredElsewhere: myPart.answeredElsewhere || wasAnsweredElsewhere(myPart, reading),
    answeredBefore: isNewRing ? reading.notRinging : myPart.answeredBefore,
    talk,
    passedTo: passedTo(session, talk, legs),
  });
}

/** Whether the session begins to ring one of my phones now. A ring of which only the end was reported does not count. */
function ringsAnew({ call: before, myPart }: Session, { call, toMe }: Reading, legs: readonly Leg[]): boolean {
  const ringsMe = (toMe === 'ringing' || toMe === 'unknown') && !call.placedHere && isLiveToMe(legs);
  return ringsMe && (before === null || !myPart.ringAlreadyCounted);
}

const isOfferToOther = (leg: Leg): boolean => !isMine(leg) && leg.to !== '' && leg.answeredAt === null;

const isLiveToMe = (legs: readonly Leg[]): boolean => legs.some(({ toMe, end }) => toMe && end === null);

/** How the call reached my phone, at its last ring or at the one that begins now. */
export function ringPath(session: Session, reading: Reading, legs: readonly Leg[], { own }: Moment): RingPath {
  return ringsAnew(session, reading, legs) ? pathOf(session, legs, own) : session.myPart.ringPath;
}

/** Whether a person passed the call on, and which queue or menu it came through. */
function pathOf(session: Session, legs: readonly Leg[], own: OwnPhones): RingPath {
  const live = new Set(legs.map(({ key }) => key));
  // A queue or a menu stays on the call while it rings me.
  const through = session.othersAnswered.findLast(
    ({ by, key }) => by === 'machine' || (by === 'unknown' && live.has(key)),
  );
  const { callee: dialled } = session;
  const isPhone = session.legs.some(({ to, isTarget }) => isTarget && sameNumber(to, dialled));
  const queue = through?.callee ?? (isPhone || own.has(dialled) ? '' : dialled);
  const person = session.myPart.present ? undefined : session.othersAnswered.findLast(({ by }) => by === 'person');
  return { transferred: person !== undefined, by: person?.callee ?? '', via: queue };
}

/** A person's phone rings before it is answered; a queue or a menu answers at once. */
const MIN_PERSON_RING_MS = 1_000;

/** The legs to others that were answered so far, in order. */
export function answeredLegs({ othersAnswered }: Session, legs: readonly Leg[]): Session['othersAnswered'] {
  if (!legs.some(({ state }) => state === 'talking')) return othersAnswered;
  const fresh = legs.filter(
    ({ toMe, fromMe, state, key }) =>
      !toMe && !fromMe && state === 'talking' && !othersAnswered.some((known) => known.key === key),
  );
  if (fresh.length === 0) return othersAnswered;
  return [...othersAnswered, ...fresh.map((leg) => ({ key: leg.key, callee: leg.callee, by: whoAnswered(leg) }))].slice(
    -MAX_ANSWERED,
  );
}

function whoAnswered({ rangAt, offeredAt, answeredAt }: Leg): Session['othersAnswered'][number]['by'] {
  const since = rangAt ?? offeredAt;
  if (since === null || answeredAt === null) return 'unknown';
  return answeredAt - since >= MIN_PERSON_RING_MS ? 'person' : 'machine';
}

const MAX_ANSWERED = 64;

function wasAnsweredElsewhere({ callAtRing, mayHaveRung, answeredBefore }: MyPart, reading: Reading): boolean {
  if ((callAtRing === null && !mayHaveRung) || reading.toMe !== 'absent') return false;
  return reading.talkingElsewhere.some((key) => !answeredBefore.includes(key));
}

/** My talk lasts while a phone of mine is on the call. An ended leg that is still shown for a moment does not count. */
function talkOf(
  session: Session,
  call: Call,
  { answeredAt }: Reading,
  legs: readonly Leg[],
  { stamp }: Moment,
): MyPart['talk'] {
  const { talk } = session.myPart;
  const mine = legs.filter(isMine);
  const isOn = mine.some(({ end }) => end === null);
  if (isOn && call.state === 'talking' && !call.placedHere) {
    const isFirst = talk === null || talk.until === null;
    const from = isFirst ? answeredAt : (talk.from ?? answeredAt);
    const byEvent = isFirst ? mine.some(({ answeredBy }) => answeredBy === 'event') : talk.byEvent;
    if (talk?.call === call && talk.from === from && talk.until === null && talk.byEvent === byEvent) return talk;
    return { call, from, until: null, byEvent };
  }
  if (talk === null || talk.until !== null || isOn) return talk;
  const ends = session.legs.flatMap((leg) =>
    isMine(leg) && leg.state === 'talking' && leg.end !== null ? [leg.end.at] : [],
  );
  return { ...talk, until: ends.length === 0 ? stamp.at : Math.max(...ends) };
}

/**
 * My talk as the record of the call shows it; null if it does not. The record of a call that I dialled shows the talk of
 * the other phone, which continues when I leave the call.
 */
export function recordedTalk(
  record: EndRecord | null,
  { call: { direction }, until }: Pick<NonNullable<MyPart['talk']>, 'call' | 'until'>,
  own: OwnPhones,
): ReturnType<typeof ownTalk> {
  return until !== null && direction === 'outgoing' ? null : ownTalk(record, direction, own);
}

/** The callee to whom I passed the call on: their phone rang before or just after I left, and a person answered it. */
function passedTo({ myPart }: Session, talk: MyPart['talk'], legs: readonly Leg[]): string {
  if (talk === null || talk.until === null) return '';
  const { from, until } = talk;
  if (myPart.passedTo !== '' || from === null) return myPart.passedTo;
  const next = legs.find((leg) => {
    const since = leg.rangAt ?? leg.offeredAt ?? Infinity;
    const isTheirs = !isMine(leg) && leg.state === 'talking' && whoAnswered(leg) === 'person';
    return isTheirs && since > from && since <= until + PASSED_WITHIN_MS;
  });
  return next?.callee ?? '';
}
