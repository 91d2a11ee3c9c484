import type { Clock } from '../clock.ts';
import { MAX_INTERVAL_WITH_PUSH_MS, type RateGovernor } from './rate-governor.ts';

/** `awaited`: not connected yet, but expected. */
export type PushStatus = 'none' | 'awaited' | 'listening';

/**
 * After an event that affects the whole office, its desks send their polls within this time (longer in large offices).
 */
const SPREAD_MS = 1_500;
/** The same for connecting to push, which costs each desk one more request. */
const PUSH_SPREAD_MS = 6_000;
/** A list with this many calls comes from an office whose desks together need more than the PBX's limit of a minute. */
const LARGE_LIST = 400;
/**
 * While push works, polls with an interval of at least `minIntervalMs` only confirm what push reported. In a large office
 * the interval is a third longer: otherwise 5,000 desks would need nearly the whole limit for these polls, and with a few
 * more calls some requests would be refused.
 */
const CONFIRMING_POLLS = { minIntervalMs: 60_000, largeOfficeFactor: 4 / 3 };
/** How long the size of a list counts, because a large office may have few calls at the moment. */
const REMEMBERED_MS = 3_600_000;
/** If this desk cannot reach the PBX for this long, the other desks probably cannot either. */
const MASS_OUTAGE_MS = 15_000;
/** In an overloaded office, desks first connect to push within this time. Most of them poll only after that. */
const OVERLOADED_PUSH_SPREAD_MS = 90_000;
/**
 * Random delay before the next attempt when such a connection was refused, because the limit of that minute was used up.
 * It is shorter, because the desk has already waited.
 */
const REFUSED_PUSH_MS = { min: 10_000, spread: 30_000 };
/**
 * Random delay of a poll in an overloaded office: by then all desks have connected to push. Connections and polls together
 * would exceed the limit of one minute.
 */
const POLL_AFTER_PUSH_MS = { min: 70_000, spread: 50_000 };
/** How long a mass reconnect is assumed to last. */
const MASS_RECONNECT_MS = 120_000;
/** Wait before the first retry after a refusal; the poller doubles it. A limit per minute has room again by then. */
const RETRY_MS = 10_000;
/** During a mass reconnect, a refusal means that the per-minute limit is used up, so the desk waits longer. */
const MASS_RECONNECT_RETRY_MS = 30_000;
/** Limits of the random extra delay when the PBX gave every desk the same retry time. */
const MIN_RETRY_SPREAD_MS = 3_000;
const MAX_RETRY_SPREAD_MS = 20_000;
const MASS_RECONNECT_RETRY_SPREAD_MS = 50_000;

/** Paces one desk during a mass reconnect. It cannot see the other desks, only its own refusals. */
export class Reconnect {
  /** Until push is listening, only the list shows calls. */
  pushStatus: PushStatus = 'none';
  readonly #clock: Clock;
  readonly #governor: RateGovernor;
  #lastDisturbanceAt = -Infinity;
  /** When a request was last refused soon after a disturbance. */
  #lastOverloadAt = -Infinity;
  /** The largest list in `REMEMBERED_MS`. */
  #largest = { total: 0, at: -Infinity };
  #isPushRefused = false;
  /** Since when no request has reached the PBX; null while requests reach it. */
  #unreachableSince: number | null = null;

  constructor(clock: Clock, governor: RateGovernor) {
    this.#clock = clock;
    this.#governor = governor;
  }

  /** Something happened that probably hit every desk of the office, for example a network failure. */
  noteDisturbance(): void {
    this.#lastDisturbanceAt = this.#clock.elapsed();
  }

  noteList(total: number): void {
    const now = this.#clock.elapsed();
    if (total >= this.#largest.total || now - this.#largest.at > REMEMBERED_MS) this.#largest = { total, at: now };
  }

  /** Connecting to push failed. `isRefused`: the PBX has too many requests. */
  notePushFailure(isRefused: boolean): void {
    this.#isPushRefused = isRefused;
  }

  /** A request did not reach the PBX. Returns whether all desks of a large office wait for it to return. */
  noteUnreachable(): boolean {
    const now = this.#clock.elapsed();
    this.#unreachableSince ??= now;
    if (!this.#isLarge || now - this.#unreachableSince < MASS_OUTAGE_MS) return false;
    this.noteDisturbance();
    this.#lastOverloadAt = now;
    return true;
  }

  noteReached(): void {
    this.#unreachableSince = null;
  }

  noteRefusal(): void {
    if (this.#isSoonAfter(this.#lastDisturbanceAt)) this.#lastOverloadAt = this.#clock.elapsed();
  }

  /** All desks of the office are probably reconnecting. */
  get isMassReconnect(): boolean {
    return this.#isSoonAfter(this.#lastDisturbanceAt);
  }

  /** The interval between polls without load, in ms; `wantedIntervalMs` is that of a small office. */
  intervalMs(wantedIntervalMs: number): number {
    const onlyConfirms = this.pushStatus === 'listening' && wantedIntervalMs >= CONFIRMING_POLLS.minIntervalMs;
    return onlyConfirms && this.#isLarge ? wantedIntervalMs * CONFIRMING_POLLS.largeOfficeFactor : wantedIntervalMs;
  }

  /** Random delay before the next poll; `wantedIntervalMs` is the interval that we would use without load. */
  pollSpreadMs(wantedIntervalMs: number): number {
    const chance = this.#clock.random();
    const interval = this.#governor.intervalMs(wantedIntervalMs);
    if (this.#isOverloaded && this.pushStatus !== 'none') {
      const spread = this.pushStatus === 'awaited' ? POLL_AFTER_PUSH_MS.spread : interval;
      return Math.min(MAX_INTERVAL_WITH_PUSH_MS, POLL_AFTER_PUSH_MS.min + spread * chance);
    }
    return (this.#governor.isSlowed ? interval : SPREAD_MS) * chance;
  }

  /** Random delay before the next connection to push. */
  pushSpreadMs(): number {
    const chance = this.#clock.random();
    if (!this.#isOverloaded) return PUSH_SPREAD_MS * chance;
    return this.#isPushRefused
      ? REFUSED_PUSH_MS.min + REFUSED_PUSH_MS.spread * chance
      : OVERLOADED_PUSH_SPREAD_MS * chance;
  }

  /** Interval between polls while they are refused, in ms, instead of `interval`. */
  retryMs(interval: number): number {
    // While push reports calls, a refused poll is not urgent.
    if (this.pushStatus === 'listening') return interval;
    return this.#isSoonAfter(this.#lastDisturbanceAt) ? MASS_RECONNECT_RETRY_MS : Math.min(interval, RETRY_MS);
  }

  /** Retry-After plus a random spread, in ms. */
  spreadRetryMs(retryAfterMs: number): number {
    // A PBX that asks for a long wait has probably refused many desks.
    const maxSpread = this.#isSoonAfter(this.#lastDisturbanceAt) ? MASS_RECONNECT_RETRY_SPREAD_MS : MAX_RETRY_SPREAD_MS;
    return retryAfterMs + Math.min(maxSpread, Math.max(MIN_RETRY_SPREAD_MS, retryAfterMs)) * this.#clock.random();
  }

  get #isLarge(): boolean {
    return this.#largest.total >= LARGE_LIST && this.#clock.elapsed() - this.#largest.at < REMEMBERED_MS;
  }

  get #isOverloaded(): boolean {
    return this.#governor.isCrowded || this.#isSoonAfter(this.#lastOverloadAt);
  }

  #isSoonAfter(at: number): boolean {
    return this.#clock.elapsed() - at < MASS_RECONNECT_MS;
  }
}
