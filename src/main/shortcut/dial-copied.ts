import type { Settings } from '../../shared/settings.ts';
import type { Notice } from '../../shared/state.ts';
import type { Desktop } from '../desktop-state.ts';
import { clipboardText, type ClipboardTextOptions } from './clipboard-text.ts';

const UNREAD: Notice = {
  id: 'clipboard-unread',
  message: 'This desktop does not let Traydial read what you copied while another program is in front.',
  action: 'Paste the number into the dial field. With the program wl-paste (package wl-clipboard) it works everywhere.',
};

export interface CopiedDiallerOptions {
  reading: ClipboardTextOptions;
  desktop: Pick<Desktop, 'notice' | 'withdraw'>;
  dial: (text: string) => Promise<unknown>;
}

/** Dials the copied or selected text; a notice says so where it cannot be read. */
export function copiedDialler({
  reading,
  desktop,
  dial,
}: CopiedDiallerOptions): (from: Settings['shortcut']['from']) => Promise<void> {
  return async (from) => {
    const text = await clipboardText(reading, from);
    if (text === null) {
      desktop.notice(UNREAD);
      return;
    }
    desktop.withdraw(UNREAD.id);
    await dial(text);
  };
}
