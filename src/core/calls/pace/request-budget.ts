import type { Clock } from '../../clock.ts';

/**
 * What a request is for, the most important first. `urgent`: placing and hanging up, refreshing a token. `announced`:
 * looking at a ring that push has told of, or because the user asks. `watch`: following a call that was placed here. `poll`: looking as usual.
 */
export type RequestKind = 'urgent' | 'announced' | 'watch' | 'poll';

export const REQUESTS_PER_MINUTE = 20;
/** Below this a desk could not place a call and still see others. */
const FEWEST = 4;
const MOST = 600;

/** Shares of the budget that may come in one burst, and beyond that as debt; the rest is what flows in steadily. */
const BURST = 0.15;
const DEBT = 0.1;

/** A look at the list that was put off for so long goes before watching: a second call must not ring unseen. */
const PATIENCE_MS = 6_000;
/** What is left of a whole request after fractions of it were added up and taken away. */
const NOTHING = 1e-9;
/** One who was told to come back and did not has given up. */
const LATE_MS = 5_000;

/**
 * The requests of one desk, of every kind, within so many a minute: a token bucket. No minute ever holds more than the
 * budget, whatever is asked for, because the bucket, the debt and a minute's inflow add up to it: of 20 a minute 3 may
 * come at once, 2 more when urgent, and 15 a minute go on for ever. Less important kinds leave something for the more
 * important ones.
 */
export class RequestBudget {
  readonly #clock: Clock;
  readonly #perMinute: () => number;
  #level = Infinity;
  #at: number;
  /** A look at the list that was put off: since when, and when it was told to come back. */
  #poll: { since: number; back: number } | null = null;

  /** `perMinute` is read anew each time, and kept between 4 and 600. */
  constructor(clock: Clock, perMinute: () => number = () => REQUESTS_PER_MINUTE) {
    this.#clock = clock;
    this.#perMinute = perMinute;
    this.#at = clock.elapsed();
  }

  /** 0: send it, it is counted. Else nothing was counted: ask again after so many ms. */
  take(kind: RequestKind): number {
    const { capacity, debt, inflow } = sharesOf(this.#perMinute());
    const now = this.#fill(capacity, inflow);
    if (this.#poll !== null && now > this.#poll.back + LATE_MS) this.#poll = null;

    const missing = this.#needed(kind, capacity, debt, now) - this.#level;
    if (missing <= NOTHING) {
      this.#level -= 1;
      // An announced look shows all that the usual one would have shown.
      if (kind === 'poll' || kind === 'announced') this.#poll = null;
      return 0;
    }
    const wait = Math.ceil(missing / inflow);
    if (kind === 'poll') this.#poll = { since: this.#poll?.since ?? now, back: now + wait };
    return wait;
  }

  /**
   * Counts a request that did not wait for its turn: signing in, connecting for push. It never takes what the next look
   * at the list needs: whoever waits for calls does not wait for that.
   */
  spend(): void {
    const { capacity, inflow, debt } = sharesOf(this.#perMinute());
    const now = this.#fill(capacity, inflow);
    const kept = this.#needed('poll', capacity, debt, now);
    this.#level = Math.max(Math.min(this.#level, kept), this.#level - 1);
  }

  #fill(capacity: number, inflow: number): number {
    const now = this.#clock.elapsed();
    this.#level = Math.min(capacity, this.#level + (now - this.#at) * inflow);
    this.#at = now;
    return now;
  }

  /** How full the bucket must be for a request of this kind. */
  #needed(kind: RequestKind, capacity: number, debt: number, now: number): number {
    const reserve = Math.min(1, (capacity - 1) / 2);
    const pollIsDue = this.#poll !== null && now - this.#poll.since >= PATIENCE_MS;
    switch (kind) {
      case 'urgent':
        return 1 - debt;
      case 'announced':
        // Somebody waits for it; placing a call still goes first.
        return 1 - debt / 2;
      case 'watch':
        return pollIsDue ? Math.min(2, capacity) : 1 + reserve / 2;
      case 'poll':
        return pollIsDue ? 1 : 1 + reserve;
    }
  }
}

/** `inflow` per ms. */
function sharesOf(perMinute: number): { capacity: number; debt: number; inflow: number } {
  const budget = perMinute > FEWEST ? Math.min(MOST, perMinute) : FEWEST;
  const capacity = Math.max(1, budget * BURST);
  const debt = Math.max(1, budget * DEBT);
  return { capacity, debt, inflow: (budget - capacity - debt) / 60_000 };
}
