import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseKeyFile } from '../../../src/main/links/linux/key-file.ts';
import { findHandler } from '../../../src/main/links/linux/mime-apps.ts';
import { programOf } from '../../../src/main/links/linux/program-of.ts';
import { linuxReader } from '../../../src/main/links/linux/read-link.ts';
import { xdgFolders } from '../../../src/main/links/linux/xdg-folders.ts';

const OWN = 'io.github.traydial.Traydial.desktop';
let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'traydial-home-'));
  env = { XDG_DATA_DIRS: join(home, 'usr/share'), XDG_CONFIG_DIRS: join(home, 'etc/xdg'), PATH: '/usr/bin:/bin' };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}
const entry = (folder: string, id: string, exec = '/bin/sh %U', name = 'Phone & Co', more = '') =>
  write(`${folder}/applications/${id}`, `[Desktop Entry]\nType=Application\nName=${name}\nExec=${exec}\n${more}`);
const setDefault = (path: string, ...ids: string[]) =>
  write(path, `[Default Applications]\nx-scheme-handler/tel=${ids.join(';')};\n`);
const read = () => linuxReader(env, home)('tel');
const handler = (type = 'x-scheme-handler/tel') => findHandler(xdgFolders(env, home), type).entry?.id;

describe('who opens tel: links', () => {
  test('no program, on a computer without programs', async () => {
    expect(await read()).toEqual({ state: 'none', program: '' });
  });

  test('Traydial, when it is the default and its program is there', async () => {
    entry('usr/share', OWN);
    setDefault('.config/mimeapps.list', OWN);
    expect(await read()).toEqual({ state: 'ours', program: '' });
  });

  test('another program, by its name', async () => {
    entry('usr/share', OWN);
    entry('usr/share', 'phone.desktop', '/bin/sh', 'Phone\u202e & Co');
    setDefault('.config/mimeapps.list', 'phone.desktop');
    expect(await read()).toEqual({ state: 'other', program: 'Phone & Co' });
  });

  test.each([
    ['the default is Traydial, which is not installed', () => setDefault('.config/mimeapps.list', OWN)],
    [
      'the default is Traydial, which is not installed, and another one after it',
      () => {
        entry('usr/share', 'phone.desktop');
        setDefault('.config/mimeapps.list', OWN, 'phone.desktop');
      },
    ],
    [
      'its entry names a program that is gone',
      () => {
        entry('.local/share', OWN, `"${home}/gone away/Traydial.AppImage" %U`);
        setDefault('.config/mimeapps.list', OWN);
      },
    ],
  ])('broken: %s', async (_why, prepare) => {
    prepare();
    expect(await read()).toEqual({ state: 'broken', program: '' });
  });

  test('without a default, the program that offers itself', async () => {
    entry('usr/share', OWN);
    write('usr/share/applications/mimeinfo.cache', `[MIME Cache]\nx-scheme-handler/tel=${OWN};\n`);
    expect(await read()).toMatchObject({ state: 'ours' });
  });
});

describe.skipIf(process.platform === 'win32')('a file that is not a regular one is skipped', () => {
  const stranger = {
    'a pipe': (path: string) => void execFileSync('mkfifo', [path]),
    'a device without an end': (path: string) => symlinkSync('/dev/zero', path),
  };
  const places = ['.config/mimeapps.list', `.local/share/applications/${OWN}`, 'usr/share/applications/mimeinfo.cache'];

  test.each(Object.entries(stranger).flatMap(([kind, make]) => places.map((place) => ({ kind, make, place }))))(
    '$kind as $place',
    async ({ make, place }) => {
      entry('usr/share', OWN);
      setDefault('etc/xdg/mimeapps.list', OWN);
      mkdirSync(dirname(join(home, place)), { recursive: true });
      make(join(home, place));
      expect(await read()).toEqual({ state: 'ours', program: '' });
    },
  );
});

describe('the order of the specification', () => {
  beforeEach(() => {
    for (const id of ['a.desktop', 'b.desktop', 'c.desktop']) entry('usr/share', id);
  });

  test("the user's list comes before the system's, and the desktop's own before the common one", () => {
    setDefault('usr/share/applications/mimeapps.list', 'a.desktop');
    expect(handler()).toBe('a.desktop');
    setDefault('etc/xdg/mimeapps.list', 'b.desktop');
    expect(handler()).toBe('b.desktop');
    setDefault('.config/mimeapps.list', 'c.desktop');
    expect(handler()).toBe('c.desktop');
    setDefault('.config/gnome-mimeapps.list', 'a.desktop');
    expect(handler()).toBe('c.desktop');
    env['XDG_CURRENT_DESKTOP'] = 'ubuntu:GNOME';
    expect(handler()).toBe('a.desktop');
  });

  test('programs that are hidden or not installed are skipped', () => {
    entry('.local/share', 'a.desktop', '/bin/sh', 'A', 'Hidden=true\n');
    setDefault('.config/mimeapps.list', 'gone.desktop', 'a.desktop', 'b.desktop');
    expect(handler()).toBe('b.desktop');
  });

  test('a removed association does not come back from the cache', () => {
    write('usr/share/applications/mimeinfo.cache', '[MIME Cache]\nx-scheme-handler/tel=a.desktop;b.desktop;\n');
    write('.config/mimeapps.list', '[Removed Associations]\nx-scheme-handler/tel=a.desktop;\n');
    expect(handler()).toBe('b.desktop');
  });

  test('an added association comes before the programs’ own declarations', () => {
    write('usr/share/applications/mimeinfo.cache', '[MIME Cache]\nx-scheme-handler/tel=a.desktop;\n');
    write('.config/mimeapps.list', '[Added Associations]\nx-scheme-handler/tel=c.desktop;\n');
    expect(handler()).toBe('c.desktop');
  });

  test('an id cannot refer to a file outside the folder', () => {
    entry('usr', 'evil.desktop');
    setDefault('.config/mimeapps.list', '../../applications/evil.desktop', 'a.desktop');
    expect(handler()).toBe('a.desktop');
  });
});

test('relative folders are ignored', () => {
  const folders = xdgFolders({ XDG_CONFIG_HOME: 'config', XDG_DATA_DIRS: '/a::b:/c' }, '/home/anna');
  expect(folders.config).toEqual(['/home/anna/.config', '/etc/xdg']);
  expect(folders.data).toEqual(['/home/anna/.local/share', '/a', '/c']);
});

test('a user’s own folder may contain a colon', () => {
  expect(xdgFolders({}, '/home/a:b').config[0]).toBe('/home/a:b/.config');
  expect(xdgFolders({ XDG_DATA_HOME: '/data:1' }, '/home/anna').data[0]).toBe('/data:1');
});

test('comments, blanks and broken lines of a key file are skipped', () => {
  const file = parseKeyFile('x=1\n# [No]\n[A]\r\nk = v \nk=w\nbroken\n=\n[A]\nl=\n[B]\nk=3\n');
  expect(file.get('A')).toEqual(
    new Map([
      ['k', 'v'],
      ['l', ''],
    ]),
  );
  expect(file.get('B')?.get('k')).toBe('3');
});

test.each([
  ['/opt/Traydial/traydial %U', '/opt/Traydial/traydial'],
  ['"/home/a b/Tray\\\\$dial.AppImage" %U', '/home/a b/Tray$dial.AppImage'],
  ['"/opt/100%%/traydial" -- %u', '/opt/100%/traydial'],
  ['traydial', 'traydial'],
  ['', null],
])('Exec=%s starts %s', (exec, program) => {
  expect(programOf(parseKeyFile(`[Desktop Entry]\nExec=${exec}\n`))).toBe(program);
});
