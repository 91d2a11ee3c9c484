import type { Clock } from '../../core/clock.ts';

/** At least this long between two menus on Linux: a click on a line of the menu before is lost. */
const BETWEEN_MS = 1_000;
/** How long an opened submenu is taken for a menu in use. */
const IN_USE_MS = 10_000;

/**
 * When a tray's menu may be replaced. On Linux each menu that is set gets new ids for all its lines: the panel redraws
 * an open menu, and a click that was already on its way finds nothing. Elsewhere an open menu stays as it is.
 */
export class MenuPace {
  readonly #clock: Clock;
  readonly #slow: boolean;
  /** Ends the rest after a menu was set, and the wait for somebody who is in the menu; null while there is none. */
  #resting: (() => void) | null = null;
  #inUse: (() => void) | null = null;
  #waiting: (() => void) | null = null;

  constructor(clock: Clock, platform: NodeJS.Platform) {
    this.#clock = clock;
    this.#slow = platform === 'linux';
  }

  /** Runs `replace` as soon as it may; of several only the last. */
  run(replace: () => void): void {
    this.#waiting = replace;
    this.#next();
  }

  /** A part of the menu was opened: somebody is in it. */
  inUse(): void {
    this.#inUse?.();
    this.#inUse = this.#clock.after(IN_USE_MS, () => this.closed());
  }

  /** The menu was closed, by a click on one of its lines or by the passing of time. */
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
