import { join } from 'node:path';
import { readKeyFile, type KeyFile } from './key-file.ts';
import type { XdgFolders } from './xdg-folders.ts';

/** The desktop entry of an installed program. `id`: for example "firefox.desktop". */
export interface InstalledEntry {
  id: string;
  path: string;
  file: KeyFile;
}

export interface Handler {
  /** The program that opens it; null if there is none. */
  entry: InstalledEntry | null;
  /**
   * Defaults that come before that program but are not installed. The specification skips them; some desktops do not.
   */
  missing: string[];
}

/**
 * Finds the program that opens a MIME type such as x-scheme-handler/tel, by the "Association between MIME types and
 * applications" specification: defaults, then added associations, then what the installed programs say of themselves.
 * Only reads.
 */
export function findHandler(folders: XdgFolders, type: string): Handler {
  const lists = readAll(listPaths(folders));
  const missing: string[] = [];
  for (const list of lists) {
    const ids = idsIn(list, 'Default Applications', type);
    const found = firstInstalled(folders, ids, missing);
    if (found !== null) return { entry: found, missing };
  }
  const removed = new Set(lists.flatMap((list) => idsIn(list, 'Removed Associations', type)));
  const caches = readAll(folders.data.map((folder) => join(folder, 'applications/mimeinfo.cache')));
  const offered = [
    ...lists.flatMap((list) => idsIn(list, 'Added Associations', type)),
    ...caches.flatMap((cache) => idsIn(cache, 'MIME Cache', type)),
  ].filter((id) => !removed.has(id));
  return { entry: firstInstalled(folders, offered, []), missing };
}

/** The entry with this id that a desktop would take, or null. */
export function findEntry(folders: XdgFolders, id: string): InstalledEntry | null {
  // An ID contains no slash: in the ID of an entry in a sub-folder, the slashes are replaced by "-".
  if (!/^[^/\0]+\.desktop$/.test(id)) return null;
  for (const folder of folders.data) {
    for (const name of new Set([id, id.replace('-', '/')])) {
      const path = join(folder, 'applications', name);
      const file = readKeyFile(path);
      // A user hides an entry of the system with a copy that has this key.
      if (file !== null) return isHidden(file) ? null : { id, path, file };
    }
  }
  return null;
}

const isHidden = (file: KeyFile): boolean => file.get('Desktop Entry')?.get('Hidden') === 'true';

function listPaths({ config, data, desktops }: XdgFolders): string[] {
  const places = [...config, ...data.map((folder) => join(folder, 'applications'))];
  const names = [...desktops.map((desktop) => `${desktop}-mimeapps.list`), 'mimeapps.list'];
  return places.flatMap((place) => names.map((name) => join(place, name)));
}

function readAll(paths: readonly string[]): KeyFile[] {
  return paths.map((path) => readKeyFile(path)).filter((file) => file !== null);
}

function idsIn(file: KeyFile, group: string, type: string): string[] {
  const value = file.get(group)?.get(type) ?? '';
  return value
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function firstInstalled(folders: XdgFolders, ids: readonly string[], missing: string[]): InstalledEntry | null {
  for (const id of ids) {
    const entry = findEntry(folders, id);
    if (entry !== null) return entry;
    missing.push(id);
  }
  return null;
}
