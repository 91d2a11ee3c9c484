/**
 * npm test: everything that must hold, in one command. Checks that only read the code run side by side, then the
 * build, then all tests. The last line counts the tests; what was skipped says why in a list above it.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './build-when-stale.ts';
import { close, runVitest } from './run-vitest.ts';

interface Outcome {
  name: string;
  code: number;
  output: string;
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

// Electron's package downloads its program when it is imported, unless this names a folder; no check or test may
// download.
const TEST_ENV = {
  ELECTRON_OVERRIDE_DIST_PATH: join(ROOT, 'node_modules/electron/dist'),
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  ...process.env,
};

function run(name: string, command: readonly string[]): Promise<Outcome> {
  const [program = '', ...args] = command;
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(bin(program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: TEST_ENV,
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

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['formatting', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'eslint', '--max-warnings', '0', '.'],
  ['types', 'tsc', '-p', '.'],
  ['types of src/shared, without Node', 'tsc', '-p', 'src/shared'],
  [
    'types of the window',
    'svelte-check',
    '--tsconfig',
    'src/renderer/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ],
  ['unused code', 'knip', '--no-progress'],
  // Without the tests as entries: what only they keep alive is found.
  ['code that only tests use', 'knip', '--production', '--no-progress'],
  ['direction of imports', 'depcruise', '--output-type', 'err', 'src', 'test', 'bench', 'scripts'],
  ['build', 'electron-vite', 'build', '--logLevel', 'error'],
];

const failed = (await Promise.all(checks.map(([name, ...command]) => run(name, command)))).filter(
  (outcome) => outcome.code !== 0,
);
for (const { name, output } of failed) console.error(`\n--- ${name}\n${output.trimEnd()}`);

const counts = await runVitest({ root: ROOT, args: process.argv.slice(2), env: TEST_ENV });
if (failed.length > 0) console.error(`Checks that failed: ${failed.map((outcome) => outcome.name).join(', ')}`);
close({
  passed: counts.passed + checks.length - failed.length,
  failed: counts.failed + failed.length,
  skipped: counts.skipped,
});
