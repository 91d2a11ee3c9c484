import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { SingleFlight } from '../single-flight.ts';
import { errorFor } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import { canRefresh, refreshTokens } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

export interface TokenKeeperOptions {
  http: HttpPort;
  tokens: Tokens;
  clock: Clock;
  /** Called with new tokens; the old ones are no longer valid. */
  onTokens: (tokens: Tokens) => void;
  /** Called before each request that the keeper adds: a refresh, a sign-in, or the second attempt with a new token. */
  onUnpaced?: () => void;
  /**
   * Signs in again when expired tokens cannot be refreshed. Resolves to null if that is not allowed. Called again,
   * after a pause, only if it failed without a refusal.
   */
  signInAgain?: () => Promise<Result<Tokens> | null>;
  /** Called once, when the PBX has ended the sign-in. From then on every request answers with this error. */
  onLost: (error: AppError) => void;
}

/** Tokens are refreshed after this fraction of their lifetime, before they expire. */
const REFRESH_FRACTION = 0.8;
/** Minimum wait after such an early refresh failed, in ms; a longer Retry-After of the PBX is kept. */
const MIN_EARLY_RETRY_MS = 30_000;
/** First and longest pause after a sign-in that failed, in ms; it doubles with each failure. */
const SIGN_IN_RETRY_MS = 30_000;
const MAX_SIGN_IN_RETRY_MS = 900_000;
/** The PBX judged the password: it is not sent again. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['sign-in-refused', 'pbx-refused']);
/** The request was not sent. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set([
  'dns-failed',
  'no-route',
  'connection-refused',
  'tls-untrusted',
  'tls-changed',
  'proxy-unreachable',
  'proxy-refused',
  'proxy-auth-needed',
]);

/** Holds the tokens of one sign-in and keeps them fresh, with never more than one refresh under way. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  #tokens: Tokens;
  /** When the tokens are refreshed early, and when they expire, in monotonic ms. */
  #refreshAt: number;
  #expiresAt: number;
  /** Counts new tokens. Comparing tokens is not enough, because a PBX may issue the same access token again. */
  #generation = 0;
  readonly #renewal = new SingleFlight<Result<Tokens>>();
  /** Set when the tokens must not be used any more; every request then answers with it. */
  #endError: AppError | null = null;
  /** The keeper has ended, but still reports the tokens of a running refresh. */
  #reportsLastRefresh = false;
  /** A refresh had no answer: the PBX may have replaced the tokens by others that were lost on the way. */
  #mayBeReplaced = false;
  #failedSignIns = 0;
  /** No sign-in before this monotonic time, and why. */
  #signInPause: { until: number; error: AppError } | null = null;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
    [this.#refreshAt, this.#expiresAt] = lifetimeOf(options.tokens, options.clock);
  }

  /**
   * Sends a request with a valid token. When the PBX answers 401, the tokens are refreshed (once for all requests that
   * wait) and the request is sent a second time. That is safe for every request, even POST /sessions, because 401 means
   * that the PBX checked the token and did nothing. Expired tokens alone do not end the sign-in, because the clock of
   * this computer may be wrong; only an answer of the PBX does.
   *
   * `isOptional`: the PBX may answer 401 for a missing permission. Such a 401 is returned if the tokens are valid.
   */
  async run(
    send: (accessToken: string) => Promise<Result<HttpAnswer>>,
    { isOptional = false } = {},
  ): Promise<Result<HttpAnswer>> {
    const ready = await this.#refreshIfDue();
    if (ready !== null) return err(ready);
    const generation = this.#generation;
    const first = await send(this.#tokens.accessToken);
    if (!first.ok || first.value.status !== 401) return first;

    if (this.#endError) return err(this.#endError);
    if (this.#generation === generation) {
      if (isOptional && !this.#mayRenew()) return first;
      const renewed = await this.#renew(first.value);
      if (!renewed.ok) return renewed;
    }
    this.#options.onUnpaced?.();
    const second = await send(this.#tokens.accessToken);
    if (isOptional || !second.ok || second.value.status !== 401) return second;
    // The PBX refuses even a new token, so another refresh would not help.
    return err(this.#endWith(errorFor('session-expired', second.value, 'with a new token')));
  }

  /** An access token that has not expired by the clock of this computer, for push. Secret. */
  async accessToken(): Promise<Result<string>> {
    const problem = await this.#refreshIfDue();
    return problem === null ? ok(this.#tokens.accessToken) : err(problem);
  }

  /** Ends the use of the tokens here: nothing is refreshed or reported any more, and requests answer `signed-out`. */
  end(): Tokens {
    this.#endError ??= appError('signed-out');
    this.#reportsLastRefresh = false;
    return this.#tokens;
  }

  /** Like `end`, for tokens that will be used again: waits for a running refresh and still reports its tokens. */
  async endAfterRefresh(): Promise<void> {
    this.#endError ??= appError('signed-out');
    this.#reportsLastRefresh = true;
    await this.#renewal.running;
  }

  /** Refreshes the tokens early if that is due. Returns an error if no request can be sent. */
  async #refreshIfDue(): Promise<AppError | null> {
    if (this.#endError) return this.#endError;
    const paused = this.#pausedSignIn();
    if (paused !== null) return paused;
    if (this.#options.clock.elapsed() < this.#refreshAt || !canRefresh(this.#tokens)) return null;
    const refreshed = await this.#refresh();
    if (refreshed.ok || this.#hasEnded()) return refreshed.ok ? null : refreshed.error;
    const now = this.#options.clock.elapsed();
    if (refreshed.error.code === 'session-expired') {
      // These tokens cannot be refreshed, but the access token stays valid until the PBX refuses it.
      this.#refreshAt = Infinity;
      return null;
    }
    this.#refreshAt = now + Math.max(MIN_EARLY_RETRY_MS, refreshed.error.retryAfterMs ?? 0);
    return now < this.#expiresAt ? null : refreshed.error;
  }

  /** Gets new tokens after a 401. An early refresh may already be running. */
  async #renew(refusal: HttpAnswer): Promise<Result<Tokens>> {
    if (this.#renewal.running !== null || this.#tokens.refreshToken !== '') {
      const refreshed = await this.#refresh();
      if (refreshed.ok || this.#hasEnded() || refreshed.error.code !== 'session-expired') return refreshed;
    }
    return this.#renewal.run(() => this.#signInAgain(refusal));
  }

  /**
   * Only for expired or replaced tokens: tokens that the PBX refuses earlier were revoked, and signing in again would
   * undo that.
   */
  async #signInAgain(refusal: HttpAnswer): Promise<Result<Tokens>> {
    const { clock, onUnpaced, signInAgain } = this.#options;
    const paused = this.#pausedSignIn();
    if (paused !== null) return err(paused);
    const mayTry = clock.elapsed() >= this.#expiresAt || this.#mayBeReplaced;
    if (mayTry) onUnpaced?.();
    const signedIn = mayTry ? ((await signInAgain?.()) ?? null) : null;
    if (this.#endError && !(this.#reportsLastRefresh && signedIn?.ok)) return err(this.#endError);
    if (signedIn?.ok === true) {
      this.#useTokens(signedIn.value);
      return signedIn;
    }
    if (signedIn !== null && !REFUSALS.has(signedIn.error.code)) {
      this.#pauseSignIn(signedIn.error);
      return signedIn;
    }
    const remark = signedIn === null ? 'nothing to refresh with' : `signing in again: ${signedIn.error.code}`;
    return err(this.#endWith(errorFor('session-expired', refusal, remark)));
  }

  /** The PBX may count a sign-in that it did not answer as a failed one, and it blocks addresses after five. */
  #pauseSignIn(error: AppError): void {
    this.#failedSignIns++;
    const wasAnswered = error.code === 'rate-limited' || error.code === 'pbx-failed' || NOT_SENT.has(error.code);
    const isLong = !wasAnswered && this.#failedSignIns > 1;
    const backOff = isLong ? MAX_SIGN_IN_RETRY_MS : SIGN_IN_RETRY_MS * 2 ** (this.#failedSignIns - 1);
    const ms = Math.max(Math.min(backOff, MAX_SIGN_IN_RETRY_MS), error.retryAfterMs ?? 0);
    this.#signInPause = { until: this.#options.clock.elapsed() + ms, error };
  }

  #pausedSignIn(): AppError | null {
    if (this.#signInPause === null) return null;
    const { until, error } = this.#signInPause;
    const retryAfterMs = until - this.#options.clock.elapsed();
    return retryAfterMs > 0 ? { ...error, retryAfterMs } : null;
  }

  #mayRenew(): boolean {
    return (
      this.#renewal.running !== null ||
      this.#tokens.refreshToken !== '' ||
      this.#mayBeReplaced ||
      this.#options.clock.elapsed() >= this.#expiresAt
    );
  }

  #useTokens(tokens: Tokens): void {
    const { clock, onTokens } = this.#options;
    this.#mayBeReplaced = false;
    this.#failedSignIns = 0;
    this.#signInPause = null;
    this.#tokens = tokens;
    this.#generation++;
    [this.#refreshAt, this.#expiresAt] = lifetimeOf(tokens, clock);
    onTokens(tokens);
  }

  #refresh(): Promise<Result<Tokens>> {
    return this.#renewal.run(() => this.#refreshOnce());
  }

  async #refreshOnce(): Promise<Result<Tokens>> {
    const { http, clock, onUnpaced } = this.#options;
    onUnpaced?.();
    const refreshed = await refreshTokens(http, this.#tokens, clock);
    if (this.#endError && !(this.#reportsLastRefresh && refreshed.ok)) return err(this.#endError);
    if (refreshed.ok) {
      this.#useTokens(refreshed.value);
    } else if (refreshed.error.code === 'session-expired') {
      if (this.#mayBeReplaced) this.#tokens = { ...this.#tokens, refreshToken: '' };
      else if (this.#tokens.refreshToken !== '') this.#endWith(refreshed.error);
    } else if (refreshed.error.code !== 'rate-limited' && !NOT_SENT.has(refreshed.error.code)) {
      this.#mayBeReplaced = true;
    }
    return refreshed;
  }

  #hasEnded(): boolean {
    return this.#endError !== null;
  }

  #endWith(error: AppError): AppError {
    if (this.#endError === null) {
      this.#endError = error;
      this.#options.onLost(error);
    }
    return this.#endError;
  }
}

/**
 * Times at which tokens are refreshed and expire, in monotonic ms. For tokens from before a restart only the rest of
 * the lifetime is known; they are refreshed after 80 % of that.
 */
function lifetimeOf({ expiresAt }: Tokens, clock: Clock): [refreshAt: number, expiresAt: number] {
  const left = expiresAt - clock.now();
  const now = clock.elapsed();
  return [now + Math.max(0, left) * REFRESH_FRACTION, now + left];
}
