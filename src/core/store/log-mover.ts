import { statSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';

/** The write-ahead log is moved into the database when it is larger. */
const MAX_LOG_BYTES = 2_000_000;
/** The size of the log is checked after so many transactions. */
const TRANSACTIONS = 20;
/** The thread ends when it had nothing to do for so long. */
const IDLE_MS = 10_000;

/**
 * Opens its own connection for each move, so that the file is open only meanwhile. Moving does not lock out writers;
 * afterwards the log is cut off, unless somebody writes at that moment.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
parentPort.on('message', () => {
  const database = new DatabaseSync(workerData);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(PASSIVE)');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  parentPort.postMessage(null);
});`;

/**
 * Moves the write-ahead log of a database into its file, in a thread of its own: moving waits for the disk, often longer
 * than the program may be blocked.
 */
export class LogMover {
  readonly #path: string;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onFailure: (error: unknown) => void;
  readonly #sizeOfLog: () => number;
  #thread: Worker | null = null;
  #running: Promise<void> | null = null;
  #transactions = 0;
  #hasFailed = false;
  #cancelIdle = (): void => {};

  /**
   * `onFailure`: threads cannot be used; SQLite must move the log itself. Called at most once. `sizeOfLog` in bytes.
   */
  constructor(
    path: string,
    clock: Pick<Clock, 'after'>,
    onFailure: (error: unknown) => void,
    sizeOfLog = () => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
  ) {
    this.#path = path;
    this.#sizeOfLog = sizeOfLog;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** A transaction was written. */
  written(): void {
    this.#transactions += 1;
    if (this.#transactions >= TRANSACTIONS) void this.moved();
  }

  /** Moves the log if it is long. Resolves when it is moved. Many transactions must wait for it, or the log grows. */
  moved(): Promise<void> {
    if (this.#running !== null) return this.#running;
    if (this.#hasFailed || this.#transactions < TRANSACTIONS) return Promise.resolve();
    this.#transactions = 0;
    if (this.#sizeOfLog() < MAX_LOG_BYTES) return Promise.resolve();
    this.#running = this.#move()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => (this.#running = null));
    return this.#running;
  }

  async #move(): Promise<void> {
    this.#cancelIdle();
    const thread = (this.#thread ??= new Worker(THREAD, { eval: true, workerData: this.#path }));
    thread.ref();
    const answered = once(thread, 'message');
    thread.postMessage(null);
    await answered;
    thread.unref();
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => void this.#end());
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    void this.#end();
    this.#onFailure(error);
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}
