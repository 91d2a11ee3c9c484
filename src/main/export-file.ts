import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { FileDialog, FileDialogs } from './file-dialogs.ts';
import { codeOf } from './stores/file-errors.ts';
import { replaceFileInParts, USUAL_RIGHTS } from './stores/replace-file.ts';

type Save = Pick<FileDialogs, 'save'>;
type Parts = AsyncIterable<string> | Iterable<string>;

/** Writes the history as CSV to a file that the user chooses; false when they cancel. Errors: file-unwritable, action-failed. */
export function exportHistory(dialogs: Save, csv: () => Parts): Promise<Result<boolean>> {
  const filters = () => [{ name: 'CSV', extensions: ['csv'] }];
  return exportFile(dialogs, { title: (words) => words.exportCalls, filters }, 'calls.csv', () => withMark(csv()));
}

/** The same for contacts, as vCard. */
export function exportContacts(dialogs: Save, cards: () => Parts): Promise<Result<boolean>> {
  const filters = () => [{ name: 'vCard', extensions: ['vcf'] }];
  return exportFile(dialogs, { title: (words) => words.exportContacts, filters }, 'contacts.vcf', cards);
}

async function exportFile(
  dialogs: Save,
  dialog: FileDialog,
  name: string,
  parts: () => Parts,
): Promise<Result<boolean>> {
  const file = await dialogs.save(dialog, name);
  if (!file.ok || file.value === null) return file.ok ? ok(false) : file;
  try {
    await replaceFileInParts(file.value, parts(), USUAL_RIGHTS);
    return ok(true);
  } catch (error) {
    return err(appError('file-unwritable', { params: { cause: codeOf(error) } }));
  }
}

/** Spreadsheet programs read UTF-8 only after a byte order mark. */
async function* withMark(parts: Parts): AsyncIterable<string> {
  yield '\uFEFF';
  yield* parts;
}
