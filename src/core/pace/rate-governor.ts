import type { Clock } from '../clock.ts';
import { NORMAL_MS } from './poll-interval.ts';

/**
 * Maximum interval between two polls. Even with one refused poll and its retry, the list is less than two minutes old.
 */
export const MAX_INTERVAL_MS = 85_000;
/** Maximum interval while push reports calls, when polls only check what push reported. */
export const MAX_INTERVAL_WITH_PUSH_MS = 270_000;

/** A refusal that follows another within this time has the same cause, so it is not counted. */
const SAME_CAUSE_MS = 5_000;
/** A refusal makes the learned interval at least this many times as long. */
const RAISE_FACTOR = 1.5;
/** A refusal this long after the previous one may have a temporary cause. */
const NEW_CAUSE_MS = 600_000;
/** The factor if the previous refusal was less than SOON_POLLS polls ago, because then the cause is not temporary. */
const SOON_RAISE_FACTOR = 2;
const SOON_POLLS = 100;
/** The factor if the desk was refused even at this interval: it must share its address with very many desks. */
const CROWDED_INTERVAL_MS = 30_000;
const CROWDED_RAISE_FACTOR = 3;
/**
 * How much the rate grows per minute after a refusal, until it is the learned rate again: a tenth of the learned rate,
 * but at most a fifth of the current rate. A longer time between two answers counts as MAX_STEP_MS.
 */
const RECOVERY_PER_MINUTE = 0.1;
const MAX_RECOVERY_PER_MINUTE = 0.2;
const MAX_STEP_MS = 120_000;

/**
 * The fraction by which each poll without a refusal shortens the learned interval. It doubles with every 500 polls.
 * When many desks share one limit, a refusal makes the interval of one desk 1.5 times as long, and about 1,800 polls
 * make it as short as before. So in the long run 0.06 % of the requests are refused.
 */
const SHORTENING = 0.000_05;
const SHORTENING_DOUBLES_AFTER_POLLS = 500;
const MAX_SHORTENING = 0.01;

/**
 * Finds out how often this desk may poll. It learns that only from refusals (429), because the PBX limits the requests
 * of an address and a desk does not know how many others share it.
 *
 * It keeps two intervals. The learned one is the shortest that has worked for a long time. The current one is used:
 * 1. A refusal doubles the current interval and makes the learned one longer.
 * 2. Answers bring the current interval back to the learned one within minutes.
 * 3. From then on each answer makes the learned interval a little shorter.
 *
 * So the desks behind an overloaded address settle after a few refusals, and a temporary overload costs a desk a third
 * of its polls for a few hours.
 */
export class RateGovernor {
  readonly #clock: Clock;
  #wantedIntervalMs = NORMAL_MS;
  /** The current interval, in ms. It is never shorter than the learned one. */
  #currentMs = 0;
  /** The learned interval, in ms; 0 before the first refusal. */
  #learnedMs = 0;
  /**
   * The same for the other state of push. What an office needs differs by a factor of 15, so what one desk learned with
   * push says nothing about its polls without push, and vice versa.
   */
  #otherLearnedMs = 0;
  #lastRefusalAt = -Infinity;
  #lastAnswerAt: number;
  #hasAnsweredSinceRefusal = true;
  /** Answered polls since the last refusal. */
  #pollsSinceRefusal = Infinity;
  /** How many of these were sent at the learned interval. */
  #pollsAtLearned = 0;
  #isPushListening = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastAnswerAt = clock.elapsed();
  }

  /** Interval to use, in ms; `wantedIntervalMs` is the interval that we would use without a limit. */
  intervalMs(wantedIntervalMs: number): number {
    this.#wantedIntervalMs = wantedIntervalMs;
    return Math.max(wantedIntervalMs, Math.min(this.#maxIntervalMs, this.#currentMs));
  }

  /** Whether the current interval is longer than the one that was last wanted. */
  get isSlowed(): boolean {
    return this.#currentMs > this.#wantedIntervalMs;
  }

  /** Whether the current interval is so long that very many desks must share the address. */
  get isCrowded(): boolean {
    return this.#currentMs >= CROWDED_INTERVAL_MS;
  }

  /** Push reports calls, so polls only check what it reported. */
  get isPushListening(): boolean {
    return this.#isPushListening;
  }

  /**
   * Without push the interval begins where it was, because all desks of the office may have lost push, and recovers from
   * there until a request is refused.
   */
  set isPushListening(isListening: boolean) {
    if (isListening === this.#isPushListening) return;
    this.#isPushListening = isListening;
    [this.#learnedMs, this.#otherLearnedMs] = [this.#otherLearnedMs, this.#learnedMs];
    this.#currentMs = Math.max(this.#learnedMs, Math.min(this.#maxIntervalMs, this.#currentMs));
  }

  get #maxIntervalMs(): number {
    return this.#isPushListening ? MAX_INTERVAL_WITH_PUSH_MS : MAX_INTERVAL_MS;
  }

  /**
   * Whether a refusal now may have a temporary cause, because the last one was long ago. Never while push reports
   * calls: polls are so rare then that each refusal would count as temporary, and no desk would ever slow down.
   */
  get isTemporary(): boolean {
    return !this.#isPushListening && this.#clock.elapsed() - this.#lastRefusalAt > NEW_CAUSE_MS;
  }

  /** The PBX refused a request with Retry-After, probably for a temporary cause. The desk only waits for that time. */
  noteRetryAfter(): void {
    this.#lastRefusalAt = this.#clock.elapsed();
  }

  /** The PBX refused a request of any kind because there were too many. */
  noteRefusal(): void {
    const now = this.#clock.elapsed();
    const since = now - this.#lastRefusalAt;
    this.#pollsAtLearned = 0;
    if (since < SAME_CAUSE_MS) return;
    const maxInterval = this.#maxIntervalMs;
    const used = this.intervalMs(this.#wantedIntervalMs);
    if (this.#hasAnsweredSinceRefusal) {
      const learned = Math.max(this.#learnedMs, this.#wantedIntervalMs);
      const raised = Math.max(learned * this.#raiseFactor(used), Math.sqrt(learned * used));
      this.#learnedMs = Math.min(maxInterval, raised);
    }
    this.#currentMs = Math.max(this.#learnedMs, Math.min(maxInterval, used * 2));
    this.#lastRefusalAt = now;
    this.#hasAnsweredSinceRefusal = false;
    this.#pollsSinceRefusal = 0;
  }

  #raiseFactor(usedMs: number): number {
    if (usedMs >= CROWDED_INTERVAL_MS) return CROWDED_RAISE_FACTOR;
    return this.#pollsSinceRefusal < SOON_POLLS ? SOON_RAISE_FACTOR : RAISE_FACTOR;
  }

  /** A poll of the session list was answered. */
  noteAnswer(): void {
    const now = this.#clock.elapsed();
    const passed = Math.min(MAX_STEP_MS, now - this.#lastAnswerAt);
    this.#lastAnswerAt = now;
    this.#hasAnsweredSinceRefusal = true;
    this.#pollsSinceRefusal += 1;
    const target = Math.max(this.#learnedMs, this.#wantedIntervalMs);
    if (this.#currentMs > target) {
      // The rate, which is 1 / interval, grows in proportion to the time.
      const step = Math.min(RECOVERY_PER_MINUTE / target, MAX_RECOVERY_PER_MINUTE / this.#currentMs);
      this.#currentMs = Math.max(target, 1 / (1 / this.#currentMs + (step * passed) / 60_000));
    } else if (this.#learnedMs > this.#wantedIntervalMs) {
      // Only polls at the learned interval can show that a shorter one would work, too.
      this.#pollsAtLearned += 1;
      this.#learnedMs *=
        1 - Math.min(MAX_SHORTENING, SHORTENING * 2 ** (this.#pollsAtLearned / SHORTENING_DOUBLES_AFTER_POLLS));
      this.#currentMs = this.#learnedMs;
    }
  }
}
