import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RuleFiles } from '../../src/main/rule-files.ts';
import { writeRulesFile } from '../../src/core/dial/rules/rules-file.ts';
import { dialRules } from '../core/dial/rules/support.ts';

const RULES = dialRules([{ name: 'Berlin' }, { name: 'London', target: 'international' }]);
let folder: string;
/** What the user chooses in the next dialog; '' is Cancel. */
let chosen: string;
let shown: (OpenDialogOptions | SaveDialogOptions)[];

const dialog = {
  showOpenDialog: (options: OpenDialogOptions) => {
    shown.push(options);
    return Promise.resolve({ canceled: chosen === '', filePaths: chosen === '' ? [] : [chosen] });
  },
  showSaveDialog: (options: SaveDialogOptions) => {
    shown.push(options);
    return Promise.resolve({ canceled: chosen === '', filePath: chosen });
  },
} as unknown as Dialog;
let files: RuleFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-rules-'));
  chosen = join(folder, 'rules.json');
  shown = [];
  files = new RuleFiles(dialog, () => null);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('what was exported is imported again', async () => {
  writeFileSync(chosen, 'an older file');
  expect(await files.write(RULES)).toEqual({ ok: true, value: true });
  expect(readFileSync(chosen, 'utf8')).toBe(writeRulesFile(RULES));
  expect(readdirSync(folder)).toEqual(['rules.json']);
  expect(await files.read()).toEqual({ ok: true, value: RULES });
  expect(shown).toMatchObject([
    { title: 'Export dial rules', defaultPath: 'dial-rules.json' },
    { title: 'Import dial rules', properties: ['openFile'] },
  ]);
});

test('who chooses nothing gets nothing', async () => {
  chosen = '';
  expect(await files.read()).toEqual({ ok: true, value: null });
  expect(await files.write(RULES)).toEqual({ ok: true, value: false });
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that holds no rules is told with what is wrong in it', async () => {
  writeFileSync(chosen, '{"format":"traydial-dial-rules","version":1,"rules":[{"name":"A"}]}');
  expect(await files.read()).toMatchObject({
    ok: false,
    error: { code: 'rules-file-invalid', detail: expect.stringMatching(/^Rule 1 “A”, target: /u) as string },
  });
});

test('a file that is too large is not read to its end', async () => {
  writeFileSync(chosen, Buffer.alloc(50 * 1024 * 1024, ' '));
  const before = process.memoryUsage().arrayBuffers;
  expect(await files.read()).toMatchObject({ ok: false, error: { detail: 'The file is larger than 256 kB.' } });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024);
});

test('what cannot be read is told', async () => {
  expect(await files.read()).toMatchObject({
    ok: false,
    error: { code: 'file-unreadable', detail: 'it is not there' },
  });
  mkdirSync(chosen);
  expect(await files.read()).toMatchObject({
    ok: false,
    error: { code: 'file-unreadable', detail: 'It is not a file.' },
  });
});

test.skipIf(process.platform === 'win32')('a pipe is no file, and nobody waits for its end', async () => {
  execFileSync('mkfifo', [chosen]);
  expect(await files.read()).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
});

test('what cannot be written is told', async () => {
  mkdirSync(chosen);
  expect(await files.write(RULES)).toMatchObject({ ok: false, error: { code: 'file-unwritable' } });
  expect(readdirSync(folder)).toEqual(['rules.json']);
});

test('an export changes no other file, and has the usual rights of a file of the user', async () => {
  const beside = `${chosen}.new`;
  writeFileSync(beside, 'mine');
  expect(await files.write(RULES)).toEqual({ ok: true, value: true });
  expect(readFileSync(beside, 'utf8')).toBe('mine');
  writeFileSync(join(folder, 'plain'), '', { mode: 0o666 });
  expect(statSync(chosen).mode).toBe(statSync(join(folder, 'plain')).mode);
});

test('there is one dialog at a time', async () => {
  writeFileSync(chosen, writeRulesFile(RULES));
  const [first, second] = await Promise.all([files.read(), files.read()]);
  expect(first).toEqual({ ok: true, value: RULES });
  expect(second).toEqual({ ok: true, value: null });
  expect(shown).toHaveLength(1);
});
