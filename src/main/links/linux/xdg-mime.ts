import { appError } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { runProgram, type Run } from '../../run-program.ts';
import type { RegisterLinks } from '../registration.ts';
import { findHandler } from './mime-apps.ts';
import { ENTRY_NAME } from './read-link.ts';
import type { XdgFolders } from './xdg-folders.ts';

const LIMIT_MS = 5_000;

/** The types of a web browser. Some tools that set the program for a scheme changed these as well. */
const BROWSERS = ['text/html', 'x-scheme-handler/http', 'x-scheme-handler/https'];

/**
 * Registers Traydial on Linux through xdg-mime, which works on every desktop and changes only the given types.
 * Electron's own call runs xdg-settings, which does not know phone links on Xfce and made Traydial the default for
 * text/html on GNOME, MATE and Cinnamon. To be safe, the types of a web browser are restored if they have changed.
 */
export function registerByXdgMime(folders: () => XdgFolders, run: Run = runProgram): RegisterLinks {
  const setDefault = async (entry: string, types: readonly string[]): Promise<string | null> => {
    try {
      await run('xdg-mime', ['default', entry, ...types], LIMIT_MS);
      return null;
    } catch (error) {
      return String(error);
    }
  };
  const handlerOf = (type: string): string | null => findHandler(folders(), type).entry?.id ?? null;
  const changed = (before: ReadonlyMap<string, string | null>): string[] =>
    BROWSERS.filter((type) => handlerOf(type) !== before.get(type));
  return async (schemes) => {
    const before = new Map(BROWSERS.map((type) => [type, handlerOf(type)]));
    const problem = await setDefault(
      ENTRY_NAME,
      schemes.map((scheme) => `x-scheme-handler/${scheme}`),
    );
    for (const type of changed(before)) {
      const entry = before.get(type) ?? null;
      if (entry !== null) await setDefault(entry, [type]);
    }
    const lost = changed(before);
    const detail = lost.length > 0 ? `changed as well, and not put back: ${lost.join(' ')}` : problem;
    return detail === null ? ok(null) : err(appError('links-not-accepted', { detail }));
  };
}
