import { Timer } from '../../shared/timer.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { SingleFlight } from '../single-flight.ts';

export interface UntilAnsweredOptions<T> {
  clock: Clock;
  request: () => Promise<Result<T>>;
  /** Called after each request. `data`: null if it failed. */
  onResult: (data: T | null) => void;
  isAnswered?: boolean;
}

/** Errors that would be the same at the next request. After any other, the request is repeated. */
const ANSWERS: ReadonlySet<ErrorCode> = new Set([
  'pbx-refused',
  'bad-answer',
  'answer-too-large',
  'session-expired',
  'signed-out',
]);
const FIRST_RETRY_MS = 60_000;
const MAX_RETRY_MS = 900_000;
/** After this many failures nobody waits for the data any more, but it is still requested. */
const FAILURES_BEFORE_SETTLED = 3;

/** Data of a sign-in that is requested until the PBX has answered or refused once. */
export class UntilAnswered<T> {
  readonly #options: UntilAnsweredOptions<T>;
  readonly #timer: Timer;
  readonly #flight = new SingleFlight<AppError | null>();
  #isAnswered: boolean;
  #failures = 0;
  #isStopped = false;

  constructor(options: UntilAnsweredOptions<T>) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
    this.#isAnswered = options.isAnswered === true;
  }

  /** Whether waiting for the data is over: the PBX answered or refused, or failed several times. */
  get isSettled(): boolean {
    return this.#isAnswered || this.#failures >= FAILURES_BEFORE_SETTLED;
  }

  /** Requests the data again, even if it was answered before. Resolves to the error of the request. */
  ask(): Promise<AppError | null> {
    return this.#flight.run(() => this.#ask());
  }

  /** The PBX answers other requests again. */
  askIfUnanswered(): void {
    if (!this.#isAnswered && !this.#isStopped) void this.ask();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer.stop();
  }

  async #ask(): Promise<AppError | null> {
    this.#timer.stop();
    const found = await this.#options.request();
    if (this.#isStopped) return found.ok ? null : found.error;
    if (found.ok || ANSWERS.has(found.error.code)) this.#isAnswered = true;
    else this.#failures++;
    this.#options.onResult(found.ok ? found.value : null);
    if (!found.ok) this.#retryLater(found.error);
    return found.ok ? null : found.error;
  }

  #retryLater({ retryAfterMs = 0 }: AppError): void {
    if (this.#isAnswered || this.#isStopped) return;
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), MAX_RETRY_MS);
    const ms = Math.max(backOff, retryAfterMs) * (1 + this.#options.clock.random() / 4);
    this.#timer.start(ms, () => this.askIfUnanswered());
  }
}
