import { foldName, nameWords, withoutAccents } from './names.ts';
import type { Person } from './person.ts';

/** How often and how lately somebody was called, and whether they are a favourite. */
export interface Standing {
  favourite: boolean;
  /** Calls in either direction. */
  calls: number;
  /** ms since 1970; 0 for never. */
  lastAt: number;
}

export const NO_STANDING: Standing = { favourite: false, calls: 0, lastAt: 0 };

/** The texts by which a person is found. */
export interface SearchText {
  /** The words of the name, folded. */
  name: string[];
  /** The folded words of company, department and e-mail address. */
  rest: string[];
  /** First letters of the name's words, in order: "amb". */
  initials: string;
  /** The digits of all numbers, with a space before each number. */
  digits: string;
}

/** `dials`: the numbers as they would be dialled. People are found by these and by the numbers as written. */
export function searchTextOf(person: Person, dials: readonly string[]): SearchText {
  const name = searchWords(person.name);
  const rest = [person.company, person.department, person.email].flatMap(searchWords);
  const numbers = [...person.numbers.map(({ written }) => written), ...dials].map((text) =>
    text.replace(/[^0-9]/g, ''),
  );
  return {
    name,
    rest: [...new Set(rest)].filter((word) => !name.includes(word)),
    initials: nameWords(foldName(person.name))
      .map((word) => word.charAt(0))
      .join(''),
    digits: [...new Set(numbers)].map((number) => ` ${number}`).join(''),
  };
}

/** The words of a text, and those with a sign inside also without it: "O'Brien" is found by "obrien", "AT&T" by "att". */
function searchWords(text: string): string[] {
  const words = nameWords(foldName(text));
  const joined = text.split(/[\s@]+/u).flatMap((part) => {
    const parts = nameWords(foldName(part));
    return parts.length > 1 ? [parts.join('')] : [];
  });
  return withParts([...words, ...joined]);
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u;
const MAX_PARTS = 8;

/** In scripts without spaces between words, a word is found by any of its characters. */
const withParts = (words: readonly string[]): string[] =>
  words.flatMap((word) => (UNSPACED.test(word) ? partsOf(Array.from(word)) : [word]));

const partsOf = (signs: readonly string[]): string[] =>
  signs.slice(0, MAX_PARTS).map((_, at) => signs.slice(at).join(''));

/** A query in the form in which it is compared. All of its words must be found. */
export interface SearchQuery {
  words: string[];
  /** As typed, without accents: "mül" must find "Müller" before "Muller". */
  typed: string[];
}

const MAX_QUERY = 100;
const MAX_WORDS = 8;

export function searchQueryOf(text: string): SearchQuery {
  const cut = text.slice(0, MAX_QUERY);
  // "030 123" in one piece: the digits of a number are grouped in any way.
  const joined = cut.replace(/(?<=[0-9])[ ()./-]+(?=[0-9])/g, '').replace(/\+(?=[0-9])/g, '');
  return {
    words: nameWords(foldName(joined)).slice(0, MAX_WORDS),
    typed: nameWords(withoutAccents(joined)).slice(0, MAX_WORDS),
  };
}

/** Ranks of what a word can match, the best first; null where one of the words matches nothing. */
export function matchRank(query: SearchQuery, text: SearchText): number | null {
  const [only, ...more] = query.words;
  if (only === undefined) return null;
  const initials = more.length === 0 && only.length > 1 && only.length <= 4 && text.initials.startsWith(only);
  let rank = 0;
  for (const word of query.words) {
    const found = wordRank(word, text);
    if (found === null) return initials ? INITIALS : null;
    rank = Math.max(rank, found);
  }
  // Both orders are found, but the one in which the name is written comes first.
  const first = text.name[0] ?? '';
  return first.startsWith(only) && rank <= NAME_START ? 0 : rank;
}

const NAME_START = 1;
const INITIALS = 2;
const REST_START = 3;
const DIGITS = 4;

function wordRank(word: string, text: SearchText): number | null {
  if (text.name.some((part) => part.startsWith(word))) return NAME_START;
  if (text.rest.some((part) => part.startsWith(word))) return REST_START;
  if (!/^[0-9]+$/.test(word)) return null;
  const bare = word.replace(/^0+(?=[0-9]{3})/, '');
  return text.digits.includes(bare) ? DIGITS : null;
}

export interface Ranked {
  person: Person;
  rank: number;
  standing: Standing;
}

const DAY = 24 * 60 * 60 * 1000;
const HALF_LIFE_DAYS = 14;

/**
 * Favourites first, then who is called often and lately, then by where the words were found, then by name. `now` in ms
 * since 1970.
 */
export function compareRanked(now: number): (a: Ranked, b: Ranked) => number {
  return (a, b) =>
    Number(b.standing.favourite) - Number(a.standing.favourite) ||
    weightOf(b.standing, now) - weightOf(a.standing, now) ||
    a.rank - b.rank ||
    collator.compare(a.person.name, b.person.name);
}

/** The weight grows with the number of calls, and halves every two weeks after the last one. */
const weightOf = ({ calls, lastAt }: Standing, now: number): number =>
  calls === 0 ? 0 : Math.log2(1 + calls) * 2 ** (-(now - lastAt) / (DAY * HALF_LIFE_DAYS));

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/**
 * Scans all people. Returns the best `limit` matches and the number of matches. Meant for lists the size of one file.
 */
export function searchList(
  query: SearchQuery,
  list: Iterable<{ person: Person; text: SearchText; standing: Standing }>,
  { limit, now }: { limit: number; now: number },
): { people: Person[]; count: number } {
  const found: Ranked[] = [];
  for (const { person, text, standing } of list) {
    const rank = matchRank(query, text);
    if (rank !== null) found.push({ person, rank, standing });
  }
  found.sort(compareRanked(now));
  return { people: found.slice(0, limit).map(({ person }) => person), count: found.length };
}
