import type { Origin } from '../../shared/provenance.ts';
import type { Clock } from '../clock.ts';

/** True for links and commands. Other programs can send any number of them without the user. */
export const isFromPrograms = (provenance: Origin): boolean => provenance === 'link' || provenance === 'command';

/** After this many unwanted links within a minute, further ones no longer bring the window to the front. */
const MAX_UNWANTED = 3;
const UNWANTED_WINDOW_MS = 60_000;
const IGNORE_MS = 10 * 60_000;

/**
 * Limits how often links and commands may bring the window to the front. A page or program that sends them in a loop
 * would otherwise take the screen from the user with each one.
 */
export class LinkLimiter {
  readonly #clock: Clock;
  readonly #onIgnoreEnd: () => void;
  /** Times of the latest unwanted links and commands, monotonic ms. */
  #unwanted: number[] = [];
  /** `until` is wall time for people; `endsAt` is monotonic. Both in ms. */
  #ignored: { until: number; endsAt: number; stop: () => void } | null = null;

  /** `onIgnoreEnd`: links are no longer ignored. */
  constructor(clock: Clock, onIgnoreEnd: () => void) {
    this.#clock = clock;
    this.#onIgnoreEnd = onIgnoreEnd;
  }

  /** Records a link or command that was declined, could not be read, or came while another one waited. */
  recordUnwanted(): void {
    this.#unwanted = [...this.#unwanted, this.#clock.elapsed()].slice(-MAX_UNWANTED);
  }

  /** Starts counting again, because the user called the number of a link. */
  resetUnwanted(): void {
    this.#unwanted = [];
  }

  /** Whether the next link or command must leave the window in the background. */
  get staysInBackground(): boolean {
    const now = this.#clock.elapsed();
    return this.#unwanted.filter((at) => now - at < UNWANTED_WINDOW_MS).length >= MAX_UNWANTED;
  }

  /** Until when links and commands are ignored, ms since 1970; null when they are not. */
  get ignoredUntil(): number | null {
    return this.#ignored !== null && this.#clock.elapsed() < this.#ignored.endsAt ? this.#ignored.until : null;
  }

  ignore(): void {
    this.stopIgnoring();
    const stop = this.#clock.after(IGNORE_MS, () => {
      this.stopIgnoring();
      this.#onIgnoreEnd();
    });
    this.#ignored = { until: this.#clock.now() + IGNORE_MS, endsAt: this.#clock.elapsed() + IGNORE_MS, stop };
  }

  /** Accepts links again and forgets the unwanted ones so far. */
  stopIgnoring(): void {
    this.#ignored?.stop();
    this.#ignored = null;
    this.#unwanted = [];
  }
}
