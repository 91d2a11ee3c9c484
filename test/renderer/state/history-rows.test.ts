import { expect, test } from 'vitest';
import { addRows, rowAt, topsOf, type HistoryRow } from '../../../src/renderer/state/history-rows.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import { historyCall } from '../support/samples.ts';

const NOON = new Date(2026, 0, 15, 12).getTime();
const MINUTE = 60_000;
const at = (minutes: number, more: Partial<HistoryCall> = {}): HistoryCall =>
  historyCall({ id: String(minutes), at: NOON - minutes * MINUTE, ...more });

const texts = (rows: readonly HistoryRow[]): string[] =>
  rows.map((row) => (row.kind === 'day' ? row.key.slice(0, 3) : row.calls.map(({ id }) => id).join(' ')));

test('each day has a heading, and calls of one number that follow each other with one outcome are one row', () => {
  const rows = addRows(
    [],
    [
      at(1),
      at(2, { number: '001 201 555 0123', name: 'Grace Ito' }),
      at(3, { outcome: 'busy' }),
      at(4),
      at(5, { number: '1002', name: '' }),
      at(24 * 60, { number: '1002', name: '' }),
    ],
  );
  expect(texts(rows)).toEqual(['day', '1 2', '3', '4', '5', 'day', '1440']);
  expect(texts(addRows([], [at(1), at(2), at(3, { direction: 'incoming' })]))).toEqual(['day', '1 2', '3']);
  const hidden = [at(1, { number: 'anonymous' }), at(2, { number: '' })];
  expect(texts(addRows([], [...hidden, at(3)]))).toEqual(['day', '1 2', '3']);
});

test('a page that is added later continues the day and the row before it', () => {
  const calls = Array.from({ length: 30 }, (_none, minutes) => at(minutes, { number: minutes % 10 < 5 ? '1' : '2' }));
  const whole = addRows([], calls);
  for (const cut of [1, 7, 10, 29]) expect(addRows(addRows([], calls.slice(0, cut)), calls.slice(cut))).toEqual(whole);
});

test('the row at a height is found by its top', () => {
  const tops = topsOf(addRows([], [at(1), at(24 * 60)]));
  expect(tops).toEqual([0, 36, 93, 129, 186]);
  expect([-5, 0, 35, 36, 92, 93, 185, 9_999].map((y) => rowAt(tops, y))).toEqual([0, 0, 0, 1, 1, 2, 3, 4]);
});
