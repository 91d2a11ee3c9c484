/**
 * npm run check: what to run after every change. The checks that read the code, with their caches, and the unit tests
 * without those that start programs or try thousands of inputs (see vitest.config.ts).
 */
import { ROOT } from './build-when-stale.ts';
import { close, reportFailures, runVitest } from './run-vitest.ts';
import { QUICK_CHECKS, runChecks, TEST_ENV } from './static-checks.ts';

const env = { ...TEST_ENV, TRAYDIAL_QUICK: '1' };
const args = ['--project', 'unit', ...process.argv.slice(2)];
// Beside the tests, which wait for sockets and timers much of the time.
const [failed, counts] = await Promise.all([
  runChecks(QUICK_CHECKS, { most: 2, env }),
  runVitest({ root: ROOT, args, env }),
]);
reportFailures(failed.map(({ name, output }) => `${name}\n${output.trimEnd()}`));
close({
  passed: counts.passed + QUICK_CHECKS.length - failed.length,
  failed: counts.failed + failed.length,
  skipped: counts.skipped,
});
