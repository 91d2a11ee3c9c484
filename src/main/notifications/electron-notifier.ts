import type { NotificationConstructorOptions } from 'electron';
import type { Announcement } from '../../core/notify/announcement.ts';
import { withoutMarkup } from '../../core/notify/without-markup.ts';
import type { Notifier, NotifierEvents } from './notifier.ts';

interface ElectronNotification {
  on(event: 'click' | 'close' | 'show', listener: () => void): unknown;
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

  show(announcement: Announcement, onClick: () => void): void {
    this.close(announcement.key);
    try {
      this.#show(announcement, onClick);
    } catch (error) {
      this.#shown.delete(announcement.key);
      this.#fail(announcement.key, String(error));
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

  dispose(): void {
    for (const key of [...this.#shown.keys()]) this.close(key);
  }

  #show({ key, title, body, urgency }: Announcement, onClick: () => void): void {
    const { Notification, platform, icon, events } = this.#options;
    const notification = new Notification({
      title,
      // libnotify hands the body on as markup; Windows and macOS take it as text.
      body: platform === 'linux' ? withoutMarkup(body) : body,
      urgency,
      ...(platform === 'darwin' ? {} : { icon }),
    });
    const forget = (): void => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key);
    };
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('close', forget);
    notification.on('show', () => events.onShown(key));
    notification.on('failed', (_event, error) => {
      forget();
      this.#fail(key, error);
    });
    this.#shown.set(key, notification);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST_KEPT && oldest !== undefined) this.close(oldest);
    notification.show();
  }

  #fail(key: string, detail: string): void {
    this.#options.events.onFailure({
      reason: 'not-shown',
      key,
      message: 'This computer did not show a notification.',
      action: 'Allow notifications for Traydial in the settings of your system.',
      detail,
    });
  }
}
