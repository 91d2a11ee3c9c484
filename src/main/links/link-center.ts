import type { Clock } from '../../core/clock.ts';
import { appError } from '../../shared/errors.ts';
import {
  OPT_IN_SCHEMES,
  LINK_SCHEMES,
  type LinkAction,
  type LinksEntry,
  type LinkScheme,
  type LinkStatus,
} from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Desktop } from '../desktop-state.ts';
import type { ReadLinkStatus } from './link-reader.ts';
import { notAccepted, type RegisterLinks } from './registration.ts';
import type { LinkMemory } from '../stores/link-memory.ts';
import { compare, takenNotice } from './takeover.ts';

export interface LinkCenterOptions {
  /** Reads from the system which program opens links of a scheme. */
  readStatus: ReadLinkStatus;
  register: RegisterLinks;
  /** Registers Traydial with the system at its very first start; does nothing after that. */
  registerOnce: () => Promise<void>;
  openDefaultApps: () => Promise<void>;
  /** The menu entry of an AppImage. */
  entry: { readonly state: LinksEntry; add: () => Promise<void>; remove: () => Promise<void> };
  /** True if the program is installed, so that the system can offer it for links. */
  isInstalled: () => boolean;
  memory: LinkMemory;
  desktop: Pick<Desktop, 'change' | 'showNotice' | 'withdraw' | 'state'>;
  platform: NodeJS.Platform;
  clock: Clock;
}

const CHECK_INTERVAL_MS = 60 * 60_000;
/** Showing the window causes no check within this time after the last one. */
const MIN_INTERVAL_MS = 10_000;
/** Lets the window be drawn before the check. */
const DELAY_AFTER_SHOW_MS = 500;

/**
 * Reads which programs open links, makes Traydial the default for them, and shows a notice when another program took over.
 * The checks begin when the window is shown for the first time.
 */
export class LinkCenter {
  readonly #options: LinkCenterOptions;
  readonly #next: Timer;
  readonly #delayed: Timer;
  #checkedAt = -Infinity;

  constructor(options: LinkCenterOptions) {
    this.#options = options;
    this.#next = new Timer(options.clock);
    this.#delayed = new Timer(options.clock);
  }

  /** Checks now and then every hour. */
  async check(): Promise<void> {
    this.#next.start(CHECK_INTERVAL_MS, () => void this.check());
    this.#checkedAt = this.#options.clock.elapsed();
    const { readStatus, memory, desktop, entry } = this.#options;
    const installed = this.#options.isInstalled();
    const links = await Promise.all(
      LINK_SCHEMES.map(async (scheme): Promise<LinkStatus> => {
        const { state, program } = await readStatus(scheme);
        return { scheme, state, program, action: state === 'ours' ? null : this.#actionFor(installed) };
      }),
    );
    const { linksOurs, linksTaken } = compare(memory, links);
    if (linksOurs.join() !== memory.linksOurs.join()) memory.linksOurs = linksOurs;
    if (JSON.stringify(linksTaken) !== JSON.stringify(memory.linksTaken)) memory.linksTaken = linksTaken;
    desktop.change({ links, linksEntry: entry.state });
    const notice = takenNotice(linksTaken);
    if (notice === null) desktop.withdraw('links-taken');
    else desktop.showNotice(notice);
  }

  /** Call it when the window was shown: the user may have changed the system's settings since the last check. */
  windowShown(): void {
    const { clock, registerOnce } = this.#options;
    if (clock.elapsed() - this.#checkedAt <= MIN_INTERVAL_MS) return;
    this.#delayed.start(DELAY_AFTER_SHOW_MS, () => void registerOnce().then(() => this.check()));
  }

  /** Call it when the user has dismissed the notice that another program took over links. */
  noticeDismissed(): void {
    this.#options.memory.linksTaken = [];
  }

  /**
   * Registers Traydial for a scheme; null means all but OPT_IN_SCHEMES. Error: links-not-accepted, also if the system
   * reports success but another program still opens the links.
   */
  async makeDefault(scheme: LinkScheme | null): Promise<Result<null>> {
    const { register, openDefaultApps, desktop, platform } = this.#options;
    const wanted = scheme === null ? LINK_SCHEMES.filter((other) => !OPT_IN_SCHEMES.includes(other)) : [scheme];
    const registered = await register(wanted);
    await openDefaultApps();
    await this.check();
    // On Windows the user still has to choose.
    if (!registered.ok || platform === 'win32') return registered;
    const states = desktop.state.links.filter((link) => wanted.includes(link.scheme));
    const refused = states.filter(({ state }) => state !== 'ours' && state !== 'unknown');
    return refused.length === 0 ? ok(null) : notAccepted(refused.map((link) => link.scheme));
  }

  /** Adds or removes the menu entry of an AppImage. Error: storage-failed. */
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
    this.#next.stop();
    this.#delayed.stop();
  }

  #actionFor(installed: boolean): LinkAction {
    const { platform, entry } = this.#options;
    if (platform === 'win32') return 'choose';
    if (entry.state === 'missing') return 'add-entry';
    return installed ? 'make-default' : 'install';
  }
}
