import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computerInUse } from '../profile-in-use.ts';
import { codeOf } from '../stores/file-errors.ts';
import { StartProblem } from './start-problem.ts';

/**
 * Why the program cannot run in this folder, or null. Whether it can be written is not checked: where it cannot, the
 * program has no lock and does not get here (see lockProblem), and what becomes read-only later is reported when a file
 * cannot be saved.
 */
export function profileProblem(folder: string): StartProblem | null {
  try {
    mkdirSync(folder, { recursive: true });
    if (!statSync(folder).isDirectory()) return new StartProblem('folderUnusable', folder, 'ENOTDIR');
    readdirSync(folder);
    return null;
  } catch (error) {
    return new StartProblem('folderUnusable', folder, codeOf(error), error);
  }
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Why the profile lock was refused although no process of this computer holds it. Tries to write a file there to find
 * out.
 */
export function lockProblem(userData: string): StartProblem {
  const computer = computerInUse(userData);
  if (computer !== null) return new StartProblem('inUseElsewhere', userData, computer);
  const file = join(userData, `probe-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(userData, { recursive: true });
    writeFileSync(file, 'x', { flag: 'wx' });
    rmSync(file);
    return new StartProblem('folderUnlockable', userData);
  } catch (error) {
    const code = codeOf(error);
    return new StartProblem(FULL.has(code) ? 'folderFull' : 'folderUnwritable', userData, code, error);
  }
}
