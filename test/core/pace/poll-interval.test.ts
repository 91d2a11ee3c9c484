import { expect, test } from 'vitest';
import { pollInterval, type PollSituation } from '../../../src/core/pace/poll-interval.ts';

const USUAL: PollSituation = { base: 5_000, ownCallLive: false, windowVisible: false, idle: false };

test.each<[string, Partial<PollSituation>, number]>([
  ['as set while the window is hidden and somebody works at the computer', {}, 5_000],
  ['as set while the window is open', { windowVisible: true, idle: true }, 5_000],
  ['shorter while a call of mine goes on', { ownCallLive: true, idle: true }, 4_000],
  ['never longer than set while a call of mine goes on', { ownCallLive: true, base: 3_000 }, 3_000],
  ['longer while nobody is there', { idle: true }, 15_000],
  ['never shorter than set while nobody is there', { idle: true, base: 30_000 }, 30_000],
  ['the default where the setting makes no sense', { base: Number.NaN }, 5_000],
  ['the default where the setting is zero', { base: 0 }, 5_000],
])('the interval is %s', (_, change, expected) => {
  expect(pollInterval({ ...USUAL, ...change })).toBe(expected);
});
