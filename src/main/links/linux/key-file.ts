import { readSmallFile } from '../../stores/small-file.ts';

/** The content of a .desktop file, a mimeapps.list or a mimeinfo.cache: the values by group and key. */
export type KeyFile = Map<string, Map<string, string>>;

/** Maximum size of a file that is read. Desktops write no larger ones. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads the format of the Desktop Entry Specification. Skips lines that it cannot read. The first of equal keys counts.
 */
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

/** Reads a file; null if it is missing, too large or unreadable. */
export function readKeyFile(path: string): KeyFile | null {
  const file = readSmallFile(path, MAX_BYTES);
  return file.found === 'bytes' ? parseKeyFile(file.bytes.toString('utf8')) : null;
}
