import type { Clock } from '../clock.ts';

/** How often the clock is looked at, in ms. */
export const BEAT_MS = 10_000;
/** Between two beats no more time than this can pass while the program runs: it would be a jump of the clock. */
const LONGEST_STEP_MS = 3 * BEAT_MS;
/** Smaller corrections of a clock break nothing. */
const CLOCK_NOISE_MS = 1_000;

/**
 * Time that only goes forward, in ms, for ages and limits: a clock that is set by hours makes nothing old. It starts at
 * the clock's time and is looked at on a beat, so that a jump can be told from a quiet time; it is right again with the
 * beat after the jump. Sleep looks like a jump until somebody says that it was sleep.
 */
export class SteadyTime {
  readonly #clock: Clock;
  readonly #onBeat: () => void;
  #steady: number;
  #wall: number;
  #skew = 0;
  #cancel: (() => void) | null = null;
  #lastBeat: number;
  #jumped = false;
  /** A jump forward that was left out, and when. */
  #leftOut = { ms: 0, at: 0 };

  constructor(clock: Clock, onBeat: () => void) {
    this.#clock = clock;
    this.#onBeat = onBeat;
    this.#wall = clock.now();
    this.#steady = this.#wall;
    this.#lastBeat = this.#wall;
  }

  now(): number {
    const wall = this.#clock.now();
    const step = wall - this.#wall;
    this.#wall = wall;
    if (step >= 0 && step <= LONGEST_STEP_MS) {
      this.#steady += step;
    } else {
      // How much of it has passed is seen at the next beat.
      this.#jumped = true;
      this.#leftOut = { ms: Math.max(0, step), at: this.#steady };
    }
    return this.#steady;
  }

  /** Was the clock set since this was asked last? */
  wasSet(): boolean {
    const skew = this.#clock.now() - this.now();
    const set = Math.abs(skew - this.#skew) > CLOCK_NOISE_MS;
    this.#skew = skew;
    return set;
  }

  /** The computer slept: the time that seemed to be a jump has passed after all. */
  slept(): void {
    // The beat may have come just before the word of it.
    if (this.now() - this.#leftOut.at <= BEAT_MS) this.#steady += this.#leftOut.ms;
    this.#leftOut = { ms: 0, at: 0 };
    this.wasSet();
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#wall = this.#clock.now();
    this.#lastBeat = this.#steady;
    this.wasSet();
    this.#schedule();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    this.#cancel = this.#clock.after(BEAT_MS, () => {
      const missing = this.#lastBeat + BEAT_MS - this.now();
      if (this.#jumped && missing > 0) {
        this.#steady += missing;
        this.#leftOut = { ms: Math.max(0, this.#leftOut.ms - missing), at: this.#steady };
      }
      this.#jumped = false;
      this.#lastBeat = this.#steady;
      this.#schedule();
      this.#onBeat();
    });
  }
}
