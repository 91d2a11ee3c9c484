import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { AppImageEntry, entryText } from '../../../src/main/links/linux/appimage-entry.ts';
import { parseKeyFile } from '../../../src/main/links/linux/key-file.ts';

const icon = fileURLToPath(new URL('../../../resources/app/256x256.png', import.meta.url));
const packaged = new URL(`../../../resources/installer/linux/${packageJson.desktopName}`, import.meta.url);
let data: string;
let path: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'traydial-data-'));
  path = join(data, 'applications', packageJson.desktopName);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const entryFor = (appImage: string | null) => new AppImageEntry({ appImage, data, icon });
const APPIMAGE = '/home/anna/My "Apps"/Traydial $1.AppImage';

test('the entry is written on request and removed completely', async () => {
  const entry = entryFor(APPIMAGE);
  expect(entry.state).toBe('missing');
  await entry.add();
  expect(entry.state).toBe('added');
  expect(existsSync(join(data, 'icons/hicolor/256x256/apps/io.github.traydial.Traydial.png'))).toBe(true);
  await entry.remove();
  expect(entry.state).toBe('missing');
  expect(existsSync(path)).toBe(false);
  expect(existsSync(join(data, 'icons/hicolor/256x256/apps/io.github.traydial.Traydial.png'))).toBe(false);
});

test('an AppImage that was moved needs the entry again', async () => {
  await entryFor('/old/Traydial.AppImage').add();
  const moved = entryFor(APPIMAGE);
  expect(moved.state).toBe('missing');
  await moved.add();
  expect(readFileSync(path, 'utf8')).toBe(entryText(APPIMAGE));
});

test('an entry of another program is not changed, and a program that is not an AppImage has no entry', async () => {
  mkdirSync(join(data, 'applications'), { recursive: true });
  writeFileSync(path, '[Desktop Entry]\nName=Traydial\n');
  const entry = entryFor(APPIMAGE);
  expect(entry.state).toBe('no');
  await entry.add();
  await entry.remove();
  expect(readFileSync(path, 'utf8')).toBe('[Desktop Entry]\nName=Traydial\n');
  expect(entryFor(null).state).toBe('no');
});

test.skipIf(process.platform === 'win32')(
  'what is at the place of the entry and cannot be read is left alone',
  async () => {
    mkdirSync(join(data, 'applications'), { recursive: true });
    const entry = entryFor(APPIMAGE);
    const strangers = [
      () => void execFileSync('mkfifo', [path]),
      () => mkdirSync(path),
      () => symlinkSync('/dev/zero', path),
      () => symlinkSync('/nowhere/at/all', path),
      () => writeFileSync(path, Buffer.alloc(9 * 1024 * 1024)),
    ];
    for (const make of strangers) {
      make();
      const before = lstatSync(path).ino;
      expect(entry.state).toBe('no');
      await entry.add();
      await entry.remove();
      expect(lstatSync(path).ino).toBe(before);
      rmSync(path, { recursive: true });
    }
  },
);

test.skipIf(process.platform === 'win32')('a pipe at the place of the icon is replaced without waiting', async () => {
  const icons = join(data, 'icons/hicolor/256x256/apps');
  mkdirSync(icons, { recursive: true });
  execFileSync('mkfifo', [join(icons, 'io.github.traydial.Traydial.png')]);
  await entryFor(APPIMAGE).add();
  expect(readFileSync(join(icons, 'io.github.traydial.Traydial.png'))).toEqual(readFileSync(icon));
});

test('the entry and its icon have the usual file permissions', async () => {
  await entryFor(APPIMAGE).add();
  const plain = join(data, 'plain');
  writeFileSync(plain, '', { mode: 0o666 });
  for (const file of [path, join(data, 'icons/hicolor/256x256/apps/io.github.traydial.Traydial.png')]) {
    expect(statSync(file).mode).toBe(statSync(plain).mode);
  }
});

test('the entry is the packaged one except for the path of the program', () => {
  const of = (text: string) => Object.fromEntries(parseKeyFile(text).get('Desktop Entry') ?? []);
  const { Exec, Icon, 'X-Traydial-AppImage': mark, ...rest } = of(entryText(APPIMAGE));
  const { Exec: packagedExec, Icon: packagedIcon, ...packagedRest } = of(readFileSync(packaged, 'utf8'));
  expect(rest).toEqual(packagedRest);
  expect([Exec, Icon, mark, packagedExec, packagedIcon]).toEqual([
    '"/home/anna/My \\\\"Apps\\\\"/Traydial \\\\$1.AppImage" %U',
    'io.github.traydial.Traydial',
    'true',
    '/opt/Traydial/traydial %U',
    'traydial',
  ]);
});

test('desktop-file-validate reports no errors', async ({ skip }) => {
  await entryFor('/opt/Traydial.AppImage').add();
  const run = spawnSync('desktop-file-validate', ['--warn-kde', path], { encoding: 'utf8' });
  skip(run.error !== undefined, 'desktop-file-validate is not installed');
  expect(run.stdout + run.stderr).toBe('');
});
