import type { GlobalShortcut } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

/** Accelerator to what it starts. */
export const shortcuts = new Map<string, () => void>();

const simulated: Pick<GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'> = {
  /** false when another program has it, as in Electron; an accelerator that Electron cannot read throws there, too. */
  register: (accelerator, callback) => {
    if (!/^(?:[A-Za-z]+\+)*[A-Za-z0-9]+$/.test(accelerator)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
    }
    if (desktop.sim.shortcuts === 'refused' || shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
  isRegistered: (accelerator) => shortcuts.has(accelerator),
};

export const globalShortcut = guarded('globalShortcut', simulated);
