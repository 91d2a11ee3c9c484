import { expect, test } from 'vitest';
import { Tickets } from '../../../src/main/cli/tickets.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const ANSWER = { exit: 0, text: 'Asked in the window.' };

test('a command and the request for its answer can come in either order', async () => {
  const tickets = new Tickets(new ManualClock());
  tickets.give('first', Promise.resolve(ANSWER));
  expect(await tickets.take('first')).toEqual(ANSWER);
  const taken = tickets.take('second');
  tickets.give('second', Promise.resolve(ANSWER));
  expect(await taken).toEqual(ANSWER);
});

test('unrequested answers are dropped, so later commands are still answered', async () => {
  const clock = new ManualClock();
  const tickets = new Tickets(clock);
  for (let i = 0; i < 32; i++) tickets.give(`lost ${i}`, Promise.resolve(ANSWER));
  await clock.advance(30_000);
  tickets.give('next', Promise.resolve(ANSWER));
  expect(await tickets.take('next')).toEqual(ANSWER);
});

test('a command that never comes is answered with null', async () => {
  const clock = new ManualClock();
  const taken = new Tickets(clock).take('never');
  await clock.advance(30_000);
  expect(await taken).toBeNull();
});
