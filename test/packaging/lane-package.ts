import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import config from '../../electron-builder.config.ts';
import { electronBuilder } from '../../scripts/packager/install.ts';
import { lowerProgram } from '../electron/lower.ts';
import { OLD_ELECTRON, oldElectron, type Found } from '../electron/old-electron.ts';
import { isInstalled } from '../support/children.ts';

const FPM = join(import.meta.dirname, 'fpm.ts');

/**
 * Makes a .deb in the folder `work` from the finished build in `root`/out, the old Electron from npm and the project's
 * config. Differences from a real one: the program is lowered, fuses that this Electron lacks are left out, and a
 * stand-in replaces a missing fpm.
 */
export async function makeLanePackage(root: string, work: string): Promise<Found> {
  const electron = await oldElectron();
  if ('unavailable' in electron) return electron;
  if (!isInstalled('dpkg-deb')) return { unavailable: 'dpkg-deb is not installed: this is not a Debian-like system' };
  const app = join(work, 'app');
  await lowerProgram(root, app);
  writeManifest(app);
  copyFileSync(join(root, 'LICENSE'), join(app, 'LICENSE'));
  const output = join(work, 'dist');
  writeFileSync(join(work, 'builder.json'), JSON.stringify(configFor(join(electron.path, 'dist'), output)));
  const args = ['--linux', 'deb', '--x64', '--publish', 'never', '--config', join(work, 'builder.json')];
  const { status } = spawnSync(process.execPath, [electronBuilder(), ...args], {
    cwd: app,
    stdio: 'inherit',
    env: { ...process.env, USE_SYSTEM_FPM: 'true', PATH: pathWithFpm(join(work, 'bin')) },
  });
  if (status !== 0) throw new Error(`electron-builder ended with ${String(status)}`);
  const deb = readdirSync(output).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error(`electron-builder left no .deb in ${output}`);
  return { path: join(output, deb) };
}

function configFor(electronDist: string, output: string): object {
  return {
    ...config,
    electronFuses: without(config.electronFuses, 'grantFileProtocolExtraPrivileges'),
    electronDist,
    electronVersion: OLD_ELECTRON.version,
    directories: { ...config.directories, output },
    linux: { ...config.linux, files: [...config.linux.files, 'boot.cjs'], target: ['deb'] },
  };
}

/** The fields of package.json that electron-builder reads; with devDependencies it would look for those packages. */
function writeManifest(app: string): void {
  const file = join(app, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify(without(manifest, 'devDependencies', 'optionalDependencies', 'scripts'), null, 2));
}

function without(object: object, ...names: string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function pathWithFpm(folder: string): string {
  const path = process.env['PATH'] ?? '';
  if (isInstalled('fpm')) return path;
  mkdirSync(folder);
  writeFileSync(join(folder, 'fpm'), `#!/bin/sh\nexec '${process.execPath}' '${FPM}' "$@"\n`);
  chmodSync(join(folder, 'fpm'), 0o755);
  return `${folder}${delimiter}${path}`;
}
