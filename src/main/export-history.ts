import type { HistoryCommands } from '../core/history/history.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { FileDialogs } from './file-dialogs.ts';
import { codeOf } from './stores/file-errors.ts';
import { replaceFileInParts } from './stores/replace-file.ts';

/** Writes the history as CSV to a file that the user chooses; false when they cancel. Errors: file-unwritable, action-failed. */
export async function exportHistory(
  dialogs: Pick<FileDialogs, 'save'>,
  csv: () => ReturnType<HistoryCommands['csv']>,
): Promise<Result<boolean>> {
  const filters = () => [{ name: 'CSV', extensions: ['csv'] }];
  const file = await dialogs.save({ title: (words) => words.exportCalls, filters }, 'calls.csv');
  if (!file.ok || file.value === null) return file.ok ? ok(false) : file;
  try {
    await replaceFileInParts(file.value, withMark(csv()), 0o666);
    return ok(true);
  } catch (error) {
    return err(appError('file-unwritable', { params: { cause: codeOf(error) } }));
  }
}

/** Spreadsheets read UTF-8 only behind a byte order mark. */
async function* withMark(parts: AsyncIterable<string>): AsyncIterable<string> {
  yield '\uFEFF';
  yield* parts;
}
