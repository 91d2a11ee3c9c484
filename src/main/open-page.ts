import type { Shell } from 'electron';
import { appError } from '../shared/errors.ts';
import type { HelpPage } from '../shared/ipc.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** Every address that this program may ever hand to the browser. The window names a page, never an address. */
const PAGES: Record<HelpPage, string> = {
  manual: 'https://github.com/traydial/traydial#readme',
  issues: 'https://github.com/traydial/traydial/issues',
  licence: 'https://github.com/traydial/traydial/blob/main/LICENSE',
};

export async function openPage(shell: Pick<Shell, 'openExternal'>, page: HelpPage): Promise<Result<null>> {
  try {
    await shell.openExternal(PAGES[page]);
    return ok(null);
  } catch (error) {
    return err(appError('action-failed', { detail: String(error) }));
  }
}
