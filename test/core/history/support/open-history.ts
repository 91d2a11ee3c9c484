import { SqliteHistories } from '../../../../src/core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../../../src/core/history/tables.ts';
import type { Evidence } from '../../../../src/core/history/evidence.ts';
import { NO_SHOWN_TEXTS, type GetShownTexts } from '../../../../src/core/history/shown-names.ts';
import type { Database } from '../../../../src/core/store/database.ts';
import type { History } from '../../../../src/core/history/history.ts';
import type { HistoryCall, HistoryPage } from '../../../../src/shared/history.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { readyDatabase } from '../../../support/ready-database.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { watchQueryPlans } from './query-plans.ts';

export const NOW = Date.parse('2026-01-15T09:00:00Z');

export interface OpenedHistory {
  history: History;
  histories: SqliteHistories;
  clock: ManualClock;
  database: Database;
  /** Throws if a query was slow; see `watchQueryPlans`. */
  close: () => void;
}

/** A history in a file, or in memory. */
export function openHistory({
  path = ':memory:',
  account = 'alex',
  keepDays = 365,
  storedElsewhere = [],
  shown = () => NO_SHOWN_TEXTS,
  now = NOW,
}: {
  path?: string;
  account?: string;
  keepDays?: number;
  storedElsewhere?: readonly Evidence[];
  shown?: GetShownTexts;
  now?: number;
} = {}): OpenedHistory {
  const clock = new ManualClock(now);
  const database = readyDatabase({ path, migrations: HISTORY_MIGRATIONS, clock, log: silentLog });
  const slowQueries = watchQueryPlans(database);
  const histories = new SqliteHistories({
    database,
    clock,
    log: silentLog,
    keepDays: () => keepDays,
    storedElsewhere: () => storedElsewhere,
  });
  const history = histories.open(account, () => undefined, shown);
  const close = (): void => {
    database.close();
    const slow = slowQueries();
    if (slow.length > 0) throw new Error(`These queries read all calls of an account:\n${slow.join('\n')}`);
  };
  return { history, histories, clock, database, close };
}

/** All entries, newest first. */
export async function allOf(history: History): Promise<HistoryCall[]> {
  const entries: HistoryCall[] = [];
  let next: string | null = null;
  do {
    const page: HistoryPage = await history.page({ text: '', only: null }, next);
    entries.push(...page.entries);
    next = page.next;
  } while (next !== null);
  return entries;
}

export const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  id: '100000000000000001',
  source: 'live',
  direction: 'incoming',
  number: '+442079460321',
  name: '',
  called: '',
  startedAt: NOW - 60_000,
  answeredAt: null,
  endedAt: NOW - 40_000,
  seconds: null,
  outcome: 'missed',
  taken: false,
  provenance: 'caller',
  offset: 0,
  ...more,
});
