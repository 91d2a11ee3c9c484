import type { Clock } from '../../src/core/clock.ts';

/** The same clock with shorter waits: with a pace of 10, a wait of ten seconds takes one second. */
export const paced = (clock: Clock, pace: number): Clock => ({
  now: () => clock.now(),
  elapsed: () => clock.elapsed(),
  after: (ms, task) => clock.after(ms / pace, task),
  random: () => clock.random(),
});
