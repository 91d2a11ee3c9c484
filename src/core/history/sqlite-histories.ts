import { Statements, text } from '../store/statements.ts';
import { defineSameParty } from './call-back-table.ts';
import type { Histories, History } from './history.ts';
import { NOBODY, rowKey, SqliteHistory, type SqliteHistoryOptions } from './sqlite-history.ts';
import { defineShows, NO_NAMES, ShownNames, type Shown } from './shown-names.ts';
import { Sweep, type OldRows } from './sweep.ts';

export type SqliteHistoriesOptions = Omit<SqliteHistoryOptions, 'newGeneration' | 'onGeneration' | 'sweep' | 'names'>;

/** The histories of all accounts in one file. */
export class SqliteHistories implements Histories {
  readonly #options: SqliteHistoriesOptions;
  readonly #sql: Statements;
  readonly #sweep: Sweep;
  readonly #names = new ShownNames();
  #generation = 0;

  constructor(options: SqliteHistoriesOptions) {
    this.#options = options;
    this.#sql = new Statements(options.database);
    this.#sweep = new Sweep(options.database, options.log);
    defineShows(options.database, this.#names);
    defineSameParty(options.database);
    // The last run of the program may have ended before it had deleted all old rows.
    this.#sweepGenerations();
  }

  /** Resolves when all old rows are deleted from the file. */
  get swept(): Promise<void> {
    return this.#sweep.done;
  }

  open(account: string | null, onChange: () => void, shown: Shown = () => NO_NAMES): History {
    this.#names.use(shown);
    if (account === null) this.forget(null);
    return new SqliteHistory(account ?? NOBODY, onChange, {
      ...this.#options,
      newGeneration: () => this.#newGeneration(),
      onGeneration: () => this.#sweepGenerations(),
      names: this.#names,
      sweep: (oldRows, after) => this.#sweep.start(oldRows, after),
    });
  }

  forget(account: string | null): void {
    this.#sql.run('DELETE FROM place WHERE account = ?', account ?? NOBODY);
    this.#sweepGenerations();
  }

  /** A number that no generation has had, even if the clock is put back. */
  #newGeneration(): number {
    const latest = Number(this.#sql.get('SELECT max(generation) AS latest FROM place')?.['latest'] ?? 0);
    this.#generation = Math.max(this.#options.clock.now(), this.#generation + 1, latest + 1);
    return this.#generation;
  }

  /** Deletes the rows of all generations but the current one of each account. */
  #sweepGenerations(): void {
    this.#sweep.start(() => {
      const places = this.#sql.all('SELECT account, generation FROM place');
      const currentKeys = new Set(places.map((row) => rowKey(text(row['account']), Number(row['generation']))));
      const oldKeys = this.#sweep.accounts().filter((key) => !currentKeys.has(key));
      return oldKeys.flatMap((account): OldRows[] => [
        { table: 'entry', where: 'account = ?', values: [account] },
        { table: 'evidence', where: 'account = ?', values: [account] },
        { table: 'reason', where: 'account = ?', values: [account] },
      ]);
    });
  }
}
