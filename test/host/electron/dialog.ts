import { EventEmitter } from 'node:events';
import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

let lastId = 0;
const answers = new EventEmitter();

export const dialog = guarded('dialog', {
  /** Waits for `dialog-answer` of the control API. */
  showMessageBox: async (
    ...args: [unknown, MessageBoxOptions] | [MessageBoxOptions]
  ): Promise<MessageBoxReturnValue> => {
    const options = args.length === 2 ? args[1] : args[0];
    const { signal, ...rest } = options;
    const shown = { ...rest, icon: undefined };
    const id = `dialog-${++lastId}`;
    desktop.dialogs.push({
      id,
      kind: 'message',
      options: { ...shown, buttons: shown.buttons ?? ['OK'] },
      answered: false,
    });
    signal?.addEventListener('abort', () => answerDialog(id, options.cancelId ?? 0, false));
    return new Promise((resolve) => {
      answers.once(id, (response: number, checkboxChecked: boolean) => resolve({ response, checkboxChecked }));
    });
  },
  /** These two wait for `dialog-answer` with the paths that were chosen; none is Cancel. */
  showOpenDialog: async (
    ...args: [unknown, OpenDialogOptions] | [OpenDialogOptions]
  ): Promise<OpenDialogReturnValue> => {
    const filePaths = await choosePaths('open', args.length === 2 ? args[1] : args[0]);
    return { canceled: filePaths.length === 0, filePaths };
  },
  showSaveDialog: async (
    ...args: [unknown, SaveDialogOptions] | [SaveDialogOptions]
  ): Promise<SaveDialogReturnValue> => {
    const [filePath] = await choosePaths('save', args.length === 2 ? args[1] : args[0]);
    return { canceled: filePath === undefined, filePath: filePath ?? '' };
  },
});

function choosePaths(kind: 'open' | 'save', options: OpenDialogOptions | SaveDialogOptions): Promise<string[]> {
  const id = `dialog-${++lastId}`;
  desktop.dialogs.push({ id, kind, options: { ...options }, answered: false });
  return new Promise((resolve) => {
    answers.once(id, (_response: number, _checked: boolean, paths: string[]) => resolve(paths));
  });
}

/** The user presses a button of an open message box, or chooses files. */
export function answerDialog(id: string, response: number, checkboxChecked: boolean, paths: string[] = []): void {
  const record = desktop.dialogs.find((other) => other.id === id && other.answered === false);
  if (record === undefined) return;
  record.answered = response;
  answers.emit(id, response, checkboxChecked, paths);
}

/** The user chooses files in the open file dialog, or cancels; false when there is no file dialog. */
export function answerFileDialog(files: string[]): boolean {
  const record = desktop.dialogs.find(({ kind, answered }) => kind === 'open' && answered === false);
  if (record === undefined) return false;
  record.answered = files.length;
  answers.emit(record.id, 0, false, files);
  return true;
}
