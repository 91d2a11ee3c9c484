import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../../electron-builder.config.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { readArchive } from '../asar.ts';
import { readFuses, type Fuse } from '../fuse-wire.ts';
import { closureOf, librariesOf, packagesOf } from './libraries.ts';
import { isLeftOut } from './needed.ts';
import { IS_LOWERED, isFolder, PACKAGE, unpackDeb } from './unpack-deb.ts';

const HOME = '/opt/Traydial';
const MIB = 1024 * 1024;
const deb = unpackDeb(PACKAGE);
const at = (path: string): string => join(deb.root, path);
const archive = readArchive(at(`${HOME}/resources/app.asar`));
const inArchive = archive.map(({ path }) => path);

function licencesIn(name: string): { name: string; text?: string }[] {
  const file = archive.find(({ path }) => path === name);
  return JSON.parse(file?.read().toString('utf8') ?? '[]') as { name: string; text?: string }[];
}

// The only option that is not a fuse.
const fuses = Object.entries(config.electronFuses).filter(([name]) => name !== 'resetAdHocDarwinSignature');
const burnt = readFuses(readFileSync(at(`${HOME}/traydial`)));

test.for(fuses as [Fuse, boolean][])('the fuse %s is %s, as configured', ([fuse, value], { skip }) => {
  const found = burnt[fuse];
  skip(IS_LOWERED && found === undefined, 'the old Electron has no such fuse');

  expect(found).toBe(value);
});

test('the archive holds the built program, its pictures and its packages, and nothing else', () => {
  const packages = licencesIn('out/main/runtime-licences.json').map(({ name }) => name);
  const meant = [
    /^(package\.json|LICENSE)$/,
    /^out\/(main|preload)\/[\w-]+\.(c?js|json)$/,
    /^out\/renderer\/(index\.html|licences\.json|assets\/[\w.-]+\.(js|css|png|woff2))$/,
    /^resources\/app\/(256x256|notification)\.png$/,
    /^resources\/tray\/linux\/[\w-]+\/[\w-]+\.png$/,
    ...packages.map((name) => new RegExp(`^node_modules/${name}/`)),
    ...(IS_LOWERED ? [/^boot\.cjs$/, /^out\/renderer\/built-ins\.js$/] : []),
  ];

  expect(packages).toContain('node-notifier');
  expect(inArchive.filter((path) => !meant.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(inArchive).toContain(IS_LOWERED ? 'boot.cjs' : packageJson.main.replace('./', ''));
});

test('the archive contains no source, test, drawing or file for another system', () => {
  const wrong =
    /\.(ts|map|svg|flow|exe|dll|dylib|icns|ico|nib|plist)$|\.app\/|\.noindex|(^|\/)(tests?|__tests__|examples?)\//i;

  expect(inArchive.filter((path) => wrong.test(path))).toEqual([]);
  expect(deb.paths.filter((path) => path.includes('app.asar.unpacked') && wrong.test(path))).toEqual([]);
});

test('the files beside the archive match the archive’s list', () => {
  const beside = `${HOME}/resources/app.asar.unpacked/`;
  const files = deb.paths.filter((path) => path.startsWith(beside) && !isFolder(deb, path));

  expect(files.map((path) => path.slice(beside.length)).sort()).toEqual(
    archive
      .filter(({ unpacked }) => unpacked)
      .map(({ path }) => path)
      .sort(),
  );
});

test('every package in it has its licence text, and so do Electron and Chromium', () => {
  const lists = ['main/licences', 'main/runtime-licences', 'preload/licences', 'renderer/licences'];
  const licences = lists.flatMap((list) => licencesIn(`out/${list}.json`));
  const packages = new Set(inArchive.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));

  expect(licences.length).toBeGreaterThan(10);
  expect(licences.filter(({ text = '' }) => !/copyright|©/i.test(text)).map(({ name }) => name)).toEqual([]);
  expect([...packages].filter((name) => !licences.some((licence) => licence.name === name))).toEqual([]);
  for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
    expect(statSync(at(`${HOME}/${file}`)).size).toBeGreaterThan(500);
});

test('the package installs files only in the expected folders and with minimal permissions', () => {
  const places = /^\/(opt(\/Traydial(\/.*)?)?|usr(\/share(\/(applications|icons|doc)(\/.*)?)?)?)$/;
  const rights = execFileSync('dpkg-deb', ['--contents', deb.file], { encoding: 'utf8' }).trim().split('\n');

  expect(deb.paths.filter((path) => !places.test(path))).toEqual([]);
  expect(rights.filter((line) => !/^\S+ root\/root /.test(line))).toEqual([]);
  // World-writable or set-uid. chrome-sandbox becomes set-uid during the installation if necessary.
  expect(rights.filter((line) => /^(?!l)(........w|...s|......s)/.test(line))).toEqual([]);
  expect(deb.paths.filter((path) => lstatSync(at(path)).isSymbolicLink())).toEqual([]);
});

test('every library that Electron loads is in the package or in a dependency', ({ skip }) => {
  const closure = closureOf(deb.file);
  const noLists = 'apt has no lists of packages here: apt-get update';
  skip(isLeftOut(closure === null ? noLists : null), noLists);
  const programs = deb.paths
    .filter((path) => path.startsWith(HOME) && !isFolder(deb, path) && lstatSync(at(path)).mode & 0o111)
    .filter((path) => readFileSync(at(path)).subarray(0, 4).toString('latin1') === '\x7fELF');
  const libraries = programs.flatMap((path) => librariesOf(at(path)));
  const foreign = libraries.filter(({ path }) => path === null || !path.startsWith(deb.root));
  const absent = foreign.filter(({ path }) => path === null).map(({ name }) => name);
  const notHere = `${absent.join(', ')} cannot be looked up: not on this computer`;
  skip(isLeftOut(absent.length > 0 ? notHere : null), notHere);
  const paths = new Set(foreign.flatMap(({ path }) => path ?? []));

  expect(paths.size).toBeGreaterThan(10);
  const owners = packagesOf([...paths]);
  const comesWith = [...paths].map((path) => ({ path, owner: owners.get(path) ?? 'no package' }));
  expect(comesWith.filter(({ owner }) => closure?.has(owner) !== true)).toEqual([]);
});

test('the desktop entry is the one in resources, and valid', ({ skip }) => {
  const file = at(`/usr/share/applications/${packageJson.desktopName}`);
  const entry = readFileSync(file, 'utf8');
  const ours = new URL(`../../../resources/installer/linux/${packageJson.desktopName}`, import.meta.url);

  expect(entry.trim()).toBe(readFileSync(ours, 'utf8').trim());
  const schemes = config.protocols.flatMap((protocol) => protocol.schemes);
  expect(entry).toContain(`MimeType=${schemes.map((scheme) => `x-scheme-handler/${scheme};`).join('')}\n`);
  expect(entry).toContain(`StartupNotify=${config.linux.desktop.entry.StartupNotify}\n`);
  const run = spawnSync('desktop-file-validate', ['--warn-kde', file], { encoding: 'utf8' });
  skip(run.error !== undefined, 'desktop-file-validate is not installed: apt-get install desktop-file-utils');
  expect(run.stdout + run.stderr).toBe('');
});

test('icons are only in folders that hicolor lists', ({ skip }) => {
  const theme = '/usr/share/icons/hicolor/index.theme';
  skip(!existsSync(theme), 'hicolor is not installed: apt-get install hicolor-icon-theme');
  const [, directories = ''] = /^Directories=(.*)$/m.exec(readFileSync(theme, 'utf8')) ?? [];
  const listed = new Set(directories.split(',').map((directory) => `/usr/share/icons/hicolor/${directory}`));
  const icons = deb.paths.filter((path) => ['.png', '.svg'].includes(extname(path)) && path.startsWith('/usr/share'));

  expect(icons.length).toBeGreaterThan(5);
  expect(icons.filter((icon) => !listed.has(join(icon, '..')))).toEqual([]);
});

test('the AppArmor profile gives the installed program its user namespaces', ({ skip }) => {
  const file = at(`${HOME}/resources/apparmor-profile`);

  expect(readFileSync(file, 'utf8')).toMatch(/profile "traydial" "\/opt\/Traydial\/traydial" [^]*\n\s*userns,/);
  const run = spawnSync('apparmor_parser', ['--skip-kernel-load', '--debug', file], { encoding: 'utf8' });
  skip(run.error !== undefined, 'the profile was read, but not by apparmor_parser: it is not installed');
  // AppArmor before 4 does not support the rule; the package then leaves the profile out.
  skip(/abi|userns|syntax error/i.test(run.stderr), 'this AppArmor is older than the profile');
  expect(run.status).toBe(0);
});

test('the control file has the right name, version, dependencies and size', () => {
  const size = Number(deb.field('Installed-Size')) * 1024;
  const files = deb.paths.filter((path) => !isFolder(deb, path)).map((path) => statSync(at(path)).size);
  const total = files.reduce((sum, bytes) => sum + bytes, 0);

  expect(deb.field('Package')).toBe('traydial');
  expect(deb.field('Version')).toBe(packageJson.version);
  expect(deb.field('Depends').split(', ')).toEqual(config.deb.depends);
  expect(deb.field('Description')).not.toBe('');
  expect(Math.abs(size - total)).toBeLessThan(0.05 * total);
  // Nearly all of it is Electron.
  expect(statSync(at(`${HOME}/resources/app.asar`)).size).toBeLessThan(10 * MIB);
});

test.each(['postinst', 'prerm', 'postrm'])('its script %s has no placeholders left and is valid sh', (name) => {
  expect(deb.script(name)).not.toBe('');
  expect(deb.script(name)).not.toMatch(/\$\{(executable|sanitizedProductName)\}/);
  expect(spawnSync('sh', ['-n'], { input: deb.script(name) }).status).toBe(0);
});
