import type { SafeStorage } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { DesktopState } from '../../shared/state.ts';
import { AccountFile } from './account-file.ts';
import { SecretBox } from './secret-box.ts';
import { SettingsStore } from './settings-store.ts';
import { StateStore } from './state-store.ts';

export interface OpenStoresOptions {
  /** Where the files lie: app.getPath('userData'). */
  directory: string;
  safeStorage: SafeStorage;
  platform: NodeJS.Platform;
  clock: Clock;
  log: Log;
}

/** Everything that outlives the program: settings, what it remembers, the account and its secrets. */
export function openStores({ directory, safeStorage, platform, clock, log }: OpenStoresOptions): {
  settings: SettingsStore;
  memory: StateStore;
  accounts: AccountFile;
  /** How well secrets can be kept here. A keyring may first ask the user for its password, so this can take long. */
  secrets: Promise<DesktopState['secrets']>;
} {
  const settings = new SettingsStore(directory, clock, log);
  const box = new SecretBox(safeStorage, platform, log);
  const secrets = box.strength();
  const mayKeepSecrets = async (): Promise<boolean> => {
    const strength = await secrets;
    return strength === 'strong' || (strength === 'weak' && settings.get().secrets.weakStorage === 'allow');
  };
  return {
    settings,
    memory: new StateStore(directory, clock, log),
    accounts: new AccountFile(directory, box, mayKeepSecrets, clock, log),
    secrets,
  };
}
