import { expect, test } from 'vitest';
import { SingleFlight } from '../../src/core/single-flight.ts';

test('two callers at the same time share one run', async () => {
  const flight = new SingleFlight<number>();
  const { promise, resolve } = Promise.withResolvers<number>();
  const first = flight.run(() => promise);
  const second = flight.run(() => Promise.resolve(2));
  resolve(1);
  expect(await Promise.all([first, second])).toEqual([1, 1]);
});

test('the next caller starts a new run, also after a failure', async () => {
  const flight = new SingleFlight<number>();
  await expect(flight.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(flight.running).toBeNull();
  expect(await flight.run(() => Promise.resolve(2))).toBe(2);
  expect(await flight.run(() => Promise.resolve(3))).toBe(3);
});
