import type { Clock } from '../../src/core/clock.ts';

/** The same time, with waits shortened: a pace of 10 makes a wait of ten seconds one second long. */
export const paced = (clock: Clock, pace: number): Clock => ({
  now: () => clock.now(),
  elapsed: () => clock.elapsed(),
  after: (ms, task) => clock.after(ms / pace, task),
  random: () => clock.random(),
});
