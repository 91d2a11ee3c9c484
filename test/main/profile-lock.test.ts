import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { ENGLISH } from '../../src/messages/trouble.ts';
import { isProfileInUse } from '../../src/main/profile-in-use.ts';
import { lockProblem } from '../../src/main/trouble/profile-folder.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'traydial-lock-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

test.skipIf(process.platform === 'win32').each([
  ['of a living process', `${hostname()}-${process.pid}`, true],
  ['of a process that is gone', `${hostname()}-999999999`, false],
  ['of another computer', 'elsewhere-1', false],
])('a profile with a lock %s: in use is %s', (_whose, link, used) => {
  symlinkSync(link, join(profile, 'SingletonLock'));
  expect(isProfileInUse(profile, 'linux')).toBe(used);
});

test.each<NodeJS.Platform>(['linux', 'win32'])('a profile without a lock is not in use (%s)', (platform) => {
  expect(isProfileInUse(profile, platform)).toBe(false);
});

test('Windows: a lock file that no process holds open, as after a power loss, is not in use', () => {
  writeFileSync(join(profile, 'lockfile'), '');
  expect(isProfileInUse(profile, 'win32')).toBe(false);
});

test('in a writable folder the problem is the lock, and the probe leaves no file', () => {
  expect(lockProblem(profile).text(ENGLISH).message).toContain("can't lock its folder");
  expect(readdirSync(profile)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('a lock whose process id another program has now is not in use', async () => {
  const other = spawn('sleep', ['600']);
  onTestFinished(() => void other.kill());
  await once(other, 'spawn');
  symlinkSync(`${hostname()}-${other.pid}`, join(profile, 'SingletonLock'));
  expect(isProfileInUse(profile, 'linux')).toBe(false);
});

test.skipIf(process.platform === 'win32')('a lock of another computer is explained with its name', () => {
  symlinkSync('desk-7-4711', join(profile, 'SingletonLock'));
  expect(lockProblem(profile).text(ENGLISH)).toEqual({
    message: `Traydial runs on desk-7 with the same folder, ${profile}.`,
    advice: expect.stringContaining('Quit it there, then start Traydial again.') as string,
  });
});

test('in a read-only folder the problem is the folder', () => {
  const file = join(profile, 'file');
  writeFileSync(file, '');
  expect(lockProblem(join(file, 'profile')).text(ENGLISH)).toEqual({
    message: expect.stringContaining("can't write to its folder") as string,
    advice: expect.stringContaining('Make the folder writable') as string,
  });
});
