import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoginItemSettings } from 'electron';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { mountedAppImage } from '../support/mounted-appimage.ts';
import { silentLog } from '../support/silent-log.ts';
import { readLoginItem, setOpenAtLogin } from '../../src/main/login-item.ts';

let folder: string;
let settings: unknown[];
/** The system's state of the entry. */
let found: LoginItemSettings;
const app = () => ({
  getPath: () => folder,
  getAppPath: () => '/opt/a folder/50% "traydial"',
  isPackaged: false,
  setLoginItemSettings: (value: unknown) => void settings.push(value),
  getLoginItemSettings: () => found,
});
const entry = () => join(folder, 'autostart/io.github.traydial.Traydial.desktop');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-login-'));
  settings = [];
  found = {
    openAtLogin: true,
    wasOpenedAtLogin: false,
    status: 'enabled',
    executableWillLaunchAtLogin: true,
    launchItems: [],
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('on Linux an autostart entry is written and removed', () => {
  setOpenAtLogin(app(), true, 'linux', silentLog);
  const text = readFileSync(entry(), 'utf8');
  expect(text).toContain('[Desktop Entry]');
  expect(text).toContain('"--hidden"');
  expect(text).toContain(String.raw`"/opt/a folder/50%% \\"traydial\\""`);
  setOpenAtLogin(app(), false, 'linux', silentLog);
  expect(existsSync(entry())).toBe(false);
});

test('on Linux the autostart entry is ignored once its program was removed', () => {
  setOpenAtLogin(app(), true, 'linux', silentLog);

  expect(readFileSync(entry(), 'utf8').split('\n')).toContain(`TryExec=${process.execPath}`);
});

test('on Linux the variables of another AppImage do not get into the autostart entry', () => {
  const { env } = mountedAppImage();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  setOpenAtLogin(app(), true, 'linux', silentLog);

  expect(readFileSync(entry(), 'utf8').split('\n')).toContain(`TryExec=${process.execPath}`);
});

test.skipIf(process.platform === 'win32')('a pipe in place of the autostart entry stops nothing', async () => {
  mkdirSync(join(folder, 'autostart'));
  execFileSync('mkfifo', [entry()]);
  const warnings: string[] = [];
  expect(await readLoginItem(app(), 'linux')).toBe('no');
  setOpenAtLogin(app(), true, 'linux', { ...silentLog, warn: (text) => warnings.push(text) });
  expect(warnings).toEqual([expect.stringContaining('Start at login could not be set')]);
  expect(lstatSync(entry()).isFIFO()).toBe(true);
});

test('the autostart entry has the usual file permissions', () => {
  setOpenAtLogin(app(), true, 'linux', silentLog);
  writeFileSync(join(folder, 'plain'), '', { mode: 0o666 });
  expect(statSync(entry()).mode).toBe(statSync(join(folder, 'plain')).mode);
});

test('on macOS and Windows Electron sets a hidden login item', () => {
  setOpenAtLogin(app(), true, 'win32', silentLog);
  expect(settings).toEqual([{ openAtLogin: true, args: [app().getAppPath(), '--hidden'] }]);
});

test('on Linux the login item shows whether the desktop will start it', async () => {
  expect(await readLoginItem(app(), 'linux')).toBe('no');
  setOpenAtLogin(app(), true, 'linux', silentLog);
  expect(await readLoginItem(app(), 'linux')).toBe('yes');
  const written = readFileSync(entry(), 'utf8');
  writeFileSync(entry(), `${written}Hidden=true\n`);
  expect(await readLoginItem(app(), 'linux')).toBe('switched-off');
  writeFileSync(entry(), written.replace('enabled=true', 'enabled=false'));
  expect(await readLoginItem(app(), 'linux')).toBe('switched-off');
});

test.each(['TryExec', 'Exec'])("on Linux the login item is off when the entry's %s is missing", async (key) => {
  setOpenAtLogin(app(), true, 'linux', silentLog);
  const gone = readFileSync(entry(), 'utf8').replace(new RegExp(`^${key}=.*`, 'm'), `${key}=/gone/Traydial.AppImage`);
  writeFileSync(entry(), gone);
  expect(await readLoginItem(app(), 'linux')).toBe('program-missing');
});

test.each<[string, NodeJS.Platform, Partial<LoginItemSettings>, string]>([
  ['macOS waits for consent', 'darwin', { openAtLogin: false, status: 'requires-approval' }, 'needs-consent'],
  ['macOS does not know it', 'darwin', { openAtLogin: false, status: 'not-found' }, 'no'],
  ['macOS starts it', 'darwin', {}, 'yes'],
  ['the Task Manager switched it off', 'win32', { executableWillLaunchAtLogin: false }, 'switched-off'],
  ['Windows starts it', 'win32', {}, 'yes'],
])('%s', async (_name, platform, answer, item) => {
  found = { ...found, ...answer };
  expect(await readLoginItem(app(), platform)).toBe(item);
});
