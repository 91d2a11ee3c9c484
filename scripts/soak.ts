/**
 * npm run soak: a simulated working week of one desk on virtual time: the real desk, push client and notifications
 * against the demo PBX's own parts, 100,000 sessions, and faults at random from a seed. Prints a table, and the first
 * broken promises with exit code 1. `--seed N`, `--sessions N`, `--days N`; `--dialect NAME,...` as for demo:pbx;
 * `--trace` prints what happens as it happens.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { soakReport } from '../bench/soak/report.ts';
import { runSoak } from '../bench/soak/run-soak.ts';
import { dialectsNamed } from '../test/pbx/dialects.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sessions: { type: 'string', default: '100000' },
    days: { type: 'string', default: '5' },
    dialect: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const [seed, sessions, days] = [values.seed, values.sessions, values.days].map(Number);
if (![seed, sessions, days].every((value) => Number.isInteger(value) && Number(value) > 0)) {
  console.error('--seed, --sessions and --days are whole numbers above 0.');
  process.exit(2);
}

let dialect: ReturnType<typeof dialectsNamed>;
try {
  dialect = dialectsNamed(values.dialect);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exit(2);
}

// Set here, because npm would not pass a Node flag on.
setFlagsFromString('--expose-gc');
// Node gives it no type.
const collect = runInNewContext('gc') as () => void;
const began = performance.now();
const run = await runSoak({
  seed: Number(seed),
  sessions: Number(sessions),
  days: Number(days),
  dialect,
  collect,
  onDay: (day) => console.error(`day ${day} is over (${((performance.now() - began) / 1000).toFixed(0)} s)`),
  onTrace: values.trace ? (what) => console.error(what) : undefined,
});
console.log(soakReport(run, performance.now() - began));
if (run.violations > 0) process.exitCode = 1;
