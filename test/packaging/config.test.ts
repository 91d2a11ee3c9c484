import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import config from '../../electron-builder.config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { findLink } from '../../src/core/dial/link-argument.ts';
import { registerByElectron } from '../../src/main/links/registration.ts';
import { LINK_SCHEMES } from '../../src/shared/links.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const SYSTEMS = { linux: config.linux, win32: config.win, darwin: config.mac };
type System = keyof typeof SYSTEMS;
const systems = Object.keys(SYSTEMS) as System[];

/** electron-builder's rule for `files`: the last pattern that fits decides, "!" leaves out. */
function isPackaged(path: string, system: System, before = false): boolean {
  return SYSTEMS[system].files.reduce((packaged, pattern) => {
    const excludes = pattern.startsWith('!');
    if (!matchesGlob(path, excludes ? pattern.slice(1) : pattern)) return packaged;
    return !excludes;
  }, before);
}

/** Packages are there before the patterns are asked: these only leave out. */
const isPackagedOf = (path: string, system: System): boolean => isPackaged(path, system, true);

function filesOfRepository(): string[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !['node_modules', '.git', 'dist', 'coverage'].includes(entry.name),
  );
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(root, folder.name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  const atTop = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...inFolders, ...atTop.map((entry) => entry.name)];
}

test('every file that the config names exists', () => {
  const named = [
    config.linux.icon,
    config.win.icon,
    config.mac.icon,
    config.mac.entitlements,
    config.mac.entitlementsInherit,
    join(config.directories.buildResources, config.nsis.include),
  ];

  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(systems)('only the built program, the pictures it shows and package.json are packaged for %s', (system) => {
  const packaged = filesOfRepository().filter((path) => isPackaged(path, system));

  expect(packaged.filter((path) => !path.startsWith('out/') && !path.startsWith('resources/tray/')).sort()).toEqual([
    'LICENSE',
    'package.json',
    'resources/app/256x256.png',
    'resources/app/notification.png',
  ]);
  expect(isPackaged('out/main/index.js', system)).toBe(true);
  expect(isPackaged('out/main/licences.json', system)).toBe(true);
  expect(isPackaged('out/main/index.js.map', system)).toBe(false);
  expect(isPackaged(packageJson.main.replace('./', ''), system)).toBe(true);
});

test.each(systems)('%s gets its own tray pictures, and those of no other system', (system) => {
  const packaged = filesOfRepository().filter((path) => path.startsWith('resources/tray/') && isPackaged(path, system));

  expect(packaged.length).toBeGreaterThan(0);
  expect(packaged.filter((path) => !path.startsWith(`resources/tray/${system}/`))).toEqual([]);
});

test.each([
  ['linux', []],
  ['win32', ['notifu', 'snoreToast']],
  ['darwin', ['mac.noindex', 'terminal-notifier-LICENSE']],
] as const)('%s gets only its own of the programs that node-notifier brings', (system, expected) => {
  const vendor = 'node_modules/node-notifier/vendor';
  const packaged = readdirSync(join(root, vendor), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => isPackagedOf(path, system))
    .map((path) => path.slice(vendor.length + 1).split('/')[0]);

  expect([...new Set(packaged)].sort()).toEqual(expected);
});

test('there is no list for all systems, with which electron-builder would pack the whole tree', () => {
  expect('files' in config).toBe(false);
});

test.each(systems)('a Node that is there for development is not shipped for %s', (system) => {
  const shipped = Object.keys(packageJson.optionalDependencies).filter((name) =>
    isPackagedOf(`node_modules/${name}/bin/node`, system),
  );

  expect(shipped).toEqual([]);
});

test.each(['node_modules/node-notifier/vendor/snoreToast/snoretoast-x64.exe', 'resources/app/notification.png'])(
  '%s exists and lies outside the archive, where other programs can reach it',
  (path) => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(config.asarUnpack.some((pattern) => matchesGlob(path, pattern))).toBe(true);
  },
);

test('node-notifier is the one package that is not bundled, and so the one to unpack', () => {
  expect(Object.keys(packageJson.dependencies)).toEqual(['node-notifier']);
});

test.each([
  ['runAsNode', false],
  ['enableCookieEncryption', false],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['loadBrowserProcessSpecificV8Snapshot', false],
  ['grantFileProtocolExtraPrivileges', false],
] as const)('the fuse %s is set to %s, not left to a default', (fuse, value) => {
  expect(config.electronFuses[fuse]).toBe(value);
});

test('the schemes are declared once for all systems, and are those the program knows', () => {
  expect(config.protocols.flatMap((protocol) => protocol.schemes)).toEqual([...LINK_SCHEMES]);
  expect([config.linux, config.win, config.mac].filter((system) => 'protocols' in system)).toEqual([]);
});

test('the running program can become the one for the packaged schemes, and reads a link of each', async () => {
  const offered: string[] = [];
  const app = {
    isPackaged: true,
    setAsDefaultProtocolClient: (scheme: string) => offered.push(scheme) > 0,
  };
  const schemes = config.protocols.flatMap((protocol) => protocol.schemes);

  expect(await registerByElectron(app, [])(LINK_SCHEMES)).toEqual({ ok: true, value: null });

  expect(offered).toEqual(schemes);
  for (const scheme of schemes) {
    // As the command in the Windows registry starts it, with a link that broke out of its quotes.
    const argv = ['C:\\Programs\\Traydial\\Traydial.exe', '--', `${scheme}:+12015550123`, '--demo', 'tel:911'];
    expect(findLink(argv)).toBe(`${scheme}:+12015550123`);
  }
});

test('macOS: the hardened runtime makes one exception, for V8', () => {
  const entitlements = readFileSync(join(root, config.mac.entitlements), 'utf8');

  expect(config.mac.hardenedRuntime).toBe(true);
  expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map((match) => match[1])).toEqual([
    'com.apple.security.cs.allow-jit',
  ]);
});

test('Linux: the AppImage is not started without the sandbox', () => {
  expect(config.appImage.executableArgs).toEqual([]);
});

test('Linux: an icon of every size that menus look for, and of none that hicolor does not list', () => {
  // electron-builder installs each file of this form under its size; a single picture would go to one size only.
  const sizes = readdirSync(join(root, config.linux.icon)).flatMap((name) => /^(\d+)x\1\.png$/.exec(name)?.[1] ?? []);

  expect(sizes.toSorted((a, b) => Number(a) - Number(b))).toEqual(['16', '24', '32', '48', '64', '128', '256', '512']);
});

test('Windows and macOS: the icons are as large as electron-builder asks', () => {
  const ico = readFileSync(join(root, config.win.icon));
  const png = readFileSync(join(root, config.mac.icon));

  // Width of each picture in the directory of an ICO; 256 does not fit in its byte and is written as 0.
  const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
  expect(Math.max(...widths)).toBe(256);
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
});

test('the names agree with package.json', () => {
  expect(config.productName).toBe(packageJson.productName);
  expect(config.linux.executableName).toBe(packageJson.name);
});
