import type { Settings } from '../../shared/settings.ts';
import type { Desktop } from '../desktop-state.ts';
import { clipboardText, type ClipboardTextOptions } from './clipboard-text.ts';

export interface CopiedDiallerOptions {
  reading: ClipboardTextOptions;
  desktop: Pick<Desktop, 'showNotice' | 'withdraw'>;
  dial: (text: string) => Promise<unknown>;
}

/** Dials the copied or selected text. Shows a notice when it cannot be read. */
export function copiedDialler({
  reading,
  desktop,
  dial,
}: CopiedDiallerOptions): (from: Settings['shortcut']['from']) => Promise<void> {
  return async (from) => {
    const text = await clipboardText(reading, from);
    if (text === null) {
      desktop.showNotice({ id: 'clipboard-unread' });
      return;
    }
    desktop.withdraw('clipboard-unread');
    await dial(text);
  };
}
