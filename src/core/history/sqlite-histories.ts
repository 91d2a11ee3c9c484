import { Statements, text } from '../store/statements.ts';
import { defineSameParty } from './call-back-table.ts';
import type { Histories, History } from './history.ts';
import { NOBODY, rowKey, SqliteHistory, type SqliteHistoryOptions } from './sqlite-history.ts';
import { defineShowsFunction, NO_SHOWN_TEXTS, ShownNames, type GetShownTexts } from './shown-names.ts';
import { Sweep, type OldRows } from './sweep.ts';

export type SqliteHistoriesOptions = Omit<
  SqliteHistoryOptions,
  'newGeneration' | 'onNewGeneration' | 'sweep' | 'names'
>;

/**
 * The histories of all accounts in one file. Clearing a history starts a new generation; the rows of old generations
 * are swept in the background. The table `place` has one row per account: how far its records were read, and its
 * generation.
 */
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
    defineShowsFunction(options.database, this.#names);
    defineSameParty(options.database);
    // The last run of the program may have ended before it had deleted all old rows.
    this.#sweepGenerations();
  }

  /** Resolves when all old rows are deleted from the file. */
  get swept(): Promise<void> {
    return this.#sweep.done;
  }

  open(account: string | null, onChange: () => void, getShownTexts: GetShownTexts = () => NO_SHOWN_TEXTS): History {
    this.#names.use(getShownTexts);
    // The demo has no account. Its history always starts empty.
    if (account === null) this.forget(null);
    return new SqliteHistory(account ?? NOBODY, onChange, {
      ...this.#options,
      newGeneration: () => this.#newGeneration(),
      onNewGeneration: () => this.#sweepGenerations(),
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
      const accounts = this.#sql.all('SELECT account, generation FROM place');
      const currentKeys = new Set(accounts.map((row) => rowKey(text(row['account']), Number(row['generation']))));
      const oldKeys = this.#sweep.rowKeys().filter((key) => !currentKeys.has(key));
      return oldKeys.flatMap((key): OldRows[] => [
        { table: 'entry', where: 'account = ?', values: [key] },
        { table: 'evidence', where: 'account = ?', values: [key] },
        { table: 'reason', where: 'account = ?', values: [key] },
      ]);
    });
  }
}
