import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const LOCK = join(import.meta.dirname, 'package-lock.json');
/** A copy of the lock file that the packages were installed from. */
const INSTALLED = join(import.meta.dirname, 'node_modules/.installed-lock.json');

/**
 * Installs electron-builder as its lock file says, unless it is already installed: 93 MB in 279 packages, which work on
 * the program does not need. Throws when npm fails. Returns the folder.
 */
export function installPackager(): string {
  const current = existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(LOCK, 'utf8');
  if (!current) {
    console.log('Installing electron-builder, once ...');
    // Vite sets NODE_ENV when it builds. npm would then leave out devDependencies, which are all there is here.
    const args = ['ci', '--include=dev', '--ignore-scripts', '--prefix', import.meta.dirname];
    const { status, error } = spawnSync('npm', args, {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      throw new Error(
        `electron-builder could not be installed: ${error?.message ?? `npm ended with ${String(status)}`}`,
      );
    }
    copyFileSync(LOCK, INSTALLED);
  }
  return import.meta.dirname;
}

/** The program of electron-builder, installed where it was not. */
export function electronBuilder(): string {
  return createRequire(join(installPackager(), 'package.json')).resolve('electron-builder/cli.js');
}
