import type { Clock } from '../../src/core/clock.ts';
import { refuseSilently, type PbxAnswer } from '../../src/demo/http.ts';

const MINUTE = 60_000;

/**
 * The gateway's limit of requests per minute and address (`access_limit`, PortSIP "Rate limit"). Guesses: it
 * counts in fixed windows, the minutes of the clock, so all clients may send requests again when one ends; the refusal
 * is 429 without a body; opening a WebSocket is a request, the frames in it are not.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #saysWhen: boolean;
  readonly #asked = new Map<string, number>();
  #minute = -1;

  /** `perMinute` Infinity: no limit. `saysWhen`: a refusal has a Retry-After, in seconds. */
  constructor(clock: Clock, perMinute: number, saysWhen: boolean) {
    this.#clock = clock;
    this.#perMinute = perMinute;
    this.#saysWhen = saysWhen;
  }

  /** Counts a request of this address; null means that it passes. */
  refusal(address: string): PbxAnswer | null {
    const now = this.#clock.now();
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.#minute) this.#asked.clear();
    this.#minute = minute;
    const asked = (this.#asked.get(address) ?? 0) + 1;
    this.#asked.set(address, asked);
    if (asked <= this.#perMinute) return null;
    const secondsLeft = Math.ceil(((minute + 1) * MINUTE - now) / 1000);
    return refuseSilently(429, this.#saysWhen ? { 'retry-after': String(secondsLeft) } : {});
  }
}
