import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { BrowserWindow, Dialog } from 'electron';
import { MAX_RULES_FILE, readRulesFile, writeRulesFile } from '../core/dial/rules/rules-file.ts';
import type { DialRules } from '../shared/dial-rules.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { causeOf, codeOf } from './stores/file-trouble.ts';
import { replaceFile } from './stores/replace-file.ts';

const FILTERS = [
  { name: 'Dial rules', extensions: ['json'] },
  { name: 'All files', extensions: ['*'] },
];

/** Dial rules from and to files. Only the user names a file, in a dialog of the system; the window never does. */
export class RuleFiles {
  readonly #dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly #window: () => BrowserWindow | null;
  #asking = false;

  constructor(dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>, window: () => BrowserWindow | null) {
    this.#dialog = dialog;
    this.#window = window;
  }

  /** The rules of a file that the user chooses; null for none. Errors: file-unreadable, rules-file-invalid. */
  async read(): Promise<Result<DialRules | null>> {
    const path = await this.#ask(async (window) => {
      const options = { title: 'Import dial rules', filters: FILTERS, properties: ['openFile' as const] };
      const { canceled, filePaths } = await (window === null
        ? this.#dialog.showOpenDialog(options)
        : this.#dialog.showOpenDialog(window, options));
      return canceled ? undefined : filePaths[0];
    });
    if (path === undefined) return ok(null);
    const text = await readSmall(path);
    return text.ok ? readRulesFile(text.value) : text;
  }

  /** Writes the rules to where the user says; false for nowhere. Errors: file-unwritable. */
  async write(rules: DialRules): Promise<Result<boolean>> {
    const path = await this.#ask(async (window) => {
      const options = { title: 'Export dial rules', defaultPath: 'dial-rules.json', filters: FILTERS };
      const { canceled, filePath } = await (window === null
        ? this.#dialog.showSaveDialog(options)
        : this.#dialog.showSaveDialog(window, options));
      return canceled || filePath === '' ? undefined : filePath;
    });
    if (path === undefined) return ok(false);
    try {
      // With the usual rights of a file that the user saves: rules are not secret, and others may need to read them.
      replaceFile(path, writeRulesFile(rules), 0o666);
      return ok(true);
    } catch (error) {
      return err(appError('file-unwritable', { detail: causeOf(codeOf(error)) }));
    }
  }

  /** One dialog at a time: not every system keeps the window behind it from being clicked. */
  async #ask(show: (window: BrowserWindow | null) => Promise<string | undefined>): Promise<string | undefined> {
    if (this.#asking) return undefined;
    this.#asking = true;
    try {
      return await show(this.#window());
    } finally {
      this.#asking = false;
    }
  }
}

/** A text in UTF-8. Of what is larger than any rules it reads only as much as shows that. */
async function readSmall(path: string): Promise<Result<string>> {
  try {
    // A pipe would never end.
    if (!(await stat(path)).isFile()) return err(appError('file-unreadable', { detail: 'It is not a file.' }));
    const file = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MAX_RULES_FILE + 1) });
      return ok(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(appError('file-unreadable', { detail: causeOf(codeOf(error)) }));
  }
}
