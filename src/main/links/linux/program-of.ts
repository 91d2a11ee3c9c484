import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { KeyFile } from './key-file.ts';

/** The program that an entry starts: the first part of Exec, unquoted; null when there is none. */
export function programOf(entry: KeyFile): string | null {
  // First the escapes of every string value, then the quotes of "The Exec key".
  const exec = (entry.get('Desktop Entry')?.get('Exec') ?? '').replace(/\\([\\s])/g, (_all, kind: string) =>
    kind === 's' ? ' ' : '\\',
  );
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/.exec(exec)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1').replaceAll('%%', '%');
  return /^\s*(\S+)/.exec(exec)?.[1]?.replaceAll('%%', '%') ?? null;
}

/** Whether there is such a program, by its path or in PATH. */
export async function exists(program: string, path: string): Promise<boolean> {
  const places = isAbsolute(program)
    ? [program]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, program));
  for (const place of places) {
    try {
      await access(place, constants.X_OK);
      return true;
    } catch {
      // The next one, then.
    }
  }
  return false;
}
