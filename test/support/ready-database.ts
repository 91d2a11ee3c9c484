import { openDatabase, type Database, type OpenDatabaseOptions } from '../../src/core/store/database.ts';

/** Opens a database. Throws if it cannot be opened. */
export function readyDatabase(options: Omit<OpenDatabaseOptions, 'check'>): Database {
  const opened = openDatabase({ ...options, check: () => undefined });
  if (opened.opened === 'not') throw new Error(opened.why);
  return opened.database;
}
