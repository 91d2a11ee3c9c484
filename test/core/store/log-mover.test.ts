import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, nextTransaction, type Database } from '../../../src/core/store/database.ts';
import { LogMover } from '../../../src/core/store/log-mover.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { readyDatabase } from '../../support/ready-database.ts';
import { silentLog } from '../../support/silent-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BIG = 'x'.repeat(200_000);
const open = (path: string, clock: ManualClock): Database =>
  readyDatabase({ path, migrations: ['CREATE TABLE item (text TEXT)'], clock, log: silentLog });

test('keeps the log small during many transactions, and the file has all their data', async () => {
  const clock = new ManualClock(0);
  const path = join(folder, 'items.db');
  const database = open(path, clock);
  const insert = database.prepare('INSERT INTO item VALUES (?)');
  let longest = 0;
  for (let at = 0; at < 100; at += 1) {
    inTransaction(database, () => insert.run(BIG));
    await nextTransaction(database);
    longest = Math.max(longest, statSync(`${path}-wal`).size);
  }
  // 20 MB were written. 20 transactions are 4 MB, and the log may be written to once more while it is moved.
  expect(longest).toBeLessThan(10_000_000);
  expect(statSync(path).size).toBeGreaterThan(10_000_000);
  expect(database.prepare('SELECT count(*) AS n FROM item').get()?.['n']).toBe(100);
  database.close();
  const again = new DatabaseSync(path);
  expect(again.prepare('SELECT count(*) AS n, sum(length(text)) AS size FROM item').get()).toMatchObject({
    n: 100,
    size: 20_000_000,
  });
  again.close();
  // The thread ends when it is idle.
  await clock.advance(10_000);
});

test('reports once that the log cannot be moved, and does not try again', async () => {
  const clock = new ManualClock(0);
  const failures: unknown[] = [];
  // A folder cannot be opened as a database.
  const path = folder;
  const mover = new LogMover(
    path,
    clock,
    (error) => failures.push(error),
    () => 3_000_000,
  );
  for (let at = 0; at < 60; at += 1) mover.transactionWritten();
  await mover.moveLongLog();
  for (let at = 0; at < 60; at += 1) mover.transactionWritten();
  await mover.moveLongLog();
  expect(failures).toHaveLength(1);
});

test('does not create a database again that was deleted meanwhile', async () => {
  const failures: unknown[] = [];
  const path = join(folder, 'gone.db');
  const mover = new LogMover(
    path,
    new ManualClock(0),
    (error) => failures.push(error),
    () => 3_000_000,
  );
  for (let at = 0; at < 20; at += 1) mover.transactionWritten();
  await mover.moveLongLog();
  expect(failures).toEqual([]);
  expect(existsSync(path)).toBe(false);
});
