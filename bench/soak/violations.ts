import type { SimClock } from '../fleet/sim-clock.ts';

const KEPT = 20;

/** Violated promises; only the first ones are kept. */
export class Violations {
  readonly first: string[] = [];
  count = 0;
  readonly #world: SimClock;

  readonly #trace: (what: string) => void;

  constructor(world: SimClock, trace: (what: string) => void) {
    this.#trace = trace;
    this.#world = world;
  }

  add(what: string): void {
    this.count += 1;
    this.#trace(`VIOLATION ${what}`);
    if (this.first.length < KEPT) this.first.push(`${new Date(this.#world.now()).toISOString()} ${what}`);
  }
}
