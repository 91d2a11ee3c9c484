import { expect, test } from 'vitest';
import { MAX_INTERVAL_MS, MAX_INTERVAL_WITH_PUSH_MS, RateGovernor } from '../../../src/core/pace/rate-governor.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const WANTED = 5_000;

function setUp(): {
  clock: ManualClock;
  governor: RateGovernor;
  interval: () => number;
  polls: (n: number) => void;
} {
  const clock = new ManualClock();
  const governor = new RateGovernor(clock);
  const interval = (): number => governor.intervalMs(WANTED);
  interval();
  const polls = (count: number): void => {
    for (let poll = 0; poll < count; poll++) {
      clock.sleep(interval());
      governor.noteAnswer();
    }
  };
  return { clock, governor, interval, polls };
}

test('without refusals the interval is the wanted one', () => {
  const { governor, interval, polls } = setUp();
  polls(1_000);
  expect(interval()).toBe(WANTED);
  expect(governor.isSlowed).toBe(false);
});

test('each refusal halves the rate at once, down to a limit', () => {
  const { clock, governor, interval } = setUp();
  const intervals = Array.from({ length: 6 }, () => {
    governor.noteRefusal();
    clock.sleep(interval());
    return interval();
  });
  expect(intervals).toEqual([10_000, 20_000, 40_000, 80_000, MAX_INTERVAL_MS, MAX_INTERVAL_MS]);
});

test('requests refused at the same time count once', () => {
  const { clock, governor, interval } = setUp();
  governor.noteRefusal();
  clock.sleep(300);
  governor.noteRefusal();
  expect(interval()).toBe(10_000);
});

test('after one refusal the rate nearly recovers within minutes, and fully after a long time', () => {
  const { clock, governor, interval, polls } = setUp();
  const begin = clock.now();
  governor.noteRefusal();
  polls(10);
  expect(interval()).toBeGreaterThan(8_000);
  while (interval() > WANTED * 1.5) polls(1);
  expect(clock.now() - begin).toBeLessThan(600_000);
  polls(200);
  expect(interval()).toBeGreaterThan(WANTED * 1.4);
  while (interval() > WANTED) polls(1);
  expect(clock.now() - begin).toBeGreaterThan(2 * 3_600_000);
  expect(clock.now() - begin).toBeLessThan(5 * 3_600_000);
});

test('refusals without any answer in between count as one overload', () => {
  const { clock, governor, interval, polls } = setUp();
  for (let refusal = 0; refusal < 20; refusal++) {
    governor.noteRefusal();
    clock.sleep(30_000);
  }
  expect(interval()).toBe(MAX_INTERVAL_MS);
  const back = clock.now();
  while (interval() > WANTED * 1.5) polls(1);
  expect(clock.now() - back).toBeLessThan(20 * 60_000);
});

test('after repeated refusals during recovery, the learned rate stays below the limit', () => {
  const { governor, interval, polls } = setUp();
  // A PBX that accepts a poll every 20 s from this desk.
  let refusals = 0;
  for (let poll = 0; poll < 3_000; poll++) {
    if (interval() < 20_000) {
      governor.noteRefusal();
      if (poll > 300) refusals += 1;
    }
    polls(1);
  }
  expect(refusals).toBeLessThan(5);
  expect(interval()).toBeLessThan(60_000);
});

test('a longer wanted interval is used, and the learned one is kept', () => {
  const { clock, governor, interval, polls } = setUp();
  governor.noteRefusal();
  polls(100);
  const learned = interval();
  for (let poll = 0; poll < 5_000; poll++) {
    clock.sleep(governor.intervalMs(60_000));
    governor.noteAnswer();
  }
  expect(governor.intervalMs(60_000)).toBe(60_000);
  expect(interval()).toBe(learned);
});

test('a clock that jumps does not restore the rate at once', () => {
  for (const jump of [-86_400_000, 86_400_000]) {
    const { clock, governor, interval } = setUp();
    governor.noteRefusal();
    clock.jump(jump);
    governor.noteAnswer();
    expect(interval()).toBeGreaterThan(7_500);
    clock.sleep(6_000);
    governor.noteRefusal();
    expect(interval()).toBeGreaterThan(15_000);
  }
});

/** Refusals while push works, as in an office of thousands. */
function refusedWithPush(): ReturnType<typeof setUp> {
  const all = setUp();
  const { clock, governor } = all;
  governor.isPushListening = true;
  for (let refusal = 0; refusal < 3; refusal++) {
    governor.intervalMs(75_000);
    governor.noteRefusal();
    clock.sleep(75_000);
    governor.noteAnswer();
  }
  return all;
}

test('a desk that loses push after refusals polls at the usual interval again within 20 minutes without a refusal', () => {
  const { clock, governor, interval, polls } = refusedWithPush();
  governor.isPushListening = false;
  expect(interval()).toBe(MAX_INTERVAL_MS);
  const begin = clock.now();
  while (interval() > WANTED * 1.01) polls(1);
  expect(clock.now() - begin).toBeGreaterThan(10 * 60_000);
  expect(clock.now() - begin).toBeLessThan(20 * 60_000);
});

test('keeps an interval that was refused after push was lost', () => {
  const { governor, interval, polls } = refusedWithPush();
  governor.isPushListening = false;
  interval();
  let refusals = 0;
  for (let poll = 0; poll < 1_000; poll++) {
    if (interval() < 20_000) {
      governor.noteRefusal();
      if (poll > 100) refusals += 1;
    }
    polls(1);
  }
  expect(refusals).toBeLessThan(5);
});

test('with push the interval may be much longer; without push it is limited, but the learned value is kept', () => {
  const { governor } = refusedWithPush();
  expect(governor.intervalMs(75_000)).toBeGreaterThan(MAX_INTERVAL_WITH_PUSH_MS * 0.99);
  governor.isPushListening = false;
  expect(governor.intervalMs(WANTED)).toBe(MAX_INTERVAL_MS);
  governor.noteRefusal();
  governor.isPushListening = true;
  expect(governor.intervalMs(75_000)).toBeGreaterThan(MAX_INTERVAL_WITH_PUSH_MS * 0.99);
});
