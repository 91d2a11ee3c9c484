import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Crashpad's folders: Linux and macOS have one per status of a dump, Windows has one for all. */
const FOLDERS = ['new', 'pending', 'completed', 'reports'];
const KEPT = 3;

export interface CrashDump {
  name: string;
  at: number;
}

/**
 * Keeps the newest three crash dumps in Crashpad's folder ('' when there is none) and removes the others, because each
 * has some megabytes and nobody else removes them. Returns those kept, newest first. `at`: ms since 1970.
 * Never throws.
 */
export function limitCrashDumps(folder: string): CrashDump[] {
  if (folder === '') return [];
  const dumps = FOLDERS.flatMap((name) => dumpsIn(join(folder, name))).toSorted((one, other) => other.at - one.at);
  for (const { path } of dumps.slice(KEPT)) {
    for (const file of [path, path.replace(/\.dmp$/, '.meta')]) remove(file);
  }
  return dumps.slice(0, KEPT).map(({ name, at }) => ({ name, at }));
}

function dumpsIn(folder: string): (CrashDump & { path: string })[] {
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
