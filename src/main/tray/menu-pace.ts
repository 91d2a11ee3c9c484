import type { Clock } from '../../core/clock.ts';

/** The least time between two menus on Linux: a new menu loses a click on a line of the old one. */
const BETWEEN_MS = 1_000;
/** How long after a submenu was opened the menu counts as in use. */
const IN_USE_MS = 10_000;

/**
 * When a tray's menu may be replaced. On Linux each menu that is set gets new ids for all its lines: the panel redraws
 * an open menu, and a click that is already on its way is lost. Elsewhere an open menu stays as it is.
 */
export class MenuPace {
  readonly #clock: Clock;
  readonly #slow: boolean;
  /** Cancels the timer after a menu was set, and the one while the menu is in use; null while it does not run. */
  #resting: (() => void) | null = null;
  #inUse: (() => void) | null = null;
  #waiting: (() => void) | null = null;

  constructor(clock: Clock, platform: NodeJS.Platform) {
    this.#clock = clock;
    this.#slow = platform === 'linux';
  }

  /** Runs `replace` as soon as the menu may be replaced; of several calls only the last. */
  run(replace: () => void): void {
    this.#waiting = replace;
    this.#next();
  }

  /** A submenu was opened, so the user is in the menu. */
  inUse(): void {
    this.#inUse?.();
    this.#inUse = this.#clock.after(IN_USE_MS, () => this.closed());
  }

  /** The menu was closed by a click on one of its lines, or counts as closed after IN_USE_MS. */
  closed(): void {
    this.#inUse?.();
    this.#inUse = null;
    this.#next();
  }

  /** The icon is gone, and its menu with it. */
  reset(): void {
    this.#resting?.();
    this.#inUse?.();
    this.#resting = this.#inUse = this.#waiting = null;
  }

  #next(): void {
    const replace = this.#waiting;
    if (replace === null || (this.#slow && (this.#resting !== null || this.#inUse !== null))) return;
    this.#waiting = null;
    this.#resting = this.#clock.after(BETWEEN_MS, () => {
      this.#resting = null;
      this.#next();
    });
    replace();
  }
}
