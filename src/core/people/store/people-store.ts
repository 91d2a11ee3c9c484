import type { Clock } from '../../clock.ts';
import type { Log } from '../../log-port.ts';
import type { NumberPlace } from '../../numbers/national-number.ts';
import {
  inTransaction,
  openDatabase,
  type Database,
  type OpenedDatabase,
  type Statement,
} from '../../store/database.ts';
import type { NumberIndex } from '../number-index.ts';
import type { Person, PersonChange } from '../person.ts';
import { NumberLookup } from './number-lookup.ts';
import { personOf, PersonRows } from './person-rows.ts';
import { PEOPLE_MIGRATIONS, readAllTables, readingOf, tune } from './schema.ts';
import { inSlices, SLICES, type SliceOptions } from './slices.ts';
import { WordSearch } from './word-search.ts';

export interface StoreOptions {
  /** The path of the database; ':memory:' for one in memory. */
  path: string;
  place: NumberPlace;
  clock: Clock;
  log: Log;
  slices?: SliceOptions;
}

export type Opened =
  { opened: 'ready'; store: PeopleStore; aside: string | null } | Exclude<OpenedDatabase, { opened: 'ready' }>;

/** The people of one account in SQLite. Reads are immediate. Writes run in slices, one after the other. */
export class PeopleStore {
  readonly #database: Database;
  readonly #slices: SliceOptions;
  readonly #rows: PersonRows;
  readonly #search: WordSearch;
  readonly #knownName: Statement;
  readonly #source: Statement;
  readonly index: NumberIndex;
  readonly #clock: Clock;
  #place: NumberPlace;
  /** Resolves when the last write is done. The next write waits for it. */
  #queue: Promise<unknown> = Promise.resolve();
  #isOpen = true;

  private constructor(database: Database, { place, clock, slices = SLICES }: StoreOptions) {
    this.#database = database;
    this.#slices = slices;
    this.#place = place;
    this.#clock = clock;
    this.#rows = new PersonRows(database);
    this.#search = new WordSearch(database);
    this.index = new NumberLookup(database);
    this.#knownName = database.prepare(
      `SELECT 1 AS found FROM person WHERE namekey = ?1
       UNION ALL SELECT 1 FROM person WHERE companykey = ?1 AND companykey <> '' LIMIT 1`,
    );
    this.#source = database.prepare('SELECT gen, token FROM source WHERE name = ?');
  }

  /** Never throws. A damaged file is moved aside, and a new one is created. */
  static open(options: StoreOptions): Opened {
    const opened = openDatabase({ ...options, migrations: PEOPLE_MIGRATIONS, check: readAllTables });
    if (opened.opened === 'not') return opened;
    tune(opened.database);
    return { opened: 'ready', store: new PeopleStore(opened.database, options), aside: opened.aside };
  }

  /** The token for the next changes of a source; '' if there is none, or the source was never read completely. */
  tokenOf(source: string): string {
    const token = this.#source.get(source)?.['token'];
    return typeof token === 'string' ? token : '';
  }

  hasSource(source: string): boolean {
    return this.#source.get(source) !== undefined;
  }

  /** The number of people of each source. */
  counts(): { source: string; people: number }[] {
    const rows = this.#database
      .prepare(
        `SELECT source.name AS source, count(person.pk) AS people FROM source
         LEFT JOIN person ON person.source = source.name AND person.gen = source.gen GROUP BY source.name`,
      )
      .all();
    return rows.map((row) => ({ source: String(row['source']), people: Number(row['people']) }));
  }

  /** All people of a source, in the order in which they were written. */
  *people(source: string): Generator<Person> {
    const rows = this.#database.prepare(
      `SELECT person.* FROM person JOIN source ON source.name = person.source AND source.gen = person.gen
       WHERE source.name = ? ORDER BY pk`,
    );
    for (const row of rows.iterate(source)) yield personOf(row);
  }

  search(text: string, limit: number): Person[] {
    return this.#search.search(text, limit, this.#clock.now());
  }

  isKnownName(key: string): boolean {
    return this.#knownName.get(key) !== undefined;
  }

  /**
   * Replaces all people of a source. The old ones are found until all new ones are written, and stay if there is an
   * error before that, even one thrown by `people`.
   */
  async replace(source: string, people: Iterable<Person>, token = ''): Promise<void> {
    await this.#write(async () => {
      const gen = this.#nextGen();
      const seen = new Set<string>();
      const step = (person: Person): void => {
        if (seen.has(person.id)) return;
        seen.add(person.id);
        this.#rows.add({ ...person, source }, gen, this.#place);
      };
      try {
        await inSlices(this.#database, people, step, this.#slices);
        inTransaction(this.#database, () => this.#setSource(source, gen, token));
      } finally {
        await this.#dropOld();
      }
    });
  }

  /** Applies the changes of a source. The token is only saved when all of them are written. */
  async change(source: string, changes: readonly PersonChange[], token: string): Promise<void> {
    await this.#write(async () => {
      const known = this.#source.get(source);
      const gen = known === undefined ? this.#nextGen() : Number(known['gen']);
      if (known === undefined) inTransaction(this.#database, () => this.#setSource(source, gen, ''));
      const find = this.#database.prepare('SELECT pk FROM person WHERE source = ? AND gen = ? AND id = ?');
      const step = (change: PersonChange): void => {
        const id = change.change === 'set' ? change.person.id : change.id;
        const pk = find.get(source, gen, id)?.['pk'];
        if (pk !== undefined) this.#rows.drop(Number(pk));
        if (change.change === 'set') this.#rows.add({ ...change.person, source }, gen, this.#place);
      };
      await inSlices(this.#database, changes, step, this.#slices);
      inTransaction(this.#database, () => this.#setSource(source, gen, token));
    });
  }

  /** Deletes a source and its people. */
  async remove(source: string): Promise<void> {
    await this.#write(async () => {
      inTransaction(this.#database, () => this.#database.prepare('DELETE FROM source WHERE name = ?').run(source));
      await this.#dropOld();
    });
  }

  /** Counts a call with a number, for the order of search results. `at` in ms since 1970. */
  countCall(key: string, at: number): void {
    this.#database
      .prepare(
        `INSERT INTO standing(key, calls, last) VALUES (?, 1, ?)
         ON CONFLICT(key) DO UPDATE SET calls = calls + 1, last = max(last, excluded.last)`,
      )
      .run(key, at);
    this.#search.forget();
  }

  /**
   * Reads all people again if they were read for another country or by other rules, and deletes the rows of an interrupted
   * write.
   */
  async tidy(place: NumberPlace = this.#place): Promise<void> {
    this.#place = place;
    await this.#write(async () => {
      await this.#dropOld();
      const reading = readingOf(place);
      const known = this.#database.prepare("SELECT value FROM meta WHERE key = 'reading'").get()?.['value'];
      if (known === reading) return;
      const step = ([pk, person]: [number, Person]): void => this.#rows.readAgain(pk, person, place);
      await inSlices(this.#database, known === undefined ? [] : this.#everybody(), step, this.#slices);
      inTransaction(this.#database, () => this.#setMeta('reading', reading));
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#queue.catch(() => undefined);
    if (this.#database.isOpen) this.#database.close();
  }

  #write(run: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(async () => {
      if (!this.#isOpen) throw new Error('the people are closed');
      await run();
      this.#search.forget();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Deletes the people of all generations but the current one of each source. */
  async #dropOld(): Promise<void> {
    const step = (pk: number): void => this.#rows.drop(pk);
    for (const { source, gen } of this.#generations()) {
      if (this.#source.get(source)?.['gen'] !== gen)
        await inSlices(this.#database, this.#pksOf(source, gen), step, this.#slices);
    }
  }

  /** All generations. It takes one step through the index for each, and does not scan all people. */
  #generations(): { source: string; gen: number }[] {
    const next = this.#database.prepare(
      'SELECT source, gen FROM person WHERE (source, gen) > (?, ?) ORDER BY source, gen LIMIT 1',
    );
    const found: { source: string; gen: number }[] = [];
    for (let row = next.get('', 0); row !== undefined; row = next.get(String(row['source']), Number(row['gen'])))
      found.push({ source: String(row['source']), gen: Number(row['gen']) });
    return found;
  }

  /** The caller deletes each row that it gets, so every query returns rows that are left. */
  *#pksOf(source: string, gen: number): Generator<number> {
    const some = this.#database.prepare('SELECT pk FROM person WHERE source = ? AND gen = ? LIMIT 100');
    for (;;) {
      const rows = some.all(source, gen);
      if (rows.length === 0) return;
      for (const row of rows) yield Number(row['pk']);
    }
  }

  *#everybody(): Generator<[pk: number, person: Person]> {
    const some = this.#database.prepare('SELECT * FROM person WHERE pk > ? ORDER BY pk LIMIT 100');
    let last = 0;
    for (;;) {
      const rows = some.all(last);
      if (rows.length === 0) return;
      for (const row of rows) {
        last = Number(row['pk']);
        yield [last, personOf(row)];
      }
    }
  }

  #nextGen(): number {
    const last = Number(this.#database.prepare("SELECT value FROM meta WHERE key = 'gen'").get()?.['value'] ?? 0);
    inTransaction(this.#database, () => this.#setMeta('gen', String(last + 1)));
    return last + 1;
  }

  #setMeta(key: string, value: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value);
  }

  #setSource(source: string, gen: number, token: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO source(name, gen, token) VALUES (?, ?, ?)').run(source, gen, token);
  }
}
