import type { Clock } from '../../src/core/clock.ts';
import { SqliteHistories } from '../../src/core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../src/core/history/tables.ts';
import { readyDatabase } from '../../test/support/ready-database.ts';
import { silentLog } from '../../test/support/silent-log.ts';

export interface InMemoryHistories {
  histories: SqliteHistories;
  /** When the call of each entry began, by entry id, in ms since 1970 on the PBX's clock. */
  starts: () => ReadonlyMap<string, number>;
}

/** The histories of the program, in an SQLite database in memory. */
export function inMemoryHistories(clock: Clock): InMemoryHistories {
  const database = readyDatabase({ path: ':memory:', migrations: HISTORY_MIGRATIONS, clock, log: silentLog });
  const options = { database, clock, log: silentLog, keepDays: () => 365, storedElsewhere: () => [] };
  return {
    histories: new SqliteHistories(options),
    starts: () => {
      const rows = database.prepare('SELECT entry, min(started_at) AS at FROM evidence GROUP BY entry').all();
      return new Map(rows.map(({ entry, at }) => [String(entry), Number(at)]));
    },
  };
}
