import type { Person } from '../person.ts';
import {
  compareRanked,
  matchRank,
  searchQueryOf,
  searchTextOf,
  type Ranked,
  type SearchQuery,
  type Standing,
} from '../search.ts';
import { personOf, type Row } from './person-rows.ts';
import type { Database, Statement } from '../../store/database.ts';

const PEOPLE = `SELECT person.*, words.rowid AS pk FROM words JOIN person ON person.pk = words.rowid
  JOIN source ON source.name = person.source AND source.gen = person.gen WHERE words MATCH ?`;
const LIVE = 'JOIN source ON source.name = person.source AND source.gen = person.gen';
/** Hits that are read unordered and ranked here. The text index's own ranking would read every hit. */
const MAX_CANDIDATES = 60;
/** Favourites and people who were called are few and are always compared, up to this number. */
const MAX_KNOWN = 400;
const MIN_TRIGRAM_DIGITS = 3;

interface Known {
  person: Person;
  standing: Standing;
}

/** Finds people by words and parts of numbers. Ranks them by favourites, calls and the places of the words. */
export class WordSearch {
  readonly #words: Statement;
  readonly #both: Statement;
  readonly #digits: Statement;
  readonly #prefix: Statement;
  readonly #known: Statement;
  /** Valid until favourites or calls change. */
  #cache: { known: Known; text: ReturnType<typeof searchTextOf> }[] | null = null;

  constructor(database: Database) {
    this.#words = database.prepare(`${PEOPLE} LIMIT ${MAX_CANDIDATES}`);
    this.#both = database.prepare(
      `${PEOPLE} AND words.rowid IN (SELECT rowid FROM digits WHERE digits MATCH ?) LIMIT ${MAX_CANDIDATES}`,
    );
    this.#digits = database.prepare(
      `SELECT person.* FROM digits JOIN person ON person.pk = digits.rowid ${LIVE} WHERE digits MATCH ? LIMIT ${MAX_CANDIDATES}`,
    );
    this.#prefix = database.prepare(
      `SELECT DISTINCT person.* FROM number JOIN person ON person.pk = number.person ${LIVE}
       WHERE number.key >= ? AND number.key < ? LIMIT ${MAX_CANDIDATES}`,
    );
    this.#known = database.prepare(
      `SELECT person.*, max(standing.calls) AS calls, max(standing.last) AS last
       FROM (SELECT pk FROM person WHERE favourite = 1
             UNION SELECT number.person FROM (SELECT key FROM standing ORDER BY last DESC LIMIT ${MAX_KNOWN}) AS recent
             JOIN number ON number.key = recent.key) AS found
       JOIN person ON person.pk = found.pk ${LIVE}
       LEFT JOIN number ON number.person = person.pk LEFT JOIN standing ON standing.key = number.key
       GROUP BY person.pk`,
    );
  }

  /** Must be called when favourites, calls or people changed. */
  forget(): void {
    this.#cache = null;
  }

  /** The best matches first. `now` in ms since 1970. */
  search(text: string, limit: number, now: number): Person[] {
    const query = searchQueryOf(text);
    if (query.words.length === 0) return [];
    const found = new Map<string, Ranked>();
    for (const { known, text: of } of this.#knownPeople()) {
      const rank = matchRank(query, of);
      if (rank !== null) found.set(keyOf(known.person), { ...known, rank });
    }
    for (const row of this.#rows(query, limit)) {
      const person = personOf(row);
      if (found.has(keyOf(person))) continue;
      const rank = matchRank(query, searchTextOf(person, [])) ?? LAST;
      found.set(keyOf(person), { person, rank, standing: { favourite: person.favourite, calls: 0, lastAt: 0 } });
    }
    return [...found.values()]
      .sort(compareRanked(now))
      .slice(0, limit)
      .map(({ person }) => person);
  }

  /** Candidates, first those whose name begins with the query. They are only read as far as they are needed. */
  *#rows(query: SearchQuery, limit: number): Generator<Row> {
    const letters = query.words.filter((word) => !/^[0-9]+$/.test(word));
    const digits = query.words
      .filter((word) => /^[0-9]+$/.test(word))
      .map((word) => word.replace(/^0+(?=[0-9]{3})/, ''));
    if (letters.length === 0) {
      yield* this.#byDigits(digits);
      const words = this.#words.all(allOf(query.words, ''));
      yield* words;
      return;
    }
    const long = digits.filter((word) => word.length >= MIN_TRIGRAM_DIGITS);
    if (long.length > 0) {
      yield* this.#both.all(allOf(letters, ''), long.map((word) => `"${word}"`).join(' '));
      return;
    }
    const [first = '', ...others] = query.words;
    const start = `name : ^"${first}"*${others.length === 0 ? '' : ` AND ${allOf(others, '')}`}`;
    const steps = [start, allOf(query.words, 'name : '), allOf(query.words, '')];
    if (others.length === 0 && first.length > 1 && first.length <= 4) steps.push(`initials : ^"${first}"*`);
    let count = 0;
    for (const step of steps) {
      if (count >= Math.max(limit, MAX_CANDIDATES)) return;
      const rows = this.#words.all(step);
      count += rows.length;
      yield* rows;
    }
  }

  #byDigits(words: readonly string[]): Row[] {
    const long = words.filter((word) => word.length >= MIN_TRIGRAM_DIGITS);
    const [first = ''] = words;
    if (long.length === 0) return this.#prefix.all(first, `${first}:`);
    const exact = words.length === 1 ? this.#prefix.all(first, `${first}:`) : [];
    return [...exact, ...this.#digits.all(long.map((word) => `"${word}"`).join(' '))];
  }

  #knownPeople(): readonly { known: Known; text: ReturnType<typeof searchTextOf> }[] {
    this.#cache ??= this.#known.all().map((row) => {
      const person = personOf(row);
      const standing = {
        favourite: person.favourite,
        calls: Number(row['calls'] ?? 0),
        lastAt: Number(row['last'] ?? 0),
      };
      return { known: { person, standing }, text: searchTextOf(person, []) };
    });
    return this.#cache;
  }
}

/** The rank of people whom the index found but the ranking does not match. */
const LAST = 9;

const keyOf = ({ source, id }: Person): string => `${source}\n${id}`;

/** A query of the text index. Words consist of letters and digits, so quotes around them are sufficient. */
const allOf = (words: readonly string[], column: string): string =>
  words.map((word) => `${column}"${word}"*`).join(' AND ');
