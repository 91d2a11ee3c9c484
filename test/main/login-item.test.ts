import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../src/core/log-port.ts';
import { setOpenAtLogin } from '../../src/main/login-item.ts';

let folder: string;
let settings: unknown[];
const app = () => ({
  getPath: () => folder,
  getAppPath: () => '/opt/a folder/50% "traydial"',
  isPackaged: false,
  setLoginItemSettings: (value: unknown) => void settings.push(value),
});
const entry = () => join(folder, 'autostart/io.github.traydial.Traydial.desktop');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traydial-login-'));
  settings = [];
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

test('macOS and Windows are asked by Electron, hidden', () => {
  setOpenAtLogin(app(), true, 'win32', silentLog);
  expect(settings).toEqual([{ openAtLogin: true, args: [app().getAppPath(), '--hidden'] }]);
});
