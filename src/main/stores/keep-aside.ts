import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { retryWhileInUse } from './retry-while-in-use.ts';

/**
 * Keeps a damaged file as NAME.broken-DATE.json beside it, and returns that path. With `copy` the file stays in its
 * place, because its readable parts are about to replace it. Throws file system errors; the file is then unchanged.
 */
export function keepAside(path: string, now: number, how: 'move' | 'copy'): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '');
  const aside = path.replace(/\.json$/, `.broken-${stamp}.json`);
  if (how === 'copy' && copied(path, aside)) return aside;
  // Renaming works even when the disk has no room for a copy.
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
