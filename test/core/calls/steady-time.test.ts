import { expect, test } from 'vitest';
import { SteadyTime } from '../../../src/core/calls/steady-time.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { NINE } from './support/sessions.ts';

const HOUR_MS = 3_600_000;

function ticking() {
  const clock = new ManualClock(NINE);
  let beats = 0;
  const time = new SteadyTime(clock, () => (beats += 1));
  time.start();
  return { clock, time, beats: () => beats };
}

test('It goes with the clock and beats every ten seconds, until it is stopped.', async () => {
  const { clock, time, beats } = ticking();
  await clock.advance(25_000);
  expect([time.now() - NINE, beats(), time.wasSet()]).toEqual([25_000, 2, false]);
  time.stop();
  await clock.advance(60_000);
  expect(beats()).toBe(2);
  expect(clock.pending()).toEqual([]);
});

test.each([HOUR_MS, -HOUR_MS])(
  'A clock that is set by %i ms makes nothing older or younger; the next beat has it right.',
  async (jump) => {
    const { clock, time } = ticking();
    await clock.advance(14_000);
    clock.jump(jump);
    expect(time.now() - NINE).toBeGreaterThanOrEqual(10_000);
    expect(time.now() - NINE).toBeLessThanOrEqual(14_000);
    expect([time.wasSet(), time.wasSet()]).toEqual([true, false]);
    await clock.advance(6_000);
    expect(time.now() - NINE).toBe(20_000);
  },
);

test.each(['before', 'after'] as const)('Sleep has passed when somebody says so, %s the beat.', async (when) => {
  const { clock, time } = ticking();
  await clock.advance(10_000);
  clock.jump(HOUR_MS);
  if (when === 'after') await clock.advance(10_000);
  time.slept();
  expect(time.now() - NINE).toBeGreaterThanOrEqual(HOUR_MS + 10_000);
  expect(time.now() - NINE).toBeLessThanOrEqual(HOUR_MS + 20_000);
  time.slept();
  expect(time.now() - NINE).toBeLessThanOrEqual(HOUR_MS + 20_000);
});
