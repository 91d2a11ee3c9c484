import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';

export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** Runs SQL statements on one database and prepares each only once. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: Database) {
    this.#database = database;
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** Returns how many rows the statement changed. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** The value of a text column; '' for NULL. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
