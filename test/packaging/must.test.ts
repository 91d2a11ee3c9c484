import { expect, test, vi } from 'vitest';
import { notRun } from '../../scripts/run-vitest.ts';
import { isLeftOut } from './package/needed.ts';

test('a check that cannot run on this system is skipped, or fails with --must', () => {
  // Otherwise CI would list the failure that is tested here among those of the run.
  vi.stubEnv('TRAYDIAL_FAILURES', undefined);
  const log = vi.spyOn(console, 'log').mockReturnValue(undefined);
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(notRun('x.deb', 'there is no user', false)).toEqual({ passed: 0, failed: 0, skipped: 1 });
  expect(notRun('x.deb', 'there is no user', true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(log.mock.calls).toEqual([['skipped: x.deb: there is no user']]);
  expect(error.mock.calls).toEqual([['failed: x.deb: there is no user\n']]);
  for (const spy of [log, error]) spy.mockRestore();
  vi.unstubAllEnvs();

  expect(isLeftOut('it needs root', false)).toBe(true);
  expect(isLeftOut(null, true)).toBe(false);
  expect(() => isLeftOut('it needs root', true)).toThrow('it needs root');
});
