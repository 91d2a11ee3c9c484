import type { Clipboard } from 'electron';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** Copies a text to the clipboard. Errors: action-failed when the system's clipboard does not respond. */
export async function copyText(clipboard: Pick<Clipboard, 'writeText'>, text: string): Promise<Result<null>> {
  try {
    await clipboard.writeText(text);
    return ok(null);
  } catch (error) {
    return err(appError('action-failed', { detail: String(error) }));
  }
}
