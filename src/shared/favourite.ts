import type { Party } from './call.ts';
import type { Favourite } from './dial.ts';
import { dialableOf } from './fold-text.ts';
import { sameNumber } from './same-number.ts';

type Numbered = Pick<Party, 'number' | 'external'>;

/**
 * Whether two numbers are one favourite: two ways of writing a number, or the same digits. A caller from outside who sent
 * the number of an extension is not that colleague.
 */
export function sameFavourite(a: Numbered, b: Numbered): boolean {
  if (a.external !== b.external) return false;
  const digits = dialableOf(a.number);
  return sameNumber(a.number, b.number) || (digits !== '' && digits === dialableOf(b.number));
}

/** Whether this number is a favourite, however it is written. */
export const isFavourite = (favourites: readonly Favourite[], party: Numbered): boolean =>
  favourites.some((favourite) => sameFavourite(favourite, party));
