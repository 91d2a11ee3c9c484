import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Announcement } from '../../core/notify/announcement.ts';
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
import type { Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

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
  /** Replaced by tests for platforms that they do not run on. */
  load?: (platform: NodeJS.Platform) => Promise<SendToNodeNotifier>;
}

/** notify-send waits up to 25 s for a server that does not answer; the next call must not wait for that. */
const PATIENCE_MS = 10_000;
const NO_ANSWER = 'no answer within 10 s';

interface Wish {
  announcement: Announcement;
  onClick: () => void;
  /** Take it off the screen. */
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
  readonly #wishes = new Map<string, Wish>();
  /** Linux: shown without a time-out, until they are replaced. */
  readonly #standing = new Map<string, Announcement>();
  #working: Promise<void> | null = null;
  #send: SendToNodeNotifier | null = null;

  constructor(options: NodeNotifierBackendOptions) {
    this.#options = options;
  }

  show(announcement: Announcement, onClick: () => void): void {
    this.#wishes.set(announcement.key, { announcement, onClick });
    this.#work();
  }

  close(key: string): void {
    this.#wishes.delete(key);
    const { platform } = this.#options;
    if (platform === 'darwin') this.#send?.({ remove: tagOf(key) }, () => undefined);
    if (platform === 'win32') this.#send?.({ close: tagOf(key) }, () => undefined);
    const announcement = this.#standing.get(key);
    if (announcement === undefined) return;
    this.#wishes.set(key, { announcement, onClick: () => undefined, withdraw: true });
    this.#work();
  }

  dispose(): Promise<void> | null {
    this.#wishes.clear();
    for (const key of this.#standing.keys()) this.close(key);
    return this.#wishes.size === 0 ? null : this.#working;
  }

  #work(): void {
    this.#working ??= this.#workOff();
  }

  /** One at a time: two processes for the same call could reach the desktop in the wrong order. */
  async #workOff(): Promise<void> {
    for (const [key, wish] of this.#wishes) {
      this.#wishes.delete(key);
      try {
        const failure = await this.#show(wish);
        if (failure !== null) this.#options.events.onFailure(failure);
      } catch (error) {
        // The next notifications are shown all the same.
        reportBug(error);
      }
    }
    this.#working = null;
  }

  async #show(wish: Wish): Promise<NotifierFailure | null> {
    const { platform } = this.#options;
    const { key } = wish.announcement;
    if (platform === 'linux') {
      // Checked each time: notify-send may be installed while the program runs.
      if (!isInPath('notify-send')) return notifySendMissing(key, 'notify-send is not in PATH');
      this.#remember(wish);
      wish.replaces = await this.#options.replaces();
      if (wish.withdraw === true && !wish.replaces) return null;
    }
    try {
      this.#send ??= await (this.#options.load ?? loadNodeNotifier)(platform);
    } catch (error) {
      return notLoaded(key, String(error));
    }
    const sent = this.#sent(this.#send, wish);
    // Elsewhere the answer comes only when the notification goes: nothing to wait for.
    if (platform === 'linux') await sent;
    return null;
  }

  /** Called before anything is awaited, so that a close in the meantime finds it. */
  #remember({ announcement, withdraw }: Wish): void {
    const { key, stays } = announcement;
    if (stays && withdraw !== true) this.#standing.set(key, announcement);
    else this.#standing.delete(key);
  }

  #sent(send: SendToNodeNotifier, wish: Wish): Promise<void> {
    const { announcement, onClick } = wish;
    const { events, clock, platform } = this.#options;
    return new Promise((resolve) => {
      let open = true;
      const done = (problem: string | null): void => {
        stop();
        resolve();
        if (!open) return;
        open = false;
        if (wish.withdraw === true) return;
        reportingBugs(() => {
          if (problem === null) events.onShown(announcement.key);
          else if (problem === NO_ANSWER) events.onFailure(noAnswer(announcement.key, problem));
          else events.onFailure(notShown(announcement.key, problem));
        });
      };
      const stop = platform === 'linux' ? clock.after(PATIENCE_MS, () => done(NO_ANSWER)) : () => undefined;
      try {
        send(this.#for(wish), (error, response) => {
          // Text on stderr is a warning when the program itself succeeded.
          done(error instanceof Error ? withoutCommand(error) : null);
          if (response === 'activate') onClick();
        });
      } catch (error) {
        done(error instanceof Error ? error.name : 'unknown error');
      }
    });
  }

  #for({ announcement, withdraw, replaces }: Wish): NodeNotifierOptions {
    const { platform, icon, windowsAppId } = this.#options;
    if (platform === 'darwin') return macOptions(announcement);
    if (platform === 'win32') return windowsOptions(announcement, icon, windowsAppId);
    return withdraw === true
      ? linuxWithdrawal(announcement, icon)
      : linuxOptions(announcement, icon, replaces === true);
  }
}

/** The first line of the message is the command with the caller's name in it, which no log may hold. */
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
