import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DurableStore } from './durable-store.ts';
import type { Notice } from '../../shared/state.ts';
import { damaged, readableAgain, unreadable, unsaved, type FileName, type NoticeBoard } from './file-notices.ts';
import { causeOf, codeOf } from './file-trouble.ts';
import { keepAside } from './keep-aside.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';
import { readSmallFile } from './small-file.ts';

export interface JsonFileOptions {
  directory: string;
  name: FileName;
  clock: Clock;
  log: Log;
  board: NoticeBoard;
}

/** In bytes; far more than any of the files needs. */
const MAX_BYTES = 8 * 1024 * 1024;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/**
 * One JSON file of the user's folder, read once and then kept in memory. A damaged file is copied aside before it is
 * replaced. A file that cannot be read is left as it is, and nothing is written in its place until it was moved away or
 * the program was restarted. A notice reports each of these, and a write that fails.
 */
export class JsonFile<T extends Record<string, unknown> = Record<string, unknown>> {
  readonly #options: JsonFileOptions;
  readonly #path: string;
  #store: DurableStore<T> | null = null;
  #written = false;
  #value: Record<string, unknown> = {};
  /** Why the file may not be written, as a code of file-trouble.ts. */
  #held: string | null = null;
  /** The value in memory has not been written yet. */
  #unsaved = false;
  #retryMs = FIRST_RETRY_MS;
  #stopRetry: (() => void) | null = null;

  constructor(options: JsonFileOptions) {
    this.#options = options;
    this.#path = join(options.directory, `${options.name}.json`);
    removeLeftovers(this.#path);
    this.#open();
  }

  /** What the file holds; {} where there was nothing to read. */
  get value(): Readonly<Record<string, unknown>> {
    return this.#value;
  }

  /** Writes the value to memory and file, or to neither. Error: storage-failed. */
  save(value: T): Result<null> {
    const problem = this.#write(value);
    if (problem === null) {
      this.#settled(value);
      return ok(null);
    }
    return err(this.#failure(problem));
  }

  /** Writes the value to memory, and to the file as soon as that is possible. */
  keep(value: T): void {
    this.#value = value;
    const problem = this.#write(value);
    if (problem === null) {
      this.#settled(value);
      return;
    }
    this.#unsaved = true;
    if (this.#held !== null) return;
    const { name, log, board, directory } = this.#options;
    log.warn(`${name}.json could not be written: ${problem}`);
    board.notice(unsaved(name, problem, directory));
    this.#retryLater();
  }

  /**
   * Keeps a copy of the file because a part of it cannot be used. `explain` makes the notice from the copy's path.
   * Where no copy can be made, the file is left alone from now on.
   */
  keepCopy(explain: (copy: string) => Notice): void {
    this.#setAside('copy', explain);
  }

  /** At the end of the program: tries once more to write what is not saved yet. */
  close(): void {
    this.#stopRetry?.();
    this.#stopRetry = null;
    if (this.#unsaved) this.#write(this.#value as T);
  }

  #open(): void {
    const file = readSmallFile(this.#path, MAX_BYTES);
    if (file.found === 'nothing') return;
    if (file.found === 'unreadable') {
      this.#hold(file.code);
      return;
    }
    const value = file.found === 'bytes' ? parseObject(file.bytes) : null;
    if (value === null) this.#setAside('move', (aside) => damaged(this.#options.name, aside));
    else this.#value = value;
  }

  #setAside(how: 'move' | 'copy', explain: (aside: string) => Notice): void {
    const { name, clock, log, board } = this.#options;
    try {
      const aside = keepAside(this.#path, clock.now(), how);
      const notice = explain(aside);
      log.warn(`${name}.json: ${notice.message}`);
      board.notice(notice);
    } catch (error) {
      log.warn(`${name}.json is damaged and could not be kept aside: ${codeOf(error)}`);
      this.#hold('damaged');
    }
  }

  #hold(code: string): void {
    const { name, log, board } = this.#options;
    log.warn(`${name}.json could not be read: ${code}`);
    this.#held = code;
    board.notice(unreadable(name, code));
    this.#retryLater();
  }

  /** A code of file-trouble.ts, or null. */
  #write(value: T): string | null {
    if (this.#held !== null && readSmallFile(this.#path, 0).found !== 'nothing') return this.#held;
    try {
      if (this.#store === null) this.#writeAndOpen(value);
      else this.#store.store = value;
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /** electron-store reads what it opens, also a pipe, so it opens only a file that was written here. */
  #writeAndOpen(value: T): void {
    const { name, directory } = this.#options;
    replaceFile(this.#path, JSON.stringify(value, null, 2));
    if (this.#written) this.#store = new DurableStore<T>({ name, cwd: directory, clearInvalidConfig: false });
    this.#written = true;
  }

  #settled(value: T): void {
    const { name, board } = this.#options;
    this.#value = value;
    this.#held = null;
    this.#unsaved = false;
    this.#stopRetry?.();
    this.#stopRetry = null;
    this.#retryMs = FIRST_RETRY_MS;
    board.withdraw(`${name}-unsaved`);
    board.withdraw(`${name}-unreadable`);
  }

  #failure(code: string) {
    const { name, directory } = this.#options;
    const detail = `${name}.json: ${causeOf(code)}`;
    if (this.#held === null) {
      return appError('storage-failed', { action: `Check the free space and the rights of ${directory}.`, detail });
    }
    const again = readSmallFile(this.#path, MAX_BYTES).found === 'bytes';
    const { message, action } = again ? readableAgain(name) : unreadable(name, code);
    return appError('storage-failed', { action: `${message} ${action}`, detail });
  }

  #retryLater(): void {
    this.#stopRetry?.();
    this.#stopRetry = this.#options.clock.after(this.#retryMs, () => this.#retry());
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }

  #retry(): void {
    const { name, board } = this.#options;
    this.#stopRetry = null;
    if (this.#held !== null && readSmallFile(this.#path, MAX_BYTES).found === 'bytes') {
      board.notice(readableAgain(name));
    } else if (this.#unsaved && this.#write(this.#value as T) === null) this.#settled(this.#value as T);
    else this.#retryLater();
  }
}

function parseObject(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
