import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Whether another process holds the lock that was refused. Chromium keeps it as a link to "computer-process id" in the
 * profile. On Windows the lock cannot be read, so the answer is always yes.
 */
export function isProfileInUse(userData: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return true;
  try {
    const [, computer, pid] = /^(.*)-(\d+)$/.exec(readlinkSync(join(userData, 'SingletonLock'))) ?? [];
    return computer !== hostname() || isAlive(Number(pid));
  } catch {
    return false;
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
