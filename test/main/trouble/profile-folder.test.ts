import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENGLISH } from '../../../src/messages/trouble.ts';
import { profileProblem } from '../../../src/main/trouble/profile-folder.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'traydial-home-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('a profile folder that exists or can be created is accepted', () => {
  const folder = join(home, 'config/traydial');
  expect(profileProblem(folder)).toBeNull();
  expect(existsSync(folder)).toBe(true);
  expect(profileProblem(folder)).toBeNull();
});

test.each([
  ['a file in its place', 'part of its path is not a folder', (folder: string) => writeFileSync(folder, '')],
  ['a file above it', 'part of its path is not a folder', () => writeFileSync(join(home, 'config'), '')],
  ['a link to nothing', 'it ', (folder: string) => symlinkSync(`${folder}.gone`, folder)],
  ['a link to itself', 'it is', (folder: string) => symlinkSync(folder, folder)],
])('the problem says what is wrong and what to do for %s', (what, cause, put) => {
  const folder = join(home, 'config', 'traydial');
  if (what !== 'a file above it') mkdirSync(join(home, 'config'));
  put(folder);
  const { message, advice } = profileProblem(folder)?.text(ENGLISH) ?? {};
  expect(message).toContain(`can't use its folder ${folder} (${cause}`);
  expect(advice).toMatch(/then start Traydial again\.$/);
});
