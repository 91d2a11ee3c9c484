import { expect, test } from 'vitest';
import { HISTORY_MIGRATIONS } from '../../../src/core/history/tables.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { readyDatabase } from '../../support/ready-database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { evidence, NOW, openHistory } from './support/open-history.ts';
import { watchQueryPlans } from './support/query-plans.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

test('no query of the history reads all calls of an account; `close` throws if one does', async () => {
  const { history, histories, clock, close } = openHistory({ now: NOW - 60 * MINUTE, keepDays: 60 });
  const called = { direction: 'outgoing', outcome: 'connected', answeredAt: NOW, endedAt: NOW + MINUTE } as const;
  history.add([evidence({ id: '1' }), evidence({ id: 'push:1001:1:1', number: '', startedAt: NOW - 5 * MINUTE })]);
  await history.addAll([evidence({ id: 'cdr:1', source: 'record', startedAt: NOW - 61_000 })], () => false);
  // It moves to another party and time.
  history.add([evidence({ id: 'push:1001:1:1', startedAt: NOW - 6 * MINUTE })]);
  history.callBacks?.finish('1');
  history.callBacks?.undo('1');
  history.callBacks?.remind('1', NOW);
  await clock.advance(60 * MINUTE);
  expect(history.callBacks?.takeDue()).toHaveLength(1);
  expect(history.callBacks?.announced).toHaveLength(1);
  history.add([evidence({ id: '2', startedAt: NOW, ...called })]);
  history.add([evidence({ id: '2', startedAt: NOW, ...called, outcome: 'busy' })]);
  history.reasons?.save([], ['9']);
  for (const only of [null, 'missed', 'incoming', 'outgoing', 'call-back'] as const)
    for (const text of ['', 'anna 12']) await history.page({ text, only }, `${NOW + DAY} 1`);
  expect(history.unseenMissed(NOW - DAY)).toHaveLength(0);
  history.note('1', 'offer');
  history.markSeen(null);
  history.reasons?.of('1');
  history.reasons?.ofPlaceholderNear(NOW);
  history.remove('2');
  await clock.advance(61 * DAY);
  history.add([evidence({ id: '3', startedAt: NOW + 61 * DAY })]);
  await histories.swept;
  history.clear();
  histories.forget('alex');
  await histories.swept;
  close();
});

test('the check reports a query that reads all calls of an account', () => {
  const clock = new ManualClock(NOW);
  const database = readyDatabase({ path: ':memory:', migrations: HISTORY_MIGRATIONS, clock, log: silentLog });
  const slow = watchQueryPlans(database);
  database.prepare('SELECT id FROM entry WHERE account = ? AND id = ?');
  database.prepare("SELECT id FROM entry INDEXED BY entry_open WHERE account = ? AND outcome = 'missed' AND NOT seen");
  expect(slow()).toEqual([]);
  for (const sql of [
    'SELECT id FROM entry WHERE data > ?',
    'SELECT id FROM entry WHERE account = ? AND ended_at > ?',
    'DELETE FROM reason WHERE account = ? AND (id = ? OR id IN (SELECT id FROM evidence WHERE account = ?))',
    'SELECT id FROM evidence WHERE account = ? AND ended_at > ? LIMIT 5',
  ])
    database.prepare(sql);
  expect(new Set(slow().map((query) => query.replace(/^.*?: /, ''))).size).toBe(4);
  database.close();
});
