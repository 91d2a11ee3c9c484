import { expect, test } from 'vitest';
import { Comeback } from '../../../../src/core/calls/pace/comeback.ts';
import { RateGovernor } from '../../../../src/core/calls/pace/rate-governor.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const WANTED = 5_000;

function office(refusals = 0): { clock: ManualClock; comeback: Comeback } {
  const clock = new ManualClock();
  const governor = new RateGovernor(clock);
  for (let count = 0; count < refusals; count++) {
    governor.refused();
    clock.sleep(30_000);
  }
  return { clock, comeback: new Comeback(clock, governor) };
}

function spreads({ clock, comeback }: ReturnType<typeof office>): Record<'look' | 'push', number[]> {
  const at = (chance: number, spread: () => number): number => {
    clock.chance = chance;
    return spread();
  };
  const both = (spread: () => number): number[] => [at(0, spread), at(1, spread)];
  return { look: both(() => comeback.lookSpreadMs(WANTED)), push: both(() => comeback.pushSpreadMs()) };
}

test('Where nothing was ever refused, a desk is back within moments.', () => {
  const small = office();
  small.comeback.push = 'awaited';
  expect(spreads(small)).toEqual({ look: [0, 1_500], push: [0, 6_000] });
});

test('In a crowded office push goes first, and the looks begin a minute later.', () => {
  const crowded = office(4);
  crowded.comeback.push = 'awaited';
  expect(spreads(crowded)).toEqual({ look: [60_000, 110_000], push: [0, 90_000] });
  crowded.comeback.push = 'listening';
  expect(spreads(crowded).look).toEqual([60_000, 140_000]);
  crowded.comeback.push = 'none';
  expect(spreads(crowded).look).toEqual([0, 80_000]);
});

test('A refusal right after the trouble says that the office is crowded, for two minutes; one at any other time does not.', () => {
  const { clock, comeback } = office();
  comeback.push = 'awaited';
  comeback.refused();
  expect(spreads({ clock, comeback }).push).toEqual([0, 6_000]);
  comeback.disturbed();
  clock.sleep(20_000);
  comeback.refused();
  expect(spreads({ clock, comeback })).toEqual({ look: [60_000, 110_000], push: [0, 90_000] });
  clock.sleep(120_000);
  expect(spreads({ clock, comeback }).push).toEqual([0, 6_000]);
});

test('A refused look is made again soon, in the next minute while all come back, and at leisure where push tells.', () => {
  const { clock, comeback } = office();
  expect(comeback.retryMs(80_000)).toBe(10_000);
  comeback.disturbed();
  expect(comeback.retryMs(80_000)).toBe(30_000);
  comeback.push = 'listening';
  expect(comeback.retryMs(80_000)).toBe(80_000);
  clock.chance = 1;
  expect(comeback.spreadRetryMs(60_000)).toBe(110_000);
  clock.sleep(120_000);
  expect(comeback.spreadRetryMs(60_000)).toBe(80_000);
});
