import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import { codeOf } from './file-errors.ts';
import { retryWhileInUse } from './retry-while-in-use.ts';

/** The result of reading a path. `code`: why it could not be read; see FileCause. */
export type SmallFile =
  | { found: 'nothing' }
  | { found: 'bytes'; bytes: Buffer }
  | { found: 'too-large' }
  | { found: 'unreadable'; code: string };

/** Maximum size of a file in bytes. No file of this program is larger. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

const CHUNK = 64 * 1024;

/**
 * Reads a file of at most `maxBytes`. It never waits for a pipe or a device, and never throws. The result is `nothing`
 * only if there is no entry at the path; a symbolic link to a missing file is unreadable.
 */
export function readSmallFile(path: string, maxBytes: number): SmallFile {
  try {
    return retryWhileInUse(() => read(path, maxBytes));
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT') return { found: 'unreadable', code };
    return isSymbolicLink(path) ? { found: 'unreadable', code: 'dangling-link' } : { found: 'nothing' };
  }
}

/** The JSON in one of our files; undefined if it cannot be read. */
export function readSmallJson(path: string): unknown {
  const file = readSmallFile(path, MAX_FILE_BYTES);
  return file.found === 'bytes' ? parseJson(file.bytes) : undefined;
}

/** The JSON in the bytes of a file; undefined if there is none. Some editors on Windows write a byte order mark first. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function read(path: string, maxBytes: number): SmallFile {
  // Checked before the file is opened, because opening a device can have an effect.
  const kind = statSync(path);
  if (kind.isDirectory()) return { found: 'unreadable', code: 'EISDIR' };
  if (!kind.isFile()) return { found: 'unreadable', code: 'not-a-file' };
  // If a pipe took its place in between, opening it does not wait for a writer. Windows has no such flag.
  const file = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    if (!fstatSync(file).isFile()) return { found: 'unreadable', code: 'not-a-file' };
    return readUpTo(file, maxBytes);
  } finally {
    closeSync(file);
  }
}

/** Reads to the end, whatever size the file reports, because system files report 0. */
function readUpTo(file: number, maxBytes: number): SmallFile {
  const parts: Buffer[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const part = Buffer.allocUnsafe(CHUNK);
    const count = readSync(file, part, 0, CHUNK, null);
    if (count === 0) return { found: 'bytes', bytes: Buffer.concat(parts, length) };
    parts.push(part.subarray(0, count));
    length += count;
  }
  return { found: 'too-large' };
}

function isSymbolicLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
