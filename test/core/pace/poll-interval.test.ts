import { expect, test } from 'vitest';
import { pollInterval, type PollSituation } from '../../../src/core/pace/poll-interval.ts';

const USUAL: PollSituation = { base: 5_000, ownCallLive: false, windowVisible: false, idle: false };

test.each<[string, Partial<PollSituation>, number]>([
  ['as set while the window is hidden and the user is active', {}, 5_000],
  ['as set while the window is open', { windowVisible: true, idle: true }, 5_000],
  ['shorter during a call of mine', { ownCallLive: true, idle: true }, 4_000],
  ['never longer than set during a call of mine', { ownCallLive: true, base: 3_000 }, 3_000],
  ['longer while the user is away', { idle: true }, 15_000],
  ['never shorter than set while the user is away', { idle: true, base: 30_000 }, 30_000],
  ['the default if the setting is not a number', { base: Number.NaN }, 5_000],
  ['the default if the setting is zero', { base: 0 }, 5_000],
])('the interval is %s', (_, change, expected) => {
  expect(pollInterval({ ...USUAL, ...change })).toBe(expected);
});
