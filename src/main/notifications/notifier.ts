import type { Announcement } from '../../core/notify/announcement.ts';
import type { HelpPage } from '../../shared/pages.ts';

export type Backend = 'electron' | 'node-notifier';

export interface NotifierFailure {
  /**
   * - `unsupported`: this computer lacks what the backend needs, so nothing it is asked for will show.
   * - `not-shown`: one notification failed; the next may work.
   * - `not-allowed`: the user, or an administrator, does not let this program show any.
   * - `no-service`: Linux, no notification service runs and none can be started.
   * - `no-answer`: Linux, the notification service hangs.
   */
  reason: 'unsupported' | 'not-shown' | 'not-allowed' | 'no-service' | 'no-answer';
  /** The notification that did not show; null when it was not about one. */
  key: string | null;
  /** A sentence for the user. */
  message: string;
  /** The one thing to do about it. */
  action: string;
  /** Where that is done. */
  page?: HelpPage;
  /** What came back, for the log. */
  detail: string;
}

/** What a backend reports of its work. Neither is guaranteed: some desktops swallow notifications in silence. */
export interface NotifierEvents {
  onShown(key: string): void;
  onFailure(failure: NotifierFailure): void;
}

/** Shows notifications on the desktop. No call throws or blocks; failures are reported through NotifierEvents. */
export interface Notifier {
  readonly backend: Backend;
  /** Shows it, in place of the one with the same key. `onClick` may never come: see the backends. */
  show(announcement: Announcement, onClick: () => void): void;
  /** Takes it off the screen where the backend can. Unknown keys are fine. */
  close(key: string): void;
  /** Takes everything off the screen and lets go of it. A promise where that takes a moment, at most some seconds. */
  dispose(): Promise<void> | null;
}
