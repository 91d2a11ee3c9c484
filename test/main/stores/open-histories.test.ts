import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceFromRecent } from '../../../src/core/history/evidence.ts';
import { NO_NAMES } from '../../../src/core/history/shown-names.ts';
import { openHistories } from '../../../src/main/stores/open-histories.ts';
import type { RecentCall } from '../../../src/shared/dial.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { silentLog } from '../../support/silent-log.ts';

const NOW = Date.parse('2026-01-15T09:00:00Z');
let directory: string;
/** The recent calls in state.json. */
let recents: RecentCall[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'traydial-histories-'));
  recents = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = () =>
  openHistories({
    directory,
    state: { recents: () => recents, saveRecents: (_account, calls) => (recents = calls) },
    keepDays: () => 365,
    clock: new ManualClock(NOW),
    log: silentLog,
  });

const numbersOf = (opened: ReturnType<typeof open>): string[] =>
  opened.histories
    .open(
      'alex',
      () => undefined,
      () => NO_NAMES,
    )
    .recents.map(({ number }) => number);

const recent = (id: string, number: string): RecentCall => ({
  id,
  number,
  name: '',
  direction: 'incoming',
  outcome: 'missed',
  at: NOW - Number(id) * 60_000,
  seconds: null,
  provenance: 'caller',
});

test('calls of a run that could not use the database are in the history of the next one that can', () => {
  const first = open();
  expect(numbersOf(first)).toEqual([]);
  first.close();
  recents = [recent('1', '1002')];
  const second = open();
  expect(numbersOf(second)).toEqual(['1002']);
  expect(recents).toEqual([]);
  second.close();
});

test('damage behind the first pages of the file is noticed, and the file is moved aside', () => {
  const first = open();
  const history = first.histories.open(
    'alex',
    () => undefined,
    () => NO_NAMES,
  );
  history.add(Array.from({ length: 500 }, (_none, id) => evidenceFromRecent(recent(String(id), `${1000 + id}`), 0)));
  first.close();
  const path = join(directory, 'history.db');
  const file = openSync(path, 'r+');
  for (let at = 8 * 4096; at < statSync(path).size; at += 4096) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at);
  closeSync(file);
  const second = open();
  expect(numbersOf(second)).toEqual([]);
  expect(readdirSync(directory).some((name) => name.includes('.broken-'))).toBe(true);
  second.close();
});

test('while another program locks the database, the recent calls of state.json are the history', () => {
  open().close();
  const lock = new DatabaseSync(join(directory, 'history.db'));
  lock.exec('BEGIN IMMEDIATE');
  recents = [recent('1', '1002')];
  const opened = open();
  expect(numbersOf(opened)).toEqual(['1002']);
  expect(recents).toHaveLength(1);
  lock.close();
  opened.close();
});
