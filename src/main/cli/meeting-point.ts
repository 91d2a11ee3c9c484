import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../stores/replace-file.ts';

/** Where the running program listens for its command line, and the secret that proves who may ask. */
export interface MeetingPoint {
  /** A Unix socket, or a named pipe on Windows. */
  path: string;
  token: string;
}

const schema = z.object({ path: z.string().min(1).max(500), token: z.string().min(1).max(200) });

/** The operating system's own limit is 108 bytes with the zero at the end, 104 on macOS. */
const MAX_SOCKET_PATH = 103;

const fileIn = (userData: string): string => join(userData, 'command-line.json');

/**
 * A new one at each start, with names nobody can guess: in the user's run-time folder, else beside the settings.
 * null where that would be too long for a socket.
 */
export function newMeetingPoint(
  userData: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): MeetingPoint | null {
  const name = `traydial-${randomBytes(8).toString('hex')}`;
  const token = randomBytes(32).toString('base64url');
  if (platform === 'win32') return { path: `\\\\.\\pipe\\${name}`, token };
  const path = foldersFor(userData, env)
    .map((folder) => join(folder, `${name}.sock`))
    .find((candidate) => Buffer.byteLength(candidate) <= MAX_SOCKET_PATH);
  return path === undefined ? null : { path, token };
}

function foldersFor(userData: string, env: NodeJS.ProcessEnv): string[] {
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  return [...(isAbsolute(runtime) ? [runtime] : []), userData];
}

/**
 * Removes the socket of a program that was killed. The file, which that program did not remove either, has its name.
 * Call while this program holds the lock of the profile.
 */
export function forgetCrashed(userData: string, env: NodeJS.ProcessEnv): void {
  const left = findMeetingPoint(userData)?.path ?? '';
  const ours = /^traydial-[0-9a-f]{16}\.sock$/.test(basename(left));
  if (ours && foldersFor(userData, env).includes(dirname(left))) rmSync(left, { force: true });
}

/**
 * Only this user can read the file (0600; on Windows by the rights of the folder). Throws what the file system says.
 */
export function tellMeetingPoint(userData: string, point: MeetingPoint): void {
  replaceFile(fileIn(userData), JSON.stringify(point));
}

/** Where a running program said it listens; null when it said nothing that can be read. */
export function findMeetingPoint(userData: string): MeetingPoint | null {
  try {
    const point = schema.safeParse(JSON.parse(readFileSync(fileIn(userData), 'utf8')));
    return point.success ? point.data : null;
  } catch {
    return null;
  }
}

export function forgetMeetingPoint(userData: string): void {
  try {
    rmSync(fileIn(userData), { force: true });
  } catch {
    // It names a socket that is gone, which is as good as nothing.
  }
}
