import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../stores/replace-file.ts';
import { readSmallJson } from '../stores/small-file.ts';

/** Where the running program listens for its command line, and the secret that proves who may ask. */
export interface CommandEndpoint {
  /** A Unix socket, or a named pipe on Windows. */
  path: string;
  token: string;
}

const schema = z.object({ path: z.string().min(1).max(500), token: z.string().min(1).max(200) });

/** Maximum length of a socket path in bytes. The systems allow 108 with the zero at the end, macOS 104. */
const MAX_SOCKET_PATH = 103;

const fileIn = (userData: string): string => join(userData, 'command-line.json');

/**
 * Endpoints to try in this order, with a name that cannot be guessed: in the user's run-time folder, which after su or
 * sudo may be another user's, and beside the settings. Without those whose path would be too long for a socket.
 */
export function newEndpoints(userData: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): CommandEndpoint[] {
  const name = `traydial-${randomBytes(8).toString('hex')}`;
  const token = randomBytes(32).toString('base64url');
  if (platform === 'win32') return [{ path: `\\\\.\\pipe\\${name}`, token }];
  return foldersFor(userData, env)
    .map((folder) => join(folder, `${name}.sock`))
    .filter((path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH)
    .map((path) => ({ path, token }));
}

function foldersFor(userData: string, env: NodeJS.ProcessEnv): string[] {
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  return [...(isAbsolute(runtime) ? [runtime] : []), userData].map((folder) => resolve(folder));
}

/**
 * Removes the socket of a program that was killed; the endpoint file still names it. Call while this program holds the
 * profile lock. Throws file system errors.
 */
export function removeStaleSocket(userData: string, env: NodeJS.ProcessEnv): void {
  const stale = findEndpoint(userData)?.path ?? '';
  const isOurs = /^traydial-[0-9a-f]{16}\.sock$/.test(basename(stale));
  if (isOurs && foldersFor(userData, env).includes(dirname(stale))) rmSync(stale, { force: true });
}

/**
 * Writes the endpoint to a file that only this user can read (0600; on Windows the folder restricts access). Throws
 * file system errors.
 */
export function publishEndpoint(userData: string, endpoint: CommandEndpoint): void {
  replaceFile(fileIn(userData), JSON.stringify(endpoint));
}

/** The endpoint of a running program; null when there is no readable endpoint file. */
export function findEndpoint(userData: string): CommandEndpoint | null {
  const endpoint = schema.safeParse(readSmallJson(fileIn(userData)));
  return endpoint.success ? endpoint.data : null;
}

export function removeEndpoint(userData: string): void {
  try {
    rmSync(fileIn(userData), { force: true });
  } catch {
    // The file then names a socket that no longer exists, which does no harm.
  }
}
