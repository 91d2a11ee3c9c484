import type { FileName } from './errors.ts';
import type { LinkScheme } from './links.ts';
import type { HelpPage } from './pages.ts';

/** Why notifications cannot be shown; see src/main/notifications/notifier.ts. */
export type NotificationProblem =
  | 'not-shown'
  | 'not-allowed'
  | 'no-service'
  | 'no-answer'
  | 'cannot-ask'
  | 'program-missing'
  | 'not-loaded'
  /** The user chose Electron's notifications, which this computer does not have. */
  | 'choice-unsupported';

/** What was wrong with a file in the user's folder that could not be used. `kept` is the name of its copy. */
export type BrokenFile = { file: FileName; kept: string } & (
  | { how: 'damaged' | 'newer' }
  /** `count` entries of the file could not be used. */
  | { how: 'entries-lost'; count: number }
  /** These settings were reset to their defaults. */
  | { how: 'values-reset'; settings: string[] }
);

/** A message about this computer. The window shows it until the user dismisses it or its reason is gone. */
export type Notice =
  | { id: 'tray-missing' | 'clipboard-unread' | 'ended-badly' | 'command-line-off' | 'log-missing' }
  /** `page`: where the user can allow notifications. */
  | { id: 'notifications-missing'; problem: NotificationProblem; page?: HelpPage }
  /** Another program now opens these links. `program` is '' if the system names none, or if there are several. */
  | { id: 'links-taken'; schemes: LinkScheme[]; program: string }
  /** The contacts of this account are lost when the program ends. `newer`: a later version wrote their file. */
  | { id: 'contacts-not-kept'; why: 'newer' | 'unusable' }
  /** The file with the contacts was damaged, and is kept under the name `kept`. */
  | { id: 'contacts-damaged'; kept: string }
  /** The file of the call history cannot be used, so only the recent calls are kept, in state.json. */
  | { id: 'history-not-kept'; why: 'newer' | 'unusable' }
  /** The file of the call history was damaged, and is kept under the name `kept`. */
  | { id: 'history-damaged'; kept: string }
  | ({ id: `${FileName}-broken` } & BrokenFile)
  /** `cause`: see FileCause; null once the file can be read. */
  | { id: `${FileName}-unreadable`; file: FileName; cause: string | null }
  | { id: `${FileName}-unsaved`; file: FileName; cause: string; folder: string };

/**
 * The name of the file in Traydial's folder that the user may want to see because of a notice; '' for the folder itself,
 * null if no file is the reason.
 */
export function fileOfNotice(notice: Notice): string | null {
  switch (notice.id) {
    case 'contacts-damaged':
    case 'history-damaged':
    case 'settings-broken':
    case 'state-broken':
    case 'account-broken':
      return notice.kept;
    case 'settings-unreadable':
    case 'state-unreadable':
    case 'account-unreadable':
      return notice.cause === null ? null : `${notice.file}.json`;
    case 'settings-unsaved':
    case 'state-unsaved':
    case 'account-unsaved':
    case 'contacts-not-kept':
    case 'history-not-kept':
    case 'command-line-off':
    case 'log-missing':
      return '';
    case 'tray-missing':
    case 'clipboard-unread':
    case 'ended-badly':
    case 'notifications-missing':
    case 'links-taken':
      return null;
  }
}
