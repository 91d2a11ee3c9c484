import type { DeskClock } from './desk-clock.ts';
import type { Violations } from './violations.ts';

/** The default limit of requests per minute. */
const MAX_PER_MINUTE = 20;
const MINUTE = 60_000;
/** The requests of a sign-in by hand, which the limit allows in addition. */
const SIGN_IN = /^\w+ \/api\/(?:info\b|auth\/(?:sign_in|user)$)/;

/** Counts requests, by minutes awake. */
export class RequestGauge {
  readonly #deskClock: DeskClock;
  readonly #violations: Violations;
  #times: number[] = [];
  total = 0;
  busiest = 0;

  constructor(deskClock: DeskClock, violations: Violations) {
    this.#deskClock = deskClock;
    this.#violations = violations;
  }

  /** A sign-in by hand resets the budget, which belongs to the connection. */
  signsIn(): void {
    this.#times = [];
  }

  count(what: string): void {
    this.total += 1;
    if (SIGN_IN.test(what)) return;
    const now = this.#deskClock.monotonic;
    this.#times = [...this.#times.filter((time) => now - time < MINUTE), now];
    this.busiest = Math.max(this.busiest, this.#times.length);
    if (this.#times.length > MAX_PER_MINUTE) this.#violations.add(`${this.#times.length} requests within a minute`);
  }
}

/** More than this from the second day on is a leak, in bytes. */
const MAX_HEAP_GROWTH = 5_000_000;

/** Resources in use at a quiet time. */
export interface Reading {
  /** Bytes after garbage collection; null when it cannot be triggered. */
  heap: number | null;
  timers: number;
  sockets: number;
  listeners: number;
  inFlight: number;
}

/** The number of pending timers varies by at most this much. */
const TIMER_VARIATION = 3;

/** Gauges that grew from one quiet time to the next; the first day is a warm-up. */
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
    ...(grows(({ timers }) => timers, TIMER_VARIATION) ? ['timers accumulate'] : []),
    ...(readings.some(({ inFlight }) => inFlight > 1) ? ['requests are never answered'] : []),
    ...(grown > MAX_HEAP_GROWTH ? [`the heap has grown by ${(grown / 1e6).toFixed(1)} MB since the second day`] : []),
  ];
}
