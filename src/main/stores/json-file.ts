import { basename, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { appError, type FileName } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DurableStore } from './durable-store.ts';
import type { Notice } from '../../shared/notice.ts';
import { Timer } from '../../shared/timer.ts';
import { damaged, readableAgain, unreadable, unsaved, type NoticeBoard } from './file-notices.ts';
import { codeOf } from './file-errors.ts';
import { keepAside } from './keep-aside.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';
import { MAX_FILE_BYTES, parseJson, readSmallFile } from './small-file.ts';

export interface JsonFileOptions {
  directory: string;
  name: FileName;
  clock: Clock;
  log: Log;
  board: NoticeBoard;
}

const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 300_000;

/**
 * One JSON file in the user's folder, read once and then kept in memory. A damaged file is copied aside before it is
 * replaced. An unreadable file is not touched until the user moves it away or restarts the program. A notice reports
 * each of these, and a write that fails.
 */
export class JsonFile<T extends Record<string, unknown> = Record<string, unknown>> {
  readonly #options: JsonFileOptions;
  readonly #path: string;
  #store: DurableStore<T> | null = null;
  #wasWritten = false;
  #value: Record<string, unknown> = {};
  /** Why the file must not be written, as the `cause` of an error; null if it may be. */
  #blockedBy: string | null = null;
  /** The value in memory has not been written to the file yet. */
  #unsaved = false;
  #retryMs = FIRST_RETRY_MS;
  readonly #nextTry: Timer;

  constructor(options: JsonFileOptions) {
    this.#options = options;
    this.#nextTry = new Timer(options.clock);
    this.#path = join(options.directory, `${options.name}.json`);
    removeLeftovers(this.#path);
    this.#open();
  }

  /** The contents of the file; {} if there is no file or it cannot be read. */
  get value(): Readonly<Record<string, unknown>> {
    return this.#value;
  }

  /** Writes the value to file and memory, or to neither. Error: storage-failed. */
  save(value: T): Result<null> {
    const problem = this.#write(value);
    if (problem === null) {
      this.#noteSaved(value);
      return ok(null);
    }
    return err(this.#saveError(problem));
  }

  /** Writes the value to memory now, and to the file as soon as that is possible. */
  saveEventually(value: T): void {
    this.#value = value;
    const problem = this.#write(value);
    if (problem === null) {
      this.#noteSaved(value);
      return;
    }
    this.#unsaved = true;
    if (this.#blockedBy !== null) return;
    const { name, log, board, directory } = this.#options;
    log.warn(`${name}.json could not be written: ${problem}`);
    board.showNotice(unsaved(name, problem, directory));
    this.#retryLater();
  }

  /**
   * Makes a copy of the file, because a part of it cannot be used. `explain` makes the notice from the path of the
   * copy. If copying fails, the file is not written any more.
   */
  keepCopy(explain: (copy: string) => Notice): void {
    this.#setAside('copy', explain);
  }

  /** Call when the program ends: tries once more to write unsaved values. */
  close(): void {
    this.#nextTry.stop();
    if (this.#unsaved) this.#write(this.#value as T);
  }

  #open(): void {
    const file = readSmallFile(this.#path, MAX_FILE_BYTES);
    if (file.found === 'nothing') return;
    if (file.found === 'unreadable') {
      this.#block(file.code);
      return;
    }
    if (file.found === 'too-large') {
      this.#block('too-large');
      return;
    }
    const value = parseObject(file.bytes);
    if (value === null) this.#setAside('move', (aside) => damaged(this.#options.name, aside));
    else this.#value = value;
  }

  #setAside(how: 'move' | 'copy', explain: (aside: string) => Notice): void {
    const { name, clock, log, board } = this.#options;
    try {
      const aside = keepAside(this.#path, clock.now(), how);
      const notice = explain(aside);
      log.warn(`${name}.json could not be used and is kept as ${basename(aside)}`);
      board.showNotice(notice);
    } catch (error) {
      log.warn(`${name}.json is damaged and could not be kept aside: ${codeOf(error)}`);
      this.#block('damaged');
    }
  }

  #block(code: string): void {
    const { name, log, board } = this.#options;
    log.warn(`${name}.json could not be read: ${code}`);
    this.#blockedBy = code;
    board.showNotice(unreadable(name, code));
    this.#retryLater();
  }

  /** Returns the `cause` of an error, or null if the value was written. */
  #write(value: T): string | null {
    if (this.#blockedBy !== null && !this.#isGone()) return this.#blockedBy;
    try {
      if (this.#store === null) this.#writeAndOpen(value);
      else this.#store.store = value;
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /**
   * electron-store reads any file that it opens, even a pipe. So it only opens the file after this class has written
   * it.
   */
  #writeAndOpen(value: T): void {
    const { name, directory } = this.#options;
    replaceFile(this.#path, JSON.stringify(value, null, 2));
    if (this.#wasWritten) this.#store = new DurableStore<T>({ name, cwd: directory, clearInvalidConfig: false });
    this.#wasWritten = true;
  }

  #noteSaved(value: T): void {
    const { name, board } = this.#options;
    this.#value = value;
    this.#blockedBy = null;
    this.#unsaved = false;
    this.#nextTry.stop();
    this.#retryMs = FIRST_RETRY_MS;
    board.withdraw(`${name}-unsaved`);
    board.withdraw(`${name}-unreadable`);
  }

  #saveError(code: string) {
    const { name, directory } = this.#options;
    const problem = this.#blockedBy === null ? 'unwritable' : this.#isReadableAgain() ? 'readable-again' : 'unreadable';
    const params = { file: name, problem, cause: code, folder: directory } as const;
    return appError('storage-failed', { params, detail: `${name}.json: ${code}` });
  }

  /** Whether a restart would use the file. One that is damaged could be read all the time. */
  #isReadableAgain(): boolean {
    if (this.#blockedBy === null || this.#blockedBy === 'damaged') return false;
    const file = readSmallFile(this.#path, MAX_FILE_BYTES);
    return file.found === 'bytes' && parseObject(file.bytes) !== null;
  }

  /** Whether the user moved away the file that must not be written. */
  #isGone(): boolean {
    return this.#blockedBy !== null && readSmallFile(this.#path, 0).found === 'nothing';
  }

  #retryLater(): void {
    this.#nextTry.start(this.#retryMs, () => this.#retry());
    this.#retryMs = Math.min(2 * this.#retryMs, MAX_RETRY_MS);
  }

  #retry(): void {
    const { name, board } = this.#options;
    if (this.#unsaved && this.#write(this.#value as T) === null) this.#noteSaved(this.#value as T);
    else if (this.#isGone()) {
      this.#blockedBy = null;
      board.withdraw(`${name}-unreadable`);
    } else {
      if (this.#isReadableAgain()) board.showNotice(readableAgain(name));
      this.#retryLater();
    }
  }
}

function parseObject(bytes: Buffer): Record<string, unknown> | null {
  const value = parseJson(bytes);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : null;
}
