import type { Clock } from '../../clock.ts';
import { NORMAL_MS } from './poll-interval.ts';

/**
 * No longer than this between two looks, whatever is refused: together with one refusal and the next try it stays
 * below two minutes.
 */
export const LONGEST_INTERVAL_MS = 85_000;
/** While push tells of calls, the list is only looked at to compare: no longer than this. */
export const LONGEST_WITH_PUSH_MS = 270_000;

/** Refusals within this time have one cause. */
const ONE_CAUSE_MS = 5_000;
/** A refusal on the way back up says that the learned interval is too short; by at least this factor. */
const RAISE = 1.5;
/** A refusal that comes no sooner after the one before is the first of its cause. */
const FIRST_AFTER_MS = 600_000;
/** The same when the refusal before is not this many looks ago: then the limit is no passing trouble. */
const RAISE_AGAIN = 2;
const SOON_LOOKS = 100;
/** Who is refused at this interval shares the address with very many, and there is no use in finding out by halves. */
const CROWDED_MS = 30_000;
const RAISE_CROWDED = 3;
/** The way back goes in equal steps, a tenth of the learned rate a minute, but never up by more than a fifth a minute. */
const RETURN_PER_MINUTE = 0.1;
const STEEPEST_PER_MINUTE = 0.2;
const LONGEST_STEP_MS = 120_000;

/**
 * How fast the learned interval shrinks, per look: very slowly first, twice as fast after each 500 looks without a
 * refusal. Where many desks share one limit, each refusal makes the interval of one desk half as long again, and
 * about 1,800 looks take that back: that is the share of requests refused in the long run, 0.06 %.
 */
const CREEP = 0.000_05;
const CREEP_DOUBLES_AFTER = 500;
const FASTEST_CREEP = 0.01;

/**
 * Finds the rate that the PBX can take from this desk, from nothing but its refusals (429): the limit is per address,
 * and a desk does not know how many others share it.
 *
 * Additive increase, multiplicative decrease, with a memory. A refusal halves the rate at once. Good answers bring it
 * back in equal steps, within minutes, to the learned level: the rate that went well for long. A refusal on that way
 * raises the level's interval, so the desks of an overloaded address settle within some such rounds, while a passing
 * trouble costs a third of the rate for a few hours.
 */
export class RateGovernor {
  readonly #clock: Clock;
  #wanted = NORMAL_MS;
  /** Never shorter than the level; both in ms. */
  #current = 0;
  #level = 0;
  #refusedAt = -Infinity;
  #answeredAt: number;
  #answeredSince = true;
  /** Good answers since the last refusal; `quiet` counts only those that came at the learned rate. */
  #looks = Infinity;
  #quiet = 0;
  /** Push tells of calls. */
  listened = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#answeredAt = clock.elapsed();
  }

  /** The interval to keep where `wanted` would be right without a limit, in ms. */
  intervalMs(wanted: number): number {
    this.#wanted = wanted;
    return Math.max(wanted, Math.min(this.#longest, this.#current));
  }

  /** The interval is longer than it was last wanted. */
  get slowed(): boolean {
    return this.#current > this.#wanted;
  }

  /** The learned interval is so long that very many desks must share the address. */
  get crowded(): boolean {
    return this.#current >= CROWDED_MS;
  }

  get #longest(): number {
    return this.listened ? LONGEST_WITH_PUSH_MS : LONGEST_INTERVAL_MS;
  }

  /** No refusal for so long that the next one may be passing trouble. */
  get isFirst(): boolean {
    return this.#clock.elapsed() - this.#refusedAt > FIRST_AFTER_MS;
  }

  /** The PBX refused a request and said when it takes them again: once, that is waited for and nothing else. */
  noted(): void {
    this.#refusedAt = this.#clock.elapsed();
  }

  /** The PBX refused a request of any kind because there were too many. */
  refused(): void {
    const now = this.#clock.elapsed();
    const since = now - this.#refusedAt;
    this.#quiet = 0;
    if (since < ONE_CAUSE_MS) return;
    const longest = this.#longest;
    const used = this.intervalMs(this.#wanted);
    if (this.#answeredSince) {
      const level = Math.max(this.#level, this.#wanted);
      const raise = used >= CROWDED_MS ? RAISE_CROWDED : this.#looks < SOON_LOOKS ? RAISE_AGAIN : RAISE;
      const raised = level * raise;
      // What was learned with push is still true without it.
      this.#level = Math.max(this.#level, Math.min(longest, Math.max(raised, Math.sqrt(level * used))));
    }
    this.#current = Math.max(this.#level, Math.min(longest, used * 2));
    this.#refusedAt = now;
    this.#answeredSince = false;
    this.#looks = 0;
  }

  /** A look at the session list was answered. */
  answered(): void {
    const now = this.#clock.elapsed();
    const passed = Math.min(LONGEST_STEP_MS, now - this.#answeredAt);
    this.#answeredAt = now;
    this.#answeredSince = true;
    this.#looks += 1;
    const target = Math.max(this.#level, this.#wanted);
    if (this.#current > target) {
      const step = Math.min(RETURN_PER_MINUTE / target, STEEPEST_PER_MINUTE / this.#current);
      this.#current = Math.max(target, 1 / (1 / this.#current + (step * passed) / 60_000));
    } else if (this.#level > this.#wanted) {
      // Only a rate that is kept because of the level says anything about it.
      this.#quiet += 1;
      this.#level *= 1 - Math.min(FASTEST_CREEP, CREEP * 2 ** (this.#quiet / CREEP_DOUBLES_AFTER));
      this.#current = this.#level;
    }
  }
}
