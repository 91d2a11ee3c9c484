import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Crashpad's folders: Linux and macOS have one per status of a dump, Windows has one for all. */
const FOLDERS = ['new', 'pending', 'completed', 'reports'];
const KEPT = 3;

/**
 * Keeps the newest three crash dumps in Crashpad's folder ('' when there is none) and removes the others, because each
 * has some megabytes and nobody else removes them. Returns the names of those kept with their times, newest first.
 * Never throws.
 */
export function limitCrashDumps(folder: string): string[] {
  if (folder === '') return [];
  const dumps = FOLDERS.flatMap((name) => dumpsIn(join(folder, name))).toSorted((one, other) => other.at - one.at);
  for (const { path } of dumps.slice(KEPT)) {
    for (const file of [path, path.replace(/\.dmp$/, '.meta')]) remove(file);
  }
  return dumps.slice(0, KEPT).map(({ name, at }) => `${new Date(at).toISOString()} ${name}`);
}

function dumpsIn(folder: string): { path: string; name: string; at: number }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.dmp'))
      .map((name) => ({ path: join(folder, name), name, at: statSync(join(folder, name)).mtimeMs }));
  } catch {
    return [];
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Tried again at the next start.
  }
}
