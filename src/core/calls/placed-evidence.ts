import type { Leg } from './legs.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import { leadsTo, sameNumber } from './same-number.ts';

/** What the legs of a call that this program placed give away about its two sides. */
export interface PlacedEvidence {
  /** The user's own phone, which the PBX rings first. `absent`: no leg to it is listed. */
  phone: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** The side that was dialled. */
  other: 'absent' | 'ringing' | 'talking' | 'unknown';
  /** Seconds that the other side has talked; null unless it talks. */
  talking: number | null;
  /** Some other leg than that to the other side was answered. */
  besideAnswered: boolean;
}

/**
 * Reads a placed call's legs. Nobody documents how they look, so only what holds for every shape is used:
 * a leg to my number is my phone, a leg to the dialled number is the other side. Once my phone was answered, any leg
 * to a third number is the other side as well: a ring group's members, a number that the dial plan rewrote. Before
 * that it could be my own phone, forwarded.
 */
export function readPlaced(legs: readonly Leg[], dialled: string, own: OwnNumbers): PlacedEvidence {
  const toDialled = legs.filter((leg) => leadsTo(leg.callee.number, dialled));
  const toPhone = legs.filter((leg) => !toDialled.includes(leg) && isMine(own, leg.callee.number));
  const answered = toPhone.some(talks);
  const toOther = answered ? legs.filter((leg) => !toPhone.includes(leg) && leg.callee.number !== '') : toDialled;
  const talking = toOther.filter(talks).map((leg) => leg.talking ?? 0);
  return {
    phone: answered ? 'answered' : stillness(toPhone),
    other: talking.length > 0 ? 'talking' : stillness(toOther),
    talking: talking.length > 0 ? Math.max(...talking) : null,
    besideAnswered: legs.some((leg) => !toOther.includes(leg) && talks(leg)),
  };
}

/**
 * Could these legs be a call that is being placed to `dialled`, and whose id the PBX has not told yet? They are when
 * my phone rings with that number on its display, when my phone calls itself, or when it calls that number.
 */
export function looksPlaced(legs: readonly Leg[], dialled: string, own: OwnNumbers): boolean {
  return legs.some((leg) => {
    const { caller, callee } = leg;
    if (isMine(own, callee.number)) return sameNumber(caller.number, dialled) || isMine(own, caller.number);
    return isMine(own, caller.number) && sameNumber(callee.number, dialled);
  });
}

function talks(leg: Leg): boolean {
  return leg.talking !== null && leg.talking > 0;
}

function stillness(legs: readonly Leg[]): 'absent' | 'ringing' | 'unknown' {
  if (legs.length === 0) return 'absent';
  return legs.some((leg) => leg.talking === 0) ? 'ringing' : 'unknown';
}
