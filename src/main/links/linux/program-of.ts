import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { KeyFile } from './key-file.ts';

/**
 * Returns the program that an entry starts, which is the first part of Exec without quotes; null when there is none.
 */
export function programOf(entry: KeyFile): string | null {
  // Removes first the escapes of string values, then the quotes of "The Exec key".
  const exec = unescaped(entry.get('Desktop Entry')?.get('Exec') ?? '');
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/.exec(exec)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1').replaceAll('%%', '%');
  return /^\s*(\S+)/.exec(exec)?.[1]?.replaceAll('%%', '%') ?? null;
}

/** Returns the program without which desktops ignore the entry; null when it names none. */
export function tryExecOf(entry: KeyFile): string | null {
  const program = unescaped(entry.get('Desktop Entry')?.get('TryExec') ?? '');
  return program === '' ? null : program;
}

const unescaped = (value: string): string =>
  value.replace(/\\([\\s])/g, (_all, kind: string) => (kind === 's' ? ' ' : '\\'));

/** Whether the program exists. `path`: the variable PATH, for a program without a path. */
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
      // Not here. Try the next folder.
    }
  }
  return false;
}
