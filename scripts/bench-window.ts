/**
 * npm run bench:window: typing into the dial field of the built program while its PBX lists 0, 100 and 10,000 calls, in
 * a real browser. `key` is the time from a key press to the next picture; `longest task` what blocked the window most
 * in ten seconds of polls. `--calls N` adds another number of calls.
 */
import { parseArgs } from 'node:util';
import { measureWindow } from '../bench/window/measure.ts';
import { closeBrowser } from '../test/e2e/support/browser.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', multiple: true, default: [] } } });

console.log('| calls | rows | key, median ms | key, worst ms | longest task, ms |\n|---|---|---|---|---|');
try {
  for (const calls of [0, 100, 10_000, ...values.calls.map(Number)]) {
    const { rows, keys, longestTask } = await measureWindow(calls);
    const sorted = keys.toSorted((a, b) => a - b);
    const figures = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0, longestTask];
    const cells = [calls.toLocaleString('en'), rows, ...figures.map((ms) => ms.toFixed(0))];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  await closeBrowser();
}
