import { appError, type AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { NORMAL_MS } from './poll-interval.ts';
import { LONGEST_INTERVAL_MS, RateGovernor } from './rate-governor.ts';
import { RequestBudget, type RequestKind } from './request-budget.ts';

/** `list`: the session list. `watch`: a call placed here. `call`: places or ends one. `other`: whatever else is read. */
export type Errand = 'list' | 'watch' | 'call' | 'other';

export interface PaceOptions {
  clock: Clock;
  /** The budget of this desk, in requests a minute. */
  perMinute?: () => number;
}

/** What happens to a whole office at once, its desks answer within this time, in ms; more where they are many. */
const SPREAD_MS = 1_500;
/** The first try after a refusal; the poller doubles it. A limit counted by the minute has room again by then. */
const RETRY_MS = 10_000;
const RARE_LOOKS_MS = 30_000;
/** How far chance puts off the desks that the PBX told to come back at the same moment. */
const SHORTEST_RETRY_SPREAD_MS = 3_000;
const LONGEST_RETRY_SPREAD_MS = 20_000;
/** In a slowed office a placed call is watched closely only for as long as most take to be answered or given up. */
const CLOSE_WATCH = { lastsMs: 20_000, gapMs: 5_000 };
/** The earliest that the poller's jitter makes of an interval. */
const SOONEST = 0.9;

/** When one desk may send its requests: the budget, what was learned from refusals, and chance against herds. */
export class Pace {
  readonly #clock: Clock;
  readonly #budget: RequestBudget;
  readonly #governor: RateGovernor;
  #announced = false;
  /** The usual looks wait until then. */
  #listFrom = -Infinity;
  /** No look at all before this: the one before was refused. */
  #retryFrom = -Infinity;
  #watchFrom = -Infinity;
  #placedAt = -Infinity;
  #listRefused = false;
  #wanted = NORMAL_MS;
  /** A look at the list waits; this lets it look again whether it still has to. */
  #hurry: (() => void) | null = null;

  constructor({ clock, perMinute }: PaceOptions) {
    this.#clock = clock;
    this.#budget = new RequestBudget(clock, perMinute);
    this.#governor = new RateGovernor(clock);
  }

  /** The time between two looks where `wanted` ms (`pollInterval`) would be right but for the load. */
  intervalMs(wanted: number): number {
    this.#wanted = wanted;
    const interval = this.#governor.intervalMs(wanted);
    return this.#listRefused ? Math.min(interval, RETRY_MS) : interval;
  }

  /** Push says that a phone of mine rings: the next look goes before all but urgent requests. Call before asking for it. */
  announced(): void {
    this.#announced = true;
    this.#hurry?.();
  }

  /**
   * The network is back, push was lost or found: what all desks of an office meet in the same second. The next look is
   * put off by chance. Call before asking for it.
   */
  disturbed(): void {
    this.#listFrom = Math.max(this.#listFrom, this.#clock.now() + this.spreadMs());
  }

  /** How long to put off, by chance, what other desks would do at the same moment. */
  spreadMs(): number {
    const spread = this.#governor.slowed ? this.#governor.intervalMs(this.#wanted) : SPREAD_MS;
    return spread * this.#clock.random();
  }

  /** Counts a refresh and the request that is sent a second time with the new token. They have been sent already. */
  tokenRefreshed(): void {
    this.#budget.take('urgent');
    this.#budget.take('urgent');
  }

  /**
   * Sends when it is due; given up while it waits, it is never sent. Refusals come back with a wait that differs by
   * desk.
   */
  async run<T>(errand: Errand, send: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
    const answer = await this.#try(errand, send, signal);
    if (errand !== 'list' || answer.ok || !isRefusal(answer.error)) return answer;
    const asked = answer.error.retryAfterMs ?? 0;
    if (this.#wanted < RARE_LOOKS_MS || asked > RETRY_MS) return answer;
    // Where looks are rare, the poller's own next try would leave the desk without an answer for too long.
    this.#retryFrom = this.#clock.now() + RETRY_MS * (1 + this.#clock.random());
    return this.#try(errand, send, signal);
  }

  async #try<T>(errand: Errand, send: () => Promise<Result<T>>, signal: AbortSignal | undefined): Promise<Result<T>> {
    for (;;) {
      if (isGivenUp(signal)) return err(appError('timed-out', { detail: 'given up before it was sent' }));
      const wait = this.#waitFor(errand);
      if (wait === 0) break;
      await this.#pause(wait, errand, signal);
    }
    const answer = await send();
    // An answer to a request that was given up says nothing of the load.
    return isGivenUp(signal) ? answer : this.#learnFrom(errand, answer);
  }

  #learnFrom<T>(errand: Errand, answer: Result<T>): Result<T> {
    const refused = !answer.ok && isRefusal(answer.error);
    if (refused) this.#governor.refused();
    else if (errand === 'list' && answer.ok) {
      this.#governor.answered();
      this.#listFrom = this.#clock.now() + this.#leastGap();
    }
    if (errand === 'list') this.#listRefused = refused;
    return refused ? err(this.#spread(answer.error)) : answer;
  }

  #waitFor(errand: Errand): number {
    const kind = this.#kindOf(errand);
    const held = this.#heldUntil(kind, errand);
    const now = this.#clock.now();
    // More than the longest interval can only come from a clock that was set back meanwhile.
    const holds = held > now && held - now <= LONGEST_INTERVAL_MS;
    const wait = holds ? Math.ceil(held - now) : this.#budget.take(kind);
    if (wait > 0) return wait;
    if (errand === 'list') this.#announced = false;
    if (errand === 'call') this.#placedAt = now;
    if (errand === 'watch') this.#watchFrom = now + this.#watchGap(now);
    return 0;
  }

  #heldUntil(kind: RequestKind, errand: Errand): number {
    if (errand === 'watch') return this.#watchFrom;
    if (errand !== 'list') return -Infinity;
    return kind === 'poll' ? Math.max(this.#listFrom, this.#retryFrom) : this.#retryFrom;
  }

  #kindOf(errand: Errand): RequestKind {
    switch (errand) {
      case 'list':
        return this.#announced ? 'announced' : 'poll';
      case 'call':
        return 'urgent';
      case 'watch':
      case 'other':
        return 'watch';
    }
  }

  #pause(ms: number, errand: Errand, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal?.removeEventListener('abort', go);
        if (this.#hurry === go) this.#hurry = null;
        resolve();
      };
      const cancel = this.#clock.after(ms, go);
      signal?.addEventListener('abort', go);
      if (errand === 'list') this.#hurry = go;
    });
  }

  /** In a slowed office no wish to look at once, but for a ring, comes sooner than this after the last look, in ms. */
  #leastGap(): number {
    return this.#governor.slowed ? this.#governor.intervalMs(this.#wanted) * SOONEST : 0;
  }

  #watchGap(now: number): number {
    const gap = this.#leastGap();
    return now - this.#placedAt < CLOSE_WATCH.lastsMs ? Math.min(gap, CLOSE_WATCH.gapMs) : gap;
  }

  #spread(error: AppError): AppError {
    const asked = error.retryAfterMs ?? 0;
    if (!(asked > 0)) return error;
    // A long wait says that many were refused.
    const spread = Math.min(LONGEST_RETRY_SPREAD_MS, Math.max(SHORTEST_RETRY_SPREAD_MS, asked));
    return { ...error, retryAfterMs: asked + spread * this.#clock.random() };
  }
}

function isRefusal(error: AppError): boolean {
  return error.code === 'rate-limited';
}

function isGivenUp(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
