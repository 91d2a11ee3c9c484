import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScreenReader } from '../../../src/renderer/state/screen-reader.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('new sentences are spoken at once, with a pause after each', () => {
  const screenReader = new ScreenReader();
  screenReader.say(['Incoming call from Anna Berg', 'Connected again.']);
  expect(screenReader.said).toEqual({ id: 1, text: 'Incoming call from Anna Berg. Connected again.' });
  screenReader.say([]);
  expect(screenReader.said.id).toBe(1);
});

test('the same sentence is spoken again when it is repeated', () => {
  const screenReader = new ScreenReader();
  screenReader.say(['Your phone rings']);
  screenReader.say(['Your phone rings']);
  expect(screenReader.said).toEqual({ id: 2, text: 'Your phone rings.' });
});

test('when many sentences come at once, the last two are spoken, and how many more there were', () => {
  const screenReader = new ScreenReader();
  screenReader.say(Array.from({ length: 100 }, (_, index) => `Incoming call from ${index}`));
  expect(screenReader.said.text).toBe('Incoming call from 98. Incoming call from 99. And 98 more.');
});

test('many sentences are spoken three times and then summed up every five seconds, until they stop', () => {
  const screenReader = new ScreenReader();
  const said: string[] = [];
  for (let index = 0; index < 40; index++) {
    screenReader.say([`Call ${index}`]);
    if (said.at(-1) !== screenReader.said.text) said.push(screenReader.said.text);
    vi.advanceTimersByTime(100);
  }
  expect(said).toEqual(['Call 0.', 'Call 1.', 'Call 2.']);
  vi.advanceTimersByTime(5_000);
  expect(screenReader.said.text).toBe('Call 38. Call 39. And 35 more.');
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5_000);
  screenReader.say(['Connected again.']);
  expect(screenReader.said.text).toBe('Connected again.');
});

test('setting the clock back does not suppress sentences for longer than usual', () => {
  const screenReader = new ScreenReader();
  for (const text of ['One', 'Two', 'Three']) screenReader.say([text]);
  vi.setSystemTime(Date.now() - 3_600_000);
  screenReader.say(['Four']);
  expect(screenReader.said.text).toBe('Four.');
});
