/**
 * npm run bench:fleet: offices of up to 5,000 desks behind one address, with the program's own polling code on virtual
 * time, against a model of the PBX's limit. Writes docs/fleet.svg and the table in docs/load.md. USAGE below has the
 * options.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fleetChart } from '../bench/fleet/chart.ts';
import { missedGoals } from '../bench/fleet/goals.ts';
import { fleetMatrix } from '../bench/fleet/matrix.ts';
import { runAll } from '../bench/fleet/run-all.ts';
import { markdownTable, missedTable, title } from '../bench/fleet/table.ts';
import { countOf, readCommandLine } from './usage.ts';

const USAGE = `Simulates offices of up to 5,000 desks behind one address on virtual time, against a model of the PBX's limit of
requests. Prints a table, and writes docs/fleet.svg and the table in docs/load.md.

  npm run bench:fleet -- [options]

  --quick   small offices, in about a minute; writes nothing, and a missed goal is exit code 1
  --seed N  other arrivals and chances (default: 1)
  --help    this text
`;

const { quick, seed } = readCommandLine('bench:fleet', USAGE, () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, seed: countOf('--seed', values.seed) };
});
const DOCS = join(import.meta.dirname, '../docs');
const BEGIN = '<!-- bench:fleet -->';
const END = '<!-- /bench:fleet -->';

const runs = await runAll(fleetMatrix(quick, seed), (run, ms) => {
  console.error(`${title(run)} (${(ms / 1000).toFixed(0)} s)`);
});
const missed = missedTable(runs);
const goals = missed === '' ? 'Every run met every goal.' : `Goals that were missed:\n\n${missed}`;
const results = `${markdownTable(runs)}\n\n${goals}`;
console.log(results);

if (quick) {
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
