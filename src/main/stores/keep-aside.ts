import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { retryWhileInUse } from './retry-while-in-use.ts';

/**
 * Keeps a damaged file as NAME.broken-DATE.json beside it and gives that path. `copy` leaves the file in its place, for
 * one that is about to be replaced by what could be read of it. Throws what the file system says; the file is then
 * where it was.
 */
export function keepAside(path: string, now: number, how: 'move' | 'copy'): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '');
  const aside = path.replace(/\.json$/, `.broken-${stamp}.json`);
  if (how === 'copy' && copied(path, aside)) return aside;
  // Where the disk has no room for a copy, renaming still works.
  retryWhileInUse(() => renameSync(path, aside));
  return aside;
}

function copied(path: string, aside: string): boolean {
  try {
    retryWhileInUse(() => copyFileSync(path, aside));
    return true;
  } catch {
    rmSync(aside, { force: true });
    return false;
  }
}
