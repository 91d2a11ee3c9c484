import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Announcement } from '../../core/notify/announcement.ts';
import { linuxOptions, macOptions, tagOf, windowsOptions, type NodeNotifierOptions } from './node-notifier-options.ts';
import { loadNodeNotifier, type SendToNodeNotifier } from './load-node-notifier.ts';
import type { Notifier, NotifierEvents, NotifierFailure } from './notifier.ts';

export interface NodeNotifierBackendOptions {
  platform: NodeJS.Platform;
  /** Path of a PNG. */
  icon: string;
  /** The AppUserModelID of an installed copy; null elsewhere. */
  windowsAppId: string | null;
  clock: Clock;
  events: NotifierEvents;
  /** Replaced by tests for platforms that they do not run on. */
  load?: (platform: NodeJS.Platform) => Promise<SendToNodeNotifier>;
}

/** notify-send waits up to 25 s for a server that does not answer; the next call must not wait for that. */
const PATIENCE_MS = 10_000;

interface Wish {
  announcement: Announcement;
  onClick: () => void;
}

/**
 * Notifications through node-notifier. On Linux it reports no clicks and cannot close; on macOS the bundled program
 * is x86-64 and appears as "terminal-notifier"; on Windows see windowsOptions.
 */
export class NodeNotifierBackend implements Notifier {
  readonly backend = 'node-notifier';
  readonly #options: NodeNotifierBackendOptions;
  readonly #wishes = new Map<string, Wish>();
  #busy = false;
  #send: SendToNodeNotifier | null = null;

  constructor(options: NodeNotifierBackendOptions) {
    this.#options = options;
  }

  show(announcement: Announcement, onClick: () => void): void {
    this.#wishes.set(announcement.key, { announcement, onClick });
    void this.#work();
  }

  close(key: string): void {
    this.#wishes.delete(key);
    const { platform } = this.#options;
    if (platform === 'darwin') this.#send?.({ remove: tagOf(key) }, () => undefined);
    if (platform === 'win32') this.#send?.({ close: tagOf(key) }, () => undefined);
  }

  dispose(): void {
    this.#wishes.clear();
  }

  /** One at a time: two processes for the same call could reach the desktop in the wrong order. */
  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (const [key, wish] of this.#wishes) {
      this.#wishes.delete(key);
      const failure = await this.#show(wish);
      if (failure !== null) this.#options.events.onFailure(failure);
    }
    this.#busy = false;
  }

  async #show(wish: Wish): Promise<NotifierFailure | null> {
    const { platform } = this.#options;
    const { key } = wish.announcement;
    // Looked for each time: it may be installed while the program runs.
    if (platform === 'linux' && !isInPath('notify-send')) return notifySendMissing(key);
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

  #sent(send: SendToNodeNotifier, { announcement, onClick }: Wish): Promise<void> {
    const { events, clock, platform } = this.#options;
    return new Promise((resolve) => {
      let open = true;
      const done = (problem: string | null): void => {
        stop();
        resolve();
        if (!open) return;
        open = false;
        if (problem === null) events.onShown(announcement.key);
        else events.onFailure(notShown(announcement.key, problem));
      };
      const stop =
        platform === 'linux' ? clock.after(PATIENCE_MS, () => done('no answer within 10 s')) : () => undefined;
      try {
        send(this.#for(announcement), (error, response) => {
          // Text on stderr is a warning when the program itself succeeded.
          done(error instanceof Error ? withoutCommand(error) : null);
          if (response === 'activate') onClick();
        });
      } catch (error) {
        done(error instanceof Error ? error.name : 'unknown error');
      }
    });
  }

  #for(announcement: Announcement): NodeNotifierOptions {
    const { platform, icon, windowsAppId } = this.#options;
    if (platform === 'darwin') return macOptions(announcement);
    if (platform === 'win32') return windowsOptions(announcement, icon, windowsAppId);
    return linuxOptions(announcement, icon);
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

function notifySendMissing(key: string): NotifierFailure {
  return {
    reason: 'unsupported',
    key,
    message: 'This computer cannot show notifications: the program notify-send is missing.',
    action: 'Install it (package libnotify-bin, or libnotify on Fedora and Arch).',
    detail: 'notify-send is not in PATH',
  };
}

function notLoaded(key: string, detail: string): NotifierFailure {
  return {
    reason: 'unsupported',
    key,
    message: 'Traydial could not load what shows notifications.',
    action: 'Install Traydial again.',
    detail,
  };
}

function notShown(key: string, detail: string): NotifierFailure {
  return {
    reason: 'not-shown',
    key,
    message: 'Your desktop did not show a notification.',
    action: 'Check that a notification service runs on your desktop.',
    detail,
  };
}
