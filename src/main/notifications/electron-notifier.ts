import type { NotificationConstructorOptions } from 'electron';
import type { Announcement } from '../../core/notify/announcement.ts';
import { withoutMarkup } from '../../core/notify/without-markup.ts';
import { notShown, refused } from './failures.ts';
import { tagOf } from './node-notifier-options.ts';
import type { Notifier, NotifierEvents } from './notifier.ts';

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
  /** macOS: the user can allow notifications of a signed program, never of an unsigned one. Called after a refusal. */
  signed: () => Promise<boolean>;
}

/** `close` is not guaranteed, so closed notifications can pile up here: more than this are closed by us. */
const MOST_KEPT = 50;

/** Notifications through Electron: clicks everywhere, the program's own name and icon on Windows and macOS. */
export class ElectronNotifier implements Notifier {
  readonly backend = 'electron';
  readonly #options: ElectronNotifierOptions;
  /** Also keeps them alive: a notification that is garbage-collected loses its click. */
  readonly #shown = new Map<string, ElectronNotification>();

  constructor(options: ElectronNotifierOptions) {
    this.#options = options;
  }

  get keys(): string[] {
    return [...this.#shown.keys()];
  }

  /** Whether the notification was shown and may still be on the screen or in the system's list. */
  holds(key: string): boolean {
    return this.#shown.has(key);
  }

  show(announcement: Announcement, onClick: () => void): void {
    this.close(announcement.key);
    try {
      this.#show(announcement, onClick);
    } catch (error) {
      this.#shown.delete(announcement.key);
      this.#options.events.onFailure(notShown(announcement.key, String(error)));
    }
  }

  close(key: string): void {
    const notification = this.#shown.get(key);
    if (notification === undefined) return;
    this.#shown.delete(key);
    try {
      notification.close();
    } catch {
      // It is gone already, which is what was wanted.
    }
  }

  dispose(): null {
    for (const key of this.keys) this.close(key);
    return null;
  }

  #show({ key, title, body, urgency, stays }: Announcement, onClick: () => void): void {
    const { Notification, platform, icon, events } = this.#options;
    const notification = new Notification({
      title,
      // libnotify hands the body on as markup; Windows and macOS take it as text.
      body: platform === 'linux' ? withoutMarkup(body) : body,
      urgency,
      timeoutType: stays ? 'never' : 'default',
      ...(platform === 'darwin' ? {} : { icon }),
      // Windows and macOS replace a notification with the same id, also after a restart. Windows allows at most 64
      // units.
      ...(platform === 'linux' ? {} : { id: tagOf(key) }),
    });
    const forget = (): void => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key);
    };
    notification.on('click', () => {
      // Some Linux servers keep a clicked notification; the others, Windows and macOS remove it.
      if (platform === 'linux') this.close(key);
      forget();
      onClick();
    });
    notification.on('close', ({ reason }) => {
      // It moved to the Action Center of Windows: it can still be clicked, and must be removed when the call ends.
      if (reason !== 'timedOut') forget();
    });
    notification.on('show', () => events.onShown(key));
    notification.on('failed', (_event, error) => {
      forget();
      void this.#failed(key, error);
    });
    this.#shown.set(key, notification);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST_KEPT && oldest !== undefined) this.close(oldest);
    notification.show();
  }

  async #failed(key: string, error: string): Promise<void> {
    const { platform, signed, events } = this.#options;
    // On Linux Electron gives no reason.
    const detail = error === '' ? 'no reason given' : error;
    const denied = platform === 'darwin' ? await signed() : /settings prevent/i.test(error);
    events.onFailure(denied ? refused(key, detail) : notShown(key, detail));
  }
}
