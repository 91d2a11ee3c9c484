import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceFromRecent } from '../../../src/core/history/evidence.ts';
import { HISTORY_MIGRATIONS } from '../../../src/core/history/tables.ts';
import { openDatabase } from '../../../src/core/store/database.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { readyDatabase } from '../../support/ready-database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { allOf, evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const open: OpenedHistory[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-history-'));
});
afterEach(() => {
  for (const { close } of open.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

function made(options: Parameters<typeof openHistory>[0] = {}) {
  const opened = openHistory(options);
  open.push(opened);
  return opened;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const record = (more: Parameters<typeof evidence>[0] = {}) => evidence({ id: 'cdr:1', source: 'record', ...more });
const many = (count: number) =>
  Array.from({ length: count }, (_none, index) =>
    evidence({ id: String(index), number: `+4420794600${10 + (index % 80)}`, startedAt: NOW - index * 10 * MINUTE }),
  );

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

test('a live call and its record are one entry, whichever comes first', async () => {
  const both = [evidence({ name: 'Anna Berg' }), record({ called: '+493012345' })];
  for (const order of [both, both.toReversed()]) {
    const { history } = made();
    for (const one of order) history.add([one]);
    expect(await allOf(history)).toMatchObject([
      { id: '100000000000000001', name: 'Anna Berg', called: '+493012345', outcome: 'missed' },
    ]);
  }
});

test('two calls of one number a minute apart are two entries', () => {
  const { history } = made();
  const second = { startedAt: NOW - 5_000, endedAt: NOW };
  history.add([record(), record({ id: 'cdr:2', ...second }), evidence({ id: 'b', ...second }), evidence({ id: 'a' })]);
  expect(history.recents.map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a call that a colleague took is not listed, even if the PBX records it as missed', () => {
  const { history } = made();
  history.add([record()]);
  expect(history.missed).toBe(0);
  history.add([evidence({ outcome: 'unanswered', taken: true })]);
  expect(history.recents).toEqual([]);
});

test('a search reads a large history in slices and finds what is at its end', async () => {
  const { history } = made({ keepDays: 3650 });
  await history.addAll(
    Array.from({ length: 10_100 }, (_none, at) =>
      evidence({
        id: String(at),
        number: String(10_000 + at),
        startedAt: NOW - at * MINUTE,
        name: at % 100 === 0 ? 'Rare' : 'Anna',
      }),
    ),
    () => false,
  );
  const first = await history.page({ text: 'rare', only: 'incoming' }, null);
  expect(first.entries.map(({ id }) => Number(id))).toEqual(Array.from({ length: 50 }, (_none, at) => at * 100));
  const second = await history.page({ text: 'rare', only: 'incoming' }, first.next);
  const third = await history.page({ text: 'rare', only: 'incoming' }, second.next);
  expect([...second.entries, ...third.entries].map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 51 }, (_none, at) => 5_000 + at * 100),
  );
  expect(third.next).toBeNull();
});

test('addAll returns false if evidence could not be written, so that it is requested again', async () => {
  const path = join(folder, 'history.db');
  const { history } = made({ path });
  const other = new DatabaseSync(path);
  other.exec("CREATE TRIGGER full BEFORE INSERT ON evidence BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  expect(await history.addAll([evidence()], () => false)).toBe(false);
  other.exec('DROP TRIGGER full');
  other.close();
  expect(await history.addAll([evidence()], () => false)).toBe(true);
  expect(history.recents).toHaveLength(1);
});

test('deleting everything leaves no rows in the file, even if the program ended too early', async () => {
  const path = join(folder, 'history.db');
  const first = openHistory({ path });
  first.history.add(many(60));
  first.history.note('1', 'private');
  first.history.clear();
  first.close();
  const { history, histories } = made({ path });
  expect(history.recents).toEqual([]);
  await histories.swept;
  const database = new DatabaseSync(path);
  const rows = database.prepare('SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM evidence) AS n').get();
  database.close();
  expect(rows?.['n']).toBe(0);
});

test('a file from before notes existed keeps its calls and their seen marks', async () => {
  const path = join(folder, 'history.db');
  const old = readyDatabase({
    path,
    migrations: HISTORY_MIGRATIONS.slice(0, 1),
    clock: new ManualClock(NOW),
    log: silentLog,
  });
  const insert = 'INSERT INTO entry (account, id, at, ended_at, person, direction, outcome, search, data) VALUES';
  const data = (id: string, at: number) =>
    JSON.stringify({ id, number: '1002', name: '', direction: 'incoming', outcome: 'missed', at, endedAt: at });
  old.exec(`INSERT INTO place (account, seen_until, cleared_until) VALUES ('alex', ${NOW - DAY}, 0);
    ${insert} ('alex', 'seen', ${NOW - 2 * DAY}, 0, '1002', 'incoming', 'missed', '1002', '${data('seen', NOW - 2 * DAY)}');
    ${insert} ('alex', 'new', ${NOW - MINUTE}, 0, '1002', 'incoming', 'missed', '1002', '${data('new', NOW - MINUTE)}');`);
  old.close();
  const { history } = made({ path });
  expect((await allOf(history)).map(({ id }) => id)).toEqual(['new', 'seen']);
  expect(history.unseenMissed(0).map(({ id }) => id)).toEqual(['new']);
});

test('a deleted entry does not come back when its record comes later', () => {
  const { history } = made();
  history.add([evidence()]);
  history.remove('100000000000000001');
  history.add([record(), evidence()]);
  expect(history.recents).toEqual([]);
});

test('after deleting everything, old calls do not come back and new calls are listed', () => {
  const { history } = made();
  history.add([evidence(), record()]);
  history.clear();
  history.add([evidence(), record(), evidence({ id: 'new', startedAt: NOW, endedAt: NOW + MINUTE })]);
  expect(history.recents.map(({ id }) => id)).toEqual(['new']);
});

test('pages have no gaps, even while new calls are added', async () => {
  const { history } = made();
  history.add(many(120));
  const first = await history.page({ text: '', only: null }, null);
  history.add([evidence({ id: 'new', startedAt: NOW, endedAt: NOW })]);
  const second = await history.page({ text: '', only: null }, first.next);
  const third = await history.page({ text: '', only: null }, second.next);
  expect([...first.entries, ...second.entries, ...third.entries].map(({ id }) => id)).toEqual(
    many(120).map(({ id }) => id),
  );
  expect(third.next).toBeNull();
});

test.each([
  ['ann', ['a']],
  ['BERG anna', ['a']],
  ['jose', ['b']],
  ['(020) 7946', ['b']],
  ['%', []],
])('a search for "%s" finds %j', async (text, ids) => {
  const { history } = made();
  history.add([
    evidence({ id: 'a', name: 'Anna Berg', number: '1002' }),
    evidence({ id: 'b', name: 'José', number: '020 7946 0321' }),
  ]);
  expect((await history.page({ text, only: null }, null)).entries.map(({ id }) => id)).toEqual(ids);
});

test('a filter leaves only missed, incoming or outgoing calls', async () => {
  const { history } = made();
  history.add([
    evidence({ id: 'a', number: '1002' }),
    evidence({ id: 'b', number: '1003', outcome: 'connected' }),
    evidence({ id: 'c', number: '1004', direction: 'outgoing', outcome: 'unanswered' }),
  ]);
  const found = async (only: 'missed' | 'incoming' | 'outgoing') =>
    (await history.page({ text: '', only }, null)).entries.map(({ id }) => id);
  expect([await found('missed'), (await found('incoming')).sort(), await found('outgoing')]).toEqual([
    ['a'],
    ['a', 'b'],
    ['c'],
  ]);
});

test('the export quotes fields and prevents formulas in names', async () => {
  const { history } = made();
  history.add([
    evidence({
      id: 'a',
      name: '=HYPERLINK("http://x")',
      number: '+44 20 7946 0321',
      startedAt: NOW - MINUTE,
      endedAt: NOW,
    }),
    evidence({
      id: 'b',
      name: 'Berg, "Anna"',
      number: '1002',
      outcome: 'connected',
      answeredAt: NOW - 90_000,
      seconds: 30,
      passedBy: '1003',
      passedTo: '1004',
    }),
  ]);
  expect((await textOf(history.csv((calls) => [...calls]))).split('\r\n')).toEqual([
    'started,answered,ended,direction,outcome,name,number,called,talk seconds,note,transferred by,transferred to',
    `2026-01-15T08:59:00.000Z,2026-01-15T08:58:30.000Z,2026-01-15T08:59:20.000Z,incoming,connected,"Berg, ""Anna""",1002,,30,,1003,1004`,
    `2026-01-15T08:59:00.000Z,,2026-01-15T09:00:00.000Z,incoming,missed,"'=HYPERLINK(""http://x"")",+44 20 7946 0321,,,,,`,
    '',
  ]);
});

test.each(['＝1+1', '＋1', '－1', '＠SUM(1)', 'a;＝1+1'])(
  'the export disarms a full-width formula: %s',
  async (name) => {
    const { history } = made();
    history.add([evidence({ name })]);
    expect(await textOf(history.csv((calls) => [...calls]))).toContain(name.replace(/(?=[＝＋－＠])/, "'"));
  },
);

test('each account has its own history, and removing the account deletes it', () => {
  const { histories, history } = made();
  history.add([evidence()]);
  const other = histories.open('lena', () => undefined);
  expect(other.recents).toEqual([]);
  other.add([evidence({ id: 'hers' })]);
  histories.forget('alex');
  expect(histories.open('alex', () => undefined).recents).toEqual([]);
  expect(other.recents).toHaveLength(1);
});

test('the demo starts with an empty history', () => {
  const { histories } = made();
  histories.open(null, () => undefined).add([evidence()]);
  expect(histories.open(null, () => undefined).recents).toEqual([]);
});

test('recent calls that were stored elsewhere are imported, and not again after they were deleted', () => {
  const path = join(folder, 'history.db');
  const storedElsewhere = [
    evidenceFromRecent(
      {
        id: 'x',
        number: '1002',
        name: '',
        direction: 'incoming',
        outcome: 'missed',
        at: NOW - DAY,
        seconds: null,
        provenance: 'caller',
      },
      0,
    ),
  ];
  const first = openHistory({ path, storedElsewhere });
  expect(first.history.recents).toHaveLength(1);
  first.history.clear();
  first.close();
  expect(made({ path, storedElsewhere }).history.recents).toEqual([]);
});

test('a damaged file is moved aside, and a new history is started', () => {
  const path = join(folder, 'history.db');
  writeFileSync(path, 'no database'.repeat(1000));
  const { history } = made({ path });
  history.add([evidence()]);
  expect(history.recents).toHaveLength(1);
  expect(readdirSync(folder).filter((name) => name.includes('.broken-'))).toHaveLength(1);
});

test('a file of a later version is not opened or changed', () => {
  const path = join(folder, 'history.db');
  const options = { path, check: () => undefined, clock: new ManualClock(NOW), log: silentLog };
  readyDatabase({ ...options, migrations: ['CREATE TABLE a (b)', 'CREATE TABLE c (d)'] }).close();
  expect(openDatabase({ ...options, migrations: ['CREATE TABLE a (b)'] })).toEqual({ opened: 'not', why: 'newer' });
  expect(readdirSync(folder).filter((name) => name.includes('.broken-'))).toEqual([]);
});

test('listeners are called only if the first page changed', () => {
  const { histories } = made();
  let changes = 0;
  const history = histories.open('lena', () => (changes += 1));
  history.add(many(60));
  expect(changes).toBe(1);
  const before = history.recents;
  history.add(many(60));
  expect(history.recents).toBe(before);
  expect(changes).toBe(1);
});

test('reasons are kept with a call over a restart, found under the id of its record, and deleted with it', async () => {
  const path = join(folder, 'history.db');
  const notified = { ringing: { code: 'person' }, missed: null } as const;
  const first = made({ path });
  first.history.add([record()]);
  first.history.reasons?.save([{ id: 'push:1:2', at: NOW, notified }], []);
  first.history.reasons?.save([{ id: evidence().id, at: NOW, notified }], ['push:1:2']);
  first.close();
  open.pop();
  const { history } = made({ path });
  history.add([evidence()]);
  const [entry] = await allOf(history);
  expect(entry && history.reasons?.of(entry.id)).toEqual(notified);
  expect(history.reasons?.of('cdr:other')).toBeNull();
  expect(history.reasons?.ofPlaceholderNear(NOW)).toBeNull();
  history.remove(entry?.id ?? '');
  expect(history.reasons?.of(evidence().id)).toBeNull();
});

test('reasons are deleted when they are as old as entries may be', async () => {
  const path = join(folder, 'history.db');
  const first = made({ path });
  const notified = { ringing: { code: 'announced' }, missed: null } as const;
  first.history.add([evidence()]);
  first.history.reasons?.save([{ id: '1', at: NOW - 8 * DAY, notified }], []);
  first.close();
  open.pop();
  const { history, histories } = made({ path, keepDays: 7 });
  await histories.swept;
  expect(history.reasons?.of('1')).toBeNull();
});
