import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../log-port.ts';
import { inTransaction, type Database } from '../store/database.ts';

/** The answer to a command about a call that is not in the history. */
export const CALL_GONE: Result<null> = err(appError('call-gone'));

/** Logs errors of the database instead of throwing them: a full disk or a damaged file must not prevent a call. */
export class SafeDatabase {
  readonly #database: Database;
  readonly #log: Log;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** Runs `work` in one transaction. Error: storage-failed; then nothing is written. */
  write(work: () => unknown): Result<null> {
    try {
      inTransaction(this.#database, work);
      return ok(null);
    } catch (error) {
      this.#log.warn(`The history could not be written: ${String(error)}`);
      return err(appError('storage-failed', { detail: `history.db: ${String(error)}` }));
    }
  }

  /** Runs `work` and returns its result, or `otherwise` if the database cannot be read. */
  read<T>(otherwise: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#log.warn(`The history could not be read: ${String(error)}`);
      return otherwise;
    }
  }
}
