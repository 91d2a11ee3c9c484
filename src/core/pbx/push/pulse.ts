import { untilBeat, type Clock } from '../../clock.ts';

export interface PulseOptions {
  clock: Clock;
  /** Asks the other side for a sign of life. */
  ping(): void;
  /** Nothing came for too long. Told once; the pulse has stopped. */
  onDead(): void;
}

const BEATS_PER_PING = 2;
/** 60 to 75 s. */
const BEATS_OF_SILENCE = 5;
/** Time went on by this much more than the timer did: the computer slept. */
const GAP_MS = 30_000;
/** A ping that must be answered is, within this time, on a line that lives. */
const PROBE_MS = 5_000;

/**
 * Finds out when a connection has died without a word: pings every 30 s, and gives up after 60 to 75 s in which nothing came.
 * Silence is counted in beats of a timer, so sleep kills nothing; it leads to a ping that must be answered within 5 s.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #cancelBeat: () => void = () => undefined;
  #cancelProbe: () => void = () => undefined;
  #beats = 0;
  #silent = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#wait();
  }

  /** Anything came from the other side. */
  heard(): void {
    this.#silent = 0;
    this.#cancelProbe();
  }

  /** The line may be dead: it is unless a ping is answered soon. */
  probe(): void {
    this.#cancelProbe();
    this.#cancelProbe = this.#options.clock.after(PROBE_MS, () => this.#die());
    this.#options.ping();
  }

  stop(): void {
    this.#cancelBeat();
    this.#cancelProbe();
  }

  #wait(): void {
    const { clock } = this.#options;
    const wait = untilBeat(clock);
    const due = clock.elapsed() + wait;
    this.#cancelBeat = clock.after(wait, () => this.#beat(clock.elapsed() - due > GAP_MS));
  }

  #beat(gap: boolean): void {
    this.#beats++;
    this.#silent++;
    if (this.#silent >= BEATS_OF_SILENCE) {
      this.#die();
      return;
    }
    this.#wait();
    if (gap) this.probe();
    else if (this.#beats % BEATS_PER_PING === 0) this.#options.ping();
  }

  #die(): void {
    this.stop();
    this.#options.onDead();
  }
}
