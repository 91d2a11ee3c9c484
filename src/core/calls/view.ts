import { isDeepStrictEqual } from 'node:util';
import type { Call, CallDirection, Party } from '../../shared/call.ts';
import { keepIfSame } from '../keep-if-same.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import { markExternal, sideOf } from '../numbers/external-number.ts';
import { compareText, isMine, shownLegs, type Moment } from './legs.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS } from './limits.ts';
import { answeredLegs, myPartOf, ringPath, type Reading } from './my-part.ts';
import type { Leg, Session } from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { sidesOf } from './placed-legs.ts';

export interface ViewContext extends Moment {
  /** The measured difference between the PBX's clock and ours has just changed, so known start times are corrected. */
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
 * shows the leg that was answered last or, before any answer, the leg that began last.
 */
export function deriveView(session: Session, context: ViewContext): Session {
  const legs = shownLegs(session, context.own, context.stamp.at);
  // Without legs a known call stays as it was, and an unknown one is not shown yet.
  if (legs.length === 0 && session.placedCallKey === null) return session;
  // Push and the state of my phone set `wasMine` before the view is derived, so a new call of mine is not hidden.
  if (context.mayBePlacedHere || (context.onlyMine && !session.wasMine)) return hideSession(session, legs);
  const reading = readLegs(session, legs, context);
  const { call, legKey } = reading;
  const isNewAnswer = call.state === 'talking' && !session.countedAnswers.includes(legKey);
  const shownFirst = { sortAt: call.startedAt, unannounced: context.unannounced, firstShownSeq: context.stamp.seq };
  return keepIfSame(session, {
    ...session,
    ...(session.call === null ? shownFirst : {}),
    call,
    legKey,
    wasMine: session.wasMine || call.mine,
    answerCount: session.answerCount + Number(isNewAnswer),
    countedAnswers: withNewAnswer(session.countedAnswers, reading, isNewAnswer),
    othersAnswered: answeredLegs(session, legs),
    myPart: myPartOf(session, reading, legs, context),
  });
}

function readLegs(session: Session, legs: readonly Leg[], context: ViewContext): Reading {
  const startedAt = startOf(session, legs, context);
  const reading =
    context.placed === undefined
      ? readReportedCall(session, legs, startedAt, context)
      : readPlacedCall(session, legs, startedAt, context, context.placed);
  if (reading.toMe !== 'absent') {
    const { via, by } = ringPath(session, reading, legs, context);
    if (via !== '') reading.call.via = via;
    if (by !== '') reading.call.passedBy = by;
  }
  const shown = session.call;
  return shown !== null && isDeepStrictEqual(shown, reading.call) ? { ...reading, call: shown } : reading;
}

/** The keys of the legs whose answers are counted: those counted before that do not ring again, and the new one. */
function withNewAnswer(counted: readonly string[], reading: Reading, isNewAnswer: boolean): readonly string[] {
  if (counted.length === 0) return isNewAnswer ? [reading.legKey] : counted;
  const kept = reading.notRinging.filter((key) => counted.includes(key));
  return keepIfSame(counted, isNewAnswer ? [...kept, reading.legKey] : kept);
}

/** Returns the session without a call, so that it is not shown. Its answers are kept, because it may reach me later. */
function hideSession(session: Session, legs: readonly Leg[]): Session {
  const othersAnswered = answeredLegs(session, legs);
  return session.call === null && othersAnswered === session.othersAnswered
    ? session
    : { ...session, call: null, othersAnswered };
}

/** Reads a call that was not placed here. */
function readReportedCall(session: Session, legs: readonly Leg[], startedAt: number, context: ViewContext): Reading {
  const { own, monotonicToWallMs } = context;
  const mine = legs.some(isMine);
  const active = activeLeg(mine ? legs.filter(isMine) : legs, session.legKey);
  const trunk = trunkOf(active, legs, mine);
  const isDirectionKnown = session.placeholder === null || session.placeholder.distinguishesRinging;
  const direction = isDirectionKnown ? directionOf(active, trunk, own) : 'unknown';
  const answeredAt = active.state === 'talking' ? active.answeredAt : null;
  const shown = { active, legs, session, own };
  const caller = markExternal(partyOf(active, session), isExternalCaller(shown), own);
  const callee = markExternal({ number: active.callee, name: '' }, isExternalCallee(shown), own);
  // A placeholder without a known direction has my own number as its caller.
  const isOtherCallee = mine && (direction === 'outgoing' || !isDirectionKnown);
  const call: Call = {
    id: session.id,
    mine,
    direction,
    state: active.state,
    caller,
    callee,
    other: isOtherCallee ? callee : caller,
    trunk,
    startedAt,
    answeredAt: answeredAt === null ? null : Math.round(answeredAt + monotonicToWallMs),
    placedHere: false,
  };
  return { call, legKey: active.key, answeredAt, ...statesOf(legs) };
}

/** A placed call is shown as a call from me to the dialled number, whatever its legs are. */
function readPlacedCall(
  session: Session,
  legs: readonly Leg[],
  startedAt: number,
  { own, monotonicToWallMs }: ViewContext,
  placed: NonNullable<ViewContext['placed']>,
): Reading {
  const { other, answeredAt } = sidesOf(legs, placed);
  const callee: Party = { number: placed.dialled, name: '' };
  const call: Call = {
    id: session.id,
    mine: true,
    direction: 'outgoing',
    state: other === 'talking' ? 'talking' : stateBeforeAnswer(legs),
    caller: { number: own.extension, name: '' },
    callee,
    other: callee,
    trunk: legs.find(({ trunk }) => trunk !== '')?.trunk ?? '',
    startedAt,
    answeredAt: answeredAt === null ? null : Math.round(answeredAt + monotonicToWallMs),
    placedHere: true,
  };
  // All its legs are shown as one, whose answer is counted once.
  return { call, legKey: 'placed', answeredAt, ...statesOf(legs), notRinging: ['placed'] };
}

function stateBeforeAnswer(legs: readonly Leg[]): Call['state'] {
  // The PBX accepted the request and may list the call late. Until then it is shown as ringing, like its steps.
  if (legs.length === 0) return 'ringing';
  return legs.every(({ state }) => state === 'unknown') ? 'unknown' : 'ringing';
}

const NO_KEYS: readonly string[] = [];

/** If several legs lead to me, the state that proves most counts. */
const PROOF: Record<Reading['toMe'], number> = { absent: 0, unknown: 1, ringing: 2, talking: 3 };

function statesOf(legs: readonly Leg[]): Pick<Reading, 'toMe' | 'notRinging' | 'talkingElsewhere'> {
  let toMe: Reading['toMe'] = 'absent';
  let notRinging = NO_KEYS;
  let talkingElsewhere = NO_KEYS;
  for (const leg of legs) {
    if (leg.state !== 'ringing') notRinging = [...notRinging, leg.key];
    if (leg.toMe) {
      if (PROOF[leg.state] > PROOF[toMe]) toMe = leg.state;
    } else if (leg.state === 'talking') {
      talkingElsewhere = [...talkingElsewhere, leg.key];
    }
  }
  return { toMe, notRinging, talkingElsewhere };
}

/**
 * Returns the leg answered last or, before any answer, the one that began last. Among equals, the one with the
 * `shownKey` stays shown.
 */
function activeLeg(legs: readonly Leg[], shownKey: string): Leg {
  const [first] = legs;
  if (first === undefined) throw new Error('a session without legs has no active leg');
  if (legs.length === 1) return first;
  const candidates = mostActive(legs);
  const shown = candidates.find(({ key }) => key === shownKey);
  if (shown !== undefined) return shown;
  const [latest] = candidates.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0) || compareText(a.key, b.key));
  return latest ?? first;
}

/** The legs answered last; if no leg talks, those that ring; else all. */
function mostActive(legs: readonly Leg[]): readonly Leg[] {
  const talking = legs.filter(({ state }) => state === 'talking');
  if (talking.length > 0) {
    const latest = Math.max(...talking.flatMap(({ answeredAt }) => answeredAt ?? []));
    const answeredLast = talking.filter(
      ({ answeredAt }) => (answeredAt ?? -Infinity) > latest - LIMIT_MS.answeredTogether,
    );
    // If no answer has a known time, any leg that talks may be the one.
    return answeredLast.length > 0 ? answeredLast : talking;
  }
  const ringing = legs.filter(({ state }) => state === 'ringing');
  return ringing.length > 0 ? ringing : legs;
}

/** For a call of mine only legs that lead to me count, so another guest's trunk in a conference does not. */
function trunkOf(active: Leg, legs: readonly Leg[], mine: boolean): string {
  if (active.trunk !== '' || legs.length === 1) return active.trunk;
  const onTheWay = ({ from, to }: Leg): boolean => !mine || from === active.from || to === active.from;
  return legs.find((leg) => leg.trunk !== '' && onTheWay(leg))?.trunk ?? '';
}

/** The caller of a leg. The session has the caller, with a name, that push reported. */
function partyOf(leg: Leg, session: Session): Party {
  const isCallerOfSession = leg.caller === '' || leg.caller === session.caller;
  const name = leg.callerName === '' && isCallerOfSession ? session.callerName : leg.callerName;
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

interface ShownCall {
  active: Leg;
  legs: readonly Leg[];
  session: Session;
  own: OwnPhones;
}

/**
 * Whether the caller may be outside the company. Push reports a direction, and the list reports trunks, which internal
 * legs do not have. If neither source shows where the caller is, this is true.
 */
function isExternalCaller({ active, legs, session, own }: ShownCall): boolean {
  const { direction } = session;
  if (active.fromMe) return false;
  const isFirst = active.from === normaliseNumber(session.caller);
  if (isFirst && (direction === 'inbound' || direction === 'inbound-outbound')) return true;
  if (isFirst && direction === 'outbound') return false;
  const same = legs.filter(({ from }) => from === active.from);
  if (same.some(({ trunk, to }) => trunk !== '' && sideOf(to, own) !== 'outside' && !isEmergencyOutside(to, own)))
    return true;
  return !(isFirst && direction === 'internal') && !same.some(({ wasListed }) => wasListed);
}

/** Emergency numbers of most countries. Others are ordinary extensions elsewhere. */
const EMERGENCY: ReadonlySet<string> = new Set(['112', '911']);

/** In an office with extensions of three digits, 112 may be one, and somebody outside may have called it. */
const isEmergencyOutside = (to: string, own: OwnPhones): boolean =>
  EMERGENCY.has(to) && own.extension.length > to.length && !own.hasNormalised(to);

/** Whether the call reached its callee over a trunk. */
function isExternalCallee({ active, session, own }: ShownCall): boolean {
  const { direction } = session;
  const isLast = active.to === normaliseNumber(session.callee);
  if (isLast && direction !== null) return direction === 'outbound' || direction === 'inbound-outbound';
  return active.trunk !== '' && !active.toMe && sideOf(active.from, own) === 'extension';
}

/** The start of the call. It changes only if an earlier time becomes known or a clock was set. */
function startOf(session: Session, legs: readonly Leg[], context: ViewContext): number {
  let pbxTime = plausibleTime(session.startedAt);
  for (const { startedAt } of legs) {
    if (startedAt !== null) pbxTime = Math.min(pbxTime ?? startedAt, startedAt);
  }
  const shown = session.call?.startedAt;
  if (shown === undefined) return firstStart(pbxTime, context);
  if (pbxTime === null) return shown;
  const reported = firstStart(pbxTime, context);
  const mayChange = context.clockChanged || reported < shown;
  return mayChange && Math.abs(reported - shown) > LIMIT_MS.noise ? reported : shown;
}

/** The start of a call on this computer's clock: at most now, and now if the PBX reports no start. */
export function firstStart(pbxTime: number | null, { stamp, pbxToMonotonicMs, monotonicToWallMs }: Moment): number {
  const now = stamp.at + monotonicToWallMs;
  return Math.round(pbxTime === null ? now : Math.min(pbxTime + pbxToMonotonicMs + monotonicToWallMs, now));
}
