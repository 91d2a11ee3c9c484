import type { SafeStorage } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { DesktopState } from '../../shared/state.ts';
import { AccountFile } from './account-file.ts';
import type { NoticeBoard } from './file-notices.ts';
import { SecretBox } from './secret-box.ts';
import { SettingsStore } from './settings-store.ts';
import { StateStore } from './state-store.ts';

export interface OpenStoresOptions {
  /** The folder of the files: app.getPath('userData'). */
  directory: string;
  safeStorage: SafeStorage;
  platform: NodeJS.Platform;
  clock: Clock;
  log: Log;
  /** Shows notices about the files. */
  board: NoticeBoard;
  /** How well secrets can be kept here, whenever that is seen to be different. */
  onSecrets: (strength: DesktopState['secrets']) => void;
}

/** Everything that survives a restart: settings, state, accounts and their secrets. Never throws. */
export function openStores({ directory, safeStorage, platform, clock, log, board, onSecrets }: OpenStoresOptions): {
  settings: SettingsStore;
  memory: StateStore;
  accounts: AccountFile;
  /**
   * Writes back what was read and finds out how well secrets can be kept here. Call it once, when there is time: it
   * waits for the disk, and a keyring may ask the user for its password.
   */
  settle(): void;
  close(): void;
} {
  const settings = new SettingsStore(directory, clock, log, board);
  const memory = new StateStore(directory, clock, log, board);
  const box = new SecretBox({ safe: safeStorage, platform, clock, log, onStrength: onSecrets });
  const mayKeep = (strength: DesktopState['secrets']): boolean =>
    strength === 'strong' || (strength === 'weak' && settings.get().secrets.weakStorage === 'allow');
  const accounts = new AccountFile({ directory, box, mayKeep, clock, log, board });
  return {
    settings,
    memory,
    accounts,
    settle: () => {
      settings.settle();
      void box.strength();
    },
    close: () => {
      for (const store of [settings, memory, accounts]) store.close();
    },
  };
}
