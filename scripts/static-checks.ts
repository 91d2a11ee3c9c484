import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './build-when-stale.ts';

export interface Outcome {
  name: string;
  code: number;
  output: string;
}

type Check = readonly [name: string, ...command: string[]];

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const cache = (name: string): string => join(ROOT, 'node_modules/.cache/traydial', name);

// Electron's package downloads its program when it is imported, unless this names a folder; no check or test may
// download.
export const TEST_ENV = {
  ELECTRON_OVERRIDE_DIST_PATH: join(ROOT, 'node_modules/electron/dist'),
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  ...process.env,
};

const LINT: Check = ['lint', 'oxlint'];
const WINDOW_TYPES: Check = [
  'types of the window',
  'svelte-check',
  '--tsconfig',
  'src/renderer/tsconfig.json',
  '--fail-on-warnings',
  '--output',
  'human',
];
const UNUSED: Check = ['unused code', 'knip', '--no-progress'];
const IMPORTS: Check = ['direction of imports', 'depcruise', '--output-type', 'err', 'src', 'test', 'bench', 'scripts'];

/** Everything, from scratch. */
export const ALL_CHECKS: readonly Check[] = [
  ['formatting', 'prettier', '--check', '--log-level', 'warn', '.'],
  LINT,
  ['lint of components', 'eslint', '--max-warnings', '0', '.'],
  ['types', 'tsc', '-p', '.'],
  ['types of src/shared, without Node', 'tsc', '-p', 'src/shared'],
  WINDOW_TYPES,
  UNUSED,
  // Without the tests as entries, so that code that only they use is reported.
  ['code that only tests use', 'knip', '--production', '--no-progress'],
  IMPORTS,
  ['build', 'electron-vite', 'build', '--logLevel', 'error'],
];

/**
 * For every change while working. Prettier, ESLint and Knip skip files that have not changed. oxlint also reports type errors,
 * since its rules read all types anyway; it uses the tsconfig.json next to each file. Components are linted only by the
 * rules that need no types (see eslint.config.js).
 */
export const QUICK_CHECKS: readonly Check[] = [
  ['formatting', 'prettier', '--check', '--log-level', 'warn', '--cache', '--cache-location', cache('prettier'), '.'],
  ['types and lint', 'oxlint', '--type-check'],
  ['lint of components', 'eslint', '--max-warnings', '0', '--cache', '--cache-location', cache('eslint'), '.'],
  WINDOW_TYPES,
  [...UNUSED, '--cache', '--cache-location', cache('knip')],
  IMPORTS,
];

/** Runs checks side by side, at most `most` at once, and returns those that failed. */
export async function runChecks(
  checks: readonly Check[],
  { most = checks.length, env = TEST_ENV }: { most?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome[]> {
  const waiting = [...checks];
  const failed: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await run(check, env);
      if (outcome.code !== 0) failed.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  return failed;
}

function run([name, program = '', ...args]: Check, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(bin(program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ name, code: 1, output: String(error) }));
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      resolve({ name, code: code ?? 1, output });
    });
  });
}
