import { expect, test } from 'vitest';
import { ownArguments, readLaunchOptions } from '../../src/main/launch-options.ts';

const start = (...args: string[]) => readLaunchOptions(args);

test('a start without arguments has the defaults', () => {
  expect(start()).toEqual({ demo: false, seed: 1, hidden: false, action: null });
});

test('the demo, its seed and the hidden start are switches', () => {
  expect(start('--demo', '--seed=42', '--hidden')).toEqual({ demo: true, seed: 42, hidden: true, action: null });
});

test('a link is found between the switches that Chromium adds', () => {
  expect(start('--no-sandbox', '.', '--', 'tel:+12015550123').action).toEqual({
    type: 'link',
    link: 'tel:+12015550123',
  });
});

test('an argument after a link is not a switch', () => {
  expect(start('tel:+12015550123', '--demo', '--hidden')).toMatchObject({ demo: false, hidden: false });
});

test.each(['--seed=', '--seed=x', '--seed=-1', '--seed=1e9', '--seed=99999999999'])(
  'rejects %s as a seed',
  (argument) => {
    expect(start('--demo', argument).seed).toBe(1);
  },
);

test('the folder of an unpackaged program is not one of its arguments', () => {
  expect(ownArguments(['electron', '/src/traydial', 'show'], true)).toEqual(['show']);
  expect(ownArguments(['/opt/traydial', 'show'], false)).toEqual(['show']);
});
