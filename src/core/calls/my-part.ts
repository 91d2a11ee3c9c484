import type { Call, CallState } from '../../shared/call.ts';
import { sameNumber } from '../../shared/same-number.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { isMine, type Moment } from './legs.ts';
import { NO_PART, type Leg, type RingPath, type Session } from './model.ts';

/** Data of a session's legs at one moment. */
export interface Reading {
  call: Call;
  /** Key of the leg that the call shows. */
  legKey: string;
  /** When the call was answered, in monotonic ms; null if it does not talk or the time is not known. */
  answeredAt: number | null;
  /** State of the leg that rings, or rang, one of my phones. */
  toMe: 'absent' | CallState;
  /** Keys of the legs that do not ring, so that their answer was counted or happened before we saw it. */
  notRinging: readonly string[];
  talkingElsewhere: readonly string[];
}

/** What a session has to do with my phones now. */
export function myPartOf(session: Session, reading: Reading, legs: readonly Leg[], context: Moment): Session['me'] {
  const { me } = session;
  const { call, toMe } = reading;
  if (me === NO_PART && toMe === 'absent' && !call.mine) return me;
  const isNewRing = ringsAnew(session, reading);
  const after: Session['me'] = {
    present: call.mine,
    hasLeg: toMe !== 'absent' && !call.placedHere,
    rings: me.rings + Number(isNewRing),
    path: ringPath(session, reading, legs, context),
    rang: toMe === 'ringing' && !call.placedHere ? call : me.rang,
    mayHaveRung: me.mayHaveRung || (toMe === 'unknown' && !call.placedHere),
    answered: me.answered || toMe === 'talking',
    answeredElsewhere: me.answeredElsewhere || wasAnsweredElsewhere(me, reading),
    answeredBefore: isNewRing ? reading.notRinging : me.answeredBefore,
    talk: talkOf(session, call, reading, legs, context),
  };
  return MY_KEYS.every((key) => me[key] === after[key]) ? me : after;
}

/** One of my phones rings that did not before. */
function ringsAnew({ call: before, me }: Session, { call, toMe }: Reading): boolean {
  const ringsMe = (toMe === 'ringing' || toMe === 'unknown') && !call.placedHere;
  return ringsMe && (before === null || !me.hasLeg);
}

/** The way by which the call reached me, also if it begins to ring me now. */
export function ringPath(session: Session, reading: Reading, legs: readonly Leg[], { own }: Moment): RingPath {
  return ringsAnew(session, reading) ? pathOf(session, legs, own) : session.me.path;
}

const MY_KEYS = Object.keys(NO_PART) as (keyof Session['me'])[];

/** Whether a person passed the call on, and which queue or menu it came through. */
function pathOf(session: Session, legs: readonly Leg[], own: OwnPhones): RingPath {
  const live = new Set(legs.map(({ key }) => key));
  // A queue or a menu stays on the call while it rings me.
  const through = session.answered.findLast(({ by, key }) => by === 'machine' || (by === 'unknown' && live.has(key)));
  const { callee: dialled } = session;
  const isPhone = session.legs.some(({ to, target }) => target && sameNumber(to, dialled));
  const queue = through?.callee ?? (isPhone || own.has(dialled) ? '' : dialled);
  return { transferred: !session.me.present && session.answered.some(({ by }) => by === 'person'), via: queue };
}

/** A person's phone rings before it is answered; a queue or a menu answers at once. */
const MIN_PERSON_RING_MS = 1_000;

/** The legs of others that were answered, with those that are now. */
export function answeredLegs({ answered }: Session, legs: readonly Leg[]): Session['answered'] {
  if (!legs.some(({ state }) => state === 'talking')) return answered;
  const fresh = legs.filter(
    ({ toMe, fromMe, state, key }) =>
      !toMe && !fromMe && state === 'talking' && !answered.some((known) => known.key === key),
  );
  if (fresh.length === 0) return answered;
  return [...answered, ...fresh.map((leg) => ({ key: leg.key, callee: leg.callee, by: whoAnswered(leg) }))].slice(
    -MAX_ANSWERED,
  );
}

function whoAnswered({ rangAt, offeredAt, answeredAt }: Leg): Session['answered'][number]['by'] {
  const since = rangAt ?? offeredAt;
  if (since === null || answeredAt === null) return 'unknown';
  return answeredAt - since >= MIN_PERSON_RING_MS ? 'person' : 'machine';
}

const MAX_ANSWERED = 64;

function wasAnsweredElsewhere({ rang, mayHaveRung, answeredBefore }: Session['me'], reading: Reading): boolean {
  if ((rang === null && !mayHaveRung) || reading.toMe !== 'absent') return false;
  return reading.talkingElsewhere.some((key) => !answeredBefore.includes(key));
}

/** My talk continues while a phone of mine is on the call. An ended leg may be shown for a moment longer. */
function talkOf(
  session: Session,
  call: Call,
  { answeredAt }: Reading,
  legs: readonly Leg[],
  { stamp }: Moment,
): Session['me']['talk'] {
  const { talk } = session.me;
  const mine = legs.filter(isMine);
  const isOn = mine.some(({ over }) => over === null);
  if (isOn && call.state === 'talking' && !call.placedHere) {
    const isFirst = talk === null || talk.until === null;
    const from = isFirst ? answeredAt : (talk.from ?? answeredAt);
    const byEvent = isFirst ? mine.some(({ answeredBy }) => answeredBy === 'event') : talk.byEvent;
    if (talk?.call === call && talk.from === from && talk.until === null && talk.byEvent === byEvent) return talk;
    return { call, from, until: null, byEvent };
  }
  if (talk === null || talk.until !== null || isOn) return talk;
  const ends = session.legs.flatMap((leg) =>
    isMine(leg) && leg.state === 'talking' && leg.over !== null ? [leg.over.at] : [],
  );
  return { ...talk, until: ends.length === 0 ? stamp.at : Math.max(...ends) };
}
