import type { GlobalShortcut } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';
import { onlyWhenReady } from '../ready.ts';

/** Callbacks by accelerator. */
export const shortcuts = new Map<string, () => void>();
let suspended = false;

/** Presses the keys; false when no such shortcut is registered. */
export function pressShortcut(accelerator: string): boolean {
  const callback = shortcuts.get(accelerator);
  if (!suspended) callback?.();
  return callback !== undefined;
}

const mustBeReady = (): void => onlyWhenReady('globalShortcut cannot be used before the app is ready');

const simulated: Pick<
  GlobalShortcut,
  'register' | 'unregister' | 'unregisterAll' | 'isRegistered' | 'setSuspended' | 'isSuspended'
> = {
  /** false when another program has it, as in Electron; an accelerator that Electron cannot read throws there, too. */
  register: (accelerator, callback) => {
    mustBeReady();
    if (!/^(?:[A-Za-z]+\+)*[A-Za-z0-9]+$/.test(accelerator)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
    }
    if (desktop.sim.shortcuts === 'refused') return false;
    if (desktop.sim.shortcuts === 'accepted' && shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  /** Electron cannot unregister shortcuts of Wayland's portal. */
  unregister: (accelerator) => {
    mustBeReady();
    if (desktop.sim.shortcuts !== 'portal') shortcuts.delete(accelerator);
  },
  unregisterAll: () => {
    mustBeReady();
    // Electron drops the callbacks and crashes at the next press.
    if (desktop.sim.shortcuts === 'portal')
      throw new Error('unregisterAll() is deadly where the portal has a shortcut');
    shortcuts.clear();
  },
  isRegistered: (accelerator) => {
    mustBeReady();
    return desktop.sim.shortcuts !== 'portal' && shortcuts.has(accelerator);
  },
  setSuspended: (value) => void (suspended = value),
  isSuspended: () => suspended,
};

export const globalShortcut = guarded('globalShortcut', simulated);
