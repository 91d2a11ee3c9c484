import { reportBug } from '../report-bug.ts';
import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import { backoffMs, retryAfterMs, withClampedRetryAfter } from './retry-delay.ts';

export interface PollerOptions<T> {
  clock: Clock;
  /** The wanted time between an answer and the next request, in ms. Called after each answer. */
  intervalMs: () => number;
  ask: (signal: AbortSignal) => Promise<Result<T>>;
  /**
   * Called with each answer and the time of the next request (ms since 1970); null when polling has stopped for good.
   */
  onAnswer: (answer: Result<T>, nextAt: number | null) => void;
}

export const MIN_INTERVAL_MS = 2_000;
/**
 * Wait after the first, second and third "forbidden" in a row, in ms. A single one may be a temporary fault of the PBX,
 * and the permission may be granted while the program runs.
 */
const FORBIDDEN_RETRY_MS = [30_000, 120_000, 600_000];
const MAX_FORBIDDEN_RETRY_MS = 600_000;
/** Minimum time between two requests, however often `pollNow` is called. */
const MIN_GAP_MS = 1_000;
/** The same for an urgent poll: while a phone rings, its user should not wait for the caller's name. */
const URGENT_GAP_MS = 250;
/** The random part makes an interval at most this many times as long. */
const MAX_JITTER = 1.1;

/** The account has no permission. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['list-forbidden', 'status-forbidden', 'history-forbidden']);

/** The PBX ended the sign-in, so the poller stops: each further request could count as a failed sign-in. */
const SIGNED_OUT: ReadonlySet<ErrorCode> = new Set(['session-expired', 'signed-out', 'sign-in-refused']);

/**
 * Sends one request after another, never two at a time. The interval varies by 10 %, and failures make it longer
 * (`backoffMs`). Retry-After is obeyed up to ten minutes; a longer one is cut to that, and the error reports the cut.
 */
export class Poller<T> {
  readonly #options: PollerOptions<T>;
  #running = false;
  #inFlight: AbortController | null = null;
  readonly #timer: Timer;
  /** When the next request is due, in monotonic ms. */
  #dueAt = 0;
  #failures = 0;
  /** "Forbidden" answers in a row. */
  #refusals = 0;
  /** Something happened after the request in flight was sent, so its answer may not include it. */
  #mustAskAgain = false;
  /** Minimum time between the last request and one by `pollNow`, in ms. */
  #minGap = MIN_GAP_MS;
  /** When the last request was sent, and when the next one is allowed (Retry-After). Both in monotonic ms. */
  #lastStart = -Infinity;
  #notBefore = -Infinity;

  constructor(options: PollerOptions<T>) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** Sends a request at once, then one per interval. Does nothing when the poller is already running. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#notBefore = -Infinity;
    this.#ask();
  }

  /** Stops polling and ignores the answer to a request in flight. */
  stop(): void {
    this.#running = false;
    this.#abortRequest();
    this.#timer.stop();
  }

  /**
   * Sends a request now instead of after the interval, or after the request in flight. Retry-After is still obeyed.
   * `urgent`: the user is waiting for the result.
   */
  pollNow({ urgent = false } = {}): void {
    if (!this.#running) return;
    if (urgent) this.#minGap = URGENT_GAP_MS;
    if (this.#inFlight !== null) this.#mustAskAgain = true;
    else this.#askAfter(this.#waitFor(this.#lastStart + this.#minGap));
  }

  /** Sends the next request earlier if the wanted interval has become shorter since that request was scheduled. */
  hasten(): void {
    const { clock, intervalMs } = this.#options;
    if (!this.#timer.isRunning || this.#failures > 0 || this.#refusals > 0) return;
    if (this.#dueAt - clock.elapsed() > MAX_JITTER * intervalMs()) this.#askAfter(this.#interval());
  }

  /** Time until the PBX accepts requests again (Retry-After), in ms; 0 when it accepts them now. */
  get heldForMs(): number {
    return this.#running ? this.#waitFor(this.#notBefore) : 0;
  }

  /**
   * Call it after sleep or a network change. Sends a new request instead of the one in flight, once Retry-After allows
   * it.
   */
  wake(): void {
    if (!this.#running) return;
    this.#abortRequest();
    this.#failures = 0;
    this.#askAfter(0);
  }

  #askAfter(wait: number): void {
    const allowedWait = Math.max(wait, this.#waitFor(this.#notBefore));
    if (allowedWait === 0) this.#ask();
    else this.#schedule(allowedWait);
  }

  #waitFor(at: number): number {
    return Math.max(0, at - this.#options.clock.elapsed());
  }

  #ask(): void {
    if (!this.#running || this.#inFlight !== null) return;
    this.#timer.stop();
    this.#mustAskAgain = false;
    this.#minGap = MIN_GAP_MS;
    this.#lastStart = this.#options.clock.elapsed();
    const request = new AbortController();
    this.#inFlight = request;
    void this.#run(request);
  }

  async #run(request: AbortController): Promise<void> {
    let answer: Result<T>;
    try {
      answer = await this.#options.ask(request.signal);
    } catch (thrown) {
      reportBug(thrown);
      answer = err(appError('internal', { detail: String(thrown) }));
    }
    if (this.#inFlight !== request) return;
    this.#inFlight = null;
    if (!answer.ok) answer = err(withClampedRetryAfter(answer.error));
    if (!answer.ok && SIGNED_OUT.has(answer.error.code)) {
      this.stop();
      this.#options.onAnswer(answer, null);
      return;
    }
    const wait = this.#waitAfter(answer);
    // Scheduled before the callback, so that polling continues whatever the callback does.
    this.#schedule(wait);
    this.#options.onAnswer(answer, this.#options.clock.now() + wait);
  }

  #waitAfter(answer: Result<T>): number {
    const { clock } = this.#options;
    const interval = this.#interval();
    const jittered = (ms: number): number => ms * (0.9 + 0.2 * clock.random());
    if (answer.ok) {
      this.#failures = 0;
      this.#refusals = 0;
      if (this.#mustAskAgain) return this.#waitFor(this.#lastStart + this.#minGap);
      return Math.max(MIN_INTERVAL_MS, jittered(interval));
    }
    const asked = retryAfterMs(answer.error);
    if (asked > 0) this.#notBefore = clock.elapsed() + asked;
    if (REFUSED.has(answer.error.code)) {
      const wait = FORBIDDEN_RETRY_MS[this.#refusals] ?? MAX_FORBIDDEN_RETRY_MS;
      this.#refusals += 1;
      return Math.max(interval, asked, jittered(wait));
    }
    this.#failures += 1;
    // With Retry-After there is no reason to wait longer than the PBX asked.
    return asked > 0 ? asked : backoffMs(interval, this.#failures, clock.random());
  }

  #interval(): number {
    const wanted = this.#options.intervalMs();
    return wanted > MIN_INTERVAL_MS ? wanted : MIN_INTERVAL_MS;
  }

  #schedule(ms: number): void {
    this.#dueAt = this.#options.clock.elapsed() + ms;
    this.#timer.start(ms, () => this.#ask());
  }

  #abortRequest(): void {
    const request = this.#inFlight;
    this.#inFlight = null;
    this.#mustAskAgain = false;
    request?.abort();
  }
}
