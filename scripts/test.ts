/**
 * npm test: everything that must hold, in one command. Checks that only read the code run side by side, then the
 * build, then all tests. The last line counts the tests; what was skipped says why in a list above it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Outcome {
  name: string;
  code: number;
  output: string;
}

const bin = (name: string): string => join(import.meta.dirname, '../node_modules/.bin', name);

function run(name: string, command: readonly string[], live = false): Promise<Outcome> {
  const [program = '', ...args] = command;
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(bin(program), args, {
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      // Electron's package downloads its binary when it is imported; no check or test may do that.
      env: { ELECTRON_OVERRIDE_DIST_PATH: '/dev/null', FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...process.env },
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ name, code: 1, output: String(error) }));
    child.on('close', (code) => {
      if (!live)
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
  ['direction of imports', 'depcruise', '--output-type', 'err', 'src', 'test', 'bench', 'scripts'],
  ['build', 'electron-vite', 'build', '--logLevel', 'error'],
];

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

const failed = (await Promise.all(checks.map(([name, ...command]) => run(name, command)))).filter(
  (outcome) => outcome.code !== 0,
);
for (const { name, output } of failed) console.error(`\n--- ${name}\n${output.trimEnd()}`);

const folder = mkdtempSync(join(tmpdir(), 'traydial-test-'));
try {
  const file = join(folder, 'report.json');
  const tests = await run(
    'tests',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)],
    true,
  );
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const skipped = report.testResults
    .flatMap((result) => result.assertionResults)
    .filter((test) => test.status !== 'passed' && test.status !== 'failed');
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
  if (failed.length > 0) console.error(`Checks that failed: ${failed.map((outcome) => outcome.name).join(', ')}`);
  const failures = report.numFailedTests + failed.length + (tests.code !== 0 && report.numFailedTests === 0 ? 1 : 0);
  console.log(
    `${report.numPassedTests + checks.length - failed.length} passed, ${failures} failed, ${skipped.length} skipped`,
  );
  process.exitCode = failures > 0 || tests.code !== 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
