import { foldName, nameWords } from './names.ts';
import type { Person } from './person.ts';
import { withoutAccents } from './without-accents.ts';

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
  const nameParts = nameWords(foldName(person.name));
  const name = withJoined(person.name, nameParts);
  const rest = [person.company, person.department, person.email].flatMap(searchWords);
  const numbers = [...person.numbers.map(({ written }) => written), ...dials].map((text) =>
    text.replace(/[^0-9]/g, ''),
  );
  return {
    name,
    rest: [...new Set(rest)].filter((word) => !name.includes(word)),
    initials: nameParts.map((word) => word.charAt(0)).join(''),
    digits: [...new Set(numbers)].map((number) => ` ${number}`).join(''),
  };
}

/** The words of a text, and those with a sign inside also without it: "O'Brien" is found by "obrien", "AT&T" by "att". */
const searchWords = (text: string): string[] => withJoined(text, nameWords(foldName(text)));

/** `words`: those of the text, folded. */
function withJoined(text: string, words: readonly string[]): string[] {
  if (!SIGN_INSIDE.test(text)) return withParts(words);
  const joined = text.split(/[\s@]+/u).flatMap((part) => {
    const parts = SIGN_INSIDE.test(part) ? nameWords(foldName(part)) : [];
    return parts.length > 1 ? [parts.join('')] : [];
  });
  return withParts([...words, ...joined]);
}

/** A sign between two other characters. Most texts have none. */
const SIGN_INSIDE = /\S[^\p{L}\p{N}\p{M}\s]\S/u;

const WITHOUT_SPACES = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u;
const MAX_PARTS = 8;

/** In scripts without spaces between words, a search can begin at any character, as if each began a word. */
const withParts = (words: readonly string[]): string[] =>
  words.flatMap((word) => (WITHOUT_SPACES.test(word) ? partsOf(Array.from(word)) : [word]));

const partsOf = (characters: readonly string[]): string[] =>
  characters.slice(0, MAX_PARTS).map((_, index) => characters.slice(index).join(''));

/** What the user searches for. All words must be found. */
export interface SearchQuery {
  /** Folded, like the words of SearchText. */
  words: string[];
  /** The same words as typed, but without accents. */
  typed: string[];
}

const MAX_QUERY = 100;
const MAX_WORDS = 8;

export function searchQueryOf(text: string): SearchQuery {
  const cut = text.slice(0, MAX_QUERY);
  // "030 123" becomes "030123", because the digits of a number can be grouped in any way.
  const joined = cut.replace(/(?<=[0-9])[ ()./-]+(?=[0-9])/g, '').replace(/\+(?=[0-9])/g, '');
  return {
    words: nameWords(foldName(joined)).slice(0, MAX_WORDS),
    typed: nameWords(withoutAccents(joined)).slice(0, MAX_WORDS),
  };
}

/** How well a person matches a query; 0 is best. Returns null if one of the words is not found. */
export function matchRank(query: SearchQuery, text: SearchText): number | null {
  const [firstWord, ...otherWords] = query.words;
  if (firstWord === undefined) return null;
  const mayBeInitials = otherWords.length === 0 && firstWord.length > 1 && firstWord.length <= 4;
  let worst = 0;
  for (const word of query.words) {
    const rank = wordRank(word, text);
    if (rank === null) return mayBeInitials && text.initials.startsWith(firstWord) ? INITIALS : null;
    worst = Math.max(worst, rank);
  }
  // "Anna Berg" and "Berg Anna" both match, but the order in which the name is written comes first.
  const beginsName = text.name[0]?.startsWith(firstWord) === true;
  return beginsName && worst <= NAME_START ? FIRST_NAME_START : worst;
}

const FIRST_NAME_START = 0;
const NAME_START = 1;
const INITIALS = 2;
const REST_START = 3;
const DIGITS = 4;

function wordRank(word: string, text: SearchText): number | null {
  if (text.name.some((part) => part.startsWith(word))) return NAME_START;
  if (text.rest.some((part) => part.startsWith(word))) return REST_START;
  if (!/^[0-9]+$/.test(word)) return null;
  const withoutZeros = word.replace(/^0+(?=[0-9]{3})/, '');
  return text.digits.includes(withoutZeros) ? DIGITS : null;
}

/** A person who was found, with what decides their place in the result. */
export interface Ranked {
  person: Person;
  rank: number;
  standing: Standing;
}

const DAY_MS = 86_400_000;
/** The weight of a person halves in this time after their last call. */
const HALF_LIFE_MS = 14 * DAY_MS;

/**
 * Favourites come first, then those who were called often and lately, then the best matches, then by name. `now`: ms
 * since 1970.
 */
export function compareRanked(now: number): (a: Ranked, b: Ranked) => number {
  return (a, b) =>
    Number(b.standing.favourite) - Number(a.standing.favourite) ||
    weightOf(b.standing, now) - weightOf(a.standing, now) ||
    a.rank - b.rank ||
    collator.compare(a.person.name, b.person.name);
}

const weightOf = ({ calls, lastAt }: Standing, now: number): number =>
  calls === 0 ? 0 : Math.log2(1 + calls) * 2 ** (-(now - lastAt) / HALF_LIFE_MS);

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Searches a list that is in memory. Returns the best matches, at most `limit`, and how many there are in all. */
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
