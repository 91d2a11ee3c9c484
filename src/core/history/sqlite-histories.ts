import { Statements, text } from '../store/statements.ts';
import { defineSameParty } from './call-back-table.ts';
import type { Histories, History } from './history.ts';
import { NOBODY, rowKey, SqliteHistory, type SqliteHistoryOptions } from './sqlite-history.ts';
import { defineShows, NO_NAMES, ShownNames, type Shown } from './shown-names.ts';
import { Sweep, type Waste } from './sweep.ts';

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
    // Rows that the last run of the program did not delete in time.
    this.#sweepGenerations();
  }

  /** Resolves when all deleted rows are gone from the file. */
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
      sweep: (waste, after) => this.#sweep.start(waste, after),
    });
  }

  forget(account: string | null): void {
    this.#sql.run('DELETE FROM place WHERE account = ?', account ?? NOBODY);
    this.#sweepGenerations();
  }

  /** Unique even if the clock is put back. */
  #newGeneration(): number {
    const known = Number(this.#sql.get('SELECT max(generation) AS known FROM place')?.['known'] ?? 0);
    this.#generation = Math.max(this.#options.clock.now(), this.#generation + 1, known + 1);
    return this.#generation;
  }

  #sweepGenerations(): void {
    this.#sweep.start(() => {
      const places = this.#sql.all('SELECT account, generation FROM place');
      const current = new Set(places.map((row) => rowKey(text(row['account']), Number(row['generation']))));
      const old = this.#sweep.accounts().filter((account) => !current.has(account));
      return old.flatMap((account): Waste[] => [
        { table: 'entry', where: 'account = ?', values: [account] },
        { table: 'evidence', where: 'account = ?', values: [account] },
        { table: 'reason', where: 'account = ?', values: [account] },
      ]);
    });
  }
}
