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

/** electron-builder's rule for `files`: the last matching pattern decides, "!" excludes. */
function isPackaged(path: string, system: System, before = false): boolean {
  return SYSTEMS[system].files.reduce((packaged, pattern) => {
    const excludes = pattern.startsWith('!');
    if (!matchesGlob(path, excludes ? pattern.slice(1) : pattern)) return packaged;
    return !excludes;
  }, before);
}

/** Packages are included before the patterns, which only exclude. */
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

test.each(systems)('only the built program, its pictures and package.json are packaged for %s', (system) => {
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

test.each(systems)('%s gets only its own tray pictures', (system) => {
  const packaged = filesOfRepository().filter((path) => path.startsWith('resources/tray/') && isPackaged(path, system));

  expect(packaged.length).toBeGreaterThan(0);
  expect(packaged.filter((path) => !path.startsWith(`resources/tray/${system}/`))).toEqual([]);
});

test.each([
  ['linux', []],
  ['win32', ['notifu', 'snoreToast']],
  ['darwin', ['mac.noindex', 'terminal-notifier-LICENSE']],
] as const)('%s gets only its own programs of node-notifier', (system, expected) => {
  const vendor = 'node_modules/node-notifier/vendor';
  const packaged = readdirSync(join(root, vendor), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => isPackagedOf(path, system))
    .map((path) => path.slice(vendor.length + 1).split('/')[0]);

  expect([...new Set(packaged)].sort()).toEqual(expected);
});

test('the config has no list of files for all systems, because electron-builder would then package the whole tree', () => {
  expect('files' in config).toBe(false);
});

test.each(systems)('the package for %s does not contain Node from the dev dependencies', (system) => {
  const shipped = Object.keys(packageJson.optionalDependencies).filter((name) =>
    isPackagedOf(`node_modules/${name}/bin/node`, system),
  );

  expect(shipped).toEqual([]);
});

test.each(['node_modules/node-notifier/vendor/snoreToast/snoretoast-x64.exe', 'resources/app/notification.png'])(
  '%s exists and is outside the archive, where other programs can read it',
  (path) => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(config.asarUnpack.some((pattern) => matchesGlob(path, pattern))).toBe(true);
  },
);

test('two packages are not bundled: node-notifier, which is unpacked, and re2js, which is loaded with the first pattern', () => {
  expect(Object.keys(packageJson.dependencies)).toEqual(['node-notifier', 're2js']);
});

test.each(systems)('%s gets the one build of re2js that the program requires', (system) => {
  const builds = readdirSync(join(root, 'node_modules/re2js/build'));

  expect(builds.filter((name) => isPackagedOf(`node_modules/re2js/build/${name}`, system))).toEqual(['index.cjs']);
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
] as const)('the fuse %s is explicitly set to %s', (fuse, value) => {
  expect(config.electronFuses[fuse]).toBe(value);
});

test('the schemes are declared once for all systems and match the program’s', () => {
  expect(config.protocols.flatMap((protocol) => protocol.schemes)).toEqual([...LINK_SCHEMES]);
  expect([config.linux, config.win, config.mac].filter((system) => 'protocols' in system)).toEqual([]);
});

test('the running program can register for the packaged schemes and reads a link of each', async () => {
  const offered: string[] = [];
  const app = {
    isPackaged: true,
    setAsDefaultProtocolClient: (scheme: string) => offered.push(scheme) > 0,
  };
  const schemes = config.protocols.flatMap((protocol) => protocol.schemes);

  expect(await registerByElectron(app, [])(LINK_SCHEMES)).toEqual({ ok: true, value: null });

  expect(offered).toEqual(schemes);
  for (const scheme of schemes) {
    // As started by the command in the Windows registry, with a link that broke out of its quotes.
    const argv = ['C:\\Programs\\Traydial\\Traydial.exe', '--', `${scheme}:+12015550123`, '--demo', 'tel:911'];
    expect(findLink(argv)).toBe(`${scheme}:+12015550123`);
  }
});

test('macOS: the hardened runtime has one exception, for V8', () => {
  const entitlements = readFileSync(join(root, config.mac.entitlements), 'utf8');

  expect(config.mac.hardenedRuntime).toBe(true);
  expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map((match) => match[1])).toEqual([
    'com.apple.security.cs.allow-jit',
  ]);
});

test('Linux: the AppImage starts with the sandbox', () => {
  expect(config.appImage.executableArgs).toEqual([]);
});

test('Linux: there is an icon of every size that menus use, and no size that hicolor does not list', () => {
  // electron-builder installs each such file under its size; a single picture would get only one size.
  const sizes = readdirSync(join(root, config.linux.icon)).flatMap((name) => /^(\d+)x\1\.png$/.exec(name)?.[1] ?? []);

  expect(sizes.toSorted((a, b) => Number(a) - Number(b))).toEqual(['16', '24', '32', '48', '64', '128', '256', '512']);
});

test('Windows and macOS: the icons have the size that electron-builder requires', () => {
  const ico = readFileSync(join(root, config.win.icon));
  const png = readFileSync(join(root, config.mac.icon));

  // Width of each picture in the directory of an ICO; 256 does not fit in its byte and is written as 0.
  const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
  expect(Math.max(...widths)).toBe(256);
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
});

test('the names match package.json', () => {
  expect(config.productName).toBe(packageJson.productName);
  expect(config.linux.executableName).toBe(packageJson.name);
});
