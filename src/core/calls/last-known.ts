import type { Clock } from '../clock.ts';
import { CONFIRM_MS } from './push-book.ts';
import { BEAT_MS, type SteadyTime } from './steady-time.ts';

/** A little more than the time between two looks at the list: what went in a longer gap went at its beginning. */
const LONG_GAP_MS = 90_000;

/**
 * When what is known was surely so. A call that went during sleep or an outage ended some time after that: no talking is
 * made of the gap.
 */
export class LastKnown {
  readonly #clock: Clock;
  readonly #time: SteadyTime;
  #at = 0;
  /** Until then, steady ms, silence of push proves nothing; Infinity until something is heard. */
  #doubtUntil = Infinity;

  constructor(clock: Clock, time: SteadyTime) {
    this.#clock = clock;
    this.#time = time;
  }

  /** The PBX was asked and answered; call after the look at it. */
  answered(): void {
    this.#at = this.#time.now();
    if (this.#doubtUntil === Infinity) this.#doubtUntil = -Infinity;
  }

  /** Push told something. */
  heard(): void {
    if (this.#doubtUntil === Infinity) this.#doubtUntil = -Infinity;
    this.listened();
  }

  /** Push listens, and tells nothing. */
  listened(): void {
    if (this.#time.now() >= this.#doubtUntil) this.#at = this.#time.now();
  }

  /** The computer slept, or push was lost. */
  shaken(): void {
    this.#doubtUntil = Infinity;
  }

  /** Push listens again; what is over goes within the time that it is given to be confirmed. */
  resumed(): void {
    this.#doubtUntil = this.#time.now() + CONFIRM_MS + BEAT_MS;
  }

  /** When a call that is gone now ended, ms since 1970. */
  endedAt(): number {
    const gap = this.#time.now() - this.#at;
    return this.#clock.now() - (gap > LONG_GAP_MS ? gap : 0);
  }
}
