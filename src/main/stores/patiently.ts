import { codeOf } from './file-trouble.ts';

/** Together a seventh of a second: longer than a virus scanner needs for a small file, too short to be noticed. */
const WAITS_MS = [5, 10, 20, 40, 80];

/**
 * Does something with a file, again for a moment where another program has it open. Windows refuses access to a file
 * that a virus scanner is reading.
 */
export function patiently<T>(task: () => T, platform: NodeJS.Platform = process.platform, wait = spin): T {
  for (const ms of WAITS_MS) {
    try {
      return task();
    } catch (error) {
      if (!willPass(codeOf(error), platform)) throw error;
      wait(ms);
    }
  }
  return task();
}

function willPass(code: string, platform: NodeJS.Platform): boolean {
  const codes = platform === 'win32' ? ['EBUSY', 'EAGAIN', 'ENFILE', 'EPERM', 'EACCES'] : ['EBUSY', 'EAGAIN', 'ENFILE'];
  return codes.includes(code);
}

/** Not by Atomics.wait, which throws where the embedder of V8 does not allow it on the main thread. */
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
