import type { Clipboard } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';
import { HostBrowserWindow } from './browser-window.ts';

type Simulated = Pick<Clipboard, 'readText' | 'writeText' | 'clear'>;

/** Asynchronous since Electron 44. `selection` is the text that Linux pastes with the middle button. */
function makeClipboard(place: 'text' | 'selection'): Simulated {
  /** The last text that Chromium read; it returns this while the desktop does not give it a new one. */
  let known = '';
  const write = (text: string): void => {
    known = text;
    desktop.clipboard[place] = text;
  };
  return {
    readText: () => {
      const current = desktop.sim.clipboard === 'readable' || HostBrowserWindow.getFocusedWindow() !== null;
      if (current) known = desktop.clipboard[place];
      return Promise.resolve(known);
    },
    writeText: (text) => {
      write(text);
      return Promise.resolve();
    },
    clear: () => write(''),
  };
}

export const clipboard = guarded('clipboard', {
  ...makeClipboard('text'),
  selection: guarded('clipboard.selection', makeClipboard('selection')),
});
