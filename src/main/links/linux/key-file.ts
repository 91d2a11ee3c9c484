import { readFile, stat } from 'node:fs/promises';

/** Group to key to value, of a .desktop file, a mimeapps.list or a mimeinfo.cache. */
export type KeyFile = Map<string, Map<string, string>>;

/** A larger file was not written by a desktop. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Desktop Entry Specification, "Basic format of the file". What cannot be read is passed over; the first key counts. */
export function parseKeyFile(text: string): KeyFile {
  const groups: KeyFile = new Map();
  let group: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    const name = /^\[([^[\]]+)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      group = groups.get(name) ?? new Map<string, string>();
      groups.set(name, group);
      continue;
    }
    const [, key, value = ''] = /^([^#=][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined && group !== null && !group.has(key)) group.set(key, value.trimEnd());
  }
  return groups;
}

/** null for a file that is not there or cannot be read. */
export async function readKeyFile(path: string): Promise<KeyFile | null> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? null : parseKeyFile(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
