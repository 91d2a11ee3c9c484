import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileProblem } from '../../../src/main/stores/profile-folder.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'traydial-home-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('a folder that exists or can be made is no problem', () => {
  const folder = join(home, 'config/traydial');
  expect(profileProblem(folder)).toBeNull();
  expect(existsSync(folder)).toBe(true);
  expect(profileProblem(folder)).toBeNull();
});

test.each([
  ['a file in its place', 'a part of its path is not a folder', (folder: string) => writeFileSync(folder, '')],
  ['a file above it', 'a part of its path is not a folder', () => writeFileSync(join(home, 'config'), '')],
  ['a link to nothing', 'it is', (folder: string) => symlinkSync(`${folder}.gone`, folder)],
  ['a link to itself', 'it is', (folder: string) => symlinkSync(folder, folder)],
])('%s is named, with what to do', (what, cause, put) => {
  const folder = join(home, 'config', 'traydial');
  if (what !== 'a file above it') mkdirSync(join(home, 'config'));
  put(folder);
  const problem = profileProblem(folder) ?? '';
  expect(problem).toContain(`in ${folder}, and that folder cannot be used (${cause}`);
  expect(problem).toMatch(/then start Traydial again\.$/);
});
