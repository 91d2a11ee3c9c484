import type { Clock } from '../../clock.ts';
import { LONGEST_WITH_PUSH_MS, type RateGovernor } from './rate-governor.ts';

/** `awaited`: push is not there, and may be soon. */
export type PushHope = 'none' | 'awaited' | 'listening';

/** What happens to a whole office at once, its desks answer within this time, in ms; more where they are many. */
const SPREAD_MS = 1_500;
/** The same for connecting for push, which is one more request for each. */
const PUSH_SPREAD_MS = 6_000;
/** In a crowded office push goes first, spread over this time; most looks come after it, when push tells already. */
const CROWDED_PUSH_SPREAD_MS = 90_000;
const AFTER_PUSH_MS = { least: 60_000, more: 50_000 };
/** So long the desks of an office are busy coming back. */
const TOGETHER_MS = 120_000;
/** The first try after a refusal; the poller doubles it. A limit counted by the minute has room again by then. */
const RETRY_MS = 10_000;
/** While all desks come back, a refusal says that they are too many for one minute: try in the next. */
const RETRY_TOGETHER_MS = 30_000;
/** How far chance puts off the desks that the PBX told to come back at the same moment. */
const SHORTEST_RETRY_SPREAD_MS = 3_000;
const LONGEST_RETRY_SPREAD_MS = 20_000;
const RETRY_TOGETHER_SPREAD_MS = 50_000;

/** How one desk takes part when a whole office comes back at once, of which it knows nothing but its own refusals. */
export class Comeback {
  /** How push stands. Without it, or until it is there, the list alone tells of calls. */
  push: PushHope = 'none';
  readonly #clock: Clock;
  readonly #governor: RateGovernor;
  #disturbedAt = -Infinity;
  /** The last refusal soon after a disturbance. */
  #tooManyAt = -Infinity;

  constructor(clock: Clock, governor: RateGovernor) {
    this.#clock = clock;
    this.#governor = governor;
  }

  disturbed(): void {
    this.#disturbedAt = this.#clock.elapsed();
  }

  refused(): void {
    if (this.#isSoonAfter(this.#disturbedAt)) this.#tooManyAt = this.#clock.elapsed();
  }

  /** All desks of the office are coming back. */
  get together(): boolean {
    return this.#isSoonAfter(this.#disturbedAt);
  }

  /** How long to put off the next look, by chance, where one every `wanted` ms would be right but for the load. */
  lookSpreadMs(wanted: number): number {
    const chance = this.#clock.random();
    const interval = this.#governor.intervalMs(wanted);
    if (this.#crowded && this.push !== 'none') {
      const more = this.push === 'awaited' ? AFTER_PUSH_MS.more : interval;
      return Math.min(LONGEST_WITH_PUSH_MS, AFTER_PUSH_MS.least + more * chance);
    }
    return (this.#governor.slowed ? interval : SPREAD_MS) * chance;
  }

  /** How much later than planned to connect for push, by chance. */
  pushSpreadMs(): number {
    return (this.#crowded ? CROWDED_PUSH_SPREAD_MS : PUSH_SPREAD_MS) * this.#clock.random();
  }

  /** The time between two looks while they are refused, in ms, instead of `interval`. */
  retryMs(interval: number): number {
    // While push tells of calls, a look that was refused is in no hurry.
    if (this.push === 'listening') return interval;
    return this.#isSoonAfter(this.#disturbedAt) ? RETRY_TOGETHER_MS : Math.min(interval, RETRY_MS);
  }

  /** What to wait, in ms, where the PBX asked all desks to wait for `asked`. */
  spreadRetryMs(asked: number): number {
    // A long wait says that many were refused.
    const longest = this.#isSoonAfter(this.#disturbedAt) ? RETRY_TOGETHER_SPREAD_MS : LONGEST_RETRY_SPREAD_MS;
    return asked + Math.min(longest, Math.max(SHORTEST_RETRY_SPREAD_MS, asked)) * this.#clock.random();
  }

  get #crowded(): boolean {
    return this.#governor.crowded || this.#isSoonAfter(this.#tooManyAt);
  }

  #isSoonAfter(at: number): boolean {
    return this.#clock.elapsed() - at < TOGETHER_MS;
  }
}
