import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/**
 * The file of the AppImage that this program was started from; null if it is not one. An AppImage is mounted at another
 * path at each start. Its two variables, APPIMAGE (its file) and APPDIR (where it is mounted), are inherited by every
 * program that it starts, so they are only ours if this program lies where they say.
 */
export function ownAppImage(env: NodeJS.ProcessEnv, execPath: string): string | null {
  const { APPIMAGE: file = '', APPDIR: mount = '' } = env;
  return isAbsolute(file) && isAbsolute(mount) && existsSync(file) && isWithin(execPath, mount) ? file : null;
}

function isWithin(path: string, folder: string): boolean {
  try {
    const inside = relative(realpathSync(folder), realpathSync(path));
    return inside !== '' && inside.split('/')[0] !== '..' && !isAbsolute(inside);
  } catch {
    return false;
  }
}
