import { expect, test } from 'vitest';
import { Timer } from '../../src/shared/timer.ts';
import { ManualClock } from '../support/manual-clock.ts';

test('runs only the last started task, once', async () => {
  const clock = new ManualClock();
  const timer = new Timer(clock);
  const ran: string[] = [];
  timer.start(100, () => ran.push('first'));
  await clock.advance(50);
  timer.start(100, () => ran.push('second'));
  await clock.advance(99);
  expect(ran).toEqual([]);
  await clock.advance(1_000);
  expect(ran).toEqual(['second']);
});

test('does not run a stopped task', async () => {
  const clock = new ManualClock();
  const timer = new Timer(clock);
  timer.start(100, () => expect.unreachable());
  timer.stop();
  await clock.advance(1_000);
  expect(timer.isRunning).toBe(false);
});

test('a task can start the timer again', async () => {
  const clock = new ManualClock();
  const timer = new Timer(clock);
  let runs = 0;
  const task = (): void => {
    expect(timer.isRunning).toBe(false);
    runs += 1;
    if (runs < 3) timer.start(100, task);
  };
  timer.start(100, task);
  await clock.advance(200);
  expect(timer.isRunning).toBe(true);
  await clock.advance(1_000);
  expect(runs).toBe(3);
});
