import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logFile } from '../../src/main/log.ts';

let folder: string;
const file = (): string | null => logFile({ getPath: () => join(folder, 'logs') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the log is main.log in the folder for logs, which is created', () => {
  expect(file()).toBe(join(folder, 'logs/main.log'));
  writeFileSync(join(folder, 'logs/main.log'), 'x');
  expect(file()).toBe(join(folder, 'logs/main.log'));
});

test.skipIf(process.platform === 'win32')('a pipe or a folder in its place gives the log another name', () => {
  mkdirSync(join(folder, 'logs'));
  execFileSync('mkfifo', [join(folder, 'logs/main.log')]);
  expect(file()).toBe(join(folder, 'logs/traydial.log'));
  mkdirSync(join(folder, 'logs/traydial.log'));
  expect(file()).toBeNull();
});

test('there is no log where its folder cannot be created', () => {
  writeFileSync(join(folder, 'logs'), '');
  expect(file()).toBeNull();
});
