import { afterEach, expect, test } from 'vitest';
import { recentsHistories } from '../../../src/core/history/recents-history.ts';
import type { History } from '../../../src/core/history/history.ts';
import { evidence, NOW, openHistory, type OpenedHistory } from './support/open-history.ts';

const open: OpenedHistory[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

const DIRECTORY: Record<string, string> = { '1007': 'Jörg Straßer Traydial GmbH', '+442079460321': 'Maple & Sons' };
const shown = (number: string): string => DIRECTORY[number] ?? '';

let namesVersion = 0;
function made(shownText = shown): History {
  const opened = openHistory({ keepDays: 3650, shown: () => ({ namesVersion, shownText }) });
  open.push(opened);
  return opened.history;
}

const found = async (history: History, text: string, only: 'missed' | null = null): Promise<string[]> =>
  (await history.page({ text, only }, null)).entries.map(({ id }) => id);

test('a search finds entries by the name and company that the directory has for their number', async () => {
  const history = made();
  history.add([
    evidence({ id: 'colleague', number: '1007', name: '' }),
    evidence({ id: 'customer', name: 'WIRELESS CALLER', startedAt: NOW - 600_000 }),
  ]);
  expect(await found(history, 'strasser')).toEqual(['colleague']);
  expect(await found(history, 'gmbh jor')).toEqual(['colleague']);
  expect(await found(history, 'maple 0321')).toEqual(['customer']);
  expect(await found(history, 'maple', 'missed')).toEqual(['customer']);
  expect(await found(history, 'wireless')).toEqual(['customer']);
  expect(await found(history, 'maple straßer')).toEqual([]);
});

test("a colleague's name does not find a call from outside that sent this colleague's extension", async () => {
  const history = made();
  history.add([
    evidence({ id: 'colleague', number: '1007', name: '' }),
    evidence({ id: 'stranger', number: '1007', name: '', external: true, startedAt: NOW - 600_000 }),
  ]);
  expect(await found(history, 'strasser')).toEqual(['colleague']);
  expect(await found(history, '1007')).toEqual(['colleague', 'stranger']);
});

test('after a rename, a search finds the new name and no longer the old one', async () => {
  let name = 'Anna Berg';
  const history = made(() => name);
  history.add([evidence({ id: 'a' })]);
  expect(await found(history, 'berg')).toEqual(['a']);
  name = 'Anna Holm';
  namesVersion += 1;
  expect(await found(history, 'berg')).toEqual([]);
  expect(await found(history, 'holm')).toEqual(['a']);
});

test('the name of each number is looked up once, however many searches follow', async () => {
  let lookups = 0;
  const history = made((number) => {
    lookups += 1;
    return shown(number);
  });
  await history.addAll(
    Array.from({ length: 400 }, (_none, at) =>
      evidence({ id: `call ${at}`, number: String(1000 + (at % 20)), startedAt: NOW - at * 600_000 }),
    ),
    () => false,
  );
  expect(await found(history, 'nobody')).toEqual([]);
  expect(await found(history, 'straßer')).toHaveLength(20);
  expect(lookups).toBe(20);
});

test('a search lets other work run while it looks names up', async () => {
  let [lookups, turns, mostAtOnce] = [0, 0, 0];
  const history = made(() => {
    lookups += 1;
    mostAtOnce = Math.max(mostAtOnce, lookups);
    return '';
  });
  await history.addAll(
    Array.from({ length: 1_000 }, (_none, at) =>
      evidence({ id: `call ${at}`, number: String(100_000 + at), startedAt: NOW - at * 600_000 }),
    ),
    () => false,
  );
  let isSearching = true;
  const turn = (): void => {
    turns += 1;
    lookups = 0;
    if (isSearching) setImmediate(turn);
  };
  setImmediate(turn);
  await found(history, 'nobody');
  isSearching = false;
  expect(turns).toBeGreaterThan(2);
  expect(mostAtOnce).toBeLessThan(1_000);
});

test('without SQLite, recent calls are found by the names that are shown', async () => {
  const file = { load: () => [], save: () => undefined };
  const history = recentsHistories(file, { now: () => NOW }).open(
    'alex',
    () => undefined,
    () => ({
      namesVersion,
      shownText: shown,
    }),
  );
  history.add([evidence({ id: 'colleague', number: '1007' }), evidence({ id: 'other', number: '1008' })]);
  expect(await found(history, 'jörg')).toEqual(['colleague']);
});

test('the export has the names that are shown', async () => {
  const history = made();
  history.add([evidence({ id: 'colleague', number: '1007', name: '1007' })]);
  let text = '';
  const named = history.csv((calls) => calls.map((call) => ({ ...call, name: shown(call.number) })));
  for await (const part of named) text += part;
  expect(text).toContain('Jörg Straßer');
});
