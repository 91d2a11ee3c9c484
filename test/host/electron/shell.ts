import { setTimeout as wait } from 'node:timers/promises';
import type { Shell } from 'electron';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

const simulated: Pick<Shell, 'openExternal' | 'showItemInFolder' | 'openPath' | 'beep'> = {
  openExternal: async (url) => {
    if (desktop.sim.openExternal === 'slow') await wait(2000);
    if (desktop.sim.openExternal === 'refused') throw new Error(`Failed to open: ${url}`);
    desktop.openedUrls.push(url);
  },
  showItemInFolder: (path) => void desktop.shownItems.push(path),
  openPath: (path) => {
    desktop.shownItems.push(path);
    return Promise.resolve('');
  },
  beep: () => {},
};

export const shell = guarded('shell', simulated);
