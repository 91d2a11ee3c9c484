import {
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { retryWhileInUse } from '../../../src/main/stores/retry-while-in-use.ts';
import { replaceFile } from '../../../src/main/stores/replace-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-replace-'));
  path = join(folder, 'rules.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('replacing a file does not change other files: a file, a symbolic link, permissions', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'of another');
  symlinkSync(victim, `${path}.new`);
  writeFileSync(join(folder, 'other.json.new'), 'mine', { mode: 0o666 });
  replaceFile(path, 'rules');
  replaceFile(join(folder, 'other.json'), 'rules');
  expect(readFileSync(victim, 'utf8')).toBe('of another');
  expect(readFileSync(join(folder, 'other.json.new'), 'utf8')).toBe('mine');
  expect(readFileSync(path, 'utf8')).toBe('rules');
  expect(statSync(join(folder, 'other.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual([
    'other.json',
    'other.json.new',
    'rules.json',
    'rules.json.new',
    'victim',
  ]);
});

test('a hard link keeps its contents', () => {
  writeFileSync(path, 'old');
  linkSync(path, join(folder, 'second'));
  replaceFile(path, 'new');
  expect(readFileSync(join(folder, 'second'), 'utf8')).toBe('old');
});

test('a write that fails leaves no file behind', () => {
  expect(() => replaceFile(folder, 'text')).toThrow();
  expect(readdirSync(folder)).toEqual([]);
});

const failing = (code: string, times: number) => {
  let left = times;
  return () => {
    if (left-- > 0) throw Object.assign(new Error(code), { code });
    return 'done';
  };
};

test.each([
  ['win32', 'EPERM', 5, 'done'],
  ['win32', 'EACCES', 1, 'done'],
  ['linux', 'EBUSY', 2, 'done'],
  ['win32', 'EPERM', 6, 'EPERM'],
  ['linux', 'EACCES', 1, 'EACCES'],
  ['win32', 'ENOSPC', 1, 'ENOSPC'],
] as const)('on %s %s, %i times in a row: %s', (platform, code, times, outcome) => {
  const waited: number[] = [];
  const run = () => retryWhileInUse(failing(code, times), platform, (ms) => waited.push(ms));
  if (outcome === 'done') expect(run()).toBe('done');
  else expect(run).toThrow(outcome);
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(200);
});

test('the wait between two tries has the right length and does not use Atomics.wait', () => {
  const before = performance.now();
  expect(retryWhileInUse(failing('EBUSY', 2))).toBe('done');
  expect(performance.now() - before).toBeGreaterThanOrEqual(15);
});
