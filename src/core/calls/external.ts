import { sideOf } from '../numbers/external-number.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { Leg, Session } from './model.ts';

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
export function isExternalCaller({ active, legs, session, own }: ShownCall): boolean {
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
export function isExternalCallee({ active, session, own }: ShownCall): boolean {
  const { direction } = session;
  const isLast = active.to === normaliseNumber(session.callee);
  if (isLast && direction !== null) return direction === 'outbound' || direction === 'inbound-outbound';
  return active.trunk !== '' && !active.toMe && sideOf(active.from, own) === 'extension';
}
