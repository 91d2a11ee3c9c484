import type { Clock } from '../../core/clock.ts';
import { reportBug, reportingBugs } from '../../core/report-bug.ts';
import type { ElectronNotifier } from './electron-notifier.ts';
import { cannotAsk, noAnswer, noService } from './failures.ts';
import type { NotificationService, ServiceState } from './notification-service.ts';
import type { DesktopNotification, Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

export interface GatedNotifierOptions {
  electron: (events: NotifierEvents) => ElectronNotifier;
  service: Pick<NotificationService, 'fresh' | 'answered' | 'state'>;
  clock: Clock;
  events: NotifierEvents;
}

/** While the service does not answer, Traydial retries this often to close notifications on the screen, in ms. */
const RETRY_MS = 10_000;
/** Number of such retries once another backend is used or the program ends; they take five minutes. */
const RETRIES_AFTER_DISPOSE = 30;

const FAILURES: Record<Exclude<ServiceState, 'answers'>, (key: string) => NotifierFailure> = {
  silent: (key) => noAnswer(key, 'the notification service did not answer in time'),
  absent: (key) => noService(key, 'nobody owns org.freedesktop.Notifications'),
  // The service may hang, so Electron is not used in this case either.
  unknown: (key) => cannotAsk(key, 'no session bus, or none of gdbus, dbus-send and busctl is installed'),
};

type Task = { notification: DesktopNotification; onClick: () => void } | 'close';

/**
 * Electron's notifications on Linux, used only if the notification service answered a moment ago. libnotify makes each
 * call on the main thread and waits up to 25 s for the reply, so a service that hangs would block dialling, tray and
 * links.
 */
export class GatedNotifier implements Notifier {
  readonly backend = 'electron';
  readonly #options: GatedNotifierOptions;
  readonly #electron: ElectronNotifier;
  /** Tasks that wait for the service: the latest one for each key, oldest first. */
  readonly #tasks = new Map<string, Task>();
  #asking: Promise<void> | null = null;
  #retriesLeft = Infinity;
  #cancelRetry = (): void => {};

  constructor(options: GatedNotifierOptions) {
    const { service, events } = options;
    this.#options = options;
    this.#electron = options.electron({
      onShown: (key) => {
        service.answered();
        events.onShown(key);
      },
      onFailure: (failure) => events.onFailure(failure),
    });
  }

  show(notification: DesktopNotification, onClick: () => void): void {
    this.#add(notification.key, { notification, onClick });
  }

  close(key: string): void {
    if (this.#electron.has(key)) this.#add(key, 'close');
    else this.#tasks.delete(key);
  }

  dispose(): Promise<void> | null {
    this.#retriesLeft = RETRIES_AFTER_DISPOSE;
    this.#cancelRetry();
    this.#tasks.clear();
    for (const key of this.#electron.keys) this.#tasks.set(key, 'close');
    this.#run();
    return this.#asking;
  }

  #add(key: string, task: Task): void {
    // Deleted first, so that the key moves to the end.
    this.#tasks.delete(key);
    this.#tasks.set(key, task);
    this.#run();
  }

  #run(): void {
    if (this.#options.service.fresh) this.#perform();
    if (this.#tasks.size === 0) return;
    this.#asking ??= this.#askFirst();
  }

  async #askFirst(): Promise<void> {
    const state = await this.#serviceState();
    this.#asking = null;
    if (state === 'answers') this.#perform();
    else this.#giveUp(state);
  }

  async #serviceState(): Promise<ServiceState> {
    try {
      return await this.#options.service.state();
    } catch (error) {
      reportBug(error);
      return 'unknown';
    }
  }

  #perform(): void {
    for (const [key, task] of this.#tasks) {
      this.#tasks.delete(key);
      reportingBugs(() => {
        if (task === 'close') this.#electron.close(key);
        else this.#electron.show(task.notification, task.onClick);
      });
    }
  }

  #giveUp(state: Exclude<ServiceState, 'answers'>): void {
    const { events, clock } = this.#options;
    for (const [key, task] of this.#tasks) {
      if (task === 'close') continue;
      this.#tasks.delete(key);
      reportingBugs(() => events.onFailure(FAILURES[state](key)));
    }
    // The notifications disappeared with the service. Closing them does not block, and makes Electron drop them.
    if (state === 'absent') this.#perform();
    if (this.#tasks.size === 0 || this.#retriesLeft <= 0) return;
    this.#retriesLeft -= 1;
    this.#cancelRetry();
    this.#cancelRetry = clock.after(RETRY_MS, () => this.#run());
  }
}
