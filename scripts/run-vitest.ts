import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

export interface RunOptions {
  /** The checkout. */
  root: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Another user who runs the tests. */
  user?: { uid: number; gid: number } | null;
}

/** Runs tests with their output in sight, lists those that were skipped, and counts. */
export async function runVitest({ root, args, env, user = null }: RunOptions): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-test-'));
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
    const [code] = (await once(child, 'close')) as [number | null];
    if (!existsSync(file)) {
      console.error(`The tests ended before they could report (exit code ${String(code)}).`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    return count(JSON.parse(readFileSync(file, 'utf8')) as Report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
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

/** The last line of a run, which CI reads, and its exit code. */
export function close({ passed, failed, skipped }: Counts): void {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}
