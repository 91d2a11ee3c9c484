import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { StartProblem } from './trouble/start-problem.ts';

/** Why the lock of the profile was refused although no process holds it; writes a file there to find out. */
export function lockProblem(userData: string): StartProblem {
  const file = join(userData, `probe-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(userData, { recursive: true });
    writeFileSync(file, 'x', { flag: 'wx' });
    rmSync(file);
    return new StartProblem(
      `Traydial cannot lock its folder ${userData}.`,
      'Restart your computer. If that does not help, move the folder away: it holds your settings.',
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? new StartProblem(
          `There is no space left for the folder of Traydial, ${userData}.`,
          'Free some space, then start Traydial again.',
          error,
        )
      : new StartProblem(
          `Traydial cannot write to its folder ${userData}.`,
          'Make the folder writable for your user, then start Traydial again.',
          error,
        );
  }
}
