import type { Party } from '../../shared/call.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { OwnPhones } from './own-numbers.ts';

const MAX_EXTENSION_DIGITS = 6;

/**
 * What the form of a number shows: an extension, an outside number, or no number. Extensions have at most six digits, or
 * as many as the user's own.
 */
export function sideOf(number: string, own: Pick<OwnPhones, 'extension'>): 'extension' | 'outside' | 'hidden' {
  if (number === '') return 'hidden';
  if (!/^[0-9*#]+$/.test(number)) return number.startsWith('+') ? 'outside' : 'extension';
  return number.length <= Math.max(MAX_EXTENSION_DIGITS, own.extension.length) ? 'extension' : 'outside';
}

/**
 * Marks a party as external if its number looks like an extension but the call may have come or gone over a trunk.
 * Callers choose the number that they send, so "1002" from outside is not the extension 1002.
 */
export function markExternal(party: Party, overTrunk: boolean, own: OwnPhones): Party {
  const number = normaliseNumber(party.number);
  const isExtension = /^[0-9*#]+$/.test(number) && sideOf(number, own) === 'extension' && !own.hasNormalised(number);
  return overTrunk && isExtension ? { ...party, external: true } : party;
}
