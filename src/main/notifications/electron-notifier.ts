import type { NotificationConstructorOptions } from 'electron';
import { withoutMarkup } from '../../core/notify/without-markup.ts';
import { notShown, refused } from './failures.ts';
import { tagOf } from './node-notifier-options.ts';
import type { DesktopNotification, Notifier, NotifierEvents } from './notifier.ts';

interface ElectronNotification {
  on(event: 'click' | 'show', listener: () => void): unknown;
  on(event: 'close', listener: (details: { reason?: string }) => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
  show(): void;
  close(): void;
}

/** Electron's `Notification` class, as far as it is used here. */
export interface ElectronNotificationClass {
  new (options: NotificationConstructorOptions): ElectronNotification;
  isSupported(): boolean;
}

export interface ElectronNotifierOptions {
  Notification: ElectronNotificationClass;
  platform: NodeJS.Platform;
  /** Path of a PNG; macOS always shows the program's own icon. */
  icon: string;
  events: NotifierEvents;
  /**
   * True if this program is signed; called after a failure on macOS. macOS refuses all notifications of an unsigned
   * program. Those of a signed program can be allowed in the system settings.
   */
  signed: () => Promise<boolean>;
}

/** Electron may never send `close` for a notification. Beyond this number the oldest one is closed. */
const MAX_OPEN_NOTIFICATIONS = 50;

/**
 * Shows notifications through Electron. Clicks are reported on every platform. On Windows and macOS, notifications have
 * the program's own name and icon.
 */
export class ElectronNotifier implements Notifier {
  readonly backend = 'electron';
  readonly #options: ElectronNotifierOptions;
  /** By key. The map also keeps the objects alive: a notification that is garbage-collected reports no clicks. */
  readonly #shown = new Map<string, ElectronNotification>();

  constructor(options: ElectronNotifierOptions) {
    this.#options = options;
  }

  get keys(): string[] {
    return [...this.#shown.keys()];
  }

  /** True if the notification was shown and may still be on the screen or in the system's list. */
  has(key: string): boolean {
    return this.#shown.has(key);
  }

  show(notification: DesktopNotification, onClick: () => void): void {
    this.close(notification.key);
    try {
      this.#show(notification, onClick);
    } catch (error) {
      this.#shown.delete(notification.key);
      this.#options.events.onFailure(notShown(notification.key, String(error)));
    }
  }

  close(key: string): void {
    const notification = this.#shown.get(key);
    if (notification === undefined) return;
    this.#shown.delete(key);
    try {
      notification.close();
    } catch {
      // It is gone already, so there is nothing to do.
    }
  }

  /** Closes all notifications. Returns null because closing is immediate: there is nothing to wait for. */
  dispose(): null {
    for (const key of this.keys) this.close(key);
    return null;
  }

  #show({ key, title, body, urgency, stays, silent }: DesktopNotification, onClick: () => void): void {
    const { Notification, platform, icon, events } = this.#options;
    const notification = new Notification({
      title,
      // libnotify interprets the body as markup; elsewhere it is plain text.
      body: platform === 'linux' ? withoutMarkup(body) : body,
      urgency,
      silent,
      timeoutType: stays ? 'never' : 'default',
      ...(platform === 'darwin' ? {} : { icon }),
      // Windows and macOS replace a notification that has the same id, even after a restart of the program. On Windows
      // an id has at most 64 characters, and the tag has 16.
      ...(platform === 'linux' ? {} : { id: tagOf(key) }),
    });
    // Events can come late, when another notification has taken this one's place.
    const isCurrent = (): boolean => this.#shown.get(key) === notification;
    const forget = (): void => {
      if (isCurrent()) this.#shown.delete(key);
    };
    notification.on('click', () => {
      // Windows and macOS remove a clicked notification, but some Linux servers keep it.
      if (platform === 'linux' && isCurrent()) this.close(key);
      forget();
      onClick();
    });
    notification.on('close', ({ reason }) => {
      // `timedOut` means that the notification moved to the Action Center of Windows. It can still be clicked there and
      // must be removed when the call ends, so it is kept.
      if (reason !== 'timedOut') forget();
    });
    notification.on('show', () => {
      if (isCurrent()) events.onShown(key);
    });
    notification.on('failed', (_event, error) => {
      if (!isCurrent()) return;
      forget();
      void this.#reportFailure(key, error);
    });
    this.#shown.set(key, notification);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_OPEN_NOTIFICATIONS && oldest !== undefined) this.close(oldest);
    notification.show();
  }

  async #reportFailure(key: string, error: string): Promise<void> {
    const { platform, signed, events } = this.#options;
    // On Linux, Electron gives no reason.
    const detail = error === '' ? 'no reason given' : error;
    // On Windows the error for notifications that are turned off contains "settings prevent".
    const denied = platform === 'darwin' ? await signed() : /settings prevent/i.test(error);
    events.onFailure(denied ? refused(key, detail) : notShown(key, detail));
  }
}
