import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import { codeOf } from './file-trouble.ts';
import { patiently } from './patiently.ts';

/** What is at a path. `code`: why it could not be read, as `file-trouble.ts` knows it. */
export type SmallFile =
  | { found: 'nothing' }
  | { found: 'bytes'; bytes: Buffer }
  | { found: 'too-large' }
  | { found: 'unreadable'; code: string };

const CHUNK = 64 * 1024;

/**
 * Reads a file of at most `maxBytes`. Never waits for a pipe or a device, never reads more than the limit of anything,
 * and never throws. Only what is really not there is `nothing`: a link to something that is gone is unreadable.
 */
export function readSmallFile(path: string, maxBytes: number): SmallFile {
  try {
    return patiently(() => read(path, maxBytes));
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT') return { found: 'unreadable', code };
    return isLink(path) ? { found: 'unreadable', code: 'dangling-link' } : { found: 'nothing' };
  }
}

function read(path: string, maxBytes: number): SmallFile {
  // Looked at before it is opened: to open a device can do something by itself.
  const kind = statSync(path);
  if (kind.isDirectory()) return { found: 'unreadable', code: 'EISDIR' };
  if (!kind.isFile()) return { found: 'unreadable', code: 'not-a-file' };
  // Should a pipe have taken its place, opening it does not wait for a writer. Windows has no such flag.
  const file = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    if (!fstatSync(file).isFile()) return { found: 'unreadable', code: 'not-a-file' };
    return readUpTo(file, maxBytes);
  } finally {
    closeSync(file);
  }
}

/** Not by its size: files of the system say 0. */
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

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
