import type { Clock } from '../../core/clock.ts';
import type { DesktopState } from '../../shared/state.ts';
import { Timer } from '../../shared/timer.ts';
import type { IconState } from './detect-tray.ts';

export interface TrayWatchOptions {
  /** Checks whether a tray lists the icon. */
  check: () => Promise<IconState>;
  clock: Clock;
  /**
   * Resolves to true if an XEmbed tray runs, the older X11 protocol that Electron falls back to. There is no way to find
   * out if such a tray shows the icon.
   */
  xembedTray: () => Promise<boolean>;
  /**
   * Destroys the icon and creates it again. Electron registers an icon only with a StatusNotifierWatcher that is running
   * when the icon is created.
   */
  recreate: () => void;
  onChange: (tray: DesktopState['tray']) => void;
  /**
   * Several checks in a row found no tray, so the user may not be able to bring back a hidden window. Called again at
   * every check that finds none.
   */
  onLost: () => void;
}

/** When to check after a start or a change, in ms from then: at login the panel may start after this program. */
const FIRST_CHECKS_MS = [1_000, 3_000, 8_000, 15_000, 30_000];
/** The intervals after that, in ms. A check usually costs one short-lived child process. */
const NOT_SHOWN_INTERVAL_MS = 60_000;
const SHOWN_INTERVAL_MS = 120_000;
/** This many checks in a row must find no tray before `onLost`, because a panel may be restarting. */
const CHECKS_UNTIL_LOST = 3;
/** Maximum number of times that the icon is recreated for a watcher that does not list it. */
const MAX_ATTEMPTS = 3;

/** Checks at intervals whether the tray icon is shown (Linux): panels may start late, restart or end. */
export class TrayWatch {
  readonly #options: TrayWatchOptions;
  #stopped = false;
  #checking = false;
  readonly #next: Timer;
  /** Number of FIRST_CHECKS_MS that are scheduled or done. */
  #firstChecks = 0;
  #attempts = 0;
  /** Number of checks in a row that found no tray that shows or may show the icon. */
  #failedChecks = 0;

  constructor(options: TrayWatchOptions) {
    this.#options = options;
    this.#next = new Timer(options.clock);
    this.#schedule(false);
  }

  /** Checks at once, e.g. after the window was hidden. Does nothing while a check is running. */
  checkNow(): void {
    if (this.#stopped || this.#checking) return;
    this.#firstChecks = 0;
    void this.#check();
  }

  stop(): void {
    this.#stopped = true;
    this.#next.stop();
  }

  async #check(): Promise<void> {
    this.#next.stop();
    this.#checking = true;
    let shown = false;
    try {
      const icon = await this.#options.check();
      const xembedTray = icon !== 'registered' && (await this.#options.xembedTray());
      if (this.#stopped) return;
      shown = icon === 'registered';
      this.#applyResult(icon, xembedTray);
    } finally {
      this.#checking = false;
      // Recreating the icon may have failed and called stop().
      if (!this.#stopped) this.#schedule(shown);
    }
  }

  #applyResult(icon: IconState, xembedTray: boolean): void {
    if (icon === 'registered' || icon === 'absent') this.#attempts = 0;
    if (icon === 'unregistered' && this.#attempts < MAX_ATTEMPTS) {
      this.#failedChecks = 0;
      this.#recreateIcon();
      return;
    }
    this.#failedChecks = icon === 'registered' || xembedTray ? 0 : this.#failedChecks + 1;
    this.#options.onChange(stateOf(icon, xembedTray));
    if (this.#failedChecks >= CHECKS_UNTIL_LOST) this.#options.onLost();
  }

  #recreateIcon(): void {
    this.#attempts += 1;
    this.#firstChecks = 0;
    this.#options.recreate();
  }

  #schedule(shown: boolean): void {
    const next = FIRST_CHECKS_MS[this.#firstChecks];
    const before = this.#firstChecks === 0 ? 0 : (FIRST_CHECKS_MS[this.#firstChecks - 1] ?? 0);
    const wait = shown ? SHOWN_INTERVAL_MS : next === undefined ? NOT_SHOWN_INTERVAL_MS : next - before;
    if (next !== undefined) this.#firstChecks += 1;
    this.#next.start(wait, () => void this.#check());
  }
}

function stateOf(icon: IconState, xembedTray: boolean): DesktopState['tray'] {
  if (icon === 'registered') return 'shown';
  return icon === 'absent' && !xembedTray ? 'missing' : 'unknown';
}
