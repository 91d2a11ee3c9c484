import { reportBug } from '../report-bug.ts';
import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { backoffMs, retryAfterMs, withHonestWait } from './retry-delay.ts';

export interface PollerOptions<T> {
  clock: Clock;
  /** Wanted time between an answer and the next question, in ms; read anew each time. */
  intervalMs: () => number;
  ask: (signal: AbortSignal) => Promise<Result<T>>;
  /** Each answer, and when the next question is due (ms since 1970); null when polling has stopped for good. */
  onAnswer: (answer: Result<T>, nextAt: number | null) => void;
}

export const SHORTEST_INTERVAL_MS = 2_000;
/** One refusal may be a passing mistake of the PBX; a right may be given while the program runs. In ms, by refusals. */
const FORBIDDEN_MS = [30_000, 120_000, 600_000];
const FORBIDDEN_FOR_LONG_MS = 600_000;
/** However often somebody asks for a look at once. */
const SHORTEST_GAP_MS = 1_000;
/** The same where a phone rings: its user should not have to wait for a name. */
const URGENT_GAP_MS = 250;
/** The interval varies by a tenth. */
const LONGEST_JITTER = 1.1;

const REFUSED: ReadonlySet<ErrorCode> = new Set(['list-forbidden', 'status-forbidden', 'history-forbidden']);

/** Asking again with a sign-in that was refused would only count as another failed one. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['session-expired', 'signed-out', 'sign-in-refused']);

/**
 * Asks again and again, one question at a time. The interval varies by 10 %; failures make it longer (`backoffMs`);
 * Retry-After is obeyed up to ten minutes, more is clamped to that and the error passed on says so.
 */
export class Poller<T> {
  readonly #options: PollerOptions<T>;
  #running = false;
  #inFlight: AbortController | null = null;
  #cancelTimer: (() => void) | null = null;
  /** When the next question is due, monotonic ms. */
  #dueAt = 0;
  #failures = 0;
  /** In a row. */
  #refusals = 0;
  #holds = 0;
  /** A look was due while the poller was held. */
  #due = false;
  /** Something happened after the request in flight had left: its answer may not know of it. */
  #again = false;
  /** Least time between the last question and the next that is asked for at once, in ms. */
  #gap = SHORTEST_GAP_MS;
  /** Both in monotonic ms. */
  #lastStart = -Infinity;
  #notBefore = -Infinity;

  constructor(options: PollerOptions<T>) {
    this.#options = options;
  }

  /** Asks at once, then at the interval. Does nothing when it runs already. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#notBefore = -Infinity;
    this.#ask();
  }

  /** Ends it; an answer still under way is ignored. */
  stop(): void {
    this.#running = false;
    this.#due = false;
    this.#abandon();
    this.#cancel();
  }

  /**
   * Asks now instead of at the next interval; after the request in flight, if there is one. Retry-After still holds.
   * `urgent`: somebody waits for what it tells.
   */
  pollNow({ urgent = false } = {}): void {
    if (!this.#running) return;
    if (urgent) this.#gap = URGENT_GAP_MS;
    if (this.#inFlight !== null) this.#again = true;
    else this.#soon(this.#waitFor(this.#lastStart + this.#gap));
  }

  /** The wanted interval may be shorter now than when the next question was planned: it is asked by then. */
  hasten(): void {
    const { clock, intervalMs } = this.#options;
    if (this.#cancelTimer === null || this.#failures > 0 || this.#refusals > 0) return;
    if (this.#dueAt - clock.elapsed() > LONGEST_JITTER * intervalMs()) this.#schedule(this.#interval());
  }

  /** How long until the PBX accepts requests again (Retry-After), in ms; 0 when it does now. */
  get heldForMs(): number {
    return this.#running ? this.#waitFor(this.#notBefore) : 0;
  }

  /** After sleep or a change of network: the request in flight is worth nothing, nor is the wait for the next one. */
  wake(): void {
    if (!this.#running) return;
    this.#abandon();
    this.#failures = 0;
    this.#soon(0);
  }

  /** Starts no request until the function returned is called; one in flight goes on. Holds add up. */
  hold(): () => void {
    this.#holds += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      if (this.#holds === 0 && this.#due && this.#running) this.#ask();
    };
  }

  #soon(wait: number): void {
    const obeyed = Math.max(wait, this.#waitFor(this.#notBefore));
    if (obeyed === 0) this.#ask();
    else this.#schedule(obeyed);
  }

  #waitFor(at: number): number {
    return Math.max(0, at - this.#options.clock.elapsed());
  }

  #ask(): void {
    if (!this.#running || this.#inFlight !== null) return;
    this.#cancel();
    this.#due = this.#holds > 0;
    if (this.#due) return;
    this.#again = false;
    this.#gap = SHORTEST_GAP_MS;
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
    if (!answer.ok) answer = err(withHonestWait(answer.error));
    if (!answer.ok && FINAL.has(answer.error.code)) {
      this.stop();
      this.#options.onAnswer(answer, null);
      return;
    }
    const wait = this.#waitAfter(answer);
    // Scheduled first: whatever the listener does, polling goes on.
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
      if (this.#again) return this.#waitFor(this.#lastStart + this.#gap);
      return Math.max(SHORTEST_INTERVAL_MS, jittered(interval));
    }
    const asked = retryAfterMs(answer.error);
    if (asked > 0) this.#notBefore = clock.elapsed() + asked;
    if (REFUSED.has(answer.error.code)) {
      const wait = FORBIDDEN_MS[this.#refusals] ?? FORBIDDEN_FOR_LONG_MS;
      this.#refusals += 1;
      return Math.max(interval, asked, jittered(wait));
    }
    this.#failures += 1;
    // The PBX said when: waiting for longer would be of no use to it.
    return asked > 0 ? asked : backoffMs(interval, this.#failures, clock.random());
  }

  #interval(): number {
    const wanted = this.#options.intervalMs();
    return wanted > SHORTEST_INTERVAL_MS ? wanted : SHORTEST_INTERVAL_MS;
  }

  #schedule(ms: number): void {
    this.#cancel();
    this.#dueAt = this.#options.clock.elapsed() + ms;
    this.#cancelTimer = this.#options.clock.after(ms, () => {
      this.#cancelTimer = null;
      this.#ask();
    });
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #abandon(): void {
    const request = this.#inFlight;
    this.#inFlight = null;
    this.#again = false;
    request?.abort();
  }
}
