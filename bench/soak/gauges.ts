import type { DeskClock } from './desk-clock.ts';
import type { Violations } from './violations.ts';

/** Requests within any minute stay within so many: what the settings begin with. */
const MOST_PER_MINUTE = 20;
const MINUTE = 60_000;

/** Counts requests, by minutes awake. */
export class RequestGauge {
  readonly #desk: DeskClock;
  readonly #violations: Violations;
  #times: number[] = [];
  total = 0;
  busiest = 0;

  constructor(desk: DeskClock, violations: Violations) {
    this.#desk = desk;
    this.#violations = violations;
  }

  /** A sign-in by hand: the budget is that of a connection, and begins anew with it. */
  signsIn(): void {
    this.#times = [];
  }

  count(): void {
    const now = this.#desk.monotonic;
    this.#times = [...this.#times.filter((time) => now - time < MINUTE), now];
    this.total += 1;
    this.busiest = Math.max(this.busiest, this.#times.length);
    if (this.#times.length > MOST_PER_MINUTE) this.#violations.add(`${this.#times.length} requests within a minute`);
  }
}

/** More than this from the second day on is a leak, in bytes. */
const GROWTH = 5_000_000;

/** What is there at a quiet moment. */
export interface Reading {
  /** Bytes after a collection; null where the collector cannot be called. */
  heap: number | null;
  timers: number;
  sockets: number;
  listeners: number;
  inFlight: number;
}

/** A few timers more or less wait, as it happens. */
const TIMERS = 3;

/** What accumulates from one quiet moment to the next; the first day warms up. */
export function leaks(readings: readonly Reading[]): string[] {
  const [first, ...rest] = readings;
  if (first === undefined) return [];
  const grows = (of: (reading: Reading) => number, room = 0): boolean =>
    rest.some((reading) => of(reading) > of(first) + room);
  const heaps = rest.flatMap(({ heap }) => (heap === null ? [] : [heap]));
  const grown = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
  return [
    ...(grows(({ sockets }) => sockets) ? ['connections accumulate'] : []),
    ...(grows(({ listeners }) => listeners) ? ['listeners accumulate'] : []),
    ...(grows(({ timers }) => timers, TIMERS) ? ['timers accumulate'] : []),
    ...(readings.some(({ inFlight }) => inFlight > 1) ? ['requests are never answered'] : []),
    ...(grown > GROWTH ? [`the heap has grown by ${(grown / 1e6).toFixed(1)} MB since the second day`] : []),
  ];
}
