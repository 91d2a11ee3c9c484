import type { Clock } from '../../core/clock.ts';
import { appError } from '../../shared/errors.ts';
import {
  LINK_SCHEMES,
  type LinkAction,
  type LinksEntry,
  type LinkScheme,
  type LinkStatus,
} from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Desktop } from '../desktop-state.ts';
import type { ReadLink } from './link-reader.ts';
import { compare, takenNotice, type LinkMemory } from './takeover.ts';

export interface LinkCenterOptions {
  read: ReadLink;
  /** Asks the system; Windows lets only the user choose. */
  register: (schemes: readonly LinkScheme[]) => Result<null>;
  openDefaultApps: () => Promise<void>;
  /** Who opens web pages: a change of links must not change that. null where nobody has to look. */
  webBrowser: { get: () => Promise<string | null>; set: (entry: string) => Promise<void> } | null;
  /** The AppImage's entry in the menu. */
  entry: { readonly state: LinksEntry; add: () => Promise<void>; remove: () => Promise<void> };
  /** Whether the system knows this program at all, so that it could be chosen. */
  isInstalled: () => Promise<boolean>;
  memory: LinkMemory;
  desktop: Pick<Desktop, 'change' | 'notice' | 'withdraw'>;
  platform: NodeJS.Platform;
  clock: Clock;
}

const LOOK_AGAIN_MS = 60 * 60_000;
/** A window that comes and goes is no reason to look each time. */
const REST_MS = 10_000;

/** Knows who opens links, helps to change it, and notices when somebody else has. */
export class LinkCenter {
  readonly #options: LinkCenterOptions;
  #stop = (): void => {};
  #looked = -Infinity;

  constructor(options: LinkCenterOptions) {
    this.#options = options;
  }

  /** Looks now and every hour from now on. */
  async check(): Promise<void> {
    this.#stop();
    this.#stop = this.#options.clock.after(LOOK_AGAIN_MS, () => void this.check());
    this.#looked = this.#options.clock.now();
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

  /** The window came up: somebody may have come back from the system's settings. */
  lookAgain(): void {
    if (this.#options.clock.now() - this.#looked > REST_MS) void this.check();
  }

  /** The user has read the notice. */
  told(): void {
    this.#options.memory.linksTaken = [];
  }

  /** Errors: links-not-accepted. */
  async makeDefault(scheme: LinkScheme | null): Promise<Result<null>> {
    const { register, openDefaultApps, webBrowser } = this.#options;
    const before = (await webBrowser?.get()) ?? null;
    const registered = register(scheme === null ? LINK_SCHEMES : [scheme]);
    await openDefaultApps();
    const kept = await this.#keepBrowser(before);
    await this.check();
    return kept ? registered : err(appError('links-not-accepted', { detail: 'Your web browser was changed by it.' }));
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
  }

  /** Some versions of xdg-settings changed who opens web pages, too. */
  async #keepBrowser(before: string | null): Promise<boolean> {
    const { webBrowser } = this.#options;
    if (webBrowser === null || before === null || (await webBrowser.get()) === before) return true;
    await webBrowser.set(before);
    return (await webBrowser.get()) === before;
  }

  #actionFor(installed: boolean): LinkAction {
    const { platform, entry } = this.#options;
    if (platform === 'win32') return 'choose';
    if (entry.state === 'missing') return 'add-entry';
    return installed ? 'make-default' : 'install';
  }
}
