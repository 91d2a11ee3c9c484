import type { Notified } from '../../shared/notified.ts';
import { isPlaceholderId } from '../calls/model.ts';
import { text, type Row, type Statements } from '../store/statements.ts';
import { SAME_CALL_MS } from './merge.ts';
import type { KeptReasons, ReasonsOfCall } from './history.ts';

export interface ReasonTableOptions {
  /** The key of the account's rows. */
  account: () => string;
  sql: Statements;
  /** Runs `work`. Returns null if the database cannot be read. */
  read: (work: () => Notified | null) => Notified | null;
  /** Runs `work` in a transaction. Never throws: what cannot be written is lost, and the log says so. */
  write: (work: () => void) => void;
}

/** Stores why the user was or was not notified of calls, by session id. The reasons are deleted with their calls. */
export class ReasonTable implements KeptReasons {
  readonly #account: () => string;
  readonly #sql: Statements;
  readonly #read: ReasonTableOptions['read'];
  readonly #write: ReasonTableOptions['write'];

  constructor({ account, sql, read, write }: ReasonTableOptions) {
    this.#account = account;
    this.#sql = sql;
    this.#read = read;
    this.#write = write;
  }

  save(calls: readonly ReasonsOfCall[], replaced: readonly string[]): void {
    if (calls.length + replaced.length === 0) return;
    const account = this.#account();
    this.#write(() => {
      for (const id of replaced) this.#sql.run('DELETE FROM reason WHERE account = ? AND id = ?', account, id);
      for (const { id, at, notified } of calls)
        this.#sql.run(
          'INSERT OR REPLACE INTO reason (account, id, at, data) VALUES (?, ?, ?, ?)',
          account,
          id,
          at,
          JSON.stringify(notified),
        );
    });
  }

  of(entry: string): Notified | null {
    return this.#read(() => this.#of(entry));
  }

  ofPlaceholderNear(at: number): Notified | null {
    return this.#read(() => this.#ofPlaceholderNear(at));
  }

  /** Deletes the reasons of an entry. Must be called in a transaction, before the entry itself is deleted. */
  remove(entry: string): void {
    const account = this.#account();
    this.#sql.run(
      `DELETE FROM reason WHERE account = ? AND id IN
       (SELECT ? UNION SELECT id FROM evidence INDEXED BY evidence_entry WHERE account = ? AND entry = ?)`,
      account,
      entry,
      account,
      entry,
    );
  }

  #of(entry: string): Notified | null {
    const account = this.#account();
    const row =
      this.#sql.get('SELECT data FROM reason WHERE account = ? AND id = ?', account, entry) ??
      // The reason is stored by the id of the call while it rang. With the PBX's record the entry may have got another
      // id, but `evidence` has both.
      this.#sql.get(
        `SELECT reason.data FROM evidence INDEXED BY evidence_entry JOIN reason USING (account, id)
         WHERE evidence.account = ? AND evidence.entry = ? LIMIT 1`,
        account,
        entry,
      );
    return row === undefined ? null : notifiedOf(row);
  }

  #ofPlaceholderNear(at: number): Notified | null {
    const [nearest] = this.#sql
      .all(
        'SELECT id, at, data FROM reason WHERE account = ? AND at BETWEEN ? AND ?',
        this.#account(),
        at - SAME_CALL_MS,
        at + SAME_CALL_MS,
      )
      .filter((row) => isPlaceholderId(text(row['id'])))
      .sort((a, b) => Math.abs(Number(a['at']) - at) - Math.abs(Number(b['at']) - at));
    return nearest === undefined ? null : notifiedOf(nearest);
  }
}

/** The cast is safe: only this file writes `data`. */
const notifiedOf = (row: Row): Notified => JSON.parse(text(row['data'])) as Notified;
