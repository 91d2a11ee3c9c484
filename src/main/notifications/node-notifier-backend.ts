import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { reportBug, reportingBugs } from '../../core/report-bug.ts';
import {
  linuxOptions,
  linuxWithdrawal,
  macOptions,
  tagOf,
  windowsOptions,
  type NodeNotifierOptions,
} from './node-notifier-options.ts';
import { loadNodeNotifier, type SendToNodeNotifier } from './load-node-notifier.ts';
import { noAnswer, notifySendMissing, notLoaded, notShown } from './failures.ts';
import type { DesktopNotification, Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

export interface NodeNotifierBackendOptions {
  platform: NodeJS.Platform;
  /** Path of a PNG. */
  icon: string;
  /** The AppUserModelID of an installed copy; null elsewhere. */
  windowsAppId: string | null;
  clock: Clock;
  events: NotifierEvents;
  /** Linux: whether the notification service can replace one notification by another. See linuxOptions. */
  replaces: () => Promise<boolean>;
  /** Tests replace it, to run on one platform for another. */
  load?: (platform: NodeJS.Platform) => Promise<SendToNodeNotifier>;
}

/** Time limit for notify-send, which waits up to 25 s for a server that hangs and delays the next notification. */
const TIMEOUT_MS = 10_000;
const NO_ANSWER = 'no answer within 10 s';

interface PendingNotification {
  notification: DesktopNotification;
  onClick: () => void;
  /** Removes the notification from the screen instead of showing it. */
  withdraw?: true;
  /** Linux: the server can replace one notification by another. */
  replaces?: boolean;
}

/**
 * Notifications through node-notifier. On Linux it reports no clicks, and closes only what is replaced; on macOS the
 * bundled program is x86-64 and appears as "terminal-notifier"; on Windows see windowsOptions.
 */
export class NodeNotifierBackend implements Notifier {
  readonly backend = 'node-notifier';
  readonly #options: NodeNotifierBackendOptions;
  readonly #pending = new Map<string, PendingNotification>();
  /** Linux: notifications that stay on the screen until they are replaced. */
  readonly #standing = new Map<string, DesktopNotification>();
  #working: Promise<void> | null = null;
  #send: SendToNodeNotifier | null = null;

  constructor(options: NodeNotifierBackendOptions) {
    this.#options = options;
  }

  show(notification: DesktopNotification, onClick: () => void): void {
    this.#pending.set(notification.key, { notification, onClick });
    this.#work();
  }

  close(key: string): void {
    this.#pending.delete(key);
    const { platform } = this.#options;
    if (platform === 'darwin') this.#send?.({ remove: tagOf(key) }, () => undefined);
    if (platform === 'win32') this.#send?.({ close: tagOf(key) }, () => undefined);
    const notification = this.#standing.get(key);
    if (notification === undefined) return;
    this.#pending.set(key, { notification, onClick: () => undefined, withdraw: true });
    this.#work();
  }

  dispose(): Promise<void> | null {
    this.#pending.clear();
    for (const key of this.#standing.keys()) this.close(key);
    return this.#pending.size === 0 ? null : this.#working;
  }

  #work(): void {
    this.#working ??= this.#showPending();
  }

  /** Shows the pending notifications one at a time: two processes could reach the desktop in the wrong order. */
  async #showPending(): Promise<void> {
    for (const [key, pending] of this.#pending) {
      this.#pending.delete(key);
      try {
        const failure = await this.#show(pending);
        if (failure !== null) this.#options.events.onFailure(failure);
      } catch (error) {
        // The next notifications are still shown.
        reportBug(error);
      }
    }
    this.#working = null;
  }

  async #show(pending: PendingNotification): Promise<NotifierFailure | null> {
    const { platform } = this.#options;
    const { key } = pending.notification;
    if (platform === 'linux') {
      // Checked each time: notify-send may be installed while the program runs.
      if (!isInPath('notify-send')) return notifySendMissing(key, 'notify-send is not in PATH');
      this.#remember(pending);
      pending.replaces = await this.#options.replaces();
      if (pending.withdraw === true && !pending.replaces) return null;
    }
    try {
      this.#send ??= await (this.#options.load ?? loadNodeNotifier)(platform);
    } catch (error) {
      return notLoaded(key, String(error));
    }
    const sent = this.#sent(this.#send, pending);
    // On other platforms the answer comes when the notification closes, so this does not wait for it.
    if (platform === 'linux') await sent;
    return null;
  }

  /** Call it before the first `await`, so that a `close` in the meantime finds the notification. */
  #remember({ notification, withdraw }: PendingNotification): void {
    const { key, stays } = notification;
    if (stays && withdraw !== true) this.#standing.set(key, notification);
    else this.#standing.delete(key);
  }

  #sent(send: SendToNodeNotifier, pending: PendingNotification): Promise<void> {
    const { notification, onClick } = pending;
    const { events, clock, platform } = this.#options;
    return new Promise((resolve) => {
      let open = true;
      const done = (problem: string | null): void => {
        stop();
        resolve();
        if (!open) return;
        open = false;
        if (pending.withdraw === true) return;
        reportingBugs(() => {
          if (problem === null) events.onShown(notification.key);
          else if (problem === NO_ANSWER) events.onFailure(noAnswer(notification.key, problem));
          else events.onFailure(notShown(notification.key, problem));
        });
      };
      const stop = platform === 'linux' ? clock.after(TIMEOUT_MS, () => done(NO_ANSWER)) : () => undefined;
      try {
        send(this.#optionsFor(pending), (error, response) => {
          // Text on stderr is a warning when the program itself succeeded.
          done(error instanceof Error ? withoutCommand(error) : null);
          if (response === 'activate') onClick();
        });
      } catch (error) {
        done(error instanceof Error ? error.name : 'unknown error');
      }
    });
  }

  #optionsFor({ notification, withdraw, replaces }: PendingNotification): NodeNotifierOptions {
    const { platform, icon, windowsAppId } = this.#options;
    if (platform === 'darwin') return macOptions(notification);
    if (platform === 'win32') return windowsOptions(notification, icon, windowsAppId);
    return withdraw === true
      ? linuxWithdrawal(notification, icon)
      : linuxOptions(notification, icon, replaces === true);
  }
}

/** Removes the first line of the message, the command with the caller's name, which must not be logged. */
function withoutCommand(error: Error): string {
  const code = 'code' in error ? String(error.code) : '?';
  return `code ${code} ${error.message.split('\n').slice(1).join(' ')}`.trim();
}

function isInPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    if (folder === '') return false;
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
