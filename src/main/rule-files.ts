import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { DialRules } from '../shared/dial-rules.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { FileDialog, FileDialogs } from './file-dialogs.ts';
import { codeOf } from './stores/file-errors.ts';
import { replaceFile, USUAL_RIGHTS } from './stores/replace-file.ts';

/** Loaded when it is needed, because few users import or export rules. */
const loadFormat = () => import('../core/dial/rules/rules-file.ts');

const filters: FileDialog['filters'] = ({ rules, allFiles }) => [
  { name: rules, extensions: ['json'] },
  { name: allFiles, extensions: ['*'] },
];

/**
 * Reads dial rules from a file that the user chooses; null when they cancel. Errors: file-unreadable,
 * rules-file-invalid, action-failed.
 */
export async function importRules(dialogs: Pick<FileDialogs, 'open'>): Promise<Result<DialRules | null>> {
  const file = await dialogs.open({ title: (words) => words.importRules, filters });
  if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
  const { MAX_RULES_FILE, readRulesFile } = await loadFormat();
  const text = await readSmall(file.value, MAX_RULES_FILE);
  return text.ok ? readRulesFile(text.value) : text;
}

/**
 * Writes dial rules to a file that the user chooses; false when they cancel. Errors: file-unwritable, action-failed.
 */
export async function exportRules(dialogs: Pick<FileDialogs, 'save'>, rules: DialRules): Promise<Result<boolean>> {
  const file = await dialogs.save({ title: (words) => words.exportRules, filters }, 'dial-rules.json');
  if (!file.ok || file.value === null) return file.ok ? ok(false) : file;
  try {
    // The file gets the usual rights, because rules are not secret and others may need to read them.
    const { writeRulesFile } = await loadFormat();
    replaceFile(file.value, writeRulesFile(rules), USUAL_RIGHTS);
    return ok(true);
  } catch (error) {
    return err(appError('file-unwritable', { params: { cause: codeOf(error) } }));
  }
}

/** Reads a UTF-8 text of at most `maxBytes`. Of a larger file it reads one byte more, so that the caller notices. */
async function readSmall(path: string, maxBytes: number): Promise<Result<string>> {
  try {
    // A pipe would never end.
    if (!(await stat(path)).isFile()) return err(appError('file-unreadable', { params: { cause: 'not-a-file' } }));
    const file = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxBytes + 1) });
      return ok(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(appError('file-unreadable', { params: { cause: codeOf(error) } }));
  }
}
