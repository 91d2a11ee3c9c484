import { closeSync, openSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

/**
 * Whether another process on this computer holds the lock that was refused, and so received what this start was asked
 * to do. On Windows the lock is a file that is held open and is gone when its process ends (process_singleton_win.cc).
 */
export function isProfileInUse(userData: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return isHeldOpen(join(userData, 'lockfile'));
  const holder = lockHolder(userData);
  return holder !== null && holder.computer === hostname() && isAlive(holder.pid) && runsThisProgram(holder.pid);
}

/** The other computer on which a process holds the lock, for example of a home folder on a server; null if none does. */
export function computerInUse(userData: string): string | null {
  const computer = lockHolder(userData)?.computer ?? hostname();
  return computer === hostname() ? null : computer;
}

/** Chromium keeps the lock as a symbolic link to "computer-process id" in the profile. */
function lockHolder(userData: string): { computer: string; pid: number } | null {
  try {
    const [, computer, pid] = /^(.*)-(\d+)$/.exec(readlinkSync(join(userData, 'SingletonLock'))) ?? [];
    return computer === undefined ? null : { computer, pid: Number(pid) };
  } catch {
    return null;
  }
}

/**
 * Whether the process may be Traydial: after a crash the system can give its id to another program. This can be read
 * only on Linux, and only of the user's own processes. The path proves nothing, because an AppImage has another one at
 * each start.
 */
function runsThisProgram(pid: number): boolean {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    return basename(program) === basename(process.execPath);
  } catch {
    return true;
  }
}

/** Whether Windows refuses to open the file for writing (EBUSY), because another process holds it open. */
function isHeldOpen(file: string): boolean {
  try {
    closeSync(openSync(file, 'r+'));
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EBUSY';
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
