import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { LogMover } from './log-mover.ts';

export type Database = DatabaseSync;
export type Statement = StatementSync;

export type OpenedDatabase =
  /** `aside`: the path under which a damaged file was kept; null if the file was not damaged. */
  | { opened: 'ready'; database: Database; aside: string | null }
  /**
   * `no-sqlite`: the runtime has no SQLite. `newer`: a later version of the program made the file. `unusable`: the file
   * cannot be opened.
   */
  | { opened: 'not'; why: 'no-sqlite' | 'newer' | 'unusable' };

export interface OpenDatabaseOptions {
  /** The path of the file. With ':memory:' nothing is stored. */
  path: string;
  /** The SQL steps from an empty file to the current tables, in order. A released step never changes. */
  migrations: readonly string[];
  /** Reads from the tables, so that damage is found when the file is opened. May throw errors of SQLite. */
  check: (database: Database) => void;
  clock: Clock;
  log: Log;
}

/**
 * Opens an SQLite file and brings it up to date. A damaged file is renamed to NAME.broken-DATE, and an empty one takes
 * its place. Never throws. A file that cannot be opened stays as it is.
 *
 * A completed transaction survives if the program is killed. After a power cut the last transactions may be missing, but
 * the file is not damaged (write-ahead log, `synchronous = NORMAL`).
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

/** Runs `work` in one transaction. If it throws, nothing is written. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    movers.get(database)?.transactionWritten();
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Lets other work of the process run between two slices of a long one. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Does the same between two of many transactions, and also waits while their log is moved into the file. */
export async function nextTransaction(database: Database): Promise<void> {
  await nextTurn();
  await movers.get(database)?.moveLongLog();
}

const movers = new WeakMap<Database, LogMover>();

/** Returns null in a Node that has no SQLite, such as that of Electron before 37. */
function loadSqlite(): typeof import('node:sqlite') | null {
  const builtin = (process as Partial<Pick<NodeJS.Process, 'getBuiltinModule'>>).getBuiltinModule;
  return builtin?.('node:sqlite') ?? null;
}

/** From this many pages of log, SQLite moves the log into the file itself, which blocks the process. */
const CHECKPOINT_PAGES = {
  /** While LogMover works. 64 MB, which is only reached if its thread is too slow. */
  withLogMover: 16_000,
  /** If LogMover has failed: 400 kB. */
  withoutLogMover: 100,
};

function prepare(database: Database, { path, migrations, check, clock, log }: OpenDatabaseOptions): Database {
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES.withLogMover};`);
    migrate(database, migrations);
    check(database);
    // From now on this blocks the program. Who writes must be prepared for a file that another program has locked.
    database.exec('PRAGMA busy_timeout = 250');
    const onFailure = (error: unknown): void => {
      log.warn(`The log of ${path} cannot be moved in a thread: ${String(error)}`);
      if (database.isOpen) database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES.withoutLogMover}`);
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

/** Whether SQLite could not do something, for example because the disk is full; false for a bug in our code. */
export const isSqliteError = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'ERR_SQLITE_ERROR';

/** True for SQLITE_CORRUPT and SQLITE_NOTADB and their extended codes. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error ? Number(Reflect.get(error, 'errcode')) & 0xff : 0;
  return code === 11 || code === 26;
}

/** Renames a damaged file and returns its new path. */
function keepAside(path: string, now: number): string {
  const aside = `${path}.broken-${new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '')}`;
  // The log must move with its file, or SQLite would apply it to the new file.
  for (const part of ['', '-wal']) {
    if (existsSync(`${path}${part}`)) renameSync(`${path}${part}`, `${aside}${part}`);
  }
  rmSync(`${path}-shm`, { force: true });
  return aside;
}
