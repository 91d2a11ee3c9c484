import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from '../../../src/renderer/state/announcer.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is new is said at once, each sentence with its pause', () => {
  const announcer = new Announcer();
  announcer.say(['Incoming call from Anna Berg', 'Connected again.']);
  expect(announcer.said).toEqual({ id: 1, text: 'Incoming call from Anna Berg. Connected again.' });
  announcer.say([]);
  expect(announcer.said.id).toBe(1);
});

test('the same words can be said twice', () => {
  const announcer = new Announcer();
  announcer.say(['Your phone rings']);
  announcer.say(['Your phone rings']);
  expect(announcer.said).toEqual({ id: 2, text: 'Your phone rings.' });
});

test('of many at once the last two are said, and how many more there were', () => {
  const announcer = new Announcer();
  announcer.say(Array.from({ length: 100 }, (_, index) => `Incoming call from ${index}`));
  expect(announcer.said.text).toBe('Incoming call from 98. Incoming call from 99. And 98 more.');
});

test('a storm is said in three pieces and then summed up every five seconds; afterwards all is as before', () => {
  const announcer = new Announcer();
  const said: string[] = [];
  for (let index = 0; index < 40; index++) {
    announcer.say([`Call ${index}`]);
    if (said.at(-1) !== announcer.said.text) said.push(announcer.said.text);
    vi.advanceTimersByTime(100);
  }
  expect(said).toEqual(['Call 0.', 'Call 1.', 'Call 2.']);
  vi.advanceTimersByTime(5_000);
  expect(announcer.said.text).toBe('Call 38. Call 39. And 35 more.');
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5_000);
  announcer.say(['Connected again.']);
  expect(announcer.said.text).toBe('Connected again.');
});

test('a clock that is put back silences nobody for longer than a storm lasts', () => {
  const announcer = new Announcer();
  for (const text of ['One', 'Two', 'Three']) announcer.say([text]);
  vi.setSystemTime(Date.now() - 3_600_000);
  announcer.say(['Four']);
  expect(announcer.said.text).toBe('Four.');
});
