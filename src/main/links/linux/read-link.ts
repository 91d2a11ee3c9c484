import { plainText } from '../../../shared/plain-text.ts';
import { APP_ID } from '../../app-id.ts';
import { BROKEN, NOBODY, OURS, type ReadLinkStatus } from '../link-reader.ts';
import { findHandler } from './mime-apps.ts';
import { exists, programOf } from './program-of.ts';
import { xdgFolders } from './xdg-folders.ts';

export const ENTRY_NAME = `${APP_ID}.desktop`;

/** Reads on Linux the files from which desktops learn which program opens links. */
export function linuxReader(env: NodeJS.ProcessEnv, home: string): ReadLinkStatus {
  return async (scheme) => {
    const { entry, missing } = findHandler(xdgFolders(env, home), `x-scheme-handler/${scheme}`);
    // Traydial is the default but no longer installed. Some desktops then open a browser instead of the next program.
    if (missing.includes(ENTRY_NAME)) return BROKEN;
    if (entry === null) return NOBODY;
    if (entry.id !== ENTRY_NAME) {
      return { state: 'other', program: plainText(entry.file.get('Desktop Entry')?.get('Name') ?? entry.id, 60) };
    }
    const program = programOf(entry.file);
    return program !== null && (await exists(program, env['PATH'] ?? '')) ? OURS : BROKEN;
  };
}
