import { expect, test } from 'vitest';
import { runSoak } from '../../bench/soak/run-soak.ts';
import { LATE, ONE_LEG, TALKING_ROUNDED_DOWN, TALKING_SINCE_START } from '../pbx/dialects.ts';

test.each([1, 2, 3])('a simulated day of 2,000 sessions with faults breaks no promise, seed %i', async (seed) => {
  const run = await runSoak({ sessions: 2_000, days: 1, seed });
  expect(run.first).toEqual([]);
  expect(run.announced).toBeGreaterThan(20);
  // The day had faults of several kinds.
  expect(run.faults.size).toBeGreaterThan(10);
});

test.each([
  ['one leg for a placed call, and whole seconds', { ...ONE_LEG, ...TALKING_ROUNDED_DOWN }],
  ['placed calls listed late, and talk counted from the start', { ...LATE, ...TALKING_SINCE_START }],
])('a simulated day on a PBX of another dialect breaks no promise: %s', async (_what, dialect) => {
  const run = await runSoak({ sessions: 1_000, days: 1, seed: 5, dialect });
  expect(run.first).toEqual([]);
  expect(run.announced).toBeGreaterThan(10);
});

test('the same seed gives the same simulated day', async () => {
  const day = { sessions: 1_000, days: 1, seed: 4 };
  const first = await runSoak(day);
  const { requests, announced, faults } = await runSoak(day);
  expect({ requests, announced, faults }).toEqual({
    requests: first.requests,
    announced: first.announced,
    faults: first.faults,
  });
});
