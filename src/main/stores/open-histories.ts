import { basename, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { evidenceFromRecent } from '../../core/history/evidence.ts';
import type { Histories, History } from '../../core/history/history.ts';
import { recentsHistories } from '../../core/history/recents-history.ts';
import { SqliteHistories } from '../../core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS, readHistoryTables } from '../../core/history/tables.ts';
import type { Log } from '../../core/log-port.ts';
import { openDatabase } from '../../core/store/database.ts';
import type { NoticeBoard } from './file-notices.ts';
import type { StateStore } from './state-store.ts';

export interface OpenHistoriesOptions {
  /** The folder of the file: app.getPath('userData'). */
  directory: string;
  state: Pick<StateStore, 'recents' | 'saveRecents'>;
  keepDays: () => number;
  clock: Clock;
  log: Log;
  /** Shows notices about the file. */
  board: NoticeBoard;
}

/**
 * The histories in history.db; where SQLite cannot be used, the recent calls in state.json. Recent calls that were saved
 * there are moved to history.db as soon as it can be used.
 */
export function openHistories({ directory, state, keepDays, clock, log, board }: OpenHistoriesOptions): {
  histories: Histories;
  close(): void;
} {
  const recents = recentsHistories(
    {
      load: (account: string) => state.recents(account),
      save: (account: string, calls: Parameters<StateStore['saveRecents']>[1]) => state.saveRecents(account, calls),
    },
    clock,
  );
  const path = join(directory, 'history.db');
  const opened = openDatabase({ path, migrations: HISTORY_MIGRATIONS, check: readHistoryTables, clock, log });
  if (opened.opened === 'not') {
    // Without SQLite nothing is wrong with the file; only old versions of Electron have none.
    if (opened.why !== 'no-sqlite') board.showNotice({ id: 'history-not-kept', why: opened.why });
    return { histories: recents, close: () => undefined };
  }
  if (opened.aside !== null) board.showNotice({ id: 'history-damaged', kept: basename(opened.aside) });
  const { database } = opened;
  const sqlite = new SqliteHistories({
    database,
    clock,
    log,
    keepDays,
    storedElsewhere: (account) => state.recents(account).map((recent) => evidenceFromRecent(recent, 0)),
  });
  const clearRecents = (account: string | null): void => {
    if (account !== null && state.recents(account).length > 0) state.saveRecents(account, []);
  };
  const histories: Histories = {
    open: (account, onChange, shown): History => {
      try {
        const history = sqlite.open(account, onChange, shown);
        clearRecents(account);
        board.withdraw('history-not-kept');
        return history;
      } catch (error) {
        log.warn(`${path} cannot be used for now: ${String(error)}`);
        board.showNotice({ id: 'history-not-kept', why: 'unusable' });
        return recents.open(account, onChange, shown);
      }
    },
    forget: (account) => {
      clearRecents(account);
      sqlite.forget(account);
    },
  };
  return { histories, close: () => database.close() };
}
