/**
 * npm run soak: a simulated working week of one desk on virtual time: the real desk, push client and notifications
 * against the demo PBX's own parts, 100,000 sessions, and faults at random from a seed. USAGE below has the options.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { soakReport } from '../bench/soak/report.ts';
import { runSoak } from '../bench/soak/run-soak.ts';
import { DIALECTS, dialectsNamed } from '../test/pbx/dialects.ts';
import { countOf, readCommandLine, UsageError } from './usage.ts';

const USAGE = `Simulates working days of one desk on virtual time, with faults at random from a seed, and checks what
docs/reliability.md promises. Prints a table and the first broken promises, with exit code 1 if there are any.

  npm run soak -- [options]

  --seed N            another sequence of calls and faults (default: 1)
  --days N            working days of ten hours (default: 5)
  --sessions N        sessions at the PBX over all days (default: 100000)
  --dialect NAME,...  how the PBX describes calls, any of these together:
${Object.keys(DIALECTS)
  .map((name) => `                        ${name}\n`)
  .join('')}  --trace             print what happens as it happens, with the time of the simulated clock
  --help              this text
`;

const options = readCommandLine('soak', USAGE, () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      sessions: { type: 'string', default: '100000' },
      days: { type: 'string', default: '5' },
      dialect: { type: 'string' },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    seed: countOf('--seed', values.seed),
    sessions: countOf('--sessions', values.sessions),
    days: countOf('--days', values.days),
    dialect: dialectOf(values.dialect),
    trace: values.trace,
    help: values.help,
  };
});

function dialectOf(names: string | undefined): ReturnType<typeof dialectsNamed> {
  try {
    return dialectsNamed(names);
  } catch (problem) {
    throw new UsageError(problem instanceof Error ? problem.message : String(problem));
  }
}

// Set here, because npm would not pass a Node flag on.
setFlagsFromString('--expose-gc');
// Node gives it no type.
const collect = runInNewContext('gc') as () => void;
const began = performance.now();
const run = await runSoak({
  ...options,
  collect,
  onDay: (day) => console.error(`day ${day} is over (${((performance.now() - began) / 1000).toFixed(0)} s)`),
  onTrace: options.trace ? (what) => console.error(what) : undefined,
});
console.log(soakReport(run, performance.now() - began));
if (run.violations > 0) process.exitCode = 1;
