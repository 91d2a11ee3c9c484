import type { Favourite } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isOwn } from '../../shared/provenance.ts';
import { favouriteSchema, originSchema } from '../../shared/schema/dial.ts';
import { sameFavourite } from '../../shared/favourite.ts';
import { plainText } from '../../shared/plain-text.ts';
import { dialableOf } from '../../shared/fold-text.ts';

/** As many as fit below the dial field and into the tray's menu. */
export const MAX_FAVOURITES = 20;

/** Files of earlier versions have no provenance. */
const storedSchema = favouriteSchema.extend({ provenance: originSchema.catch('history') });

const MAX_NAME_CHARACTERS = 120;

/**
 * Adds a number at the end of the list. A number that is in the list keeps its place. Errors: favourites-full,
 * number-empty.
 */
export function addFavourite(
  list: readonly Favourite[],
  { number, name, provenance, external }: Favourite,
): Result<Favourite[]> {
  if (dialableOf(number) === '') return err(appError('number-empty'));
  const favourite: Favourite = {
    number,
    // Callers can choose their own names.
    name: plainText(name, MAX_NAME_CHARACTERS),
    // A number that a caller chose keeps that provenance; any other becomes a favourite.
    provenance: isOwn(provenance) ? 'favourite' : provenance,
    ...(external === undefined ? {} : { external }),
  };
  const known = list.findIndex((other) => sameFavourite(other, favourite));
  if (known >= 0) return ok(list.with(known, favourite));
  if (list.length >= MAX_FAVOURITES) return err(appError('favourites-full'));
  return ok([...list, favourite]);
}

export function removeFavourite(
  list: readonly Favourite[],
  party: Pick<Favourite, 'number' | 'external'>,
): Favourite[] {
  return list.filter((favourite) => !sameFavourite(favourite, party));
}

/** Reads the favourites of a stored file. Entries that cannot be read are left out. */
export function parseFavourites(raw: unknown): Favourite[] {
  if (!Array.isArray(raw)) return [];
  const items: unknown[] = raw.slice(0, 10 * MAX_FAVOURITES);
  let list: Favourite[] = [];
  for (const item of items) {
    const favourite = storedSchema.safeParse(item);
    if (!favourite.success) continue;
    const added = addFavourite(list, favourite.data);
    if (added.ok) list = added.value;
  }
  return list;
}
