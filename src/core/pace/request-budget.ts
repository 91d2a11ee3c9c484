import type { Clock } from '../clock.ts';

/**
 * Purpose of a request, the most important first. `placing`: placing a call. `urgent`: hanging up, refreshing a token.
 * `hurried`: polling because push reported a ring or because the user asked. `record`: the history entry of a call that
 * has just ended; it never delays a poll that is overdue. `watch`: following a call that was placed here. `other`: reads that nobody waits for. `poll`: regular
 * polling. `connect`: connecting to push. `background`: reading directories; it is sent only when the burst is nearly
 * whole, so that it never delays the others.
 */
export type RequestKind =
  'placing' | 'urgent' | 'hurried' | 'record' | 'watch' | 'other' | 'poll' | 'connect' | 'background';

export const REQUESTS_PER_MINUTE = 20;
/** With a smaller budget a desk could not place a call and still see other calls. */
const MIN_PER_MINUTE = 4;
const MAX_PER_MINUTE = 600;

/** Fractions of the budget for one burst, and for debt beyond the burst; the rest flows in steadily. */
const BURST = 0.15;
const DEBT = 0.1;

/**
 * A list poll delayed this long goes before `watch` requests, so that a second call does not ring unseen. With a small
 * budget it is the time in which `requests` are possible.
 */
const MAX_POLL_DELAY = { ms: 4_000, requests: 1 };
/**
 * A push connection delayed this long goes before list polls that are not delayed as long. The frequent polls of a live
 * call of mine would otherwise use the whole inflow, and push would stay disconnected until the call is over.
 */
const MAX_CONNECT_DELAY = { ms: 10_000, requests: 2.5 };
/** A request that must wait for a `watch` request asks again when this fraction of a request has flowed in. */
const AFTER_WATCH = 0.25;
/** Rounding error after fractions of a request were added and subtracted. */
const EPSILON = 1e-9;
/** A delayed request that does not ask again within this time after it was due has been given up. */
const GIVEN_UP_AFTER_MS = 5_000;

/** A request that must wait: since when, and when it should ask again. Monotonic ms. */
interface Delayed {
  since: number;
  dueAt: number;
}

/** `isFirst`: the call was just placed, and nothing is known of it yet. */
interface DelayedWatch extends Delayed {
  isFirst: boolean;
}

/**
 * A token bucket for all requests of one desk. No minute ever has more requests than the budget, because the bucket,
 * the debt and the inflow of a minute add up to it. Of 20 a minute, 3 may come at once, 2 more if they are urgent, and
 * 15 a minute are possible permanently. Less important kinds leave a reserve for more important ones.
 */
export class RequestBudget {
  readonly #clock: Clock;
  readonly #perMinute: () => number;
  #level = Infinity;
  #filledAt: number;
  /** `hasYielded`: it has already waited for the first request of a placed call. */
  #delayedPoll: (Delayed & { hasYielded: boolean }) | null = null;
  #delayedConnect: Delayed | null = null;
  #delayedWatch: DelayedWatch | null = null;

  /** `perMinute` is called for each request; its result is limited to 4 to 600. */
  constructor(clock: Clock, perMinute: () => number = () => REQUESTS_PER_MINUTE) {
    this.#clock = clock;
    this.#perMinute = perMinute;
    this.#filledAt = clock.elapsed();
  }

  /** Returns 0 if the request may be sent, and counts it. Otherwise returns the ms after which to ask again. */
  take(kind: RequestKind): number {
    const { capacity, inflow } = sharesOf(this.#perMinute());
    const now = this.#fill(capacity, inflow);
    if (isGivenUp(this.#delayedPoll, now)) this.#delayedPoll = null;
    if (isGivenUp(this.#delayedConnect, now)) this.#delayedConnect = null;
    if (isGivenUp(this.#delayedWatch, now)) this.#delayedWatch = null;

    const missing = this.#needed(kind, now) - this.#level;
    const isBehindWatch = this.#isBehindWatch(kind, now);
    if (missing <= EPSILON && !isBehindWatch) {
      this.#level -= 1;
      this.#noteSent(kind, now);
      return 0;
    }
    const regular = Math.max(missing, isBehindWatch ? AFTER_WATCH : 0) / inflow;
    const since = this.#delayOf(kind)?.since ?? now;
    // A poll or connection that has waited long enough goes earlier. A connection then follows the poll that is due now.
    const before = kind === 'connect' && this.#isDue('poll', now) ? 1 : 0;
    const late = Math.max(this.#dueIn(kind, since, now), (1 + before - this.#level) / inflow);
    const wait = Math.ceil(late > 0 ? Math.min(regular, late) : regular);
    const delayed = { since, dueAt: now + wait };
    if (kind === 'poll') this.#delayedPoll = { ...delayed, hasYielded: this.#delayedPoll?.hasYielded === true };
    if (kind === 'connect') this.#delayedConnect = delayed;
    if (kind === 'watch') this.#delayedWatch = { ...delayed, isFirst: this.#delayedWatch?.isFirst === true };
    return wait;
  }

  /** The `watch` request that waits will not be sent, for example because its call is over. */
  giveUpWatch(): void {
    this.#setWatch(null);
  }

  #setWatch(watch: DelayedWatch | null): void {
    if (this.#delayedWatch?.isFirst === true && this.#delayedPoll !== null) this.#delayedPoll.hasYielded = true;
    this.#delayedWatch = watch;
  }

  #noteSent(kind: RequestKind, now: number): void {
    // A hurried poll replaces the regular one.
    if (kind === 'poll' || kind === 'hurried') this.#delayedPoll = null;
    if (kind === 'connect') this.#delayedConnect = null;
    if (kind === 'watch') this.#setWatch(null);
    // The user placed a call, which will be followed soon.
    if (kind === 'placing') this.#setWatch({ since: now, dueAt: now, isFirst: true });
  }

  /**
   * Counts a request that did not ask the budget first: signing in, refreshing a token. It never uses up what the next
   * list poll needs, so that it does not delay calls.
   */
  countUnpaced(): void {
    const { capacity, inflow } = sharesOf(this.#perMinute());
    const now = this.#fill(capacity, inflow);
    const kept = this.#needed('poll', now);
    this.#level = Math.max(Math.min(this.#level, kept), this.#level - 1);
  }

  #fill(capacity: number, inflow: number): number {
    const now = this.#clock.elapsed();
    this.#level = Math.min(capacity, this.#level + (now - this.#filledAt) * inflow);
    this.#filledAt = now;
    return now;
  }

  /** How full the bucket must be for a request of this kind. */
  #needed(kind: RequestKind, now: number): number {
    const { capacity, debt } = sharesOf(this.#perMinute());
    const reserve = Math.min(1, (capacity - 1) / 2);
    switch (kind) {
      case 'placing':
      case 'urgent':
        return 1 - debt;
      case 'hurried':
        // The user waits for it, but placing a call still goes first.
        return 1 - debt / 2;
      case 'record':
        // It leaves the poll that waits what this needs when it is overdue.
        return Math.max(1 - debt / 2, Math.min(2, capacity) - this.#flowsInBeforePoll(now));
      case 'watch':
        return this.#isDue('poll', now) ? Math.min(2, capacity) : 1 + reserve / 2;
      case 'other':
        return 1 + reserve / 2;
      case 'poll':
        return this.#isDue('poll', now) ? 1 : 1 + reserve;
      case 'connect':
        // The next poll has what it needs half a poll interval later.
        return this.#isDue('connect', now) && !this.#isDue('poll', now) ? 1 : Math.min(capacity, 1.5 + reserve);
      case 'background':
        return this.#delayedPoll !== null || this.#delayedConnect !== null
          ? capacity + 1
          : Math.min(capacity, 1.75 + reserve);
    }
  }

  /** A placed call waits to be followed, and this request would leave too little for that. */
  #isBehindWatch(kind: RequestKind, now: number): boolean {
    if (this.#delayedWatch === null || this.#level - 1 >= this.#needed('watch', now)) return false;
    if (kind === 'poll' || kind === 'connect') return !this.#isDue(kind, now);
    return kind === 'other' || kind === 'background';
  }

  /** Whether requests of this kind were delayed for so long that they go before more important ones. */
  #isDue(kind: 'poll' | 'connect', now: number): boolean {
    const delayed = this.#delayOf(kind);
    return delayed !== null && this.#dueIn(kind, delayed.since, now) <= 0;
  }

  /** How long until then for a request that has waited since `since`, in ms; Infinity if it never goes before others. */
  #dueIn(kind: RequestKind, since: number, now: number): number {
    const yields = this.#delayedWatch?.isFirst === true && !(kind === 'poll' && this.#delayedPoll?.hasYielded === true);
    return yields ? Infinity : this.#overdueIn(kind, since, now);
  }

  #overdueIn(kind: RequestKind, since: number, now: number): number {
    const max = kind === 'poll' ? MAX_POLL_DELAY : kind === 'connect' ? MAX_CONNECT_DELAY : null;
    if (max === null) return Infinity;
    const { inflow } = sharesOf(this.#perMinute());
    return since + Math.max(max.ms, max.requests / inflow) - now;
  }

  /** How many requests flow in until the poll that waits is overdue; Infinity if none waits. */
  #flowsInBeforePoll(now: number): number {
    if (this.#delayedPoll === null) return Infinity;
    const { inflow } = sharesOf(this.#perMinute());
    return Math.max(0, this.#overdueIn('poll', this.#delayedPoll.since, now)) * inflow;
  }

  #delayOf(kind: RequestKind): Delayed | null {
    switch (kind) {
      case 'poll':
        return this.#delayedPoll;
      case 'connect':
        return this.#delayedConnect;
      case 'watch':
        return this.#delayedWatch;
      default:
        return null;
    }
  }
}

const isGivenUp = (delayed: Delayed | null, now: number): boolean =>
  delayed !== null && now > delayed.dueAt + GIVEN_UP_AFTER_MS;

/** `inflow` per ms. */
function sharesOf(perMinute: number): { capacity: number; debt: number; inflow: number } {
  const budget = perMinute > MIN_PER_MINUTE ? Math.min(MAX_PER_MINUTE, perMinute) : MIN_PER_MINUTE;
  const capacity = Math.max(1, budget * BURST);
  const debt = Math.max(1, budget * DEBT);
  return { capacity, debt, inflow: (budget - capacity - debt) / 60_000 };
}
