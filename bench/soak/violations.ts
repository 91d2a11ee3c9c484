import type { SimClock } from '../fleet/sim-clock.ts';

const KEPT = 20;

/** Counts the guarantees that the program violated; keeps the text of the first ones only. */
export class Violations {
  readonly first: string[] = [];
  count = 0;
  readonly #clock: SimClock;
  readonly #trace: (what: string) => void;

  constructor(clock: SimClock, trace: (what: string) => void) {
    this.#trace = trace;
    this.#clock = clock;
  }

  add(what: string): void {
    this.count += 1;
    this.#trace(`VIOLATION ${what}`);
    if (this.first.length < KEPT) this.first.push(`${new Date(this.#clock.now()).toISOString()} ${what}`);
  }
}
