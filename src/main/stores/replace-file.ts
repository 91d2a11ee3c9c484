import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { retryWhileInUse } from './retry-while-in-use.ts';

/** Only the user who runs the program may read it. */
const PRIVATE = 0o600;

/**
 * Writes a whole file or leaves the old one, never half of it and never neither: not when the program is killed, the
 * disk is full or the power fails. `mode` as for open(2). Throws what the file system says.
 */
export function replaceFile(path: string, text: string, mode = PRIVATE): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = behindLinks(path);
  // A random name: in a shared folder a fixed one could be another user's file or a link to one.
  const fresh = `${target}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeAndSync(fresh, text, mode);
    retryWhileInUse(() => renameSync(fresh, target));
  } catch (error) {
    discard(fresh);
    throw error;
  }
  syncFolder(dirname(target));
}

/** Removes files that a kill in the middle of writing left beside a file of the program's own folder. Never throws. */
export function removeLeftovers(path: string): void {
  const target = behindLinks(path);
  try {
    const start = `${basename(target)}.`;
    for (const name of readdirSync(dirname(target))) {
      if (name.startsWith(start) && /^[0-9a-f]{12}\.new$/.test(name.slice(start.length))) {
        discard(join(dirname(target), name));
      }
    }
  } catch {
    // The stores report a folder that cannot be listed.
  }
}

/** What went wrong before matters more than what goes wrong here. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next start removes it.
  }
}

/** Where a folder of settings is kept elsewhere by links, the link stays one. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeAndSync(path: string, text: string, mode: number): void {
  // `x`: only where nothing has that name yet, and through no link.
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, text);
    // Without this a power failure may keep the new name and lose what is in it.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes sure that the new name is on the disk. Windows has no such call, and some file systems refuse it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // The file is complete either way.
  }
}
