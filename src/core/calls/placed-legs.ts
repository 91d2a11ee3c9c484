import { leadsTo, sameNumber } from '../../shared/same-number.ts';
import { liveLegs } from './legs.ts';
import type { Leg, PlacedCallState, Session } from './model.ts';

/** The two sides of a placed call, as its legs show them. */
export interface Sides {
  /** The user's own phone, which the PBX rings first. `absent`: no leg to it is known. */
  phone: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** The side that was dialled. */
  other: 'absent' | 'ringing' | 'talking' | 'unknown';
  /** When the other side answered, monotonic ms; null if it has not. */
  answeredAt: number | null;
  /** The PBX has begun to call the other side, because my phone was picked up. */
  otherIsTried: boolean;
}

/**
 * Reads the legs of a placed call. The PBX does not document which legs such a call has, so this uses only rules that
 * hold in any case. A leg to my number is my phone, and a leg to the dialled number is the other side. Once my phone
 * was answered, a leg to any third number is the other side, too: a member of a ring group, or a number that the dial
 * plan rewrote. Before that it may be my own phone, forwarded.
 *
 * `phone`: the phone that rings first. `phoneAnswered`: its own state shows that it was picked up.
 */
export function sidesOf(
  legs: readonly Leg[],
  { dialled, phone, phoneAnswered }: { dialled: string; phone: string; phoneAnswered: boolean },
): Sides {
  const toDialled = legs.filter(({ to }) => leadsTo(to, dialled));
  const toPhone = legs.filter((leg) => !toDialled.includes(leg) && isPhone(leg, phone));
  const answered = phoneAnswered || toPhone.some(isTalking);
  const toOther = answered ? legs.filter((leg) => !toPhone.includes(leg) && leg.to !== '') : toDialled;
  const talking = toOther.filter(isTalking).map(({ answeredAt }) => answeredAt ?? 0);
  return {
    phone: answered ? 'answered' : unansweredState(toPhone),
    other: talking.length > 0 ? 'talking' : unansweredState(toOther),
    answeredAt: talking.length > 0 ? Math.min(...talking) : null,
    // Whatever leg was answered, the PBX calls the other side only after my phone.
    otherIsTried: answered || (toOther.length > 0 && legs.some((leg) => !toOther.includes(leg) && isTalking(leg))),
  };
}

/**
 * Whether these legs look like a call that is being placed to `dialled` and whose session ID is not known yet: my phone
 * rings with that number on its display, calls itself, or calls that number.
 */
function looksPlaced(legs: readonly Leg[], dialled: string, phone: string): boolean {
  return legs.some((leg) => {
    const fromMe = leg.fromMe || sameNumber(leg.from, phone);
    if (isPhone(leg, phone)) return sameNumber(leg.from, dialled) || fromMe;
    return fromMe && sameNumber(leg.to, dialled);
  });
}

/**
 * Whether these legs may turn out to be such a call: my phone calls, or is called without a number. The PBX does not
 * document which caller it shows for a call that it places. A call from any other number is somebody else's.
 */
function mayBePlaced(legs: readonly Leg[], phone: string): boolean {
  return legs.some((leg) => leg.fromMe || leg.from === phone || (isPhone(leg, phone) && !/\d/.test(leg.from)));
}

function isPhone(leg: Leg, phone: string): boolean {
  return leg.toMe || (leg.fromMe && leg.from === leg.to) || sameNumber(leg.to, phone);
}

const isTalking = ({ state }: Leg): boolean => state === 'talking';

function unansweredState(legs: readonly Leg[]): 'absent' | 'ringing' | 'unknown' {
  if (legs.length === 0) return 'absent';
  return legs.some(({ state }) => state === 'ringing') ? 'ringing' : 'unknown';
}

/** Whether the legs of the session show that it is the call of this request; false once the request has a session. */
export function matchesRequest(placed: PlacedCallState, session: Session, now: number): boolean {
  const { status, call, phone } = placed;
  if (status !== 'requested' && status !== 'unanswered') return false;
  return isOpen(placed, session, now) && looksPlaced(liveLegs(session), call.plan.dial, phone);
}

/** Whether the PBX's answer may show that the session is the call of this request. */
export function mayMatchRequest(placed: PlacedCallState, session: Session, now: number): boolean {
  return placed.status === 'requested' && isOpen(placed, session, now) && mayBePlaced(liveLegs(session), placed.phone);
}

/** The request still waits for its session, and the session is newer than the request. */
function isOpen({ matchedSessionId, requestSeq, matchUntil }: PlacedCallState, session: Session, now: number): boolean {
  return matchedSessionId === null && requestSeq < session.firstReportedSeq && matchUntil > now;
}
