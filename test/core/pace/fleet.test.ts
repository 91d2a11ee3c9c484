import { expect, test } from 'vitest';
import { missedGoals } from '../../../bench/fleet/goals.ts';
import { runFleet, type FleetOptions } from '../../../bench/fleet/run-fleet.ts';

const OFFICE: FleetOptions = { desks: 20, push: false, fault: 'none', limit: 5_000, retryAfter: true, seed: 1 };

test('twenty desks stay within all limits and show a caller within one interval', async () => {
  const run = await runFleet(OFFICE);
  expect(missedGoals(run)).toEqual([]);
  expect(run.refused).toBe(0);
  // Up to 8 s while the budget is needed for a call that is being placed (docs/reliability.md).
  expect(run.delay.p99).toBeLessThan(8_000);
  expect(run.delay.p95).toBeLessThan(6_000);
  expect(run.rings).toBeGreaterThan(50);
});

test('with push, desks announce a caller in a fraction of a second, with a fifth of the requests', async () => {
  let [pushed, polled] = [0, 0];
  for (const seed of [1, 2, 3]) {
    const push = await runFleet({ ...OFFICE, push: true, seed });
    expect(missedGoals(push)).toEqual([]);
    expect(push.delay.p95).toBeLessThan(1_000);
    expect(push.missed).toBe(0);
    pushed += push.meanPerMinute;
    polled += (await runFleet({ ...OFFICE, seed })).meanPerMinute;
  }
  expect(pushed).toBeLessThan(polled / 5);
});

test('200 desks behind a limit of 1,000 requests a minute find a rate that works', async () => {
  const run = await runFleet({ ...OFFICE, desks: 200, limit: 1_000, retryAfter: false });
  expect(missedGoals(run)).toEqual([]);
  // The desks keep to the limit, and use most of it.
  expect(run.bins.some((bin) => bin.refused > 0)).toBe(true);
  expect(run.meanPerMinute).toBeGreaterThan(700);
});

test('after an outage, 100 desks with push reconnect within seconds, without a burst', async () => {
  const run = await runFleet({ ...OFFICE, desks: 100, push: true, fault: 'outage', limit: 1_000 });
  expect(missedGoals(run)).toEqual([]);
  expect(run.recovery?.all).toBeLessThan(15_000);
});

test('the same seed gives the same run, another seed a different run', async () => {
  const first = await runFleet({ ...OFFICE, fault: 'restart' });
  expect(await runFleet({ ...OFFICE, fault: 'restart' })).toEqual(first);
  expect((await runFleet({ ...OFFICE, fault: 'restart', seed: 2 })).bins).not.toEqual(first.bins);
});
