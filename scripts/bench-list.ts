/**
 * npm run bench:list: what a look at 10,000 calls (2.5 MB) costs the main process, stage by stage in ms. `--calls N`:
 * another number of calls. `push` is the copy that goes to the window, `find` a search for a colleague's call. In
 * "ticking" looks nothing but talking times has moved, in "later" ones calls begin, are answered and end as well.
 * `--json` prints one line: JSON.parse of the same text, and everything from the text to events and slices.
 */
import { parseArgs } from 'node:util';
import { Looker, STAGES, type Look } from '../bench/list/stages.ts';
import { bigList } from '../test/support/big-list.ts';

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const calls = Number(values.calls);
const LOOKS = 20;
const began = Date.UTC(2026, 0, 5, 9, 0, 0);

const looker = new Looker(began);
const whole = (look: Look): number => STAGES.reduce((sum, stage) => sum + (stage === 'find' ? 0 : look[stage]), 0);
let at = 0;
const look = (changes: number): Look => {
  const text = bigList(calls, began, at * 5, changes);
  at += 1;
  return looker.look(text);
};
const first = look(0);
const second = look(0);
const ticking = Array.from({ length: LOOKS }, () => look(0));
// Of ten thousand calls some seventy begin, are answered or end in five seconds.
const later = Array.from({ length: LOOKS }, (_, index) => look((index + 1) * Math.ceil(calls / 150)));

/** The look of the median total. */
const median = (looks: readonly Look[]): Look => {
  const sorted = looks.toSorted((a, b) => whole(a) - whole(b));
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error('no looks');
  return found;
};
const worst = (looks: readonly Look[]): Look => looks.reduce((a, b) => (whole(a) > whole(b) ? a : b));

if (values.json) {
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  const told = (one: Look) => ({ parse: round(one.parse), total: round(whole(one)) });
  const lines = {
    first: told(first),
    second: told(second),
    later: told(median(later)),
    ticking: told(median(ticking)),
  };
  console.log(JSON.stringify(lines));
} else {
  const row = (name: string, one: Look): string =>
    `| ${name} | ${[...STAGES.map((stage) => one[stage]), whole(one)].map((ms) => ms.toFixed(1)).join(' | ')} |`;
  const megabytes = (bigList(calls, began, 0).length / 1e6).toFixed(1);
  console.log(`${calls.toLocaleString('en')} calls, ${megabytes} MB, ms on Node ${process.versions.node}\n`);
  console.log(`| look | ${STAGES.join(' | ')} | without find |`);
  console.log(`|---|${'---|'.repeat(STAGES.length + 1)}`);
  const picked: [string, Look][] = [
    ['first', first],
    ['second', second],
    ['ticking, median', median(ticking)],
    ['later, median', median(later)],
    ['later, worst', worst(later)],
  ];
  for (const [name, one] of picked) console.log(row(name, one));
}
