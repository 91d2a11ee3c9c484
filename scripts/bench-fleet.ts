/**
 * npm run bench:fleet: offices of up to 5,000 desks behind one address, with the program's own polling code on virtual
 * time, against a model of the PBX's limit. Writes docs/fleet.svg and the table in docs/load.md.
 * `--quick`: small offices, nothing is written, and a missed goal is a failure. `--seed N`: other arrivals and chances.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fleetChart } from '../bench/fleet/chart.ts';
import { missedGoals } from '../bench/fleet/goals.ts';
import { fleetMatrix } from '../bench/fleet/matrix.ts';
import { runAll } from '../bench/fleet/run-all.ts';
import { markdownTable, missedTable, title } from '../bench/fleet/table.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const DOCS = join(import.meta.dirname, '../docs');
const BEGIN = '<!-- bench:fleet -->';
const END = '<!-- /bench:fleet -->';

const runs = await runAll(fleetMatrix(values.quick, Number(values.seed)), (run, ms) => {
  console.error(`${title(run)} (${(ms / 1000).toFixed(0)} s)`);
});
const missed = missedTable(runs);
const goals = missed === '' ? 'Every run met every goal.' : `Goals that were missed:\n\n${missed}`;
const results = `${markdownTable(runs)}\n\n${goals}`;
console.log(results);

if (values.quick) {
  if (runs.some((run) => missedGoals(run).length > 0)) process.exitCode = 1;
} else {
  const largest = runs.filter(({ options: { desks, fault, retryAfter } }) => {
    return desks === 5_000 && fault === 'outage' && retryAfter;
  });
  writeFileSync(join(DOCS, 'fleet.svg'), fleetChart(largest));
  const file = join(DOCS, 'load.md');
  const text = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  writeFileSync(file, `${before}${BEGIN}\n\n${results}\n\n${END}${after}`);
}
