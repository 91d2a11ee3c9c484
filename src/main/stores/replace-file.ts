import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a whole file or leaves the old one, never half of it and never neither: not when the program is killed, the
 * disk is full or the power fails. Only its owner may read it. Throws what the file system says.
 */
export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = behindLinks(path);
  // Always the same name: what a kill leaves behind is overwritten next time instead of piling up.
  const fresh = `${target}.new`;
  try {
    writeAndSync(fresh, text);
    renamePatiently(fresh, target);
  } catch (error) {
    discard(fresh);
    throw error;
  }
  syncFolder(dirname(target));
}

/** What went wrong before matters more than what goes wrong here. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is overwritten next time.
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

function writeAndSync(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, text);
    // Without this a power failure may keep the new name and lose what is in it.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Windows refuses while a virus scanner reads the file, which passes within moments. */
function renamePatiently(from: string, to: string): void {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && /^E(PERM|ACCES|BUSY)$/.test(String(error.code));
      if (!busy || process.platform !== 'win32' || tries === 10) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * tries);
    }
  }
}

/** The new name itself has reached the disk. Windows knows no such thing, and some file systems refuse it. */
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
