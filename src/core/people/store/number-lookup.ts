import type { NumberEntry, NumberIndex } from '../number-index.ts';
import { entryOf, reversed } from './person-rows.ts';
import type { Database, Statement } from '../../store/database.ts';

/** Columns of a number and its person, without people of a source that is still being written. */
const ENTRIES = `SELECT person.*, number.own, number.dial, number.kind, number.certain, number.short, number.behind
  FROM number JOIN person ON person.pk = number.person
  JOIN source ON source.name = person.source AND source.gen = person.gen`;
/** Maximum rows of a result. More people do not share a number, and reading them would delay a notification. */
const MAX_ROWS = 200;

/**
 * Finds people by their numbers in the database. SQLite only uses the partial indexes if a query repeats their `<> ''`.
 */
export class NumberLookup implements NumberIndex {
  readonly #exact: Statement;
  readonly #ending: Statement;
  readonly #block: Statement;
  readonly #hasBlock: Statement;

  constructor(database: Database) {
    this.#exact = database.prepare(`${ENTRIES} WHERE number.key = ? LIMIT ${MAX_ROWS}`);
    this.#ending = database.prepare(
      `${ENTRIES} WHERE number.rev <> '' AND number.rev >= ? AND number.rev < ? LIMIT ${MAX_ROWS}`,
    );
    this.#block = database.prepare(
      `${ENTRIES} WHERE number.stem <> '' AND number.stem = ? AND number.main = ? LIMIT ${MAX_ROWS}`,
    );
    this.#hasBlock = database.prepare("SELECT 1 FROM number WHERE stem <> '' AND stem IN (?, ?, ?, ?, ?) LIMIT 1");
  }

  exact(key: string): readonly NumberEntry[] {
    return this.#exact.all(key).map(entryOf);
  }

  endingIn(digits: string): readonly NumberEntry[] {
    if (digits === '') return [];
    const from = reversed(digits);
    // ":" follows "9".
    return this.#ending.all(from, `${from}:`).map(entryOf);
  }

  hasBlock(stems: readonly string[]): boolean {
    const [a = '', b = '', c = '', d = '', e = ''] = stems;
    return this.#hasBlock.get(a, b, c, d, e) !== undefined;
  }

  block(stem: string, main: boolean): readonly NumberEntry[] {
    return stem === '' ? [] : this.#block.all(stem, main ? 1 : 0).map(entryOf);
  }
}
