import type { Announcement } from '../../core/notify/announcement.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Notice } from '../../shared/state.ts';
import type { Backend, Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

export type BackendSetting = Settings['notifications']['backend'];

export interface NotifierStatus {
  backend: Backend | 'none';
  /** What the user should know, or null while notifications work. */
  notice: Notice | null;
}

export interface ChosenNotifierOptions {
  /** Electron's Notification.isSupported(). */
  electronSupported(): boolean;
  create: Record<Backend, (events: NotifierEvents) => Notifier>;
  onStatus(status: NotifierStatus): void;
  /** For the log; holds no names. */
  onFailure(backend: Backend, failure: NotifierFailure): void;
}

interface Live {
  announcement: Announcement;
  onClick: () => void;
}

/** As many as a backend could still report about. */
const MOST_REMEMBERED = 50;

/**
 * The backend that the settings name; with `auto` Electron's, and node-notifier from the moment on when Electron's turns
 * out not to work here. What failed to show is shown again through the other one, so that no call is lost by the change.
 */
export class ChosenNotifier {
  readonly #options: ChosenNotifierOptions;
  readonly #live = new Map<string, Live>();
  #setting: BackendSetting = 'auto';
  #notifier: Notifier | null = null;
  #status: NotifierStatus = { backend: 'none', notice: null };

  constructor(options: ChosenNotifierOptions, setting: BackendSetting) {
    this.#options = options;
    this.use(setting);
  }

  get status(): NotifierStatus {
    return this.#status;
  }

  /** Changes to what the settings say now; also gives a backend that failed another chance. */
  use(setting: BackendSetting): void {
    this.#setting = setting;
    this.#live.clear();
    this.#notifier?.dispose();
    if (setting === 'node-notifier') this.#start('node-notifier');
    else if (this.#options.electronSupported()) this.#start('electron');
    else if (setting === 'auto') this.#start('node-notifier');
    else this.#giveUp(ELECTRON_UNSUPPORTED.message, ELECTRON_UNSUPPORTED.action);
  }

  show(announcement: Announcement, onClick: () => void): void {
    this.#live.delete(announcement.key);
    this.#live.set(announcement.key, { announcement, onClick });
    const [oldest] = this.#live.keys();
    if (this.#live.size > MOST_REMEMBERED && oldest !== undefined) this.#live.delete(oldest);
    this.#notifier?.show(announcement, onClick);
  }

  close(key: string): void {
    this.#live.delete(key);
    this.#notifier?.close(key);
  }

  dispose(): void {
    this.#live.clear();
    this.#notifier?.dispose();
    this.#notifier = null;
  }

  #start(backend: Backend): void {
    const notifier: Notifier = this.#options.create[backend]({
      onShown: () => this.#worked(notifier),
      onFailure: (failure) => this.#failed(notifier, failure),
    });
    this.#notifier = notifier;
    this.#tell({ backend, notice: null });
  }

  #giveUp(message: string, action: string): void {
    this.#notifier = null;
    this.#tell({ backend: 'none', notice: { id: 'notifications-missing', message, action } });
  }

  #worked(notifier: Notifier): void {
    if (this.#notifier === notifier) this.#tell({ backend: notifier.backend, notice: null });
  }

  #failed(notifier: Notifier, failure: NotifierFailure): void {
    // A backend that was left behind may still report.
    if (this.#notifier !== notifier) return;
    this.#options.onFailure(notifier.backend, failure);
    if (this.#setting === 'auto' && notifier.backend === 'electron') {
      notifier.dispose();
      this.#start('node-notifier');
      const lost = failure.key === null ? undefined : this.#live.get(failure.key);
      if (lost !== undefined) this.#notifier.show(lost.announcement, lost.onClick);
      return;
    }
    // It stays in use: a notification service can be installed or started while the program runs.
    this.#tell({
      backend: failure.reason === 'unsupported' ? 'none' : notifier.backend,
      notice: { id: 'notifications-missing', message: failure.message, action: failure.action },
    });
  }

  #tell(status: NotifierStatus): void {
    const before = this.#status;
    this.#status = status;
    if (before.backend !== status.backend || before.notice?.message !== status.notice?.message) {
      this.#options.onStatus(status);
    }
  }
}

const ELECTRON_UNSUPPORTED = {
  message: 'This computer cannot show notifications the way you chose.',
  action: 'Choose "Automatic" under Settings, Notifications.',
};
