import type { Clock } from '../clock.ts';
import { NORMAL_MS } from './poll-interval.ts';

/** Maximum interval between two polls. Together with one refusal and its retry it stays below two minutes. */
export const MAX_INTERVAL_MS = 85_000;
/** Maximum interval while push reports calls, when polls only check what push reported. */
export const MAX_INTERVAL_WITH_PUSH_MS = 270_000;

/** Refusals within this time count as one. */
const SAME_CAUSE_MS = 5_000;
/** A refusal during the recovery shows that the learned interval is too short: it grows by at least this factor. */
const RAISE_FACTOR = 1.5;
/** A refusal this long after the previous one counts as the first of a new cause. */
const FIRST_AFTER_MS = 600_000;
/** The factor when the previous refusal is less than this many polls ago: then the limit is not temporary. */
const SOON_RAISE_FACTOR = 2;
const SOON_POLLS = 100;
/** A desk that is refused even at this interval shares its address with very many desks, so its interval grows faster. */
const CROWDED_INTERVAL_MS = 30_000;
const CROWDED_RAISE_FACTOR = 3;
/** The recovery goes in equal steps: a tenth of the learned rate a minute, at most a fifth of the current rate a minute. */
const RECOVERY_PER_MINUTE = 0.1;
const MAX_RECOVERY_PER_MINUTE = 0.2;
const MAX_STEP_MS = 120_000;

/**
 * How fast the learned interval shrinks, per poll: very slowly first, twice as fast after each 500 polls without a
 * refusal. When many desks share one limit, each refusal makes the interval of one desk 1.5 times as long, and about
 * 1,800 polls reverse that: in the long run 0.06 % of the requests are refused.
 */
const CREEP = 0.000_05;
const CREEP_DOUBLING_POLLS = 500;
const MAX_CREEP = 0.01;

/**
 * Finds the rate that the PBX accepts from this desk, from its refusals (429) alone: the limit is per address, and a desk
 * does not know how many others share it.
 *
 * Additive increase, multiplicative decrease, with a memory. A refusal halves the rate at once. Good answers return it in
 * equal steps, within minutes, to the learned level: the rate that worked for a long time. A refusal during this recovery
 * raises the level's interval. So the desks of an overloaded address settle after a few such rounds, while a temporary
 * overload costs a third of the rate for a few hours.
 */
export class RateGovernor {
  readonly #clock: Clock;
  #wantedIntervalMs = NORMAL_MS;
  /** Never shorter than the level; both in ms. */
  #current = 0;
  #level = 0;
  #lastRefusalAt = -Infinity;
  #lastAnswerAt: number;
  #hasAnsweredSinceRefusal = true;
  /** Good answers since the last refusal. */
  #pollsSinceRefusal = Infinity;
  /** The same, but only those that came at the learned rate. */
  #pollsAtLevel = 0;
  isPushListening = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastAnswerAt = clock.elapsed();
  }

  /** Interval to use, in ms; `wantedIntervalMs` is the interval that we would use without a limit. */
  intervalMs(wantedIntervalMs: number): number {
    this.#wantedIntervalMs = wantedIntervalMs;
    return Math.max(wantedIntervalMs, Math.min(this.#maxIntervalMs, this.#current));
  }

  /** The interval is longer than the one last wanted. */
  get isSlowed(): boolean {
    return this.#current > this.#wantedIntervalMs;
  }

  /** The current interval is so long that very many desks must share the address. */
  get isCrowded(): boolean {
    return this.#current >= CROWDED_INTERVAL_MS;
  }

  get #maxIntervalMs(): number {
    return this.isPushListening ? MAX_INTERVAL_WITH_PUSH_MS : MAX_INTERVAL_MS;
  }

  /**
   * The last refusal is so long ago that this one may be temporary. Not while push reports calls: polls are then so rare
   * that each would be the first in long, and at a full limit no desk would ever slow down. A longer interval costs
   * little then.
   */
  get isTemporary(): boolean {
    return !this.isPushListening && this.#clock.elapsed() - this.#lastRefusalAt > FIRST_AFTER_MS;
  }

  /** The PBX refused a request with Retry-After. The first such refusal only costs that wait and does not change the rate. */
  noteRetryAfter(): void {
    this.#lastRefusalAt = this.#clock.elapsed();
  }

  /** The PBX refused a request, of any kind, because there were too many. */
  noteRefusal(): void {
    const now = this.#clock.elapsed();
    const since = now - this.#lastRefusalAt;
    this.#pollsAtLevel = 0;
    if (since < SAME_CAUSE_MS) return;
    const maxInterval = this.#maxIntervalMs;
    const used = this.intervalMs(this.#wantedIntervalMs);
    if (this.#hasAnsweredSinceRefusal) {
      const level = Math.max(this.#level, this.#wantedIntervalMs);
      const raise =
        used >= CROWDED_INTERVAL_MS
          ? CROWDED_RAISE_FACTOR
          : this.#pollsSinceRefusal < SOON_POLLS
            ? SOON_RAISE_FACTOR
            : RAISE_FACTOR;
      const raised = level * raise;
      // A level learned while push was listening stays valid without push, although the maximum is lower then.
      this.#level = Math.max(this.#level, Math.min(maxInterval, Math.max(raised, Math.sqrt(level * used))));
    }
    this.#current = Math.max(this.#level, Math.min(maxInterval, used * 2));
    this.#lastRefusalAt = now;
    this.#hasAnsweredSinceRefusal = false;
    this.#pollsSinceRefusal = 0;
  }

  /** A poll of the session list was answered. */
  noteAnswer(): void {
    const now = this.#clock.elapsed();
    const passed = Math.min(MAX_STEP_MS, now - this.#lastAnswerAt);
    this.#lastAnswerAt = now;
    this.#hasAnsweredSinceRefusal = true;
    this.#pollsSinceRefusal += 1;
    const target = Math.max(this.#level, this.#wantedIntervalMs);
    if (this.#current > target) {
      const step = Math.min(RECOVERY_PER_MINUTE / target, MAX_RECOVERY_PER_MINUTE / this.#current);
      this.#current = Math.max(target, 1 / (1 / this.#current + (step * passed) / 60_000));
    } else if (this.#level > this.#wantedIntervalMs) {
      // Only polls at the level's rate can show that the level is too slow.
      this.#pollsAtLevel += 1;
      this.#level *= 1 - Math.min(MAX_CREEP, CREEP * 2 ** (this.#pollsAtLevel / CREEP_DOUBLING_POLLS));
      this.#current = this.#level;
    }
  }
}
