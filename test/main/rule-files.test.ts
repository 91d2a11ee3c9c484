import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENGLISH } from '../../src/messages/main.ts';
import { FileDialogs } from '../../src/main/file-dialogs.ts';
import { exportRules, importRules } from '../../src/main/rule-files.ts';
import { writeRulesFile } from '../../src/core/dial/rules/rules-file.ts';
import { dialRules } from '../core/dial/rules/support.ts';

const RULES = dialRules([{ name: 'Berlin' }, { name: 'London', target: 'international' }]);
let folder: string;
/** The user's choice in the next dialog; '' is Cancel. */
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
let dialogs: FileDialogs;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-rules-'));
  chosen = join(folder, 'rules.json');
  shown = [];
  dialogs = new FileDialogs({ dialog, window: () => null, words: () => ENGLISH.dialogs, platform: 'linux' });
});

afterEach(() => rmSync(folder, { recursive: true }));

test('an exported file can be imported', async () => {
  writeFileSync(chosen, 'an older file');
  expect(await exportRules(dialogs, RULES)).toEqual({ ok: true, value: true });
  expect(readFileSync(chosen, 'utf8')).toBe(writeRulesFile(RULES));
  expect(readdirSync(folder)).toEqual(['rules.json']);
  expect(await importRules(dialogs)).toEqual({ ok: true, value: RULES });
  expect(shown).toMatchObject([
    { title: 'Export dial rules', defaultPath: 'dial-rules.json' },
    { title: 'Import dial rules', properties: ['openFile'] },
  ]);
});

test('a cancelled dialog changes nothing', async () => {
  chosen = '';
  expect(await importRules(dialogs)).toEqual({ ok: true, value: null });
  expect(await exportRules(dialogs, RULES)).toEqual({ ok: true, value: false });
  expect(readdirSync(folder)).toEqual([]);
});

test('a file without valid rules gives an error that says what is wrong', async () => {
  writeFileSync(chosen, '{"format":"traydial-dial-rules","version":1,"rules":[{"name":"A"}]}');
  expect(await importRules(dialogs)).toMatchObject({
    ok: false,
    error: { code: 'rules-file-invalid', params: { rule: { place: 1, name: 'A' }, field: 'target' } },
  });
});

test('a file that is too large is not read completely', async () => {
  writeFileSync(chosen, Buffer.alloc(50 * 1024 * 1024, ' '));
  const before = process.memoryUsage().arrayBuffers;
  expect(await importRules(dialogs)).toMatchObject({
    ok: false,
    error: { params: { problem: { code: 'file-too-large' } } },
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024);
});

test('an unreadable file gives an error', async () => {
  expect(await importRules(dialogs)).toMatchObject({
    ok: false,
    error: { code: 'file-unreadable', params: { cause: 'ENOENT' } },
  });
  mkdirSync(chosen);
  expect(await importRules(dialogs)).toMatchObject({
    ok: false,
    error: { code: 'file-unreadable', params: { cause: 'not-a-file' } },
  });
});

test.skipIf(process.platform === 'win32')('a pipe is rejected at once', async () => {
  execFileSync('mkfifo', [chosen]);
  expect(await importRules(dialogs)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
});

test('a file that cannot be written gives an error', async () => {
  mkdirSync(chosen);
  expect(await exportRules(dialogs, RULES)).toMatchObject({ ok: false, error: { code: 'file-unwritable' } });
  expect(readdirSync(folder)).toEqual(['rules.json']);
});

test('an export changes no other file and has the usual file permissions', async () => {
  const beside = `${chosen}.new`;
  writeFileSync(beside, 'mine');
  expect(await exportRules(dialogs, RULES)).toEqual({ ok: true, value: true });
  expect(readFileSync(beside, 'utf8')).toBe('mine');
  writeFileSync(join(folder, 'plain'), '', { mode: 0o666 });
  expect(statSync(chosen).mode).toBe(statSync(join(folder, 'plain')).mode);
});

test('only one dialog is open at a time', async () => {
  writeFileSync(chosen, writeRulesFile(RULES));
  const [first, second] = await Promise.all([importRules(dialogs), importRules(dialogs)]);
  expect(first).toEqual({ ok: true, value: RULES });
  expect(second).toEqual({ ok: true, value: null });
  expect(shown).toHaveLength(1);
});
