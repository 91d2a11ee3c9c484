import { codeOf } from './file-errors.ts';

/** Together 155 ms: longer than a virus scanner needs for a small file, too short for the user to notice. */
const WAITS_MS = [5, 10, 20, 40, 80];

/**
 * Runs a task on a file, and repeats it for a moment while another program has the file open. Windows refuses access to
 * a file that a virus scanner is reading.
 */
export function retryWhileInUse<T>(task: () => T, platform: NodeJS.Platform = process.platform, wait = spin): T {
  for (const ms of WAITS_MS) {
    try {
      return task();
    } catch (error) {
      if (!isInUse(codeOf(error), platform)) throw error;
      wait(ms);
    }
  }
  return task();
}

function isInUse(code: string, platform: NodeJS.Platform): boolean {
  const codes = platform === 'win32' ? ['EBUSY', 'EAGAIN', 'ENFILE', 'EPERM', 'EACCES'] : ['EBUSY', 'EAGAIN', 'ENFILE'];
  return codes.includes(code);
}

/** Waits in a busy loop, because Electron may not allow Atomics.wait on the main thread. */
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
