import type { Clock } from '../../src/core/clock.ts';

/** Chart and peaks are counted in steps of this, in ms. */
export const BIN_MS = 10_000;
/** A desk that neither had a good answer nor push for longer than this has starved. */
export const STARVED_MS = 120_000;

export interface Bin {
  requests: number;
  refused: number;
}

interface Ring {
  from: number;
  until: number;
}

/** Counts what happens in one run. Nothing of it is known to the desks. */
export class Measure {
  readonly bins: Bin[] = [];
  /** From a ring to the desk's notification; where it was over before, to the look that would have shown it. In ms. */
  readonly delays: number[] = [];
  /** Rings that were over before the desk knew of them. */
  missed = 0;
  /** Notifications that belong to no ring, or to one that had been announced. */
  repeated = 0;
  placed = 0;
  placingsRefused = 0;
  readonly starved = new Set<number>();
  /** When each desk had its first good answer or push after the service came back; NaN before. */
  readonly recovered: Float64Array;
  readonly #clock: Clock;
  readonly #begin: number;
  readonly #measureFrom: number;
  readonly #lastGood: Float64Array;
  readonly #open: Ring[][] = [];
  /** Desks that push tells of calls. */
  readonly #told = new Set<number>();
  /** No request could succeed before this. */
  #servedFrom: number;

  constructor(clock: Clock, desks: number, measureFrom: number) {
    this.#clock = clock;
    this.#begin = clock.now();
    this.#servedFrom = this.#begin;
    this.#measureFrom = measureFrom;
    this.#lastGood = new Float64Array(desks).fill(NaN);
    this.recovered = new Float64Array(desks).fill(NaN);
  }

  requested(refused: boolean, reached: boolean): void {
    // What never reaches the PBX is no load.
    if (!reached) return;
    const index = Math.floor((this.#clock.now() - this.#begin) / BIN_MS);
    const bin = (this.bins[index] ??= { requests: 0, refused: 0 });
    bin.requests += 1;
    if (refused) bin.refused += 1;
  }

  /** The desk starts: from now on it wants answers. */
  started(desk: number): void {
    this.#lastGood[desk] = this.#clock.now();
  }

  /** The calls are cut off: whether somebody would have seen them ring is no longer a question. */
  cutOff(): void {
    this.#open.length = 0;
  }

  restored(): void {
    this.#servedFrom = this.#clock.now();
    // Of these none is a connection yet that was made since.
    this.#told.clear();
    this.recovered.fill(NaN);
  }

  /** Push is there for the desk, or is lost. */
  told(desk: number, is: boolean): void {
    const now = this.#clock.now();
    if (is) this.#checkStarved(desk, now);
    // While it was there, it was as good as an answer.
    if (is || this.#told.has(desk)) this.#lastGood[desk] = now;
    if (!is) {
      this.#told.delete(desk);
      return;
    }
    this.#told.add(desk);
    if (Number.isNaN(this.recovered[desk])) this.recovered[desk] = now - this.#servedFrom;
  }

  /** A desk has a list that shows how things stood at `asked`. */
  looked(desk: number, asked: number): void {
    const now = this.#clock.now();
    this.#checkStarved(desk, now);
    this.#lastGood[desk] = now;
    if (Number.isNaN(this.recovered[desk])) this.recovered[desk] = now - this.#servedFrom;
    for (const ring of this.#open[desk] ?? []) {
      if (ring.until > asked) continue;
      this.#close(desk, ring);
      if (ring.from >= this.#measureFrom) this.missed += 1;
    }
  }

  /** The desk tells its user that somebody calls. */
  announced(desk: number): void {
    const ring = this.#open[desk]?.[0];
    if (ring === undefined) this.repeated += 1;
    else this.#close(desk, ring);
  }

  /** A phone rings from now on; `until` may change while it does. */
  rang(desk: number): Ring {
    const ring = { from: this.#clock.now(), until: Infinity };
    (this.#open[desk] ??= []).push(ring);
    return ring;
  }

  /** The run is over: desks that wait for an answer still may have waited too long. */
  finish(): void {
    for (const desk of this.#lastGood.keys()) this.#checkStarved(desk, this.#clock.now());
  }

  #close(desk: number, ring: Ring): void {
    this.#open[desk] = (this.#open[desk] ?? []).filter((other) => other !== ring);
    if (ring.from >= this.#measureFrom) this.delays.push(this.#clock.now() - ring.from);
  }

  #checkStarved(desk: number, now: number): void {
    if (this.#told.has(desk)) return;
    const last = Math.max(this.#lastGood[desk] ?? NaN, this.#servedFrom);
    if (now - last > STARVED_MS && now >= this.#measureFrom) this.starved.add(desk);
  }
}
