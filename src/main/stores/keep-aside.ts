import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
  copyFileSync(path, copy);
  return copy;
}

/** Writes a whole file or leaves the old one: never half of it. */
export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
