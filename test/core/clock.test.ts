import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SystemClock } from '../../src/core/clock.ts';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.UTC(2026, 0, 5, 9) });
});

afterEach(() => {
  vi.useRealTimers();
});

test('monotonic time does not follow a wall clock that is set', () => {
  const clock = new SystemClock();
  const before = clock.elapsed();
  vi.setSystemTime(Date.UTC(2030, 0, 1));
  expect(clock.elapsed() - before).toBeLessThan(1_000);
  vi.setSystemTime(Date.UTC(2020, 0, 1));
  expect(clock.elapsed() - before).toBeGreaterThanOrEqual(0);
});

test('monotonic time counts the time that the computer slept, once, whether or not the system counts it too', () => {
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
