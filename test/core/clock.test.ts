import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SystemClock, untilBeat } from '../../src/core/clock.ts';
import { ManualClock } from '../support/manual-clock.ts';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.UTC(2026, 0, 5, 9) });
});

afterEach(() => {
  vi.useRealTimers();
});

test('monotonic time does not jump when the wall clock is set', () => {
  const clock = new SystemClock();
  const before = clock.elapsed();
  vi.setSystemTime(Date.UTC(2030, 0, 1));
  expect(clock.elapsed() - before).toBeLessThan(1_000);
  vi.setSystemTime(Date.UTC(2020, 0, 1));
  expect(clock.elapsed() - before).toBeGreaterThanOrEqual(0);
});

test('monotonic time counts sleep once, whether or not the system counts it too', () => {
  const clock = new SystemClock();
  const before = clock.elapsed();
  clock.suspended();
  // A system whose monotonic clock stands still during sleep.
  vi.setSystemTime(Date.now() + 8 * HOUR);
  clock.resumed();
  clock.resumed();
  expect(Math.round((clock.elapsed() - before) / HOUR)).toBe(8);

  clock.suspended();
  vi.advanceTimersByTime(2 * HOUR);
  clock.resumed();
  expect(Math.round((clock.elapsed() - before) / HOUR)).toBe(10);
});

test('monotonic time does not go back when the wall clock was set back during sleep', () => {
  const clock = new SystemClock();
  const before = clock.elapsed();
  clock.suspended();
  vi.setSystemTime(Date.now() - HOUR);
  clock.resumed();
  expect(clock.elapsed()).toBeGreaterThanOrEqual(before);
});

test('all waits for the beat end at the same moment, and a timer that fires early causes no second beat', async () => {
  const clock = new ManualClock();
  await clock.advance(4_000);
  expect(untilBeat(clock)).toBe(11_000);
  await clock.advance(7_000);
  expect(untilBeat(clock)).toBe(4_000);
  await clock.advance(3_999.5);
  expect(untilBeat(clock)).toBe(15_000.5);
});
