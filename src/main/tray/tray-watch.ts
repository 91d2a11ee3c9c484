import type { Clock } from '../../core/clock.ts';
import type { DesktopState } from '../../shared/state.ts';
import type { TrayLook } from './detect-tray.ts';

export interface TrayWatchOptions {
  look: () => Promise<TrayLook>;
  clock: Clock;
  /**
   * Whether there is an X11 panel of the older kind, to which Electron falls back. It may show the icon; whether it does
   * cannot be found out from here.
   */
  olderPanel: () => Promise<boolean>;
  /** Makes the icon again: Electron registers it only with a watcher that runs when the icon is made. */
  makeAgain: () => void;
  onChange: (tray: DesktopState['tray']) => void;
  /**
   * No tray was found for a while: there is none, or it could not be found out. So the user may not be able to bring
   * back a hidden window. Called at every check.
   */
  onLost: () => void;
}

/** When to check after a start or a change, in ms from then: at login the panel may start after this program. */
const FIRST_LOOKS_MS = [1_000, 3_000, 8_000, 15_000, 30_000];
/** The interval after that, while the icon is not shown and while it is. A check costs one short child process. */
const SEEKING_MS = 60_000;
const SHOWN_MS = 120_000;
/** How many checks in a row must find no tray before the window goes to the task bar: a panel may be restarting. */
const PATIENCE = 3;
/** How often the icon is made again for one watcher that does not list it. */
const MOST_ATTEMPTS = 3;

/** Checks at intervals whether the tray icon is shown (Linux): panels may start late, restart or end. */
export class TrayWatch {
  readonly #options: TrayWatchOptions;
  #stopped = false;
  #looking = false;
  #cancel = (): void => {};
  /** How many of FIRST_LOOKS_MS are done. */
  #done = 0;
  #attempts = 0;
  /** How many checks in a row have found nothing that shows or may show the icon. */
  #lost = 0;

  constructor(options: TrayWatchOptions) {
    this.#options = options;
    this.#schedule(false);
  }

  /** Checks at once, e.g. after the window was hidden. */
  lookNow(): void {
    if (this.#stopped || this.#looking) return;
    this.#done = 0;
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    this.#cancel();
    this.#looking = true;
    const look = await this.#options.look();
    const olderPanel = look !== 'registered' && (await this.#options.olderPanel());
    this.#looking = false;
    if (this.#stopped) return;
    this.#judge(look, olderPanel);
    this.#schedule(look === 'registered');
  }

  #judge(look: TrayLook, olderPanel: boolean): void {
    if (look === 'registered' || look === 'absent') this.#attempts = 0;
    if (look === 'unregistered' && this.#attempts < MOST_ATTEMPTS) {
      this.#lost = 0;
      this.#register();
      return;
    }
    this.#lost = look === 'registered' || olderPanel ? 0 : this.#lost + 1;
    this.#options.onChange(stateOf(look, olderPanel));
    if (this.#lost >= PATIENCE) this.#options.onLost();
  }

  #register(): void {
    this.#attempts += 1;
    this.#done = 0;
    this.#options.makeAgain();
  }

  #schedule(shown: boolean): void {
    const next = FIRST_LOOKS_MS[this.#done];
    const before = this.#done === 0 ? 0 : (FIRST_LOOKS_MS[this.#done - 1] ?? 0);
    const wait = shown ? SHOWN_MS : next === undefined ? SEEKING_MS : next - before;
    if (next !== undefined) this.#done += 1;
    this.#cancel = this.#options.clock.after(wait, () => void this.#look());
  }
}

function stateOf(look: TrayLook, olderPanel: boolean): DesktopState['tray'] {
  if (look === 'registered') return 'shown';
  return look === 'absent' && !olderPanel ? 'missing' : 'unknown';
}
