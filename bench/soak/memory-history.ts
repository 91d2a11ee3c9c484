import type { Clock } from '../../src/core/clock.ts';
import { SqliteHistories } from '../../src/core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../src/core/history/tables.ts';
import { readyDatabase } from '../../test/support/ready-database.ts';
import { silentLog } from '../../test/support/silent-log.ts';

export interface MemoryHistories {
  histories: SqliteHistories;
  /** When each entry began, ms since 1970 on the PBX's clock. */
  starts: () => ReadonlyMap<string, number>;
}

/** The histories of the program, in memory. */
export function memoryHistories(clock: Clock): MemoryHistories {
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
