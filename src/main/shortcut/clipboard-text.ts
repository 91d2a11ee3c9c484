import type { Clipboard } from 'electron';
import type { Settings } from '../../shared/settings.ts';

/** Longer texts are refused as a whole: a piece of one could end in the middle of a number. */
const MAX_TEXT = 100_000;

type Readable = Pick<Clipboard, 'readText'>;

/**
 * What was copied, or on Linux what is selected, when the user chose so. '' for a clipboard that holds no text or
 * cannot be read; a text that is too long stays too long for the dial plan, which says so.
 */
export async function clipboardText(
  clipboard: Readable & { selection?: Readable },
  from: Settings['shortcut']['from'],
  platform: NodeJS.Platform,
): Promise<string> {
  const place = from === 'selection' && platform === 'linux' ? (clipboard.selection ?? clipboard) : clipboard;
  try {
    return (await place.readText()).slice(0, MAX_TEXT + 1);
  } catch {
    return '';
  }
}

/** Whether global shortcuts go through Wayland's portal here. */
export const isWayland = (env: NodeJS.ProcessEnv): boolean =>
  env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
