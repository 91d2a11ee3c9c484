import { closeSync, openSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Whether another process holds the lock that was refused. Chromium keeps the lock as a symbolic link to
 * "computer-process id" in the profile. On Windows it is a file that is held open and is gone when its process ends
 * (process_singleton_win.cc).
 */
export function isProfileInUse(userData: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return isHeldOpen(join(userData, 'lockfile'));
  try {
    const [, computer, pid] = /^(.*)-(\d+)$/.exec(readlinkSync(join(userData, 'SingletonLock'))) ?? [];
    return computer !== hostname() || isAlive(Number(pid));
  } catch {
    return false;
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
