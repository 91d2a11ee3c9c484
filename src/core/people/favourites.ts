import { z } from 'zod';
import type { Favourite } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { plainText } from '../../shared/plain-text.ts';
import { sameNumber } from '../../shared/same-number.ts';
import { dialableOf } from '../../shared/fold-text.ts';

/** How many fit below the dial field and into a menu. */
export const MAX_FAVOURITES = 20;

export const favouriteSchema = z.object({
  number: z.string().min(1).max(256),
  name: z.string().max(1024),
}) satisfies z.ZodType<Favourite>;

/** In characters. Longer names are cut; a list shows far fewer. */
const MAX_NAME = 120;

/** Two ways of writing a number are one favourite. */
const same = (a: string, b: string): boolean => sameNumber(a, b) || dialableOf(a) === dialableOf(b);

/** Puts a number at the end of the list; one that is there keeps its place. Errors: favourites-full, number-empty. */
export function addFavourite(list: readonly Favourite[], { number, name }: Favourite): Result<Favourite[]> {
  if (dialableOf(number) === '') return err(appError('number-empty'));
  // The name is often a caller's own.
  const favourite: Favourite = { number, name: plainText(name, MAX_NAME) };
  const known = list.findIndex((other) => same(other.number, number));
  if (known >= 0) return ok(list.with(known, favourite));
  if (list.length >= MAX_FAVOURITES) return err(appError('favourites-full'));
  return ok([...list, favourite]);
}

export function removeFavourite(list: readonly Favourite[], number: string): Favourite[] {
  return list.filter((favourite) => !same(favourite.number, number));
}

/** The favourites of a stored file; what cannot be read is left out. */
export function parseFavourites(raw: unknown): Favourite[] {
  if (!Array.isArray(raw)) return [];
  const items: unknown[] = raw.slice(0, 10 * MAX_FAVOURITES);
  let list: Favourite[] = [];
  for (const item of items) {
    const favourite = favouriteSchema.safeParse(item);
    if (!favourite.success) continue;
    const added = addFavourite(list, favourite.data);
    if (added.ok) list = added.value;
  }
  return list;
}
