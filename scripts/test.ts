/**
 * npm test: all checks in one command. Checks that only read the code run in parallel, then the build, then all tests.
 * The last line counts the tests; a list above it says what was skipped and why.
 */
import { ROOT } from './build-when-stale.ts';
import { close, reportFailures, runVitest } from './run-vitest.ts';
import { ALL_CHECKS, runChecks, TEST_ENV } from './static-checks.ts';

const failed = await runChecks(ALL_CHECKS);
reportFailures(failed.map(({ name, output }) => `${name}\n${output.trimEnd()}`));

const counts = await runVitest({ root: ROOT, args: process.argv.slice(2), env: TEST_ENV });
if (failed.length > 0) console.error(`Checks that failed: ${failed.map((outcome) => outcome.name).join(', ')}`);
close({
  passed: counts.passed + ALL_CHECKS.length - failed.length,
  failed: counts.failed + failed.length,
  skipped: counts.skipped,
});
