import type { Party } from '../../shared/call.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { Leg, Session } from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';

const MAX_EXTENSION_DIGITS = 6;

/** What a number can be by its form. */
export function sideOf(number: string, own: OwnPhones): 'extension' | 'outside' | 'hidden' {
  if (number === '') return 'hidden';
  if (!/^[0-9*#]+$/.test(number)) return number.startsWith('+') ? 'outside' : 'extension';
  return number.length <= Math.max(MAX_EXTENSION_DIGITS, own.extension.length) ? 'extension' : 'outside';
}

/**
 * The party, marked if its number has the form of an extension and may have come or gone over a trunk. Callers choose the number
 * that they send, so "1002" from outside is not the extension 1002.
 */
export function withoutExtension(party: Party, overTrunk: boolean, own: OwnPhones): Party {
  const number = normaliseNumber(party.number);
  const isExtension = /^[0-9*#]+$/.test(number) && sideOf(number, own) === 'extension' && !own.hasNormalised(number);
  return overTrunk && isExtension ? { ...party, external: true } : party;
}

interface ShownCall {
  active: Leg;
  legs: readonly Leg[];
  session: Session;
  own: OwnPhones;
}

/**
 * Whether the caller is not known to be inside. Push reports a direction; the list has the trunk of a leg, and none for an
 * internal one. Without either nothing is known.
 */
export function isExternalCaller({ active, legs, session, own }: ShownCall): boolean {
  const { direction } = session;
  if (active.fromMe) return false;
  const isFirst = active.from === normaliseNumber(session.caller);
  if (isFirst && (direction === 'inbound' || direction === 'inbound-outbound')) return true;
  if (isFirst && direction === 'outbound') return false;
  const same = legs.filter(({ from }) => from === active.from);
  if (same.some(({ trunk, to }) => trunk !== '' && sideOf(to, own) !== 'outside')) return true;
  return !(isFirst && direction === 'internal') && !same.some(({ listed }) => listed);
}

/** Whether the call reached its callee over a trunk. */
export function isExternalCallee({ active, session, own }: ShownCall): boolean {
  const { direction } = session;
  const isLast = active.to === normaliseNumber(session.callee);
  if (isLast && direction !== null) return direction === 'outbound' || direction === 'inbound-outbound';
  return active.trunk !== '' && !active.toMe && sideOf(active.from, own) === 'extension';
}
