import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { PageErrors } from '../../../src/main/trouble/page-errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function open() {
  const logged: string[] = [];
  const write = (text: string) => void logged.push(text);
  const clock = new ManualClock();
  const app = new EventEmitter();
  const page = new EventEmitter();
  new PageErrors({ info: write, warn: write }, clock).listen(app as unknown as App);
  app.emit('web-contents-created', {}, page);
  const say = (message: string, level = 'error') =>
    void page.emit('console-message', { level, message, sourceId: 'app://traydial/a.js', lineNumber: 7 });
  return { logged, clock, app, page, say };
}

test('an error of a page is logged once, other messages are not', () => {
  const { logged, say } = open();
  say('Uncaught TypeError: x is not a function');
  say('Uncaught TypeError: x is not a function');
  say('deprecated', 'warning');
  expect(logged).toEqual(['Error in the window: Uncaught TypeError: x is not a function (app://traydial/a.js:7)']);
});

test('a page cannot flood the log with many or long errors, and an hour later its errors are logged again', async () => {
  const { logged, say, clock } = open();
  for (let i = 0; i < 1000; i++) say(`error ${i} ${'x'.repeat(100_000)}`);
  expect(logged).toHaveLength(21);
  expect(Math.max(...logged.map((line) => line.length))).toBeLessThan(2_100);
  expect(logged.at(-1)).toBe('Further errors of the window are not logged for a while.');
  await clock.advance(3_600_000);
  say('later');
  expect(logged.at(-1)).toContain('later');
});

test('a process that is gone is logged with its reason, unless it ended normally', () => {
  const { logged, app, page } = open();
  page.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
  page.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'killed', exitCode: 9 });
  app.emit('child-process-gone', {}, { type: 'Utility', serviceName: 'network.mojom', reason: 'oom', exitCode: 1 });
  expect(logged).toEqual([
    "The window's process is gone: crashed, code 139",
    'A process is gone: GPU, killed, code 9',
    'A process is gone: Utility network.mojom, oom, code 1',
  ]);
});
