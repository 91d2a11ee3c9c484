import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/core/store/database.ts';
import { allOf, evidence, NOW, openHistory } from './support/open-history.ts';

const MINUTE = 60_000;
const missed = (id: string, minutes: number) =>
  evidence({ id, startedAt: NOW + minutes * MINUTE, endedAt: NOW + (minutes + 1) * MINUTE });

/** The next commit fails, as on a full disk. */
function failNextCommit(database: Database): void {
  const exec = database.exec.bind(database);
  database.exec = (sql) => {
    if (sql === 'COMMIT') {
      database.exec = exec;
      throw new Error('database or disk is full');
    }
    exec(sql);
  };
}

const FAILED = { ok: false, error: { code: 'storage-failed' } };

test('an action of the user that cannot be written to the disk is an error and changes nothing', async () => {
  const { history, database, close } = openHistory();
  const { callBacks } = history;
  history.add([missed('a', 1)]);
  for (const act of [
    () => history.note('a', 'offer'),
    () => history.markSeen(null),
    () => history.remove('a'),
    () => history.clear(),
    () => callBacks?.finish('a'),
    () => callBacks?.remind('a', NOW + 60 * MINUTE),
  ]) {
    failNextCommit(database);
    expect(act()).toMatchObject(FAILED);
  }
  const [call] = await allOf(history);
  expect(call).toMatchObject({ id: 'a', unseen: true });
  expect(call).not.toHaveProperty('note');
  expect([callBacks?.people, callBacks?.nextReminder]).toEqual([1, null]);
  close();
});

test('after deleting everything failed, calls are added to the same history, and deleting works later', async () => {
  const { history, database, close } = openHistory();
  history.add([missed('a', 1)]);
  failNextCommit(database);
  expect(history.clear()).toMatchObject(FAILED);
  history.add([missed('b', 3)]);
  expect(history.recents.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(history.clear()).toEqual({ ok: true, value: null });
  expect(await allOf(history)).toEqual([]);
  close();
});

test('a clock that was wrong at the first opening is corrected in the file, also if the first write fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-corrected-'));
  const path = join(folder, 'history.db');
  const DAY = 24 * 60 * MINUTE;
  const first = openHistory({ path, now: NOW + DAY });
  failNextCommit(first.database);
  first.history.add([{ ...missed('a', 1), offset: DAY }]);
  await first.clock.advance(MINUTE);
  expect(first.history.missed).toBe(1);
  first.close();
  const again = openHistory({ path, now: NOW + 60 * MINUTE });
  again.history.add([missed('b', 10)]);
  expect(again.history.missed).toBe(2);
  again.close();
  rmSync(folder, { recursive: true, force: true });
});

test('while the file cannot be read, calls are added without an error, and the last known ones stay', () => {
  const { history, close } = openHistory();
  history.add([missed('a', 1)]);
  expect([history.missed, history.callBacks?.people]).toEqual([1, 1]);
  close();
  history.add([missed('b', 3)]);
  expect(history.recents.map(({ id }) => id)).toEqual(['a']);
  expect([history.missed, history.callBacks?.people]).toEqual([1, 1]);
  expect(history.unseenMissed(0)).toEqual([]);
  expect(history.note('a', 'offer')).toMatchObject(FAILED);
  const { records } = history;
  if (records !== null) records.syncPosition = { token: 't', at: NOW };
  expect(records?.syncPosition).toBeNull();
});

test('calls that end while the file is locked are added later, and the program is not blocked for long', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-locked-'));
  const path = join(folder, 'history.db');
  const { history, clock, close } = openHistory({ path });
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  history.add([missed('a', 1)]);
  await clock.advance(MINUTE);
  other.exec('ROLLBACK');
  expect(history.recents).toEqual([]);
  await clock.advance(MINUTE);
  expect(history.recents.map(({ id }) => id)).toEqual(['a']);
  other.exec('BEGIN IMMEDIATE');
  history.add([missed('b', 3)]);
  other.exec('ROLLBACK');
  history.add([missed('c', 5)]);
  expect(history.recents.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  other.close();
  close();
  rmSync(folder, { recursive: true, force: true });
});
