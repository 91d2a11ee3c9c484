import type { BrowserWindow, Dialog, FileFilter } from 'electron';
import type { MainMessages } from '../messages/main.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';

type Words = MainMessages['dialogs'];

export interface FileDialogsOptions {
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  /** The window that the dialogs belong to; null while there is none. */
  window: () => BrowserWindow | null;
  words: () => Words;
  platform: NodeJS.Platform;
}

/** The texts of a dialog, in the language of the program. */
export interface FileDialog {
  title: (words: Words) => string;
  filters: (words: Words) => FileFilter[];
}

/**
 * The dialogs of the system in which the user chooses a file. Only one is open at a time, although on some systems the
 * window behind it can be clicked. Each method resolves with null if the user cancels or a dialog is already open.
 * Errors: action-failed.
 */
export class FileDialogs {
  readonly #options: FileDialogsOptions;
  #isOpen = false;

  constructor(options: FileDialogsOptions) {
    this.#options = options;
  }

  open(which: FileDialog): Promise<Result<string | null>> {
    return this.#ask(async (dialog, window) => {
      const windowsOnly = this.#options.platform === 'win32' ? (['dontAddToRecent'] as const) : [];
      const options = { ...this.#texts(which), properties: ['openFile' as const, ...windowsOnly] };
      const shown = window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
      const { canceled, filePaths } = await shown;
      return canceled ? null : (filePaths[0] ?? null);
    });
  }

  save(which: FileDialog, defaultPath: string): Promise<Result<string | null>> {
    return this.#ask(async (dialog, window) => {
      const options = { ...this.#texts(which), defaultPath };
      const shown = window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
      const { canceled, filePath } = await shown;
      return canceled || filePath === '' ? null : filePath;
    });
  }

  #texts({ title, filters }: FileDialog): { title: string; filters: FileFilter[] } {
    const words = this.#options.words();
    return { title: title(words), filters: filters(words) };
  }

  async #ask(
    show: (dialog: FileDialogsOptions['dialog'], window: BrowserWindow | null) => Promise<string | null>,
  ): Promise<Result<string | null>> {
    if (this.#isOpen) return ok(null);
    this.#isOpen = true;
    try {
      return ok(await show(this.#options.dialog, this.#options.window()));
    } catch (error) {
      return err(appError('action-failed', { detail: String(error) }));
    } finally {
      this.#isOpen = false;
    }
  }
}
