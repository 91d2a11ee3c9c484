import { isAbsolute, join } from 'node:path';

/** Where desktops keep their settings and programs, most important first (XDG Base Directory Specification). */
export interface XdgFolders {
  config: string[];
  data: string[];
  /** XDG_CURRENT_DESKTOP in lower case, e.g. ["ubuntu", "gnome"]. */
  desktops: string[];
}

export function xdgFolders(env: NodeJS.ProcessEnv, home: string): XdgFolders {
  return {
    config: [...folders(env['XDG_CONFIG_HOME'], join(home, '.config')), ...folders(env['XDG_CONFIG_DIRS'], '/etc/xdg')],
    data: [
      ...folders(env['XDG_DATA_HOME'], join(home, '.local/share')),
      ...folders(env['XDG_DATA_DIRS'], '/usr/local/share:/usr/share'),
    ],
    desktops: (env['XDG_CURRENT_DESKTOP'] ?? '')
      .toLowerCase()
      .split(':')
      .filter((name) => /^[a-z0-9_-]+$/.test(name)),
  };
}

/**
 * The absolute paths in the value, because the specification says to ignore relative ones; `fallback` if there are
 * none.
 */
function folders(value: string | undefined, fallback: string): string[] {
  const given = (value ?? '').split(':').filter((path) => isAbsolute(path));
  return given.length > 0 ? given : fallback.split(':');
}
