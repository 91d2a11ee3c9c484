import type { Clipboard } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

type Simulated = Pick<Clipboard, 'readText' | 'writeText' | 'clear'>;

/** Asynchronous, as it is since Electron 44. `selection` is what Linux pastes with the middle button. */
function makeClipboard(place: 'text' | 'selection'): Simulated {
  return {
    readText: () => Promise.resolve(desktop.clipboard[place]),
    writeText: (text) => {
      desktop.clipboard[place] = text;
      return Promise.resolve();
    },
    clear: () => {
      desktop.clipboard[place] = '';
    },
  };
}

export const clipboard = guarded('clipboard', {
  ...makeClipboard('text'),
  selection: guarded('clipboard.selection', makeClipboard('selection')),
});
