import { statSync } from 'node:fs';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';

/** The size of the write-ahead log (WAL) from which it is checkpointed, that is, moved into the database. */
const MAX_LOG_BYTES = 2_000_000;
/** The size is checked every so many transactions. */
const TRANSACTIONS = 20;
/** The idle thread ends after this time. */
const IDLE_MS = 10_000;

/**
 * Opens a connection of its own for each checkpoint, so that the file is open only meanwhile. The passive checkpoint
 * does not lock out writers. Afterwards the log is truncated if nobody uses it. A database that was deleted is not made
 * again.
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
 * Checkpoints the write-ahead log of a database in a thread of its own: it waits for the disk, often longer than the
 * main thread may be blocked.
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
    sizeOfLog = () => sizeOf(`${path}-wal`),
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

  /** Checkpoints the log if it is long. Code that writes many transactions must await this, or the log grows. */
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

/** 0 if the file is missing or cannot be read. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
