import type { Favourite, RecentCall } from '../../shared/dial.ts';
import { sameNumber } from '../../shared/same-number.ts';

/** Recents whose name holds the typed words or whose number holds the typed digits; all when none does. */
export function matching(recents: RecentCall[], typed: string): RecentCall[] {
  const found = recents.filter((recent) => matches(recent, typed));
  return found.length === 0 ? recents : found;
}

/** True when typing this text may mean that recent call. One letter is too little to tell. */
export function matches(recent: RecentCall, typed: string): boolean {
  const text = typed.trim().toLocaleLowerCase();
  if (text.length < 2) return false;
  const digits = text.replace(/\D/gu, '');
  if (/\p{L}/u.test(text)) return recent.name.toLocaleLowerCase().includes(text);
  return digits.length >= 2 && recent.number.replace(/\D/gu, '').includes(digits);
}

/** Whether this number is kept at hand, however it is written. */
export function isFavourite(favourites: readonly Favourite[], number: string): boolean {
  return favourites.some((favourite) => favourite.number === number || sameNumber(favourite.number, number));
}
