import type { Dialog } from 'electron';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** Asks the user for a file with certificates; null when they chose none. */
export async function chooseCertificateFile(
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
