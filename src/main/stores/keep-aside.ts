import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

/** A JSON file as it was found. `broken` names the copy that was kept of one that could not be read. */
export type FoundFile = { found: 'nothing' } | { found: 'value'; value: unknown } | { found: 'broken'; copy: string };

/** Reads a JSON file before electron-store touches it; one that is no JSON object is kept aside first. */
export function readOrKeepAside(path: string, now: number): FoundFile {
  if (!existsSync(path)) return { found: 'nothing' };
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { found: 'value', value };
  } catch {
    // Told by the copy below.
  }
  return { found: 'broken', copy: keepAside(path, now) };
}

/** Copies a file to NAME.broken-DATE.json beside it and gives the copy's path. */
export function keepAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '');
  const copy = path.replace(/\.json$/, `.broken-${stamp}.json`);
  try {
    copyFileSync(path, copy);
  } catch {
    // A disk without room for a copy has room for another name.
    rmSync(copy, { force: true });
    renameSync(path, copy);
  }
  return copy;
}
