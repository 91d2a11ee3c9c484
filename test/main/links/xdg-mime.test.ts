import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findHandler } from '../../../src/main/links/linux/mime-apps.ts';
import { xdgFolders } from '../../../src/main/links/linux/xdg-folders.ts';
import { registerByXdgMime } from '../../../src/main/links/linux/xdg-mime.ts';
import { ProgramError, runProgram, type Run } from '../../../src/main/run-program.ts';
import { isInstalled } from '../../support/children.ts';

const OWN = 'io.github.traydial.Traydial.desktop';
const BROWSER = 'chromium.desktop';

let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'traydial-mime-'));
  env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_DATA_DIRS: join(home, 'none'),
    XDG_CONFIG_DIRS: join(home, 'none'),
  };
  mkdirSync(join(home, 'config'), { recursive: true });
  mkdirSync(join(home, 'data/applications'), { recursive: true });
  for (const [id, types] of [
    [OWN, 'x-scheme-handler/tel;x-scheme-handler/callto;'],
    [BROWSER, 'text/html;x-scheme-handler/http;x-scheme-handler/https;'],
  ] as const) {
    writeFileSync(
      join(home, 'data/applications', id),
      `[Desktop Entry]\nType=Application\nName=${id}\nExec=/bin/true %u\nMimeType=${types}\n`,
    );
  }
  setDefault(BROWSER, 'text/html', 'x-scheme-handler/http', 'x-scheme-handler/https');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const list = (): string => join(home, 'config/mimeapps.list');

function setDefault(entry: string, ...types: string[]): void {
  let before = '';
  try {
    before = readFileSync(list(), 'utf8');
  } catch {
    // There is no file yet.
  }
  writeFileSync(list(), `[Default Applications]\n${types.map((type) => `${type}=${entry}\n`).join('')}${before}`);
}

const folders = () => xdgFolders(env, home);
const handler = (type: string): string | undefined => findHandler(folders(), type).entry?.id;
const browsers = (): unknown => ['text/html', 'x-scheme-handler/http', 'x-scheme-handler/https'].map(handler);

/** An xdg-mime that works and also changes other types. */
const obeys =
  (...more: string[]): Run =>
  (_program, [, entry = '', ...types]) => {
    setDefault(entry, ...types, ...(entry === OWN ? more : []));
    return Promise.resolve('');
  };

test('the requested schemes become ours in one call', async () => {
  expect(await registerByXdgMime(folders, obeys())(['tel', 'callto'])).toEqual({ ok: true, value: null });
  expect([handler('x-scheme-handler/tel'), handler('x-scheme-handler/callto')]).toEqual([OWN, OWN]);
  expect(browsers()).toEqual([BROWSER, BROWSER, BROWSER]);
});

test('when a tool also changes the browser, the types of the browser are restored', async () => {
  const register = registerByXdgMime(folders, obeys('text/html', 'x-scheme-handler/https'));
  expect(await register(['tel'])).toEqual({ ok: true, value: null });
  expect(handler('x-scheme-handler/tel')).toBe(OWN);
  expect(browsers()).toEqual([BROWSER, BROWSER, BROWSER]);
});

test('the error lists types that cannot be restored', async () => {
  const run: Run = (program, args, limitMs) =>
    args[1] === OWN
      ? obeys('text/html')(program, args, limitMs)
      : Promise.reject(new ProgramError(program, 'no', false));
  expect(await registerByXdgMime(folders, run)(['tel'])).toMatchObject({
    ok: false,
    error: { code: 'links-not-accepted', detail: 'changed as well, and not put back: text/html' },
  });
});

test('a tool that is missing, refuses or hangs is an error value', async () => {
  const run: Run = (program) => Promise.reject(new ProgramError(program, 'ENOENT', false));
  expect(await registerByXdgMime(folders, run)(['tel'])).toMatchObject({
    ok: false,
    error: { code: 'links-not-accepted', detail: 'Error: xdg-mime: ENOENT' },
  });
});

describe.skipIf(!isInstalled('xdg-mime'))('the real xdg-mime', () => {
  test.for(['XFCE', 'GNOME', 'KDE', 'MATE', 'X-Cinnamon', 'LXQt', ''])(
    'makes Traydial the default on "%s"',
    async (desktop) => {
      env['XDG_CURRENT_DESKTOP'] = desktop;
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      expect(await registerByXdgMime(folders, runProgram)(['tel', 'callto'])).toEqual({ ok: true, value: null });
      expect([handler('x-scheme-handler/tel'), handler('x-scheme-handler/callto')]).toEqual([OWN, OWN]);
      expect(browsers()).toEqual([BROWSER, BROWSER, BROWSER]);
    },
  );
});
