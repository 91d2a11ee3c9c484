import type { Log } from '../log-port.ts';
import { inTransaction, nextTransaction, nextTurn, type Database } from '../store/database.ts';
import { Statements, text, type Value } from '../store/statements.ts';

/** How many rows are deleted in one transaction. */
const MAX_IN_SLICE = 50;

/** Rows of a table that are no longer needed. */
export interface OldRows {
  table: 'evidence' | 'entry' | 'reason';
  /** An SQL condition, and the values for its question marks. */
  where: string;
  values: Value[];
}

/**
 * Deletes old rows in slices, between which other work can run. Rows that are left when the program ends are deleted
 * after its next start.
 */
export class Sweep {
  readonly #database: Database;
  readonly #sql: Statements;
  readonly #log: Log;
  #last: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#sql = new Statements(database);
    this.#log = log;
  }

  /** Resolves when all sweeps requested so far are done. */
  get done(): Promise<void> {
    return this.#last;
  }

  /** Calls `oldRows` when earlier sweeps are done, and `after` when rows were deleted. */
  start(oldRows: () => readonly OldRows[], after: () => void = () => undefined): void {
    this.#last = this.#last.then(async () => {
      await nextTurn();
      try {
        const hasDeleted = await this.#run(oldRows);
        if (hasDeleted && this.#database.isOpen) after();
      } catch (error) {
        this.#log.warn(`Old entries of the history could not be deleted: ${String(error)}`);
      }
    });
  }

  /** The values of the column `account` in all tables (see `rowKey`). Steps through the index, without reading all rows. */
  rowKeys(): string[] {
    const tables = ['evidence', 'entry', 'reason'] as const;
    return [...new Set(tables.flatMap((table) => [...this.#rowKeysOf(table)]))];
  }

  /** Returns true if any row was deleted. */
  async #run(oldRows: () => readonly OldRows[]): Promise<boolean> {
    if (!this.#database.isOpen) return false;
    let hasDeleted = false;
    for (const rows of oldRows()) {
      while (this.#deleteSlice(rows) > 0) {
        hasDeleted = true;
        await nextTransaction(this.#database);
      }
    }
    return hasDeleted;
  }

  /** Returns the number of deleted rows; 0 after the database was closed. */
  #deleteSlice({ table, where, values }: OldRows): number {
    if (!this.#database.isOpen) return 0;
    const slice = `(account, id) IN (SELECT account, id FROM ${table} WHERE ${where} LIMIT ${MAX_IN_SLICE})`;
    return inTransaction(this.#database, () => this.#sql.run(`DELETE FROM ${table} WHERE ${slice}`, ...values));
  }

  *#rowKeysOf(table: OldRows['table']): Iterable<string> {
    const next = `SELECT account FROM ${table} WHERE account > ? ORDER BY account LIMIT 1`;
    let row = this.#sql.get(`SELECT account FROM ${table} ORDER BY account LIMIT 1`);
    while (row !== undefined) {
      const key = text(row['account']);
      yield key;
      row = this.#sql.get(next, key);
    }
  }
}
