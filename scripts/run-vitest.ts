import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { endsWithUs, makeScratch } from '../test/support/scratch.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface TestResult {
  status: string;
  fullName: string;
  failureMessages?: string[] | null;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; message?: string; assertionResults: TestResult[] }[];
}

export interface RunOptions {
  /** The checkout. */
  root: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Another user who runs the tests. */
  user?: { uid: number; gid: number } | null;
}

/** Counts what cannot be run here, and prints why. `must`: that is a failure. */
export function notRun(what: string, why: string, must: boolean): Counts {
  if (must) reportFailures([`${what}: ${why}`]);
  else console.log(`skipped: ${what}: ${why}`);
  return { passed: 0, failed: must ? 1 : 0, skipped: must ? 0 : 1 };
}

/** Runs tests, shows their output, lists those that were skipped or failed, and counts them. */
export async function runVitest({ root, args, env, user = null }: RunOptions): Promise<Counts> {
  const { path: folder, remove } = makeScratch(tmpdir(), 'traydial-test');
  if (user !== null) chownSync(folder, user.uid, user.gid);
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      stdio: 'inherit',
      env,
      ...user,
    });
    endsWithUs(child);
    const [code] = (await once(child, 'close')) as [number | null];
    if (!existsSync(file)) {
      reportFailures([`The tests ended before they could report (exit code ${String(code)}).`]);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    reportFailures(failuresOf(report, root));
    return count(report, code);
  } finally {
    remove();
  }
}

/** A run that fails without a failed test (a file that does not load, an uncaught error) counts as one failed test. */
function count(report: Report, code: number | null): Counts {
  const skipped = report.testResults
    .flatMap((result) => result.assertionResults)
    .filter((test) => test.status !== 'passed' && test.status !== 'failed');
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
  const failed = code !== 0 && report.numFailedTests === 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: skipped.length };
}

/** Each failed test with the beginning of its error, and each file that could not be loaded. */
function failuresOf({ testResults }: Report, root: string): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const unloaded = assertionResults.length === 0 && message !== undefined && message !== '';
    return [
      ...failed.map(({ fullName, failureMessages }) => `${file} > ${fullName}\n${beginningOf(failureMessages?.[0])}`),
      ...(unloaded ? [`${file}\n${beginningOf(message)}`] : []),
    ];
  });
}

const beginningOf = (message = ''): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');

/** Prints failures. `.ci/run` names a file that collects them, so that it can repeat them as its last lines. */
export function reportFailures(failures: readonly string[]): void {
  const text = failures.map((failure) => `failed: ${failure}\n`).join('');
  process.stderr.write(text);
  const file = process.env['TRAYDIAL_FAILURES'];
  if (file !== undefined && text !== '') appendFileSync(file, text);
}

/** The last line of a run, which CI reads, and its exit code. */
export function close({ passed, failed, skipped }: Counts): void {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}
