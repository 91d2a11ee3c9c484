import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const DAY = 86_400_000;
const opened: OpenedHistory[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-too-old-'));
});
afterEach(() => {
  for (const { close } of opened.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

function openAndCloseLater(options: Parameters<typeof openHistory>[0]): OpenedHistory {
  const history = openHistory(options);
  opened.push(history);
  return history;
}

const record = (more: Parameters<typeof evidence>[0]) => evidence({ id: 'cdr:1', source: 'record', ...more });

test('entries older than the setting are deleted, and records of that time are not added', async () => {
  const path = join(folder, 'history.db');
  const old = evidence({ id: 'old', startedAt: NOW - 40 * DAY, endedAt: NOW - 40 * DAY });
  const first = openHistory({ path });
  first.history.add([old, evidence()]);
  first.close();
  const { history, histories } = openAndCloseLater({ path, keepDays: 30 });
  await histories.swept;
  history.add([record({ startedAt: NOW - 40 * DAY, endedAt: NOW - 40 * DAY })]);
  expect(history.recents.map(({ id }) => id)).toEqual([evidence().id]);
});

test('a clock that is far in the future deletes nothing', async () => {
  const path = join(folder, 'history.db');
  const first = openHistory({ path });
  first.history.add([evidence()]);
  first.close();
  const { history, histories } = openAndCloseLater({ path, keepDays: 30, now: NOW + 3650 * DAY });
  await histories.swept;
  expect(history.recents.map(({ id }) => id)).toEqual([evidence().id]);
});

test('without newer calls, calls that are too old are deleted once reading the PBX’s records has confirmed the time', async () => {
  const path = join(folder, 'history.db');
  const first = openHistory({ path });
  first.history.add([evidence()]);
  if (first.history.records !== null) first.history.records.syncPosition = { token: 't', at: NOW + 40 * DAY };
  first.close();
  const { history, histories } = openAndCloseLater({ path, keepDays: 30, now: NOW + 40 * DAY });
  await histories.swept;
  expect(history.recents).toEqual([]);
});
