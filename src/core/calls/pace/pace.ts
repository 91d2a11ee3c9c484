import { appError, type AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { Comeback, type PushHope } from './comeback.ts';
import { NORMAL_MS } from './poll-interval.ts';
import { RateGovernor } from './rate-governor.ts';
import { RequestBudget, type RequestKind } from './request-budget.ts';

/** `list`: the session list. `watch`: a call placed here. `call`: places or ends one. `other`: whatever else is read. */
export type Errand = 'list' | 'watch' | 'call' | 'other';

export interface PaceOptions {
  clock: Clock;
  /** Of this desk, whatever it is connected to. */
  budget?: RequestBudget;
}

/** In a slowed office a placed call is watched closely only for as long as most take to be answered or given up. */
const CLOSE_WATCH = { lastsMs: 20_000, gapMs: 5_000 };
/** The earliest that the poller's jitter makes of an interval. */
const SOONEST = 0.9;

/** When one desk may send its requests: the budget, what was learned from refusals, and chance against herds. */
export class Pace {
  readonly #clock: Clock;
  readonly #budget: RequestBudget;
  readonly #governor: RateGovernor;
  readonly #comeback: Comeback;
  #announced = false;
  /** The usual looks wait until then. */
  #listFrom = -Infinity;
  #watchFrom = -Infinity;
  #placedAt = -Infinity;
  #listRefused = false;
  #wanted = NORMAL_MS;
  /** A look at the list waits; this lets it look again whether it still has to. */
  #hurry: (() => void) | null = null;

  constructor({ clock, budget = new RequestBudget(clock) }: PaceOptions) {
    this.#clock = clock;
    this.#budget = budget;
    this.#governor = new RateGovernor(clock);
    this.#comeback = new Comeback(clock, this.#governor);
  }

  /** The time between two looks where `wanted` ms (`pollInterval`) would be right but for the load. */
  intervalMs(wanted: number): number {
    this.#wanted = wanted;
    const interval = this.#governor.intervalMs(wanted);
    return this.#listRefused ? this.#comeback.retryMs(interval) : interval;
  }

  /** Push says that a phone of mine rings: the next look goes before all but urgent requests. Call before asking for it. */
  announced(): void {
    this.#announced = true;
    this.#hurry?.();
  }

  /** How push stands from now on. Without it, or until it is there, the list alone tells of calls. */
  pushIs(hope: PushHope): void {
    this.#comeback.push = hope;
    this.#governor.listened = hope === 'listening';
  }

  /**
   * The network is back, push was lost or found: what all desks of an office meet in the same second. The next look is
   * put off by chance. Call before asking for it.
   */
  disturbed(): void {
    this.#comeback.disturbed();
    this.#listFrom = Math.max(this.#listFrom, this.#clock.elapsed() + this.#comeback.lookSpreadMs(this.#wanted));
  }

  /** How much later than planned to connect for push, by chance: other desks would at the same moment. */
  pushSpreadMs(): number {
    return this.#comeback.pushSpreadMs();
  }

  /** The PBX refused a request, or one that was sent past the pace: connecting for push. `saidWhen`: by Retry-After. */
  refused(saidWhen = false): void {
    if (!saidWhen || this.#comeback.together || !this.#governor.isFirst) this.#governor.refused();
    else this.#governor.noted();
    this.#comeback.refused();
  }

  /**
   * Sends when it is due; given up while it waits, it is never sent. Refusals come back with a wait that differs by
   * desk.
   */
  async run<T>(errand: Errand, send: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
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
    if (refused) this.refused((answer.error.retryAfterMs ?? 0) > 0);
    else if (errand === 'list' && answer.ok) {
      this.#governor.answered();
      this.#listFrom = this.#clock.elapsed() + this.#leastGap();
    }
    if (errand === 'list') this.#listRefused = refused;
    return refused ? err(this.#spread(answer.error)) : answer;
  }

  #waitFor(errand: Errand): number {
    const kind = this.#kindOf(errand);
    const held = this.#heldUntil(kind, errand);
    const now = this.#clock.elapsed();
    const wait = held > now ? Math.ceil(held - now) : this.#budget.take(kind);
    if (wait > 0) return wait;
    if (errand === 'list') this.#announced = false;
    if (errand === 'call') this.#placedAt = now;
    if (errand === 'watch') this.#watchFrom = now + this.#watchGap(now);
    return 0;
  }

  #heldUntil(kind: RequestKind, errand: Errand): number {
    if (errand === 'watch') return this.#watchFrom;
    if (errand !== 'list') return -Infinity;
    return kind === 'poll' ? this.#listFrom : -Infinity;
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
    return asked > 0 ? { ...error, retryAfterMs: this.#comeback.spreadRetryMs(asked) } : error;
  }
}

function isRefusal(error: AppError): boolean {
  return error.code === 'rate-limited';
}

function isGivenUp(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
