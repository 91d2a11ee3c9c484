import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceFromRecord } from '../../../src/core/history/evidence.ts';
import { decodeCdrDiff } from '../../../src/core/pbx/decode-cdr-sync.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-deletions-'));
  path = join(folder, 'history.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const record = (more: Parameters<typeof evidence>[0] = {}) => evidence({ id: 'cdr:1', source: 'record', ...more });
const later = (minutes: number) =>
  evidence({ id: String(minutes), startedAt: NOW + minutes * MINUTE, endedAt: NOW + minutes * MINUTE + 9_000 });
const ids = async ({ history }: Pick<ReturnType<typeof openHistory>, 'history'>) =>
  (await allOf(history)).map(({ id }) => id);

test('deleting a call does not delete the next one, whichever record comes first', async () => {
  const records = [record(), record({ id: 'cdr:2', startedAt: NOW + 30_000, endedAt: NOW + 40_000 })];
  for (const order of [records, records.toReversed()]) {
    const opened = openHistory();
    opened.history.add([evidence()]);
    opened.history.remove(evidence().id);
    await opened.history.addAll(order, () => false);
    expect(await ids(opened)).toEqual(['cdr:2']);
    opened.close();
  }
});

test.each([0, 1_900, 40_000])(
  'after deleting everything %d ms after a call, its record does not bring it back',
  async (ms) => {
    const opened = openHistory();
    opened.history.add([evidence({ startedAt: NOW - 10_000, endedAt: NOW })]);
    await opened.clock.advance(ms);
    opened.history.clear();
    opened.history.add([record({ startedAt: NOW - 10_000, endedAt: NOW + 1_000 })]);
    expect([await ids(opened), opened.history.missed]).toEqual([[], 0]);
    opened.history.add([later(1)]);
    expect(await ids(opened)).toEqual(['1']);
    opened.close();
  },
);

/** The record of a call, with times as the PBX writes them. */
function recordWith(times: { started_at: string; ended_at: string }) {
  const leg = { caller: '+442079460321', callee: '1001', answered_at: '', status_code: 487, ...times };
  const diff = decodeCdrDiff({ token: 't', items: [{ id: '9', change_type: 'CREATED', items: [leg] }] }, 't');
  return (diff?.changes ?? []).flatMap(
    (change) => evidenceFromRecord(change, { own: { extension: '1001', numbers: [] }, offset: 0 }) ?? [],
  );
}

test.each([
  ['2026-01-15T08:00:00Z', '2106-02-07T06:28:15Z'],
  ['2106-02-07T06:28:15Z', '2106-02-07T06:28:15Z'],
  ['2026-01-15T08:00:00Z', '2098-12-31T00:00:00Z'],
  ['2098-12-31T00:00:00Z', '2098-12-31T00:00:00Z'],
])('a record with the impossible times %s and %s does not hide later calls', async (started_at, ended_at) => {
  const opened = openHistory({ now: NOW - DAY / 2 });
  await opened.history.addAll(recordWith({ started_at, ended_at }), () => false);
  opened.history.add([later(1)]);
  expect(opened.history.callBacks?.people).toBe(1);
  opened.history.clear();
  opened.history.add([later(2), later(12)]);
  expect(await ids(opened)).toEqual(['12', '2']);
  opened.close();
});

test('impossible times that an earlier version stored are corrected when the history is opened', async () => {
  const first = openHistory({ path });
  first.history.add([record({ outcome: 'connected' })]);
  if (first.history.records !== null) first.history.records.syncPosition = { token: 't', at: NOW };
  first.close();
  const file = new DatabaseSync(path);
  const future = Date.parse('2098-12-31T00:00:00Z');
  file.exec(`UPDATE evidence SET started_at = ${future}, data = json_set(data, '$.startedAt', ${future});
    UPDATE entry SET at = ${future}; UPDATE place SET cleared_until = ${future}`);
  file.close();
  const second = openHistory({ path, now: NOW + DAY });
  second.history.add([evidence({ id: 'new', startedAt: NOW + DAY + 10 * MINUTE, endedAt: NOW + DAY + 11 * MINUTE })]);
  expect((await allOf(second.history)).map(({ at }) => at)).toEqual([NOW + DAY + 10 * MINUTE, NOW + DAY]);
  expect(second.history.missed).toBe(1);
  second.close();
});

test('a talk that was answered in the future, according to its record, does not close later missed calls', () => {
  const opened = openHistory({ now: NOW - DAY / 2 });
  opened.history.add([
    record({ outcome: 'connected', answeredAt: Date.parse('2098-12-31T00:00:00Z'), seconds: 9 }),
    later(5),
  ]);
  expect([opened.history.missed, opened.history.callBacks?.people]).toEqual([1, 1]);
  opened.close();
});

test.each([
  ['answer', { answeredAt: Date.parse('2098-12-31T00:00:00Z') }],
  ['end', { endedAt: Date.parse('2098-12-31T00:00:00Z') }],
])(
  'a missed call that an earlier version closed because of an %s in the future is opened again',
  async (_time, wrong) => {
    const first = openHistory({ path, now: NOW - DAY / 2 });
    first.history.add([record({ outcome: 'connected', answeredAt: null, seconds: 9 }), later(5)]);
    first.history.note('cdr:1', 'offer');
    if (first.history.records !== null) first.history.records.syncPosition = { token: 't', at: NOW };
    first.close();
    const file = new DatabaseSync(path);
    const contact = Object.values(wrong)[0] ?? 0;
    file.exec(`UPDATE evidence SET data = json_patch(data, '${JSON.stringify(wrong)}') WHERE id = 'cdr:1';
    UPDATE evidence SET ended_at = json_extract(data, '$.endedAt');
    UPDATE entry SET data = json_patch(data, '${JSON.stringify(wrong)}'), contact_at = ${contact} WHERE id = 'cdr:1';
    UPDATE entry SET ended_at = json_extract(data, '$.endedAt'), back = 0, seen = 1`);
    file.close();
    const second = openHistory({ path, now: NOW + DAY / 2 });
    expect(second.history.callBacks?.people).toBe(1);
    const [, talk] = await allOf(second.history);
    expect(talk).toMatchObject({ id: 'cdr:1', note: 'offer', answeredAt: null });
    expect(talk?.endedAt).toBeLessThan(NOW + DAY);
    second.close();
  },
);

test('a deleted entry that is older than a month does not come back when the records are read again', async () => {
  const old = record({ startedAt: NOW - 60 * DAY, endedAt: NOW - 60 * DAY + MINUTE });
  const recent = record({ id: 'cdr:2', number: '1002' });
  const first = openHistory({ path });
  first.history.add([old, recent]);
  first.history.remove('cdr:1');
  first.close();
  for (const days of [0, 20]) {
    const opened = openHistory({ path, now: NOW + days * DAY });
    await opened.histories.swept;
    opened.history.add([old, recent]);
    expect(await ids(opened)).toEqual(['cdr:2']);
    opened.close();
  }
});

test('a month after a deletion, nothing is left of the call, and later reports do not restore it', async () => {
  const first = openHistory({ path });
  first.history.add([evidence()]);
  first.history.remove(evidence().id);
  first.history.add([
    record(),
    record({ id: 'cdr:2', number: '1002', startedAt: NOW + 40 * DAY, endedAt: NOW + 40 * DAY }),
  ]);
  first.close();
  const opened = openHistory({ path, now: NOW + 40 * DAY });
  opened.history.add([record({ id: 'cdr:2', number: '1002', startedAt: NOW + 40 * DAY, endedAt: NOW + 40 * DAY })]);
  await opened.histories.swept;
  await opened.clock.advance(DAY);
  opened.history.add([record({ id: 'cdr:3', number: '1003', startedAt: NOW + 40 * DAY, endedAt: NOW + 40 * DAY })]);
  await opened.histories.swept;
  const rows = opened.database.prepare('SELECT id FROM evidence LIMIT 9').all();
  expect(rows.map(({ id }) => id).sort()).toEqual(['cdr:2', 'cdr:3']);
  opened.close();
});
