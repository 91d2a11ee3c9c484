import type { Clock } from '../../core/clock.ts';
import { Timer } from '../../shared/timer.ts';

/** Minimum time between two menus on Linux. A click on an entry is lost if a new menu is set before it arrives. */
const BETWEEN_MS = 1_000;
/** How long after a submenu was opened the menu counts as in use. */
const IN_USE_MS = 10_000;

/**
 * Decides when the menu of the tray may be replaced. On Linux all entries of a new menu get new IDs: the panel redraws
 * an open menu, and a click under way is lost. On other systems an open menu stays as it is.
 */
export class MenuPace {
  readonly #slow: boolean;
  /** Runs for BETWEEN_MS after a menu was set. */
  readonly #resting: Timer;
  /** Runs while the menu is in use. */
  readonly #inUse: Timer;
  #waiting: (() => void) | null = null;

  constructor(clock: Clock, platform: NodeJS.Platform) {
    this.#resting = new Timer(clock);
    this.#inUse = new Timer(clock);
    this.#slow = platform === 'linux';
  }

  /**
   * Runs `replace` as soon as the menu may be replaced. If an earlier `replace` still waits, it is dropped. An urgent
   * `replace` waits only while the menu is in use.
   */
  run(replace: () => void, isUrgent = false): void {
    this.#waiting = replace;
    if (isUrgent) this.#resting.stop();
    this.#next();
  }

  /** A submenu was opened, so the user is using the menu. */
  inUse(): void {
    this.#inUse.start(IN_USE_MS, () => this.closed());
  }

  /** The menu was closed by a click on one of its entries, or counts as closed after IN_USE_MS. */
  closed(): void {
    this.#inUse.stop();
    this.#next();
  }

  /** The icon is gone, and its menu with it. */
  reset(): void {
    this.#resting.stop();
    this.#inUse.stop();
    this.#waiting = null;
  }

  #next(): void {
    const replace = this.#waiting;
    if (replace === null || (this.#slow && (this.#resting.isRunning || this.#inUse.isRunning))) return;
    this.#waiting = null;
    this.#resting.start(BETWEEN_MS, () => this.#next());
    replace();
  }
}
