import { isAbsolute, join } from 'node:path';

/** Where programs keep settings and data, most important first (XDG Base Directory Specification); the desktop's names. */
export interface XdgFolders {
  config: string[];
  data: string[];
  /** XDG_CURRENT_DESKTOP in lower case, e.g. ["ubuntu", "gnome"]. */
  desktops: string[];
}

export function xdgFolders(env: NodeJS.ProcessEnv, home: string): XdgFolders {
  return {
    config: [folder(env['XDG_CONFIG_HOME'], join(home, '.config')), ...folders(env['XDG_CONFIG_DIRS'], '/etc/xdg')],
    data: [
      folder(env['XDG_DATA_HOME'], join(home, '.local/share')),
      ...folders(env['XDG_DATA_DIRS'], '/usr/local/share:/usr/share'),
    ],
    desktops: (env['XDG_CURRENT_DESKTOP'] ?? '')
      .toLowerCase()
      .split(':')
      .filter((name) => /^[a-z0-9_-]+$/.test(name)),
  };
}

/** The value if it is an absolute path, which may contain a colon; otherwise `fallback`. */
function folder(value: string | undefined, fallback: string): string {
  return value !== undefined && isAbsolute(value) ? value : fallback;
}

/**
 * The absolute paths in the value, because the specification says to ignore relative ones; `fallback` if there are
 * none.
 */
function folders(value: string | undefined, fallback: string): string[] {
  const given = (value ?? '').split(':').filter((path) => isAbsolute(path));
  return given.length > 0 ? given : fallback.split(':');
}
