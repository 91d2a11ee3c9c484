import type { Settings } from '../../shared/settings.ts';
import type { Notice, NotificationProblem } from '../../shared/notice.ts';
import type { Backend, DesktopNotification, Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

export type BackendSetting = Settings['notifications']['backend'];

type NotificationNotice = Extract<Notice, { id: 'notifications-missing' }>;

export interface NotifierStatus {
  backend: Backend | 'none';
  /** What the user should know, or null while notifications work. */
  notice: NotificationNotice | null;
}

export interface ChosenNotifierOptions {
  /** Electron's Notification.isSupported(). */
  electronSupported(): boolean;
  create: Record<Backend, (events: NotifierEvents) => Notifier>;
  onStatus(status: NotifierStatus): void;
  /** The notification with a key was shown (null), or was not, and no other backend is tried. */
  onReport(key: string, problem: NotificationProblem | null): void;
  /** For the log; holds no names. */
  onFailure(backend: Backend, failure: NotifierFailure): void;
}

/** A notification that a backend may still report about. */
interface Live {
  notification: DesktopNotification;
  onClick: () => void;
}

/** Maximum number of such notifications. */
const MAX_REMEMBERED = 50;

/** Failures that the other backend may not have. It must not bypass a refusal, and a missing service affects both. */
const TRIES_THE_OTHER: ReadonlySet<NotifierFailure['problem']> = new Set([
  'program-missing',
  'not-loaded',
  'not-shown',
  'no-answer',
  'cannot-ask',
]);

/**
 * Shows notifications through the backend that the settings name. With `auto` that is Electron's; a notification that
 * it fails to show is shown through node-notifier. Each notification tries Electron first, because the cause of an
 * earlier failure may be gone.
 */
export class ChosenNotifier {
  readonly #options: ChosenNotifierOptions;
  readonly #live = new Map<string, Live>();
  #setting: BackendSetting = 'auto';
  #first: Notifier | null = null;
  #second: Notifier | null = null;
  #status: NotifierStatus = { backend: 'none', notice: null };

  constructor(options: ChosenNotifierOptions, setting: BackendSetting) {
    this.#options = options;
    this.use(setting);
  }

  get status(): NotifierStatus {
    return this.#status;
  }

  /** Changes to the backend that the settings name now. */
  use(setting: BackendSetting): void {
    this.#setting = setting;
    void this.dispose();
    const supported = this.#options.electronSupported();
    if (setting === 'electron' && !supported) {
      this.#report({ backend: 'none', notice: { id: 'notifications-missing', problem: 'choice-unsupported' } });
      return;
    }
    this.#first = this.#create(setting !== 'node-notifier' && supported ? 'electron' : 'node-notifier');
    this.#report({ backend: this.#first.backend, notice: null });
  }

  show(notification: DesktopNotification, onClick: () => void): void {
    this.#live.delete(notification.key);
    this.#live.set(notification.key, { notification, onClick });
    const [oldest] = this.#live.keys();
    if (this.#live.size > MAX_REMEMBERED && oldest !== undefined) this.#live.delete(oldest);
    this.#second?.close(notification.key);
    if (this.#first === null) this.#options.onReport(notification.key, 'choice-unsupported');
    else this.#first.show(notification, onClick);
  }

  close(key: string): void {
    this.#live.delete(key);
    this.#first?.close(key);
    this.#second?.close(key);
  }

  /** Takes every notification off the screen. Returns a promise where that takes time, a few seconds at most. */
  dispose(): Promise<void> | null {
    const pending = [this.#first?.dispose(), this.#second?.dispose()].filter((promise) => promise instanceof Promise);
    this.#live.clear();
    this.#first = null;
    this.#second = null;
    return pending.length === 0 ? null : Promise.all(pending).then(() => undefined);
  }

  #create(backend: Backend): Notifier {
    const notifier: Notifier = this.#options.create[backend]({
      onShown: (key) => {
        if (!this.#isUsed(notifier)) return;
        this.#report({ backend, notice: null });
        this.#options.onReport(key, null);
      },
      onFailure: (failure) => {
        // A backend that was replaced may still report.
        if (this.#isUsed(notifier)) this.#failed(notifier, failure);
      },
    });
    return notifier;
  }

  #isUsed(notifier: Notifier): boolean {
    return notifier === this.#first || notifier === this.#second;
  }

  #failed(notifier: Notifier, failure: NotifierFailure): void {
    this.#options.onFailure(notifier.backend, failure);
    const { problem, page } = failure;
    if (this.#setting === 'auto' && notifier.backend === 'electron' && TRIES_THE_OTHER.has(problem)) {
      this.#second ??= this.#create('node-notifier');
      this.#report({ backend: 'node-notifier', notice: null });
      const lost = failure.key === null ? undefined : this.#live.get(failure.key);
      if (lost !== undefined) this.#second.show(lost.notification, lost.onClick);
      return;
    }
    // The next notification tries again, because a notification service may be installed, started or allowed meanwhile.
    this.#report({
      backend: problem === 'not-shown' ? notifier.backend : 'none',
      notice: { id: 'notifications-missing', problem, ...(page === undefined ? {} : { page }) },
    });
    if (failure.key !== null) this.#options.onReport(failure.key, problem);
  }

  #report(status: NotifierStatus): void {
    const before = this.#status;
    this.#status = status;
    if (before.backend !== status.backend || before.notice?.problem !== status.notice?.problem) {
      this.#options.onStatus(status);
    }
  }
}
