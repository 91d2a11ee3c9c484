import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { evidenceFromRecent } from '../../core/history/evidence.ts';
import type { Histories } from '../../core/history/history.ts';
import { recentsHistories } from '../../core/history/recents-history.ts';
import { SqliteHistories } from '../../core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../core/history/tables.ts';
import type { Log } from '../../core/log-port.ts';
import { openDatabase } from '../../core/store/database.ts';
import type { StateStore } from './state-store.ts';

export interface OpenHistoriesOptions {
  /** The folder of the file: app.getPath('userData'). */
  directory: string;
  memory: Pick<StateStore, 'recents' | 'saveRecents'>;
  keepDays: () => number;
  clock: Clock;
  log: Log;
}

/**
 * The histories in history.db; where SQLite cannot be used, the recent calls in state.json. Recent calls that an earlier
 * version kept there are taken over once.
 */
export function openHistories({ directory, memory, keepDays, clock, log }: OpenHistoriesOptions): {
  histories: Histories;
  close(): void;
} {
  const path = join(directory, 'history.db');
  const opened = openDatabase({ path, migrations: HISTORY_MIGRATIONS, clock, log });
  if (opened.opened === 'not') {
    const file = {
      load: (account: string) => memory.recents(account),
      save: (account: string, recents: Parameters<StateStore['saveRecents']>[1]) =>
        memory.saveRecents(account, recents),
    };
    return { histories: recentsHistories(file, clock), close: () => undefined };
  }
  const { database } = opened;
  const sqlite = new SqliteHistories({
    database,
    clock,
    log,
    keepDays,
    earlier: (account) => memory.recents(account).map((recent) => evidenceFromRecent(recent, 0)),
  });
  const histories: Histories = {
    open: (account, onChange, shown) => {
      const history = sqlite.open(account, onChange, shown);
      if (account !== null && memory.recents(account).length > 0) memory.saveRecents(account, []);
      return history;
    },
    forget: (account) => {
      sqlite.forget(account);
      if (memory.recents(account).length > 0) memory.saveRecents(account, []);
    },
  };
  return { histories, close: () => database.close() };
}
