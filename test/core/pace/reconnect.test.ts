import { expect, test } from 'vitest';
import { Reconnect } from '../../../src/core/pace/reconnect.ts';
import { RateGovernor } from '../../../src/core/pace/rate-governor.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const WANTED = 5_000;

function office(refusals = 0): { clock: ManualClock; reconnect: Reconnect } {
  const clock = new ManualClock();
  const governor = new RateGovernor(clock);
  for (let count = 0; count < refusals; count++) {
    governor.noteRefusal();
    clock.sleep(30_000);
  }
  return { clock, reconnect: new Reconnect(clock, governor) };
}

function spreads({ clock, reconnect }: ReturnType<typeof office>): Record<'poll' | 'push', number[]> {
  const at = (chance: number, spread: () => number): number => {
    clock.chance = chance;
    return spread();
  };
  const both = (spread: () => number): number[] => [at(0, spread), at(1, spread)];
  return { poll: both(() => reconnect.pollSpreadMs(WANTED)), push: both(() => reconnect.pushSpreadMs()) };
}

test('without any refusal a desk reconnects within seconds', () => {
  const small = office();
  small.reconnect.pushStatus = 'awaited';
  expect(spreads(small)).toEqual({ poll: [0, 1_500], push: [0, 6_000] });
});

test('in an overloaded office push connects first, and polls start a minute later', () => {
  const crowded = office(4);
  crowded.reconnect.pushStatus = 'awaited';
  expect(spreads(crowded)).toEqual({ poll: [70_000, 120_000], push: [0, 90_000] });
  crowded.reconnect.pushStatus = 'listening';
  expect(spreads(crowded).poll).toEqual([70_000, 150_000]);
  crowded.reconnect.pushStatus = 'none';
  expect(spreads(crowded).poll).toEqual([0, 80_000]);
});

test('a refusal soon after a disturbance marks the office as overloaded for two minutes; any other refusal does not', () => {
  const { clock, reconnect } = office();
  reconnect.pushStatus = 'awaited';
  reconnect.noteRefusal();
  expect(spreads({ clock, reconnect }).push).toEqual([0, 6_000]);
  reconnect.noteDisturbance();
  clock.sleep(20_000);
  reconnect.noteRefusal();
  expect(spreads({ clock, reconnect })).toEqual({ poll: [70_000, 120_000], push: [0, 90_000] });
  clock.sleep(120_000);
  expect(spreads({ clock, reconnect }).push).toEqual([0, 6_000]);
});

test('a refused connection to push in an overloaded office is tried again in the next minute, not up to 90 s later', () => {
  const crowded = office(4);
  crowded.reconnect.notePushFailure(true);
  expect(spreads(crowded).push).toEqual([10_000, 40_000]);
  crowded.reconnect.notePushFailure(false);
  expect(spreads(crowded).push).toEqual([0, 90_000]);
  const small = office();
  small.reconnect.notePushFailure(true);
  expect(spreads(small).push).toEqual([0, 6_000]);
});

test('a refused poll is retried soon, later during a mass reconnect, and after the normal interval while push is listening', () => {
  const { clock, reconnect } = office();
  expect(reconnect.retryMs(80_000)).toBe(10_000);
  reconnect.noteDisturbance();
  expect(reconnect.retryMs(80_000)).toBe(30_000);
  reconnect.pushStatus = 'listening';
  expect(reconnect.retryMs(80_000)).toBe(80_000);
  clock.chance = 1;
  expect(reconnect.spreadRetryMs(60_000)).toBe(110_000);
  clock.sleep(120_000);
  expect(reconnect.spreadRetryMs(60_000)).toBe(80_000);
});

test('in a large office, after fifteen seconds without the PBX, push connects first and polls start a minute later', () => {
  const { clock, reconnect } = office();
  reconnect.pushStatus = 'awaited';
  reconnect.noteList(1_000);
  expect(reconnect.noteUnreachable()).toBe(false);
  clock.sleep(15_000);
  expect(reconnect.noteUnreachable()).toBe(true);
  reconnect.noteReached();
  expect(spreads({ clock, reconnect })).toEqual({ poll: [70_000, 120_000], push: [0, 90_000] });
  clock.sleep(120_000);
  expect(spreads({ clock, reconnect })).toEqual({ poll: [0, 1_500], push: [0, 6_000] });
});

test('a short gap in a large office, and any in a small one, changes nothing', () => {
  const large = office();
  large.reconnect.noteList(1_000);
  large.reconnect.noteUnreachable();
  large.clock.sleep(10_000);
  large.reconnect.noteReached();
  large.clock.sleep(10_000);
  expect(large.reconnect.noteUnreachable()).toBe(false);
  const small = office();
  small.reconnect.noteList(399);
  small.reconnect.noteUnreachable();
  small.clock.sleep(60_000);
  expect(small.reconnect.noteUnreachable()).toBe(false);
});

test('an office counts as large for an hour after its largest list', () => {
  const { clock, reconnect } = office();
  reconnect.noteList(1_000);
  reconnect.noteList(3);
  reconnect.noteUnreachable();
  clock.sleep(3_599_000);
  expect(reconnect.noteUnreachable()).toBe(true);
  clock.sleep(1_000);
  expect(reconnect.noteUnreachable()).toBe(false);
});

test('with push, desks of a large office compare less often, for an hour after the large list', () => {
  const { clock, reconnect } = office();
  reconnect.noteList(400);
  expect(reconnect.intervalMs(75_000)).toBe(75_000);
  reconnect.pushStatus = 'listening';
  expect(reconnect.intervalMs(75_000)).toBe(100_000);
  // A call rings, or is ongoing.
  expect(reconnect.intervalMs(15_000)).toBe(15_000);
  reconnect.pushStatus = 'none';
  expect(reconnect.intervalMs(75_000)).toBe(75_000);
  reconnect.pushStatus = 'listening';
  clock.sleep(3_600_000);
  expect(reconnect.intervalMs(75_000)).toBe(75_000);
});
