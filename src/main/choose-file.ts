import type { Dialog } from 'electron';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** Asks the user for a file of authorities and has it used; nothing happens when they choose none. */
export async function chooseAuthorities(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  platform: NodeJS.Platform,
  use: (file: string) => Result<unknown>,
): Promise<Result<null>> {
  const file = await chooseCertificateFile(dialog, platform);
  if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
  const used = use(file.value);
  return used.ok ? ok(null) : used;
}

/** null when they chose none. */
async function chooseCertificateFile(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  platform: NodeJS.Platform,
): Promise<Result<string | null>> {
  try {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: 'Choose a file with certificate authorities',
      properties: ['openFile', ...(platform === 'win32' ? (['dontAddToRecent'] as const) : [])],
      filters: [
        { name: 'Certificates (PEM)', extensions: ['pem', 'crt', 'cer'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return ok(canceled ? null : (filePaths[0] ?? null));
  } catch (error) {
    return err(appError('action-failed', { detail: String(error) }));
  }
}
