import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceFromRecent } from '../../../src/core/history/evidence.ts';
import { NO_SHOWN_TEXTS } from '../../../src/core/history/shown-names.ts';
import { openHistories } from '../../../src/main/stores/open-histories.ts';
import type { RecentCall } from '../../../src/shared/dial.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Notices } from '../../support/notices.ts';
import { silentLog } from '../../support/silent-log.ts';

const NOW = Date.parse('2026-01-15T09:00:00Z');
let directory: string;
/** The recent calls in state.json. */
let recents: RecentCall[];
let notices: Notices;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'traydial-histories-'));
  recents = [];
  notices = new Notices();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = () =>
  openHistories({
    directory,
    state: { recents: () => recents, saveRecents: (_account, calls) => (recents = calls) },
    keepDays: () => 365,
    clock: new ManualClock(NOW),
    log: silentLog,
    board: notices,
  });

const numbersOf = (opened: ReturnType<typeof open>): string[] =>
  opened.histories
    .open(
      'alex',
      () => undefined,
      () => NO_SHOWN_TEXTS,
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

test('damage after the first pages of the file is detected, and the file is moved aside', () => {
  const first = open();
  const history = first.histories.open(
    'alex',
    () => undefined,
    () => NO_SHOWN_TEXTS,
  );
  history.add(Array.from({ length: 500 }, (_none, id) => evidenceFromRecent(recent(String(id), `${1000 + id}`), 0)));
  first.close();
  const path = join(directory, 'history.db');
  const file = openSync(path, 'r+');
  for (let at = 8 * 4096; at < statSync(path).size; at += 4096) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at);
  closeSync(file);
  const second = open();
  expect(numbersOf(second)).toEqual([]);
  const kept = readdirSync(directory).find((name) => /\.broken-[^.]*$/.test(name));
  expect(notices.lines).toEqual([
    'history-damaged: The file with your call history was damaged, so the history is empty now. ' +
      `The damaged file is kept as ${kept}.`,
  ]);
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
  expect(notices.lines).toEqual([expect.stringMatching(/^history-not-kept: .* then restart Traydial\.$/)]);
  lock.close();
  expect(numbersOf(opened)).toEqual(['1002']);
  expect(notices.lines).toEqual([]);
  opened.close();
});

test('a file of a newer version, or one that cannot be opened, is left as it is and a notice says so', () => {
  open().close();
  expect(notices.lines).toEqual([]);
  const path = join(directory, 'history.db');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 999');
  database.close();
  open().close();
  expect(notices.lines).toEqual([
    "history-not-kept: Traydial can't open history.db, the file with your call history. It keeps only your recent calls for now. " +
      'A newer version of Traydial saved it. Install that version again.',
  ]);
  rmSync(path);
  mkdirSync(path);
  open().close();
  expect(notices.lines).toEqual([expect.stringMatching(/^history-not-kept: .* then restart Traydial\.$/)]);
});
