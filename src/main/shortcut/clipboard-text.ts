import type { Clipboard } from 'electron';
import type { Settings } from '../../shared/settings.ts';
import { ProgramError, type Run } from '../run-program.ts';

/** Longer texts are rejected, not cut, because a cut could fall inside a number. */
const MAX_TEXT = 100_000;
const WL_PASTE_MS = 1_000;

type Readable = Pick<Clipboard, 'readText'>;
type Place = Settings['shortcut']['from'];

export interface ClipboardTextOptions {
  clipboard: Readable & { selection?: Readable };
  platform: NodeJS.Platform;
  /** A native Wayland program can read the clipboard only while its window has the keyboard focus. */
  wayland: boolean;
  run: Run;
  window: {
    /** Whether the window has the keyboard focus now. */
    isFocused: boolean;
    /** Brings the window up; false when it did not get the keyboard focus. */
    takeFocus(): Promise<boolean>;
  };
}

/**
 * The copied text, or on Linux the selection if the user chose that. '' when the clipboard holds no text; null when
 * this desktop does not let the program read it. A text that is too long stays too long, so that the dial plan can
 * report it.
 */
export async function clipboardText(options: ClipboardTextOptions, from: Place): Promise<string | null> {
  const place = from === 'selection' && options.platform === 'linux' ? 'selection' : 'clipboard';
  // Without the keyboard focus Electron returns an older text or none, and does not say which.
  if (options.wayland && !options.window.isFocused) {
    const pasted = await pastedText(options.run, place);
    if (pasted !== null) return pasted.slice(0, MAX_TEXT + 1);
    if (!(await options.window.takeFocus())) return null;
  }
  return readText(options.clipboard, place);
}

async function readText(clipboard: ClipboardTextOptions['clipboard'], place: Place): Promise<string> {
  try {
    const from = place === 'selection' ? (clipboard.selection ?? clipboard) : clipboard;
    return (await from.readText()).slice(0, MAX_TEXT + 1);
  } catch {
    return '';
  }
}

/** wl-paste (package wl-clipboard) can read without a window; null when it is missing or fails. */
async function pastedText(run: Run, place: Place): Promise<string | null> {
  try {
    return await run(
      'wl-paste',
      ['--no-newline', '--type', 'text', ...(place === 'selection' ? ['--primary'] : [])],
      WL_PASTE_MS,
    );
  } catch (error) {
    const empty =
      error instanceof ProgramError && /nothing is copied|no selection|no suitable type/i.test(error.stderr);
    return empty ? '' : null;
  }
}

type Switches = { getSwitchValue(name: string): string };

/** Whether Electron runs on Wayland, and not on X11 or XWayland. */
export const isWayland = (env: NodeJS.ProcessEnv, switches?: Switches): boolean =>
  switches?.getSwitchValue('ozone-platform') !== 'x11' &&
  (env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '');
