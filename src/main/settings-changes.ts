import { isDeepStrictEqual } from 'node:util';
import type { App } from 'electron';
import type { Desk } from '../core/desk.ts';
import type { Log } from '../core/log-port.ts';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';
import type { SliceName } from '../shared/state.ts';
import { readAuthoritiesFile, type Authorities } from './authorities.ts';
import { setOpenAtLogin } from './login-item.ts';
import { acceptShortcut } from './shortcut/accept-shortcut.ts';
import type { SettingsStore } from './stores/settings-store.ts';

export interface SettingsChangesOptions {
  app: Pick<App, 'setLoginItemSettings' | 'getLoginItemSettings' | 'getPath' | 'getAppPath' | 'isPackaged'>;
  log: Log;
  settings: SettingsStore;
  authorities: Authorities;
  desk: Desk;
  notifier: { use(backend: Settings['notifications']['backend']): void };
  notifications: { checkQuietHours(): void };
  shortcut: { use(accelerator: string): void };
  language: { use(choice: Settings['appearance']['language']): Promise<void> };
  tray: { useTheme(theme: Settings['appearance']['theme']): void };
  /** Reads again whether the system starts Traydial at login. */
  refreshLoginItem: () => Promise<void>;
  changed: (slice: SliceName) => void;
}

/**
 * Changes settings and applies the changes everywhere. Errors: those of the settings and of the file of authorities.
 */
export function settingsChanges(options: SettingsChangesOptions): (patch: SettingsPatch) => Result<Settings> {
  const { app, log, settings, authorities, desk, notifier, notifications, shortcut, tray, language, changed } = options;

  function mayChangeTrust({ trust }: Settings): Result<unknown> {
    // Otherwise a sign-in could use the old authorities for its first requests and the new ones for the rest.
    if (desk.account.status === 'signing-in') return err(appError('sign-in-busy'));
    return trust.authoritiesFile === '' ? ok(null) : readAuthoritiesFile(trust.authoritiesFile);
  }

  /** Choosing the same file again reads it again. */
  function changeTrust({ trust }: Settings): void {
    const before = authorities.pem;
    authorities.use(trust.authoritiesFile);
    changed('trust');
    if (authorities.pem !== before) void desk.accounts.authoritiesChanged();
  }

  return (patch) => {
    const before = settings.get();
    const accepted = acceptShortcut(patch, process.platform);
    if (!accepted.ok) return accepted;
    const change = settings.change(accepted.value, (next) =>
      patch.trust === undefined ? ok(null) : mayChangeTrust(next),
    );
    if (!change.ok) return change;
    const after = change.value;
    if (after.startup.openAtLogin !== before.startup.openAtLogin) {
      setOpenAtLogin(app, after.startup.openAtLogin, process.platform, log);
      void options.refreshLoginItem();
    }
    if (after.shortcut.accelerator !== before.shortcut.accelerator) shortcut.use(after.shortcut.accelerator);
    if (after.notifications.backend !== before.notifications.backend) notifier.use(after.notifications.backend);
    if (!isDeepStrictEqual(after.notifications.quiet, before.notifications.quiet)) notifications.checkQuietHours();
    desk.settingsChanged(before, after);
    if (!isDeepStrictEqual(after.secrets, before.secrets)) void desk.accounts.applySecretPolicy();
    if (patch.trust !== undefined) changeTrust(after);
    tray.useTheme(after.appearance.theme);
    void language.use(after.appearance.language);
    changed('settings');
    return change;
  };
}
