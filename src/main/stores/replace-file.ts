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
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { retryWhileInUse } from './retry-while-in-use.ts';

/** Only the user who runs the program may read it. */
const PRIVATE = 0o600;
/** The usual rights, for files that other users and programs may read; the system takes the umask off. */
export const USUAL_RIGHTS = 0o666;

/**
 * Replaces a file atomically: afterwards there is either the whole new file or the old one, even if the program is
 * killed, the disk is full or the power fails. `mode` as for open(2). Throws file system errors.
 */
export function replaceFile(path: string, content: string | Uint8Array, mode = PRIVATE): void {
  const { target, fresh } = namesFor(path);
  try {
    writeAndSync(fresh, content, mode);
    retryWhileInUse(() => renameSync(fresh, target));
  } catch (error) {
    discard(fresh);
    throw error;
  }
  syncFolder(dirname(target));
}

/** The same for a long text that comes in parts; the process does other work meanwhile. */
export async function replaceFileInParts(
  path: string,
  parts: AsyncIterable<string> | Iterable<string>,
  mode = PRIVATE,
): Promise<void> {
  const { target, fresh } = namesFor(path);
  try {
    const file = await open(fresh, 'wx', mode);
    try {
      await file.writeFile(parts);
      await file.sync();
    } finally {
      await file.close();
    }
    retryWhileInUse(() => renameSync(fresh, target));
  } catch (error) {
    discard(fresh);
    throw error;
  }
  syncFolder(dirname(target));
}

function namesFor(path: string): { target: string; fresh: string } {
  mkdirSync(dirname(path), { recursive: true });
  const target = resolveSymbolicLinks(path);
  // The name is random, because in a shared folder a fixed one could be a file or a symbolic link of another user.
  return { target, fresh: `${target}.${randomBytes(6).toString('hex')}.new` };
}

/** Removes temporary files that a killed program left in its own folder. Never throws. */
export function removeLeftovers(path: string): void {
  const target = resolveSymbolicLinks(path);
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

/** Removes a temporary file. An error here is ignored, because the error that led here matters more. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next start removes it.
  }
}

/** Follows symbolic links, so that settings that are linked from another folder stay linked. */
function resolveSymbolicLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeAndSync(path: string, content: string | Uint8Array, mode: number): void {
  // `x`: fails when the name exists, and does not follow symbolic links.
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    // Without this, a power failure may keep the new name and lose the contents.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes sure that the new name is on disk. Windows has no such call, and some file systems refuse it. */
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
