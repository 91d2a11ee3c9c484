import { join } from 'node:path';
import type { Shell } from 'electron';
import { appError } from '../shared/errors.ts';
import { fileOfNotice, type Notice } from '../shared/notice.ts';
import { err, ok, type Result } from '../shared/result.ts';

/**
 * Shows the file that a notice is about in the file manager. The window names a notice and never a path. `folder`:
 * app.getPath('userData'), where all files of notices are. Errors: action-failed, also if the notice is gone.
 */
export async function showFile(
  shell: Pick<Shell, 'showItemInFolder' | 'openPath'>,
  folder: string,
  notices: readonly Notice[],
  id: string,
): Promise<Result<null>> {
  const notice = notices.find((shown) => shown.id === id);
  const file = notice === undefined ? null : fileOfNotice(notice);
  if (file === null) return err(appError('action-failed', { detail: 'no such file' }));
  if (file !== '') {
    shell.showItemInFolder(join(folder, file));
    return ok(null);
  }
  const problem = await shell.openPath(folder);
  return problem === '' ? ok(null) : err(appError('action-failed', { detail: problem }));
}
