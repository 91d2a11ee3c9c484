import type { Clock } from '../../src/core/clock.ts';

/** Chart and peaks are counted in steps of this, in ms. */
export const BIN_MS = 10_000;
/** A desk starves when it has neither a good answer nor push for longer than this. */
export const STARVED_MS = 120_000;

export interface Bin {
  requests: number;
  refused: number;
}

interface Ring {
  from: number;
  until: number;
}

/** Counts what happens in one run. The desks know nothing about it. */
export class Measure {
  readonly bins: Bin[] = [];
  /** From a ring to the desk's notification, or to the poll after its end when it ended first. In ms. */
  readonly delays: number[] = [];
  /** Rings that ended before the desk saw them. */
  missed = 0;
  /** Notifications for no ring, or for a ring that was already announced. */
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
  /** Desks with a push connection. */
  readonly #pushed = new Set<number>();
  /** The time from which requests can succeed. */
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
    // A request that never reaches the PBX causes no load.
    if (!reached) return;
    const index = Math.floor((this.#clock.now() - this.#begin) / BIN_MS);
    const bin = (this.bins[index] ??= { requests: 0, refused: 0 });
    bin.requests += 1;
    if (refused) bin.refused += 1;
  }

  /** The desk starts: from now on it can starve. */
  started(desk: number): void {
    this.#lastGood[desk] = this.#clock.now();
  }

  /** All calls were dropped: their rings are not counted. */
  cutOff(): void {
    this.#open.length = 0;
  }

  restored(): void {
    this.#servedFrom = this.#clock.now();
    // The connections from before do not count.
    this.#pushed.clear();
    this.recovered.fill(NaN);
  }

  /** The desk's push connection opened or closed. */
  setPushed(desk: number, isPushed: boolean): void {
    const now = this.#clock.now();
    if (isPushed) this.#checkStarved(desk, now);
    // Push counts as a good answer until it closes.
    if (isPushed || this.#pushed.has(desk)) this.#lastGood[desk] = now;
    if (!isPushed) {
      this.#pushed.delete(desk);
      return;
    }
    this.#pushed.add(desk);
    if (Number.isNaN(this.recovered[desk])) this.recovered[desk] = now - this.#servedFrom;
  }

  /** A desk got a list of the state at `asked`. */
  listed(desk: number, asked: number): void {
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

  /** The desk shows a notification for a call. */
  announced(desk: number): void {
    const ring = this.#open[desk]?.[0];
    if (ring === undefined) this.repeated += 1;
    else this.#close(desk, ring);
  }

  /** A phone starts to ring; `until` is set when it stops. */
  rang(desk: number): Ring {
    const ring = { from: this.#clock.now(), until: Infinity };
    (this.#open[desk] ??= []).push(ring);
    return ring;
  }

  /** The run is over: checks once more for desks that have waited too long. */
  finish(): void {
    for (const desk of this.#lastGood.keys()) this.#checkStarved(desk, this.#clock.now());
  }

  #close(desk: number, ring: Ring): void {
    this.#open[desk] = (this.#open[desk] ?? []).filter((other) => other !== ring);
    if (ring.from >= this.#measureFrom) this.delays.push(this.#clock.now() - ring.from);
  }

  #checkStarved(desk: number, now: number): void {
    if (this.#pushed.has(desk)) return;
    const last = Math.max(this.#lastGood[desk] ?? NaN, this.#servedFrom);
    if (now - last > STARVED_MS && now >= this.#measureFrom) this.starved.add(desk);
  }
}
