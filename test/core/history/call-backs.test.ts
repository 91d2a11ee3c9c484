import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallBacks, History } from '../../../src/core/history/history.ts';
import { HISTORY_MIGRATIONS } from '../../../src/core/history/tables.ts';
import type { Evidence } from '../../../src/core/history/evidence.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { readyDatabase } from '../../support/ready-database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { allOf, evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const open: OpenedHistory[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-call-backs-'));
});
afterEach(() => {
  for (const { close } of open.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

const MINUTE = 60_000;
const DAY = 86_400_000;

function made(options: Parameters<typeof openHistory>[0] = {}): OpenedHistory & { callBacks: CallBacks } {
  const opened = openHistory(options);
  open.push(opened);
  return { ...opened, callBacks: callBacksOf(opened.history) };
}

function callBacksOf({ callBacks }: History): CallBacks {
  if (callBacks === null) throw new Error('no call-back list');
  return callBacks;
}

/** A call that began so many minutes after NOW. */
const call = (id: string, minutes: number, more: Partial<Evidence> = {}): Evidence =>
  evidence({
    id,
    number: '1002',
    startedAt: NOW + minutes * MINUTE,
    endedAt: NOW + minutes * MINUTE + 20_000,
    ...more,
  });
const talk = (id: string, minutes: number, more: Partial<Evidence> = {}): Evidence =>
  call(id, minutes, { outcome: 'connected', seconds: 10, ...more });

const listed = async (history: History, text = '') =>
  (await history.page({ text, only: 'call-back' }, null)).entries.map(({ id, missed, remindAt }) => [
    id,
    missed,
    ...(remindAt === undefined ? [] : [(remindAt - NOW) / MINUTE]),
  ]);

test('missed calls wait by person, the last call first, until the two have talked', async () => {
  const { history, callBacks } = made();
  history.add([call('a', 1), call('b', 2), call('c', 3, { number: '+442079460321', name: 'Anna Berg' })]);
  expect(await listed(history)).toEqual([
    ['c', 1],
    ['b', 2],
  ]);
  expect(callBacks.people).toBe(2);
  expect(await listed(history, 'berg')).toEqual([['c', 1]]);
  history.add([talk('d', 5, { direction: 'outgoing' })]);
  expect(await listed(history)).toEqual([['c', 1]]);
  history.add([talk('e', 6, { number: '020 7946 0321' })]);
  expect(callBacks.people).toBe(0);
});

test("a contact closes a missed call even if this computer's clock was set back in between", () => {
  const { history, callBacks } = made({ now: NOW - DAY });
  history.add([call('a', 1, { offset: 2 * 60 * MINUTE })]);
  history.add([talk('b', 5)]);
  expect([callBacks.people, history.missed]).toEqual([0, 0]);
});

test('a call that was placed before a missed call and answered after it closes that', () => {
  const { history, callBacks } = made();
  history.add([call('a', 1), talk('b', 0, { direction: 'outgoing', answeredAt: NOW + 2 * MINUTE })]);
  expect(callBacks.people).toBe(0);
});

test('a missed call that was only seen still waits', async () => {
  const { history } = made();
  history.add([call('a', 1)]);
  history.markSeen(null);
  expect(history.missed).toBe(0);
  expect(await listed(history)).toEqual([['a', 1]]);
});

test('calls from before the account was first opened here do not wait, and none waits for longer than 30 days', async () => {
  const { history, clock } = made();
  history.add([call('old', -5), call('a', 1)]);
  expect(await listed(history)).toEqual([['a', 1]]);
  await clock.advance(30 * DAY + 2 * MINUTE);
  expect(await listed(history)).toEqual([]);
});

test('a call that is marked as done leaves the list and no longer counts as missed, and undoing restores it', async () => {
  const { history, callBacks, clock } = made();
  history.add([call('a', 1), call('b', 2)]);
  callBacks.finish('a');
  await clock.advance(MINUTE);
  history.add([call('c', 10)]);
  callBacks.finish('c');
  expect([callBacks.people, history.missed]).toEqual([0, 0]);
  callBacks.undo('c');
  expect(await listed(history)).toEqual([['c', 1]]);
  callBacks.undo('b');
  expect(await listed(history)).toEqual([['c', 3]]);
});

test('a reminder on any call waits until the user talks after setting it, is done, or deletes it', async () => {
  const { history, callBacks, clock } = made();
  history.add([talk('a', -20), talk('b', -10)]);
  callBacks.remind('a', NOW + 60 * MINUTE);
  expect(await listed(history)).toEqual([['a', 0, 60]]);
  // One reminder for each person.
  callBacks.remind('b', NOW + 90 * MINUTE);
  expect(await listed(history)).toEqual([['b', 0, 90]]);
  expect((await allOf(history)).map(({ id, remindAt }) => [id, remindAt])).toEqual([
    ['b', NOW + 90 * MINUTE],
    ['a', undefined],
  ]);
  callBacks.finish('b');
  expect(await listed(history)).toEqual([]);
  callBacks.undo('b');
  expect(await listed(history)).toEqual([['b', 0, 90]]);
  await clock.advance(MINUTE);
  history.add([talk('c', 1)]);
  expect(await listed(history)).toEqual([]);
  callBacks.remind('c', NOW + 90 * MINUTE);
  callBacks.remind('c', null);
  expect(await listed(history)).toEqual([]);
  expect(callBacks.nextReminder).toBeNull();
});

test('a missed call whose reminder was deleted still waits', async () => {
  const { history, callBacks } = made();
  history.add([call('a', 1)]);
  callBacks.remind('a', NOW + 60 * MINUTE);
  callBacks.remind('a', null);
  expect(await listed(history)).toEqual([['a', 1]]);
});

test('a reminder that is due comes first and is taken once, also after a restart', async () => {
  const path = join(folder, 'history.db');
  const first = made({ path });
  first.history.add([call('a', -50, { number: '1003' }), call('b', 2)]);
  first.callBacks.remind('a', NOW + 10 * MINUTE);
  expect(first.callBacks.nextReminder).toBe(NOW + 10 * MINUTE);
  expect(first.callBacks.takeDue()).toEqual([]);
  for (const { close } of open.splice(0)) close();

  const second = made({ path });
  await second.clock.advance(10 * MINUTE);
  expect(await listed(second.history)).toEqual([
    ['a', 1, 10],
    ['b', 1],
  ]);
  expect(second.callBacks.takeDue().map(({ id }) => id)).toEqual(['a']);
  expect(second.callBacks.takeDue()).toEqual([]);
  for (const { close } of open.splice(0)) close();

  const third = made({ path });
  await third.clock.advance(20 * MINUTE);
  expect(third.callBacks.takeDue()).toEqual([]);
  expect(await listed(third.history)).toHaveLength(2);
  third.callBacks.remind('a', NOW + 15 * MINUTE);
  expect(third.callBacks.takeDue().map(({ id }) => id)).toEqual(['a']);
});

test('the listener is called when the list changes', () => {
  let changes = 0;
  const clock = new ManualClock(NOW);
  const { histories } = made();
  const history = histories.open('bo', () => (changes += 1));
  history.add([call('a', 1)]);
  history.markSeen(null);
  const before = changes;
  callBacksOf(history).remind('a', clock.now() + MINUTE);
  callBacksOf(history).finish('a');
  expect(changes).toBe(before + 2);
});

test('a call that is too old to be kept stays while its reminder waits', async () => {
  const { history, histories, callBacks, clock } = made({ keepDays: 2 });
  history.add([call('a', 1), call('b', 2, { number: '1003' })]);
  callBacks.remind('a', NOW + 4 * DAY);
  await clock.advance(3 * DAY);
  history.add([call('c', 3 * 24 * 60, { number: '1004' })]);
  await histories.swept;
  expect((await allOf(history)).map(({ id }) => id)).toEqual(['c', 'a']);
  callBacks.finish('a');
  await clock.advance(DAY + MINUTE);
  history.add([call('d', 4 * 24 * 60, { number: '1004' })]);
  await histories.swept;
  expect((await allOf(history)).map(({ id }) => id)).toEqual(['d', 'c']);
});

test('missed calls from an earlier version wait if they were not seen, and are done if they were', async () => {
  const path = join(folder, 'history.db');
  const clock = new ManualClock(NOW);
  const before = readyDatabase({ path, migrations: HISTORY_MIGRATIONS.slice(0, 3), clock, log: silentLog });
  const rows = [
    ['seen', 1],
    ['open', 0],
  ] as const;
  before.exec(`INSERT INTO place (account, seen_until, cleared_until, generation) VALUES ('alex', ${NOW - DAY}, 0, 0)`);
  for (const [id, seen] of rows) {
    const one = call(id, id === 'seen' ? -10 : -5, { number: id === 'seen' ? '1002' : '1003' });
    const { startedAt: at, number } = one;
    before
      .prepare(
        `INSERT INTO evidence (account, id, party, started_at, ended_at, deleted, entry, data, seen)
         VALUES ('alex', ?, ?, ?, ?, 0, ?, ?, ?)`,
      )
      .run(id, `incoming ${number}`, at, at, id, JSON.stringify(one), seen);
    before
      .prepare(
        `INSERT INTO entry (account, id, at, ended_at, person, number, direction, outcome, search, data, seen)
         VALUES ('alex', ?, ?, ?, ?, ?, 'incoming', 'missed', '', ?, ?)`,
      )
      .run(id, at, at, number, number, JSON.stringify({ ...one, at }), seen);
  }
  before.close();
  const { history } = made({ path });
  expect(await listed(history)).toEqual([['open', 1]]);
  // The record of the same call arrives.
  history.add([call('cdr:1', -10, { source: 'record' })]);
  expect(await listed(history)).toEqual([['open', 1]]);
  history.add([talk('z', 1, { number: '1003' })]);
  expect(await listed(history)).toEqual([]);
});

const PEOPLE = ['1002', '1003', '+442079460321'] as const;
const OUTCOMES = ['missed', 'connected', 'declined', 'unanswered', 'unknown', 'failed'] as const;

/** Calls as the live model and the PBX's records report them; the two may differ about the outcome. */
const world = fc
  .array(
    fc.record({
      number: fc.constantFrom(...PEOPLE),
      outgoing: fc.boolean(),
      live: fc.option(fc.constantFrom(...OUTCOMES)),
      record: fc.option(fc.constantFrom(...OUTCOMES)),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((calls) =>
    calls.flatMap(({ number, outgoing, live, record }, at): Evidence[] => {
      const more = { number, direction: outgoing ? ('outgoing' as const) : ('incoming' as const) };
      return [
        ...(live === null ? [] : [call(`5${at}`, 1 + at, { ...more, outcome: live })]),
        ...(record === null ? [] : [call(`cdr:${at}`, 1 + at, { ...more, source: 'record', outcome: record })]),
      ];
    }),
  );

test('the list does not depend on the order in which live calls and records arrive', async () => {
  const runs = world.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );
  await fc.assert(
    fc.asyncProperty(runs, async ([all, other]) => {
      const [a, b] = [openHistory(), openHistory()];
      for (const one of all) a.history.add([one]);
      for (const one of other) b.history.add([one]);
      const lists = [await listed(a.history), await listed(b.history)];
      for (const { close } of [a, b]) close();
      expect(lists[1]).toEqual(lists[0]);
    }),
    { numRuns: 100 },
  );
});

test('a mark of the user stays with a call, whichever of its reports arrive before and after it', async () => {
  const live = call('5', 1);
  const record = call('cdr:1', 1, { source: 'record' });
  const later = call('cdr:2', 1, { source: 'record', endedAt: NOW + 2 * MINUTE });
  for (const order of [
    [live, record, later],
    [record, live, later],
    [record, later, live],
    [later, live, record],
  ]) {
    for (const at of [1, 2]) {
      const done = made();
      const reminded = made();
      for (const { history } of [done, reminded]) history.add(order.slice(0, at));
      const [first = live] = order;
      const [known] = await listed(reminded.history);
      done.callBacks.finish(String(known?.[0] ?? first.id));
      reminded.callBacks.remind(String(known?.[0] ?? first.id), NOW + 90 * MINUTE);
      for (const { history } of [done, reminded]) history.add(order.slice(at));
      expect(await listed(done.history)).toEqual([]);
      expect(await listed(reminded.history)).toEqual([['5', 1, 90]]);
    }
  }
});
