import { expect, test } from 'vitest';
import type { KnownProgram } from '../../../src/main/links/link-reader.ts';
import { macReader } from '../../../src/main/links/mac-reader.ts';
import { readRegQuery, windowsReader } from '../../../src/main/links/windows-reader.ts';

const CHOICE = 'HKCU\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\tel\\UserChoice ProgId';
const COMMAND = 'HKCR\\Traydial.Url.tel\\shell\\open\\command ';
const EXE = 'C:\\Programs\\Traydial\\Traydial.exe';

function onWindows(registry: Record<string, string>, program: KnownProgram | null, files: string[] = [EXE]) {
  return windowsReader({
    registry: (key, name) => Promise.resolve(registry[`${key} ${name ?? ''}`] ?? null),
    programFor: () => Promise.resolve(program),
    fileExists: (path) => files.includes(path),
    ownPath: EXE,
  })('tel');
}

test.each([
  ['chosen by the user', { [CHOICE]: 'Traydial.Url.tel', [COMMAND]: `"${EXE}" -- "%1"` }, null, [EXE], 'ours'],
  ['chosen, but gone', { [CHOICE]: 'Traydial.Url.tel', [COMMAND]: `"${EXE}" -- "%1"` }, null, [], 'broken'],
  ['chosen, but its class is gone', { [CHOICE]: 'Traydial.Url.tel' }, null, [EXE], 'broken'],
  ['the only one there is', {}, { name: 'Traydial', path: EXE.toUpperCase() }, [EXE], 'ours'],
  ['registered, but gone', {}, { name: 'Traydial', path: 'D:\\old\\Traydial.exe' }, [], 'broken'],
  ['nobody', {}, null, [EXE], 'none'],
  ['a choice that leads nowhere', { [CHOICE]: 'AppX1' }, null, [EXE], 'unknown'],
] as const)('Windows: %s', async (_what, registry, program, files, state) => {
  expect(await onWindows({ ...registry }, program, [...files])).toEqual({ state, program: '' });
});

test('on Windows the reader names another program', async () => {
  const teams = { name: 'Microsoft Teams', path: 'C:\\WindowsApps\\ms-teams.exe' };
  expect(await onWindows({ [CHOICE]: 'MSTeams' }, teams)).toEqual({ state: 'other', program: 'Microsoft Teams' });
});

test.each([
  ['\r\nHKEY_CURRENT_USER\\X\\UserChoice\r\n    ProgId    REG_SZ    Traydial.Url.tel\r\n\r\n', 'Traydial.Url.tel'],
  ['\r\nHKEY_CLASSES_ROOT\\X\r\n    (Standard)    REG_SZ    "C:\\a b\\T.exe" -- "%1"\r\n', '"C:\\a b\\T.exe" -- "%1"'],
  ['\r\nFEHLER: Der Schlüssel wurde nicht gefunden.\r\n', null],
])('the output of reg query is read in every language: %#', (output, value) => {
  expect(readRegQuery(output)).toBe(value);
});

function onMac(isDefault: boolean, program: KnownProgram | null, exists = true) {
  return macReader({
    isDefault: () => isDefault,
    programFor: () => Promise.resolve(program),
    fileExists: () => exists,
  })('tel');
}

test('macOS: ours, another program by name, a bundle in the bin, or no program', async () => {
  expect(await onMac(true, null)).toEqual({ state: 'ours', program: '' });
  const faceTime = { name: 'FaceTime.app', path: '/System/Applications/FaceTime.app' };
  expect(await onMac(false, faceTime)).toEqual({ state: 'other', program: 'FaceTime' });
  const old = { name: 'Traydial', path: '/Users/anna/Downloads/Traydial.app' };
  expect(await onMac(false, old, false)).toEqual({ state: 'broken', program: '' });
  expect(await onMac(false, null)).toEqual({ state: 'none', program: '' });
});
