/**
 * npm run bench:fleet: offices of up to 5,000 desks behind one address, with the program's own polling code on virtual
 * time, against a model of the PBX's limit. Writes docs/fleet.svg and the table in docs/load.md. USAGE below has the
 * options.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withPanel } from '../bench/fleet/chart.ts';
import { missedGoals } from '../bench/fleet/goals.ts';
import { FAULTS, fleetMatrix } from '../bench/fleet/matrix.ts';
import { runAll } from '../bench/fleet/run-all.ts';
import type { FleetRun } from '../bench/fleet/run-fleet.ts';
import { results, title, withRun } from '../bench/fleet/table.ts';
import { countOf, readCommandLine, UsageError } from './usage.ts';

const USAGE = `Simulates offices of up to 5,000 desks behind one address on virtual time, against a model of the PBX's limit of
requests. Prints a table. Each run that ends replaces its row of the table in docs/load.md at once, and its panel of
docs/fleet.svg.

  npm run bench:fleet -- [options]

  --quick              small offices, in about a minute; writes nothing, and a missed goal is exit code 1
  --desks N            only offices of N desks: 10, 100, 1000 or 5000
  --push yes|no        only with push, or without
  --fault NAME         only with this fault: ${FAULTS.join(', ')}
  --retry-after yes|no only where a refusal says when to try again, or does not
  --seed N             other arrivals and chances (default: 1)
  --help               this text
`;

const options = readCommandLine('bench:fleet', USAGE, () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      desks: { type: 'string' },
      push: { type: 'string' },
      fault: { type: 'string' },
      'retry-after': { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, help } = values;
  const desks = values.desks === undefined ? null : countOf('--desks', values.desks);
  const push = oneOf('--push', ['yes', 'no'], values.push);
  const fault = oneOf('--fault', FAULTS, values.fault);
  const retryAfter = oneOf('--retry-after', ['yes', 'no'], values['retry-after']);
  const chosen = fleetMatrix(quick, countOf('--seed', values.seed)).filter(
    (run) =>
      (desks ?? run.desks) === run.desks &&
      (push ?? yesNo(run.push)) === yesNo(run.push) &&
      (fault ?? run.fault) === run.fault &&
      (retryAfter ?? yesNo(run.retryAfter)) === yesNo(run.retryAfter),
  );
  if (chosen.length === 0) throw new UsageError('no run matches these options');
  return { quick, help, chosen };
});

function oneOf<T extends string>(option: string, allowed: readonly T[], text: string | undefined): T | null {
  if (text === undefined) return null;
  const value = allowed.find((one) => one === text);
  if (value !== undefined) return value;
  throw new UsageError(`${option} takes ${allowed.join(', ')}, not "${text}"`);
}

function yesNo(is: boolean): 'yes' | 'no' {
  return is ? 'yes' : 'no';
}

const DOCS = join(import.meta.dirname, '../docs');

function write(run: FleetRun): void {
  rewrite('load.md', (text) => withRun(text, run));
  const { desks, fault, retryAfter } = run.options;
  if (desks === 5_000 && fault === 'outage' && retryAfter) rewrite('fleet.svg', (chart) => withPanel(chart, run));
}

function rewrite(name: string, change: (text: string) => string): void {
  const file = join(DOCS, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

const runs = await runAll(options.chosen, (run, ms) => {
  console.error(`${title(run)} (${(ms / 1000).toFixed(0)} s)`);
  if (!options.quick) write(run);
});
console.log(results(runs));
if (options.quick && runs.some((run) => missedGoals(run).length > 0)) process.exitCode = 1;
