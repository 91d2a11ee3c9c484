import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { LogMover } from './log-mover.ts';

export type Database = DatabaseSync;
export type Statement = StatementSync;

export type OpenedDatabase =
  | { opened: 'ready'; database: Database; /** A damaged file that was kept under this path. */ aside: string | null }
  /** `no-sqlite`: the runtime has none. `newer`: a later version made the file. `unusable`: it cannot be opened. */
  | { opened: 'not'; why: 'no-sqlite' | 'newer' | 'unusable' };

export interface OpenDatabaseOptions {
  /** A file; ':memory:' keeps nothing. */
  path: string;
  /**
   * The steps from an empty file to the present tables, in order. A step that was released stays as it is: later changes
   * are steps of their own.
   */
  migrations: readonly string[];
  /** Reads from the tables, so that a damaged file shows itself when it is opened. Throws what SQLite throws. */
  check: (database: Database) => void;
  clock: Clock;
  log: Log;
}

/**
 * Opens an SQLite file and brings it up to date. A damaged file is kept aside as NAME.broken-DATE, and an empty one takes
 * its place. Never throws; a file that is not opened stays as it is.
 *
 * What a transaction wrote survives a killed program; after a power cut the last moments may be missing, and the file is
 * still whole (write-ahead log, `synchronous = NORMAL`).
 */
export function openDatabase(options: OpenDatabaseOptions): OpenedDatabase {
  const sqlite = loadSqlite();
  if (sqlite === null) return { opened: 'not', why: 'no-sqlite' };
  const { path, clock, log } = options;
  const open = (): Database => prepare(new sqlite.DatabaseSync(path), options);
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    try {
      return { opened: 'ready', database: open(), aside: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      log.warn(`${path} is damaged: ${String(error)}`);
      const aside = keepAside(path, clock.now());
      return { opened: 'ready', database: open(), aside };
    }
  } catch (error) {
    log.warn(`${path} cannot be used: ${String(error)}`);
    return { opened: 'not', why: error instanceof NewerError ? 'newer' : 'unusable' };
  }
}

class NewerError extends Error {}

/** Runs `work` in one transaction: all of it is written, or nothing. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    movers.get(database)?.written();
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Lets other work of the process run between two slices of a long one. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same between two of many transactions. Waits while their log is moved into the file. */
export async function nextTransaction(database: Database): Promise<void> {
  await nextTurn();
  await movers.get(database)?.moved();
}

const movers = new WeakMap<Database, LogMover>();

/** Electron before 37 has a Node without it. */
function loadSqlite(): typeof import('node:sqlite') | null {
  const builtin = (process as Partial<Pick<NodeJS.Process, 'getBuiltinModule'>>).getBuiltinModule;
  return builtin?.('node:sqlite') ?? null;
}

/** When SQLite itself moves the log into the file, which blocks the process. */
const CHECKPOINT_PAGES = {
  /** 64 MB: when the thread is too slow. */
  besideThread: 16_000,
  /** 400 kB */
  alone: 100,
};

function prepare(database: Database, { path, migrations, check, clock, log }: OpenDatabaseOptions): Database {
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES.besideThread};`);
    migrate(database, migrations);
    check(database);
    const onFailure = (error: unknown): void => {
      log.warn(`The log of ${path} cannot be moved in a thread: ${String(error)}`);
      if (database.isOpen) database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES.alone}`);
    };
    if (path !== ':memory:') movers.set(database, new LogMover(path, clock, onFailure));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database, migrations: readonly string[]): void {
  const done = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (done > migrations.length) throw new NewerError(`of a later version (${done})`);
  migrations.slice(done).forEach((step, index) => {
    inTransaction(database, () => {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${done + index + 1}`);
    });
  });
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error ? Number(Reflect.get(error, 'errcode')) & 0xff : 0;
  return code === 11 || code === 26;
}

function keepAside(path: string, now: number): string {
  const aside = `${path}.broken-${new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '')}`;
  // The log belongs to it, and would be taken for that of the new one.
  for (const part of ['', '-wal']) {
    if (existsSync(`${path}${part}`)) renameSync(`${path}${part}`, `${aside}${part}`);
  }
  rmSync(`${path}-shm`, { force: true });
  return aside;
}
