import type { Favourite } from './dial.ts';
import { dialableOf } from './fold-text.ts';
import { sameNumber } from './same-number.ts';

/** Whether two numbers are one favourite: two ways of writing a number, or the same digits. */
export function sameFavourite(a: string, b: string): boolean {
  const digits = dialableOf(a);
  return sameNumber(a, b) || (digits !== '' && digits === dialableOf(b));
}

/** Whether this number is a favourite, however it is written. */
export const isFavourite = (favourites: readonly Favourite[], number: string): boolean =>
  favourites.some((favourite) => sameFavourite(favourite.number, number));
