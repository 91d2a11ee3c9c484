import type { Clock } from '../../../../src/core/clock.ts';
import type { Evidence } from '../../../../src/core/history/evidence.ts';
import type { History } from '../../../../src/core/history/history.ts';
import { NO_SHOWN_TEXTS, type GetShownTexts } from '../../../../src/core/history/shown-names.ts';
import { SqliteHistories } from '../../../../src/core/history/sqlite-histories.ts';
import { HISTORY_MIGRATIONS } from '../../../../src/core/history/tables.ts';
import { readyDatabase } from '../../../support/ready-database.ts';
import { silentLog } from '../../../support/silent-log.ts';

const MINUTE_MS = 60_000;
const NAMES = ['Anna Berg', 'Bo Chen', 'Müller & Söhne', 'José García', 'Priya Raman', ''];

/** The record of one call; the last of `count` was a minute before `now` (ms since 1970). */
export function oneCall(at: number, count: number, now: number): Evidence {
  const startedAt = now - (count - at) * 4 * MINUTE_MS - MINUTE_MS;
  const outgoing = at % 3 === 0;
  const connected = at % 4 !== 1;
  return {
    id: `cdr:${at}`,
    source: 'record',
    direction: outgoing ? 'outgoing' : 'incoming',
    number: `+49301${String(100_000 + ((at * 7_919) % 40_000))}`,
    name: NAMES[at % NAMES.length] ?? '',
    called: at % 5 === 0 ? '+4930200' : '',
    startedAt,
    answeredAt: connected ? startedAt + 8_000 : null,
    endedAt: startedAt + 8_000 + (connected ? (at % 600) * 1_000 : 0),
    seconds: connected ? at % 600 : null,
    outcome: connected ? 'connected' : outgoing ? 'unanswered' : 'missed',
    taken: false,
    provenance: outgoing ? 'history' : 'caller',
    offset: 0,
  };
}

export const manyCalls = (count: number, now: number): Evidence[] =>
  Array.from({ length: count }, (_none, at) => oneCall(at, count, now));

/** The history of one account in a file, as the program opens it. */
export function openHistoryFile(
  path: string,
  clock: Clock,
  shown: GetShownTexts = () => NO_SHOWN_TEXTS,
  account = 'alex',
): { history: History; swept: () => Promise<void>; close: () => void } {
  const database = readyDatabase({ path, migrations: HISTORY_MIGRATIONS, clock, log: silentLog });
  const options = { database, clock, log: silentLog, keepDays: () => 3_650, storedElsewhere: () => [] };
  const histories = new SqliteHistories(options);
  return {
    history: histories.open(account, () => undefined, shown),
    swept: () => histories.swept,
    close: () => database.close(),
  };
}
