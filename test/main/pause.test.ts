import { expect, test } from 'vitest';
import { Pause } from '../../src/main/pause.ts';
import { ManualClock } from '../support/manual-clock.ts';

const HOUR = 3_600_000;
const MONDAY_NINE = Date.UTC(2026, 0, 5, 9);

test('a pause of half an hour ends after half an hour and reports its end', async () => {
  const clock = new ManualClock(MONDAY_NINE);
  const changes: (number | null)[] = [];
  const pause = new Pause(clock, null, (until) => changes.push(until));
  pause.set('half-hour');
  expect(pause.until).toBe(MONDAY_NINE + HOUR / 2);
  await clock.advance(HOUR / 2);
  expect(pause.until).toBeNull();
  expect(changes).toEqual([MONDAY_NINE + HOUR / 2, null]);
});

test.each([
  ['in the morning', MONDAY_NINE],
  ['shortly before midnight', Date.UTC(2026, 0, 5, 23, 50)],
])('a pause until tomorrow, chosen %s, ends at seven the next morning', (_name, now) => {
  const pause = new Pause(new ManualClock(now), null, () => {});
  pause.set('tomorrow');
  expect(new Date(pause.until ?? 0).toISOString()).toBe('2026-01-06T07:00:00.000Z');
});

test('a pause survives a restart, unless it has ended or would last for years', () => {
  const at = (until: number) => new Pause(new ManualClock(MONDAY_NINE), until, () => {}).until;
  expect(at(MONDAY_NINE + HOUR)).toBe(MONDAY_NINE + HOUR);
  expect(at(MONDAY_NINE - 1)).toBeNull();
  expect(at(MONDAY_NINE + 10_000 * HOUR)).toBeNull();
});

test('a pause that ended while the computer slept is over after it wakes, and reports its end', () => {
  const clock = new ManualClock(MONDAY_NINE);
  const changes: (number | null)[] = [];
  const pause = new Pause(clock, null, (until) => changes.push(until));
  pause.set('half-hour');
  clock.sleep(8 * HOUR);
  pause.check();
  expect(pause.until).toBeNull();
  expect(changes).toEqual([MONDAY_NINE + HOUR / 2, null]);
});

test('a pause ends on time although the computer slept meanwhile', async () => {
  const clock = new ManualClock(MONDAY_NINE);
  const changes: (number | null)[] = [];
  const pause = new Pause(clock, null, (until) => changes.push(until));
  pause.set('half-hour');
  clock.sleep(HOUR / 4);
  pause.check();
  await clock.advance(HOUR / 4);
  expect(changes).toEqual([MONDAY_NINE + HOUR / 2, null]);
});

test('a pause ends within ten minutes after the clock is set past its end, and no later if the clock is set back', async () => {
  for (const [jump, wait] of [
    [8 * HOUR, HOUR / 6],
    [-8 * HOUR, HOUR / 2],
  ] as const) {
    const clock = new ManualClock(MONDAY_NINE);
    const changes: (number | null)[] = [];
    const pause = new Pause(clock, null, (until) => changes.push(until));
    pause.set('half-hour');
    clock.jump(jump);
    await clock.advance(wait);
    expect(changes).toEqual([MONDAY_NINE + HOUR / 2, null]);
    expect(clock.pending()).toEqual([]);
  }
});
