import type { Call, CallDirection, Party } from '../../shared/call.ts';
import { markExternal, sideOf } from '../numbers/external-number.ts';
import { isExternalCallee, isExternalCaller } from './external.ts';
import { compareText, isMine, shownLegs, type Moment } from './legs.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS } from './limits.ts';
import { answeredLegs, myPartOf, ringPath, type Reading } from './my-part.ts';
import { NO_PART, type Leg, type Session } from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { readPlaced } from './placed-legs.ts';

export interface ViewContext extends Moment {
  /** The current fact changed the difference between the PBX's clock and ours. */
  clockChanged: boolean;
  /** New sessions are shown but not announced. */
  unannounced: boolean;
  /** The list is refused, so calls that never concerned me are not shown. */
  onlyMine: boolean;
  /** The session may be a call placed here. It is not shown until that is certain. */
  mayBePlacedHere: boolean;
  /** Set for a session that was placed here. */
  placed?: { dialled: string; phone: string; phoneAnswered: boolean };
}

/**
 * Derives what is shown of a session, its call, from its legs. Returns the same object if nothing has changed. The call
 * shows the leg that was answered last or, before any answer, the leg that began last. `isFresh`: nothing else refers
 * to this session, so it may be changed in place.
 */
export function deriveView(session: Session, context: ViewContext, isFresh = false): Session {
  const legs = shownLegs(session, context.own, context.stamp.at);
  const [first] = legs;
  // Without legs a known call stays as it was, and an unknown one is not shown yet.
  if (first === undefined && session.placedCallKey === null) return session;
  if (context.mayBePlacedHere || (context.onlyMine && !session.wasMine)) return hideSession(session, legs);
  const before = session.call;
  const reading = readLegs(session, legs, context);
  const { call, legKey } = reading;
  const isAnswered = call.state === 'talking' && !session.countedAnswers.includes(legKey);
  const counted = countedLegs(session.countedAnswers, reading, isAnswered);
  const answered = answeredLegs(session, legs);
  const me = myPartOf(session, reading, legs, context);
  const after = isFresh ? session : { ...session };
  if (before === null) {
    after.sortAt = call.startedAt;
    after.unannounced = context.unannounced;
    after.firstShownSeq = context.stamp.seq;
  }
  after.call = call;
  after.legKey = legKey;
  after.wasMine ||= call.mine;
  after.answerCount += Number(isAnswered);
  after.countedAnswers = counted;
  after.othersAnswered = answered;
  after.myPart = me;
  return before !== null && sameSession(session, after) ? session : after;
}

function readLegs(session: Session, legs: readonly Leg[], context: ViewContext): Reading {
  const reading =
    context.placed === undefined ? readOther(session, legs, context) : readPlacedCall(session, legs, context);
  const before = session.call;
  reading.call.startedAt = startOf(session, legs, context);
  const { via, by } = ringPath(session, reading, legs, context);
  if (reading.toMe !== 'absent' && via !== '') reading.call.via = via;
  if (reading.toMe !== 'absent' && by !== '') reading.call.passedBy = by;
  if (before !== null && sameCall(before, reading.call)) reading.call = before;
  return reading;
}

function countedLegs(counted: readonly string[], reading: Reading, isAnswered: boolean): readonly string[] {
  if (counted.length === 0) return isAnswered ? [reading.legKey] : counted;
  const kept = reading.notRinging.filter((key) => counted.includes(key));
  return sameTexts(counted, isAnswered ? [...kept, reading.legKey] : kept);
}

/** Returns the session without a call, so that it is not shown. Its answers are kept, because it may reach me later. */
function hideSession(session: Session, legs: readonly Leg[]): Session {
  const othersAnswered = answeredLegs(session, legs);
  return session.call === null && othersAnswered === session.othersAnswered
    ? session
    : { ...session, call: null, othersAnswered };
}

const TO_ME: readonly Reading['toMe'][] = ['absent', 'unknown', 'ringing', 'talking'];
const NO_KEYS: readonly string[] = [];

function readOther(session: Session, legs: readonly Leg[], { own, toWall }: ViewContext): Reading {
  const myLegs = legs.some(isMine) ? legs.filter(isMine) : null;
  const mine = myLegs !== null;
  const active = activeLeg(myLegs ?? legs, session.legKey);
  const trunk = trunkOf(active, legs, mine);
  const certain = session.placeholder === null || session.placeholder.isCertain;
  const direction = certain ? directionOf(active, trunk, own) : 'unknown';
  const { state } = active;
  const answeredAt = state === 'talking' ? active.answeredAt : null;
  const shown = { active, legs, session, own };
  const caller = markExternal(partyOf(active, session), isExternalCaller(shown), own);
  const callee = markExternal({ number: active.callee, name: '' }, isExternalCallee(shown), own);
  const call: Call = {
    id: session.id,
    mine,
    direction,
    state,
    caller,
    callee,
    other: mine && (direction === 'outgoing' || !certain) ? callee : caller,
    trunk,
    startedAt: 0,
    answeredAt: answeredAt === null ? null : Math.round(answeredAt + toWall),
    placedHere: false,
  };
  return withOtherLegs(
    { call, legKey: active.key, answeredAt, toMe: 'absent', notRinging: NO_KEYS, talkingElsewhere: NO_KEYS },
    legs,
  );
}

/** A placed call is shown as a call from me to the dialled number, whatever its legs are. */
function readPlacedCall(session: Session, legs: readonly Leg[], { own, toWall, placed }: ViewContext): Reading {
  const { dialled = '', phone = '', phoneAnswered = false } = placed ?? {};
  const { other, answeredAt } = readPlaced(legs, { dialled, phone, phoneAnswered });
  const callee: Party = { number: dialled, name: '' };
  // The PBX accepted the request and may list the call late. Until then it is shown as ringing, like its steps.
  const isKnown = legs.length === 0 || legs.some(({ state }) => state !== 'unknown');
  const state = other === 'talking' ? 'talking' : isKnown ? 'ringing' : 'unknown';
  const call: Call = {
    id: session.id,
    mine: true,
    direction: 'outgoing',
    state,
    caller: { number: own.extension, name: '' },
    callee,
    other: callee,
    trunk: legs.find(({ trunk }) => trunk !== '')?.trunk ?? '',
    startedAt: 0,
    answeredAt: answeredAt === null ? null : Math.round(answeredAt + toWall),
    placedHere: true,
  };
  const reading = withOtherLegs(
    { call, legKey: 'placed', answeredAt, toMe: 'absent', notRinging: NO_KEYS, talkingElsewhere: NO_KEYS },
    legs,
  );
  reading.notRinging = ['placed'];
  return reading;
}

/** Adds the state of all legs to a fresh reading. */
function withOtherLegs(reading: Reading, legs: readonly Leg[]): Reading {
  for (const { key, state, toMe } of legs) {
    if (state !== 'ringing') reading.notRinging = [...reading.notRinging, key];
    if (toMe) {
      if (TO_ME.indexOf(state) > TO_ME.indexOf(reading.toMe)) reading.toMe = state;
    } else if (state === 'talking') {
      reading.talkingElsewhere = [...reading.talkingElsewhere, key];
    }
  }
  return reading;
}

/**
 * Returns the leg answered last or, before any answer, the one that began last. Among equals the leg stays the same.
 */
function activeLeg(legs: readonly Leg[], before: string): Leg {
  const [first] = legs;
  if (first === undefined) throw new Error('a session without legs has no active leg');
  if (legs.length === 1) return first;
  const talking = legs.filter(({ state }) => state === 'talking');
  if (talking.length > 0) {
    const latest = Math.max(...talking.map(({ answeredAt }) => answeredAt ?? -Infinity));
    return stableLeg(
      talking.filter(
        ({ answeredAt }) => (answeredAt ?? -Infinity) > latest - LIMIT_MS.answeredTogether || talking.length === 1,
      ),
      before,
      first,
    );
  }
  const ringing = legs.filter(({ state }) => state === 'ringing');
  return stableLeg(ringing.length > 0 ? ringing : legs, before, first);
}

function stableLeg(legs: readonly Leg[], before: string, otherwise: Leg): Leg {
  const same = legs.find(({ key }) => key === before);
  if (same !== undefined) return same;
  return legs.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0) || compareText(a.key, b.key))[0] ?? otherwise;
}

/** For a call of mine only legs that lead to me count, so another guest's trunk in a conference does not. */
function trunkOf(active: Leg, legs: readonly Leg[], mine: boolean): string {
  if (active.trunk !== '' || legs.length === 1) return active.trunk;
  const onTheWay = ({ from, to }: Leg): boolean => !mine || from === active.from || to === active.from;
  return legs.find((leg) => leg.trunk !== '' && onTheWay(leg))?.trunk ?? '';
}

function partyOf(leg: Leg, session: Session): Party {
  const fromPush = leg.caller === session.caller || leg.caller === '';
  const name = leg.callerName === '' && fromPush ? session.callerName : leg.callerName;
  return { number: leg.caller === '' ? session.caller : leg.caller, name };
}

/**
 * The API reports no direction. My calls have the direction seen from me, colleagues' calls the one seen from the
 * company: between two extensions without a trunk they are internal; otherwise the side that is no extension is
 * outside.
 */
function directionOf(leg: Leg, trunk: string, own: OwnPhones): CallDirection {
  if (leg.toMe) return 'incoming';
  if (leg.fromMe) return 'outgoing';
  const caller = sideOf(leg.from, own);
  const callee = sideOf(leg.to, own);
  if (trunk === '' && caller === 'extension' && callee === 'extension') return 'internal';
  if (caller === 'extension' && callee === 'outside') return 'outgoing';
  if (caller === 'outside' && callee === 'extension') return 'incoming';
  // Only callers hide their number, and a trunk shows that this one calls from outside.
  if (caller === 'hidden' && callee === 'extension' && trunk !== '') return 'incoming';
  return 'unknown';
}

/** The start of the call. It changes only if an earlier time becomes known or a clock was set. */
function startOf(session: Session, legs: readonly Leg[], context: ViewContext): number {
  let pbxTime = plausibleTime(session.startedAt);
  for (const { startedAt } of legs) {
    if (startedAt !== null) pbxTime = Math.min(pbxTime ?? startedAt, startedAt);
  }
  const known = session.call?.startedAt;
  if (known === undefined) return firstStart(pbxTime, context);
  if (pbxTime === null) return known;
  const begun = firstStart(pbxTime, context);
  const trusted = context.clockChanged || begun < known;
  return trusted && Math.abs(begun - known) > LIMIT_MS.noise ? begun : known;
}

/** The start of a call on this computer's clock: at most now, and now if the PBX reports no start. */
export function firstStart(pbxTime: number | null, { stamp, fromPbx, toWall }: Moment): number {
  const now = stamp.at + toWall;
  return Math.round(pbxTime === null ? now : Math.min(pbxTime + fromPbx + toWall, now));
}

/** Moves all times shown by `by` ms, because the wall clock was set. */
export function withShiftedTimes(session: Session, by: number): Session {
  const move = <T extends { startedAt: number; answeredAt: number | null }>(call: T): T => ({
    ...call,
    startedAt: call.startedAt + by,
    answeredAt: call.answeredAt === null ? null : call.answeredAt + by,
  });
  const call = session.call === null ? null : move(session.call);
  const { myPart } = session;
  const callAtRing = myPart.callAtRing === session.call ? call : myPart.callAtRing && move(myPart.callAtRing);
  const talk = myPart.talk === null ? null : { ...myPart.talk, call: move(myPart.talk.call) };
  return {
    ...session,
    call,
    sortAt: session.sortAt + by,
    myPart: myPart === NO_PART ? myPart : { ...myPart, callAtRing, talk },
  };
}

function sameTexts(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.length === after.length && before.every((text, index) => text === after[index]) ? before : after;
}

/** Whether all that `deriveView` derives is the same. */
function sameSession(a: Session, b: Session): boolean {
  return DERIVED.every((key) => a[key] === b[key]);
}

const DERIVED = ['call', 'legKey', 'wasMine', 'answerCount', 'countedAnswers', 'othersAnswered', 'myPart'] as const;

function sameCall(a: Call, b: Call): boolean {
  return (
    CALL_KEYS.every((key) => a[key] === b[key]) &&
    identical(a.caller, b.caller) &&
    identical(a.callee, b.callee) &&
    identical(a.other, b.other)
  );
}

const CALL_KEYS = [
  'mine',
  'direction',
  'state',
  'via',
  'passedBy',
  'trunk',
  'startedAt',
  'answeredAt',
  'placedHere',
] as const;

const identical = (a: Party, b: Party): boolean =>
  a.number === b.number && a.name === b.name && a.external === b.external;
