import type { Clock } from '../../core/clock.ts';
import { appError } from '../../shared/errors.ts';
import {
  LEFT_TO_OTHERS,
  LINK_SCHEMES,
  type LinkAction,
  type LinksEntry,
  type LinkScheme,
  type LinkStatus,
} from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Desktop } from '../desktop-state.ts';
import type { ReadLink } from './link-reader.ts';
import { notAccepted, type RegisterLinks } from './registration.ts';
import { compare, takenNotice, type LinkMemory } from './takeover.ts';

export interface LinkCenterOptions {
  read: ReadLink;
  /** Reads it from the system. */
  register: RegisterLinks;
  /** Offers Traydial to the system at its very first start; does nothing later. */
  offer: () => Promise<void>;
  openDefaultApps: () => Promise<void>;
  /** The AppImage's entry in the menu. */
  entry: { readonly state: LinksEntry; add: () => Promise<void>; remove: () => Promise<void> };
  /** Whether the system knows this program at all, so that it could be chosen. */
  isInstalled: () => Promise<boolean>;
  memory: LinkMemory;
  desktop: Pick<Desktop, 'change' | 'notice' | 'withdraw' | 'state'>;
  platform: NodeJS.Platform;
  clock: Clock;
}

const LOOK_AGAIN_MS = 60 * 60_000;
/** A window that comes and goes is no reason to look each time. */
const REST_MS = 10_000;
/** A window that was just shown is drawn first. */
const AFTER_SHOW_MS = 500;

/**
 * Reads which programs open links, changes that, and notices when another program did. Starts when a window was shown.
 */
export class LinkCenter {
  readonly #options: LinkCenterOptions;
  #stop = (): void => {};
  #stopWaiting = (): void => {};
  #looked = -Infinity;

  constructor(options: LinkCenterOptions) {
    this.#options = options;
  }

  /** Looks now and every hour from now on. */
  async check(): Promise<void> {
    this.#stop();
    this.#stop = this.#options.clock.after(LOOK_AGAIN_MS, () => void this.check());
    this.#looked = this.#options.clock.elapsed();
    const { read, memory, desktop, entry } = this.#options;
    const installed = await this.#options.isInstalled();
    const links = await Promise.all(
      LINK_SCHEMES.map(async (scheme): Promise<LinkStatus> => {
        const { state, program } = await read(scheme);
        return { scheme, state, program, action: state === 'ours' ? null : this.#actionFor(installed) };
      }),
    );
    const { linksOurs, linksTaken } = compare(memory, links);
    if (linksOurs.join() !== memory.linksOurs.join()) memory.linksOurs = linksOurs;
    if (JSON.stringify(linksTaken) !== JSON.stringify(memory.linksTaken)) memory.linksTaken = linksTaken;
    desktop.change({ links, linksEntry: entry.state });
    const notice = takenNotice(linksTaken);
    if (notice === null) desktop.withdraw('links-taken');
    else desktop.notice(notice);
  }

  /** The window was shown: the user may have changed the system's settings. The first time it also offers Traydial. */
  windowShown(): void {
    const { clock, offer } = this.#options;
    if (clock.elapsed() - this.#looked <= REST_MS) return;
    this.#stopWaiting();
    this.#stopWaiting = clock.after(AFTER_SHOW_MS, () => void offer().then(() => this.check()));
  }

  /** The user has dismissed the notice that another program took over links. */
  noticeDismissed(): void {
    this.#options.memory.linksTaken = [];
  }

  /**
   * null: every scheme but LEFT_TO_OTHERS. Errors: links-not-accepted, also where the system reported success and did
   * not do it.
   */
  async makeDefault(scheme: LinkScheme | null): Promise<Result<null>> {
    const { register, openDefaultApps, desktop, platform } = this.#options;
    const wanted = scheme === null ? LINK_SCHEMES.filter((one) => !LEFT_TO_OTHERS.includes(one)) : [scheme];
    const registered = await register(wanted);
    await openDefaultApps();
    await this.check();
    // On Windows the user still has to choose.
    if (!registered.ok || platform === 'win32') return registered;
    const states = desktop.state.links.filter((link) => wanted.includes(link.scheme));
    const refused = states.filter(({ state }) => state !== 'ours' && state !== 'unknown');
    return refused.length === 0 ? ok(null) : notAccepted(refused.map((link) => link.scheme));
  }

  /** The AppImage's entry. Errors: storage-failed. */
  async setEntry(present: boolean): Promise<Result<null>> {
    const { entry } = this.#options;
    try {
      await (present ? entry.add() : entry.remove());
      return ok(null);
    } catch (error) {
      return err(appError('storage-failed', { detail: String(error) }));
    } finally {
      await this.check();
    }
  }

  stop(): void {
    this.#stop();
    this.#stopWaiting();
  }

  #actionFor(installed: boolean): LinkAction {
    const { platform, entry } = this.#options;
    if (platform === 'win32') return 'choose';
    if (entry.state === 'missing') return 'add-entry';
    return installed ? 'make-default' : 'install';
  }
}
