import type { GlobalShortcut } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';
import { onlyWhenReady } from '../ready.ts';

/** Accelerator to what it starts. */
export const shortcuts = new Map<string, () => void>();

const mustBeReady = (): void => onlyWhenReady('globalShortcut cannot be used before the app is ready');

const simulated: Pick<GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'> = {
  /** false when another program has it, as in Electron; an accelerator that Electron cannot read throws there, too. */
  register: (accelerator, callback) => {
    mustBeReady();
    if (!/^(?:[A-Za-z]+\+)*[A-Za-z0-9]+$/.test(accelerator)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
    }
    if (desktop.sim.shortcuts === 'refused' || shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator) => {
    mustBeReady();
    shortcuts.delete(accelerator);
  },
  unregisterAll: () => {
    mustBeReady();
    shortcuts.clear();
  },
  isRegistered: (accelerator) => {
    mustBeReady();
    return shortcuts.has(accelerator);
  },
};

export const globalShortcut = guarded('globalShortcut', simulated);
