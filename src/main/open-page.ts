import type { Shell } from 'electron';
import { appError } from '../shared/errors.ts';
import type { HelpPage } from '../shared/pages.ts';
import { err, ok, type Result } from '../shared/result.ts';

const NOTIFICATION_SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'x-apple.systempreferences:com.apple.preference.notifications',
  win32: 'ms-settings:notifications',
};

/** Every address that this program passes to the system. The window names a page and never an address. */
const addressOf: Record<HelpPage, (platform: NodeJS.Platform) => string | undefined> = {
  issues: () => 'https://github.com/traydial/traydial/issues',
  licence: () => 'https://github.com/traydial/traydial/blob/main/LICENSE',
  'tray-extension': () => 'https://extensions.gnome.org/extension/615/appindicator-support/',
  'notification-settings': (platform) => NOTIFICATION_SETTINGS[platform],
};

/** Errors: action-failed, also for a page that this system does not have. */
export async function openPage(
  shell: Pick<Shell, 'openExternal'>,
  page: HelpPage,
  platform: NodeJS.Platform,
): Promise<Result<null>> {
  const address = addressOf[page](platform);
  if (address === undefined) return err(appError('action-failed', { detail: 'no such page on this system' }));
  try {
    await shell.openExternal(address);
    return ok(null);
  } catch (error) {
    return err(appError('action-failed', { detail: String(error) }));
  }
}
