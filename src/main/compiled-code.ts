import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface CompiledCodeOptions {
  /** The folder of the user's data. */
  directory: string;
  /** The program's version; what other versions left is removed. */
  version: string;
  platform: NodeJS.Platform;
  /** Node's module.enableCompileCache. */
  enable: (directory: string) => unknown;
}

/**
 * Makes Node keep the compiled code of modules that are loaded from now on, so that the next start is faster. A program
 * that can write these files can put code into Traydial: docs/decisions/027-compiled-code.md says where that is
 * acceptable. Returns the folder, or null when nothing is kept.
 */
export function keepCompiledCode({ directory, version, platform, enable }: CompiledCodeOptions): string | null {
  // On macOS the key chain and the privacy settings trust the signed program only, not all programs of the user.
  if (platform === 'darwin') return null;
  const home = join(directory, 'compiled-code');
  const own = join(home, version);
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (![directory, home, own].every((folder) => isOnlyOurs(folder))) return null;
    for (const name of readdirSync(home)) {
      if (name !== version) rmSync(join(home, name), { recursive: true, force: true });
    }
    enable(own);
    return own;
  } catch {
    // The stores report a profile that cannot be written to.
    return null;
  }
}

/**
 * Whether this is a real folder (not a symbolic link) that no other user can write to. Windows protects a user's
 * folders itself.
 */
function isOnlyOurs(folder: string): boolean {
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return stat.uid === process.getuid() && (stat.mode & 0o022) === 0;
}
