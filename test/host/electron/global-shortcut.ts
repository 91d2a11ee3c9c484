import type { GlobalShortcut } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

/** Accelerator to what it starts. */
export const shortcuts = new Map<string, () => void>();
let suspended = false;

/** Plays the keys; false when no such shortcut is registered. */
export function pressShortcut(accelerator: string): boolean {
  const callback = shortcuts.get(accelerator);
  if (!suspended) callback?.();
  return callback !== undefined;
}

const simulated: Pick<
  GlobalShortcut,
  'register' | 'unregister' | 'unregisterAll' | 'isRegistered' | 'setSuspended' | 'isSuspended'
> = {
  /** false when another program has it, as in Electron; an accelerator that Electron cannot read throws there, too. */
  register: (accelerator, callback) => {
    if (!/^(?:[A-Za-z]+\+)*[A-Za-z0-9]+$/.test(accelerator)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
    }
    if (desktop.sim.shortcuts === 'refused') return false;
    if (desktop.sim.shortcuts === 'accepted' && shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  /** Electron cannot take back what it registered through Wayland's portal. */
  unregister: (accelerator) => {
    if (desktop.sim.shortcuts !== 'portal') shortcuts.delete(accelerator);
  },
  unregisterAll: () => {
    // Electron forgets the callbacks and dies of the next press.
    if (desktop.sim.shortcuts === 'portal')
      throw new Error('unregisterAll() is deadly where the portal has a shortcut');
    shortcuts.clear();
  },
  isRegistered: (accelerator) => desktop.sim.shortcuts !== 'portal' && shortcuts.has(accelerator),
  setSuspended: (value) => void (suspended = value),
  isSuspended: () => suspended,
};

export const globalShortcut = guarded('globalShortcut', simulated);
