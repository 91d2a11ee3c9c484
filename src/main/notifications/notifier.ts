import type { PlannedNotification } from '../../core/notify/planned-notification.ts';
import type { NotificationProblem } from '../../shared/notice.ts';
import type { HelpPage } from '../../shared/pages.ts';

/** A notification as the user reads it: texts in one plain line each, never empty. */
export interface DesktopNotification extends Omit<PlannedNotification, 'content' | 'silent'> {
  /** Names are shown only here, because no desktop interprets a title as markup. */
  title: string;
  body: string;
  /** Asks the desktop to play no sound. */
  silent: boolean;
}

export type Backend = 'electron' | 'node-notifier';

export interface NotifierFailure {
  /**
   * - `program-missing`, `not-loaded`: this computer lacks what the backend needs, so it cannot show any notification.
   * - `not-shown`: one notification failed; the next may work.
   * - `not-allowed`: the user, or an administrator, does not let this program show any.
   * - `no-service`: Linux, no notification service runs and none can be started.
   * - `no-answer`: Linux, the notification service hangs.
   * - `cannot-ask`: Linux, nothing here can find out whether it hangs.
   */
  problem: Exclude<NotificationProblem, 'choice-unsupported'>;
  /** The key of the notification that was not shown; null if the failure is about no particular one. */
  key: string | null;
  /** The page of the system's settings where the user can allow notifications. */
  page?: HelpPage;
  /** What the backend reported, for the log. */
  detail: string;
}

/** Events of a backend. Neither event is guaranteed: some desktops drop notifications without an error. */
export interface NotifierEvents {
  onShown(key: string): void;
  onFailure(failure: NotifierFailure): void;
}

/** Shows notifications on the desktop. No call throws or blocks; failures are reported through NotifierEvents. */
export interface Notifier {
  readonly backend: Backend;
  /** Shows a notification instead of the one with the same key. Some backends never call `onClick`. */
  show(notification: DesktopNotification, onClick: () => void): void;
  /** Removes a notification from the screen, if the backend can. Unknown keys are ignored. */
  close(key: string): void;
  /** Takes every notification off the screen. Returns a promise where that takes time, a few seconds at most. */
  dispose(): Promise<void> | null;
}
