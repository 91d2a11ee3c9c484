import { expect, test } from 'vitest';
import {
  LONGEST_INTERVAL_MS,
  LONGEST_WITH_PUSH_MS,
  RateGovernor,
} from '../../../../src/core/calls/pace/rate-governor.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const WANTED = 5_000;

function governed(): {
  clock: ManualClock;
  governor: RateGovernor;
  interval: () => number;
  looks: (n: number) => void;
} {
  const clock = new ManualClock();
  const governor = new RateGovernor(clock);
  const interval = (): number => governor.intervalMs(WANTED);
  interval();
  const looks = (count: number): void => {
    for (let look = 0; look < count; look++) {
      clock.sleep(interval());
      governor.answered();
    }
  };
  return { clock, governor, interval, looks };
}

test('Nobody refuses: the interval is the one that is wanted.', () => {
  const { governor, interval, looks } = governed();
  looks(1_000);
  expect(interval()).toBe(WANTED);
  expect(governor.slowed).toBe(false);
});

test('A refusal halves the rate at once, one after another does so again, up to a limit.', () => {
  const { clock, governor, interval } = governed();
  const intervals = Array.from({ length: 6 }, () => {
    governor.refused();
    clock.sleep(interval());
    return interval();
  });
  expect(intervals).toEqual([10_000, 20_000, 40_000, 80_000, LONGEST_INTERVAL_MS, LONGEST_INTERVAL_MS]);
});

test('Requests that are refused together count once.', () => {
  const { clock, governor, interval } = governed();
  governor.refused();
  clock.sleep(300);
  governor.refused();
  expect(interval()).toBe(10_000);
});

test('After one refusal the rate comes back within minutes to near what it was, and slowly to all of it.', () => {
  const { clock, governor, interval, looks } = governed();
  const begin = clock.now();
  governor.refused();
  looks(10);
  expect(interval()).toBeGreaterThan(8_000);
  while (interval() > WANTED * 1.5) looks(1);
  expect(clock.now() - begin).toBeLessThan(600_000);
  looks(200);
  expect(interval()).toBeGreaterThan(WANTED * 1.4);
  while (interval() > WANTED) looks(1);
  expect(clock.now() - begin).toBeGreaterThan(2 * 3_600_000);
  expect(clock.now() - begin).toBeLessThan(5 * 3_600_000);
});

test('A storm in which nothing is answered is one bad moment, not a reason to stay slow.', () => {
  const { clock, governor, interval, looks } = governed();
  for (let refusal = 0; refusal < 20; refusal++) {
    governor.refused();
    clock.sleep(30_000);
  }
  expect(interval()).toBe(LONGEST_INTERVAL_MS);
  const back = clock.now();
  while (interval() > WANTED * 1.5) looks(1);
  expect(clock.now() - back).toBeLessThan(20 * 60_000);
});

test('Refused again and again on the way back, it learns to stay below.', () => {
  const { governor, interval, looks } = governed();
  // A PBX that takes a look every 20 s from this desk.
  let refusals = 0;
  for (let look = 0; look < 3_000; look++) {
    if (interval() < 20_000) {
      governor.refused();
      if (look > 300) refusals += 1;
    }
    looks(1);
  }
  expect(refusals).toBeLessThan(5);
  expect(interval()).toBeLessThan(60_000);
});

test('A wish for a longer interval is granted, and does not make what was learned forgotten.', () => {
  const { clock, governor, interval, looks } = governed();
  governor.refused();
  looks(100);
  const learned = interval();
  for (let look = 0; look < 5_000; look++) {
    clock.sleep(governor.intervalMs(60_000));
    governor.answered();
  }
  expect(governor.intervalMs(60_000)).toBe(60_000);
  expect(interval()).toBe(learned);
});

test('A clock that jumps does not bring the rate back at once.', () => {
  for (const jump of [-86_400_000, 86_400_000]) {
    const { clock, governor, interval } = governed();
    governor.refused();
    clock.jump(jump);
    governor.answered();
    expect(interval()).toBeGreaterThan(7_500);
    clock.sleep(6_000);
    governor.refused();
    expect(interval()).toBeGreaterThan(15_000);
  }
});

test('With push the interval may be much longer; without it that is cut, and not forgotten.', () => {
  const { clock, governor } = governed();
  governor.listened = true;
  for (let refusal = 0; refusal < 3; refusal++) {
    governor.intervalMs(75_000);
    governor.refused();
    clock.sleep(75_000);
    governor.answered();
  }
  expect(governor.intervalMs(75_000)).toBeGreaterThan(LONGEST_WITH_PUSH_MS * 0.99);
  governor.listened = false;
  expect(governor.intervalMs(WANTED)).toBe(LONGEST_INTERVAL_MS);
  governor.refused();
  governor.listened = true;
  expect(governor.intervalMs(75_000)).toBeGreaterThan(LONGEST_WITH_PUSH_MS * 0.99);
});
