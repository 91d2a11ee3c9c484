import type { Favourite, RecentCall } from '../../shared/dial.ts';
import { isFavourite, sameFavourite } from '../../shared/favourite.ts';
import type { CallableKind, FoundNumber } from '../../shared/people.ts';
import type { Origin } from '../../shared/provenance.ts';

/** Somebody whom the typed text may mean. */
export interface Suggestion {
  number: string;
  name: string;
  company: string;
  /** null if it is not known what the number is for. */
  kind: CallableKind | null;
  provenance: Origin;
  /** See Party. */
  external?: true;
  isFavourite: boolean;
}

/** A number of a list or a call that can be dialled, with what decides whether the user is asked first. */
export type Dialable = Pick<Suggestion, 'number' | 'provenance' | 'external'>;

/** A text with letters and at least this many digits may be a number, such as 1-800-FLOWERS. */
const MIN_DIGITS_OF_NUMBER = 3;
const MAX_SUGGESTIONS = 20;

/** True if the text can only be a name; false if it may be a number. */
export function readsAsName(typed: string): boolean {
  return /\p{L}/u.test(typed) && typed.replace(/\D/gu, '').length < MIN_DIGITS_OF_NUMBER;
}

/** `people`: whom main found for the text. */
export interface Known {
  favourites: readonly Favourite[];
  recents: readonly RecentCall[];
  people: readonly FoundNumber[];
}

/** Favourites, recent calls and people that the text may mean, the best match first, each number once. */
export function suggest({ favourites, recents, people }: Known, typed: string): Suggestion[] {
  const text = typed.trim().toLocaleLowerCase();
  if (text === '') return [];
  const all = [
    ...favourites.map((favourite) => ({ ...favourite, isFavourite: true })),
    ...recents.filter((recent) => recent.number !== '' && !isFavourite(favourites, recent)),
  ];
  const ranked = all.flatMap((entry) => {
    const rank = rankOf(entry, text);
    return rank === null ? [] : [{ rank, entry }];
  });
  const found: Suggestion[] = [];
  for (const { entry } of ranked.sort((a, b) => a.rank - b.rank)) {
    if (found.length === MAX_SUGGESTIONS) break;
    if (found.some((other) => sameFavourite(other, entry))) continue;
    const { number, name, provenance, external } = entry;
    const person = people.find((one) => sameFavourite(one, entry));
    const known = { company: person?.company ?? '', kind: person?.kind ?? null };
    found.push({
      number,
      name: name || (person?.name ?? ''),
      provenance,
      ...(external === undefined ? {} : { external }),
      isFavourite: 'isFavourite' in entry,
      ...known,
    });
  }
  for (const { number, name, company, department, kind } of people) {
    if (found.length === MAX_SUGGESTIONS) break;
    if (found.some((other) => sameFavourite(other, { number }) && other.name === name)) continue;
    if (ranked.some(({ entry }) => sameFavourite(entry, { number }))) continue;
    found.push({ number, name, company: company || department, kind, provenance: 'directory', isFavourite: false });
  }
  return found;
}

/** 0 if a word of the name or the number begins with the text, 1 if it contains the text elsewhere; null otherwise. */
function rankOf({ name, number }: { name: string; number: string }, text: string): number | null {
  if (/\p{L}/u.test(text)) {
    const lowerName = name.toLocaleLowerCase();
    if (lowerName.startsWith(text) || lowerName.includes(` ${text}`)) return 0;
    return text.length > 1 && lowerName.includes(text) ? 1 : null;
  }
  const digits = text.replace(/\D/gu, '');
  // One digit would match too many numbers.
  if (digits.length < 2) return null;
  const dialled = number.replace(/\D/gu, '');
  if (dialled.startsWith(digits)) return 0;
  return dialled.includes(digits) ? 1 : null;
}
