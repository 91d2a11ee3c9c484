import { statSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';

/** A longer write-ahead log (WAL) is checkpointed, that is, moved into the database. */
const MAX_LOG_BYTES = 2_000_000;
/** The size of the log is checked once in this many transactions. */
const TRANSACTIONS_PER_CHECK = 20;
/** The idle thread ends after this time. */
const IDLE_MS = 10_000;

/**
 * The code of the thread. It opens a new connection for each checkpoint, so that it does not keep the file open. The
 * passive checkpoint does not block writers. Then the log is truncated if nobody uses it. The check for the file prevents
 * that the thread creates a database which was deleted.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { existsSync } = require('node:fs');
const { DatabaseSync } = require('node:sqlite');
parentPort.on('message', () => {
  if (!existsSync(workerData)) {
    parentPort.postMessage(null);
    return;
  }
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
 * Checkpoints the write-ahead log of a database in a separate thread, because waiting for the disk would block the main
 * thread for too long.
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

  /** `onFailure` is called at most once; from then on SQLite must move the log itself. `sizeOfLog` is in bytes. */
  constructor(
    path: string,
    clock: Pick<Clock, 'after'>,
    onFailure: (error: unknown) => void,
    sizeOfLog = () => sizeOf(`${path}-wal`),
  ) {
    this.#path = path;
    this.#sizeOfLog = sizeOfLog;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** Call it after each transaction. */
  transactionWritten(): void {
    this.#transactions += 1;
    if (this.#transactions >= TRANSACTIONS_PER_CHECK) void this.moveLongLog();
  }

  /** Checkpoints the log if it is long. Code that writes many transactions must await this, or the log grows. */
  moveLongLog(): Promise<void> {
    if (this.#running !== null) return this.#running;
    if (this.#hasFailed || this.#transactions < TRANSACTIONS_PER_CHECK) return Promise.resolve();
    this.#transactions = 0;
    if (this.#sizeOfLog() < MAX_LOG_BYTES) return Promise.resolve();
    this.#running = this.#move()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => (this.#running = null));
    return this.#running;
  }

  async #move(): Promise<void> {
    this.#cancelIdle();
    const thread = (this.#thread ??= this.#start());
    thread.ref();
    const done = new AbortController();
    const answered = once(thread, 'message', done);
    const ended = once(thread, 'exit', done).then(() => Promise.reject(new Error('the thread has ended')));
    thread.postMessage(null);
    try {
      await Promise.race([answered, ended]);
    } finally {
      done.abort();
    }
    thread.unref();
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => void this.#end());
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { eval: true, workerData: this.#path });
    // An error during a checkpoint rejects #move; without a listener, one at any other time would end the program.
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
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

/** The size of a file in bytes; 0 if it is missing or cannot be read. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
