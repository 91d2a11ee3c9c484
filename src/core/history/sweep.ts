import type { Log } from '../log-port.ts';
import { inTransaction, nextTransaction, nextTurn, type Database } from '../store/database.ts';
import { Statements, text, type Value } from '../store/statements.ts';

/** Rows that are deleted in one transaction. */
const SLICE = 50;

/** Rows that are no longer read. `values` are for the question marks of the condition. */
export interface Waste {
  table: 'evidence' | 'entry' | 'reason';
  where: string;
  values: Value[];
}

/**
 * Deletes rows in slices, so that other work can run in between. Rows left at the end of the program are deleted next
 * time.
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

  /** `waste` is called when earlier sweeps are done; `after` runs when its rows are deleted. */
  start(waste: () => readonly Waste[], after: () => void = () => undefined): void {
    this.#last = this.#last.then(async () => {
      await nextTurn();
      try {
        const found = await this.#run(waste);
        if (found && this.#database.isOpen) after();
      } catch (error) {
        this.#log.warn(`Old entries of the history could not be deleted: ${String(error)}`);
      }
    });
  }

  /** Returns the accounts of all rows without reading every row. */
  accounts(): string[] {
    const tables = ['evidence', 'entry', 'reason'] as const;
    return [...new Set(tables.flatMap((table) => [...this.#accountsOf(table)]))];
  }

  /** True if any row was deleted. */
  async #run(waste: () => readonly Waste[]): Promise<boolean> {
    if (!this.#database.isOpen) return false;
    let found = false;
    for (const one of waste()) {
      while (this.#delete(one) > 0) {
        found = true;
        await nextTransaction(this.#database);
      }
    }
    return found;
  }

  /** Returns the number of deleted rows, which is 0 once the program ends. */
  #delete({ table, where, values }: Waste): number {
    if (!this.#database.isOpen) return 0;
    const key = `(account, id) IN (SELECT account, id FROM ${table} WHERE ${where} LIMIT ${SLICE})`;
    return inTransaction(this.#database, () => this.#sql.run(`DELETE FROM ${table} WHERE ${key}`, ...values));
  }

  *#accountsOf(table: Waste['table']): Iterable<string> {
    const next = `SELECT account FROM ${table} WHERE account > ? ORDER BY account LIMIT 1`;
    let row = this.#sql.get(`SELECT account FROM ${table} ORDER BY account LIMIT 1`);
    while (row !== undefined) {
      const account = text(row['account']);
      yield account;
      row = this.#sql.get(next, account);
    }
  }
}
