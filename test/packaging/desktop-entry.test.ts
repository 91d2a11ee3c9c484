import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import config from '../../electron-builder.config.ts';
import packageJson from '../../package.json' with { type: 'json' };

const folder = new URL('../../resources/installer/linux/', import.meta.url);
const file = new URL(packageJson.desktopName, folder);
const schemes = config.protocols.flatMap((protocol) => protocol.schemes);

/**
 * The entry that electron-builder 26.17 writes into deb and rpm from our config (LinuxTargetHelper.computeDesktopEntry;
 * compared once with its real output). The file in resources/ is the same text, for people who use the AppImage.
 */
function entryFromConfig(): string {
  const { linux } = config;
  const entry = {
    Name: config.productName,
    Exec: `/opt/${config.productName}/${linux.executableName} %U`,
    Terminal: 'false',
    Type: 'Application',
    Icon: linux.executableName,
    StartupWMClass: packageJson.desktopName.replace(/\.desktop$/, ''),
    ...linux.desktop.entry,
    Comment: packageJson.description,
    MimeType: schemes.map((scheme) => `x-scheme-handler/${scheme};`).join(''),
    Categories: linux.category,
  };
  const lines = Object.entries(entry).map(([key, value]) => `${key}=${value}`);
  return ['[Desktop Entry]', ...lines, ''].join('\n');
}

test('the desktop entry in resources matches the packaging config', () => {
  expect(readFileSync(file, 'utf8')).toBe(entryFromConfig());
});

test('the desktop entry has the name that Electron uses for the handler of tel:', () => {
  expect(config.linux.syncDesktopName).toBe(true);
  expect(readdirSync(folder).filter((name) => name.endsWith('.desktop'))).toEqual([packageJson.desktopName]);
  expect(packageJson.desktopName).toBe(`${config.appId}.desktop`);
  expect(packageJson.desktopName).not.toContain('-');
});

test('all desktops read the same schemes, and each link arrives as an argument', () => {
  const text = readFileSync(file, 'utf8');

  expect(text).toContain(`\nMimeType=${schemes.map((scheme) => `x-scheme-handler/${scheme};`).join('')}\n`);
  expect(text).toContain(`\nX-KDE-Protocols=${schemes.map((scheme) => `${scheme};`).join('')}\n`);
  expect(text).toMatch(/^Exec=.* %U$/m);
});

test('desktop-file-validate reports no errors', ({ skip }) => {
  const run = spawnSync('desktop-file-validate', ['--warn-kde', fileURLToPath(file)], { encoding: 'utf8' });
  skip(run.error !== undefined, 'desktop-file-validate is not installed');

  expect(run.stdout + run.stderr).toBe('');
  expect(run.status).toBe(0);
});
