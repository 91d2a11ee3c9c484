/**
 * npm run bench:window: typing into the dial field of the built program while its PBX lists 0, 100 and 10,000 calls, in
 * a real browser; then with 10,000 calls of which 500 change every second. `key` is the time from a key press to the next
 * picture; `longest task` is the longest time for which the window was blocked in ten seconds of polls and while typing.
 * `--calls N` adds another number of calls, and `--only-typing` leaves out what follows. Then it measures starts with an
 * empty and with a full history and directory, in turns: `--starts N` of each, 7 by default. `--only-starts` leaves the
 * typing out.
 */
import { parseArgs } from 'node:util';
import { measureWindow } from '../bench/window/measure.ts';
import { measureStarts, type Stores } from '../bench/window/start.ts';
import { closeBrowser } from '../test/e2e/support/browser.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', multiple: true, default: [] },
    starts: { type: 'string', default: '7' },
    'only-starts': { type: 'boolean', default: false },
    'only-typing': { type: 'boolean', default: false },
  },
});
const FULL: Stores = { people: 50_000, calls: 100_000 };
const MORE_THAN_EMPTY_MS = 50;
const MANY = 10_000;
const CHANGES = 500;
const MOST_KEY_MS = 16;
const MOST_TASK_MS = 50;

const median = (ms: readonly number[]): number => ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0;

async function typing(): Promise<void> {
  console.log(
    '| calls | changes per s | rows | key, median ms | key, worst ms | longest task, ms |\n|---|---|---|---|---|---|',
  );
  const offices = [0, 100, MANY, ...values.calls.map(Number)].map((calls) => ({ calls, changesPerSecond: 0 }));
  for (const office of [...offices, { calls: MANY, changesPerSecond: CHANGES }]) {
    const { rows, keys, longestTask } = await measureWindow(office);
    const figures = [median(keys), Math.max(...keys), longestTask].map((ms) => ms.toFixed(0));
    console.log(`| ${[office.calls.toLocaleString('en'), office.changesPerSecond, rows, ...figures].join(' | ')} |`);
  }
  console.log(`Goals: at most ${MOST_KEY_MS} ms from key to picture (median), no task over ${MOST_TASK_MS} ms.`);
}

async function starting(): Promise<void> {
  const { empty, full } = await measureStarts(Number(values.starts), FULL);
  const more = median(full) - median(empty);
  const list = (ms: readonly number[]): string => ms.map((one) => one.toFixed(0)).join(', ');
  console.log(`\nStart to first picture, ms: empty ${list(empty)}; full ${list(full)}`);
  console.log(`Full takes ${more.toFixed(0)} ms more than empty (medians; goal: at most ${MORE_THAN_EMPTY_MS}).`);
}

try {
  if (!values['only-starts']) await typing();
  if (!values['only-typing']) await starting();
} finally {
  await closeBrowser();
}
