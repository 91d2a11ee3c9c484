/**
 * npm run bench:list: what a look at 10,000 calls (2.5 MB) costs the main process, stage by stage in ms. `--calls N`:
 * another number of calls. `push` is the copy that goes to the window, `find` a search for a colleague's call.
 */
import { parseArgs } from 'node:util';
import { Looker, STAGES, type Look } from '../bench/list/stages.ts';
import { bigList } from '../test/support/big-list.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '10000' } } });
const calls = Number(values.calls);
const LOOKS = 20;
const began = Date.UTC(2026, 0, 5, 9, 0, 0);

const looker = new Looker(began);
const looks = Array.from({ length: LOOKS }, (_, index) => looker.look(bigList(calls, began, index * 5)));
const whole = (look: Look): number => STAGES.reduce((sum, stage) => sum + (stage === 'find' ? 0 : look[stage]), 0);

const row = (name: string, look: Look): string =>
  `| ${name} | ${[...STAGES.map((stage) => look[stage]), whole(look)].map((ms) => ms.toFixed(1)).join(' | ')} |`;
const megabytes = (bigList(calls, began, 0).length / 1e6).toFixed(1);
console.log(`${calls.toLocaleString('en')} calls, ${megabytes} MB, ms on Node ${process.versions.node}\n`);
console.log(`| look | ${STAGES.join(' | ')} | without find |`);
console.log(`|---|${'---|'.repeat(STAGES.length + 1)}`);
const later = looks.slice(2).toSorted((a, b) => whole(a) - whole(b));
const picked: [string, Look | undefined][] = [
  ['first', looks[0]],
  ['second', looks[1]],
  ['later, median', later[Math.floor(later.length / 2)]],
  ['later, worst', later.at(-1)],
];
for (const [name, look] of picked) if (look !== undefined) console.log(row(name, look));
