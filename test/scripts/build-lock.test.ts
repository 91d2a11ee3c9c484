import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withLock } from '../../scripts/build-lock.ts';

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'cache/build.pid');
}

test('a build that takes long keeps its lock', async () => {
  const file = lockFile();
  const order: string[] = [];
  const { promise: end, resolve: finish } = Promise.withResolvers<null>();
  const first = withLock(file, async () => {
    utimesSync(file, 0, 0);
    await end;
    order.push('first');
  });
  const second = withLock(file, () => Promise.resolve(order.push('second')));
  await new Promise((resolve) => setImmediate(resolve));
  finish(null);
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
  expect(existsSync(file)).toBe(false);
});

test('the lock of a build that was killed is taken over', async () => {
  const file = lockFile();
  await withLock(file, () => Promise.resolve());
  writeFileSync(file, String(spawnSync(process.execPath, ['--version']).pid));
  expect(await withLock(file, () => Promise.resolve('built'))).toBe('built');
});
