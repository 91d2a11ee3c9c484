import type { CallDirection } from '../../shared/call.ts';
import type { Leg } from './legs.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import { normaliseNumber } from './same-number.ts';

const LONGEST_EXTENSION = 6;

type Side = 'extension' | 'outside' | 'hidden';

/** Does this leg go to one of my phones? My phone calling itself is how a PBX may list a call that I placed: that is none. */
export function leadsToMe(leg: Leg, own: OwnNumbers): boolean {
  return isMine(own, leg.callee.number) && normaliseNumber(leg.caller.number) !== normaliseNumber(leg.callee.number);
}

/** Is one of my phones on this leg? */
export function involvesMe(leg: Leg, own: OwnNumbers): boolean {
  return isMine(own, leg.callee.number) || isMine(own, leg.caller.number);
}

/**
 * The API has no direction. For my calls it is seen from me, whoever is on the other side; for colleagues' calls from
 * the company: two extensions and no trunk are internal, else the side that is no extension is outside. `trunk` is
 * that of the session, as the leg behind a queue names none.
 */
export function directionOf(leg: Leg, trunk: string, own: OwnNumbers): CallDirection {
  if (leadsToMe(leg, own)) return 'incoming';
  if (isMine(own, leg.caller.number)) return 'outgoing';
  const caller = sideOf(leg.caller.number, own);
  const callee = sideOf(leg.callee.number, own);
  if (trunk === '' && caller === 'extension' && callee === 'extension') return 'internal';
  if (caller === 'extension' && callee === 'outside') return 'outgoing';
  if (caller === 'outside' && callee === 'extension') return 'incoming';
  // Only callers hide their number, and a trunk says that this one is not in the house.
  if (caller === 'hidden' && callee === 'extension' && trunk !== '') return 'incoming';
  return 'unknown';
}

function sideOf(number: string, own: OwnNumbers): Side {
  const text = normaliseNumber(number);
  if (text === '') return 'hidden';
  if (!/^[0-9*#]+$/.test(text)) return text.startsWith('+') ? 'outside' : 'extension';
  const longest = Math.max(LONGEST_EXTENSION, normaliseNumber(own.extension).length);
  return text.length <= longest ? 'extension' : 'outside';
}
