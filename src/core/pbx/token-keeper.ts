import { appError, type AppError } from '../../shared/errors.ts';
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
   * Signs in again when tokens without a refresh token have expired. Resolves to null if that is not allowed. Called at
   * most once for each set of tokens.
   */
  signInAgain?: () => Promise<Result<Tokens> | null>;
  /** Called once, when the PBX has ended the sign-in. From then on every request answers with this error. */
  onLost: (error: AppError) => void;
}

/** Tokens are refreshed after this fraction of their lifetime, before they expire. */
const REFRESH_FRACTION = 0.8;
/** Minimum wait after such an early refresh failed, in ms; a longer Retry-After of the PBX is kept. */
const MIN_EARLY_RETRY_MS = 30_000;

/** Holds the tokens of one sign-in and keeps them fresh, with never more than one refresh under way. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  #tokens: Tokens;
  /** Both in monotonic ms. */
  #refreshAt: number;
  #expiresAt: number;
  /** Counts new tokens. Comparing tokens is not enough, because a PBX may issue the same access token again. */
  #generation = 0;
  readonly #renewal = new SingleFlight<Result<Tokens>>();
  /** Why no request is sent any more. */
  #endError: AppError | null = null;
  /** The keeper has ended, but still reports the tokens of a running refresh. */
  #reportsLastRefresh = false;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
    [this.#refreshAt, this.#expiresAt] = lifetimeOf(options.tokens, options.clock);
  }

  /**
   * Sends a request with a valid token. When the PBX answers 401, the tokens are refreshed (once for all requests that
   * wait) and the request is sent a second time. That is safe for every request, even POST /sessions, because 401 means
   * that the PBX checked the token and did nothing. Expired tokens alone do not end the sign-in, because the clock of this
   * computer may be wrong; only an answer of the PBX does.
   */
  async run(send: (accessToken: string) => Promise<Result<HttpAnswer>>): Promise<Result<HttpAnswer>> {
    const ready = await this.#refreshIfDue();
    if (ready !== null) return err(ready);
    const generation = this.#generation;
    const first = await send(this.#tokens.accessToken);
    if (!first.ok || first.value.status !== 401) return first;

    if (this.#endError) return err(this.#endError);
    if (this.#generation === generation) {
      const renewed = await this.#renew(first.value);
      if (!renewed.ok) return renewed;
    }
    this.#options.onUnpaced?.();
    const second = await send(this.#tokens.accessToken);
    if (!second.ok || second.value.status !== 401) return second;
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
    if (this.#options.clock.elapsed() < this.#refreshAt || !canRefresh(this.#tokens)) return null;
    const refreshed = await this.#refresh();
    if (refreshed.ok || this.#hasEnded()) return refreshed.ok ? null : refreshed.error;
    const now = this.#options.clock.elapsed();
    if (refreshed.error.code === 'session-expired') {
      // This PBX refreshes no tokens, but the access token stays valid until the PBX refuses it.
      this.#refreshAt = Infinity;
      return null;
    }
    this.#refreshAt = now + Math.max(MIN_EARLY_RETRY_MS, refreshed.error.retryAfterMs ?? 0);
    return now < this.#expiresAt ? null : refreshed.error;
  }

  /** Gets new tokens after a 401. An early refresh may already be running. */
  #renew(refusal: HttpAnswer): Promise<Result<Tokens>> {
    if (this.#renewal.running !== null || this.#tokens.refreshToken !== '') return this.#refresh();
    return this.#renewal.run(() => this.#signInAgain(refusal));
  }

  /** Only for expired tokens: tokens that the PBX refuses earlier were revoked, and signing in again would undo that. */
  async #signInAgain(refusal: HttpAnswer): Promise<Result<Tokens>> {
    const { clock, onUnpaced, signInAgain } = this.#options;
    const hasExpired = clock.elapsed() >= this.#expiresAt;
    if (hasExpired) onUnpaced?.();
    const signedIn = hasExpired ? ((await signInAgain?.()) ?? null) : null;
    if (this.#endError && !(this.#reportsLastRefresh && signedIn?.ok)) return err(this.#endError);
    if (signedIn?.ok === true) {
      this.#useTokens(signedIn.value);
      return signedIn;
    }
    const remark = signedIn === null ? 'nothing to refresh with' : `signing in again: ${signedIn.error.code}`;
    return err(this.#endWith(errorFor('session-expired', refusal, remark)));
  }

  #useTokens(tokens: Tokens): void {
    const { clock, onTokens } = this.#options;
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
    } else if (refreshed.error.code === 'session-expired' && this.#tokens.refreshToken !== '') {
      this.#endWith(refreshed.error);
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
 * Times at which tokens are refreshed and expire, in monotonic ms. For tokens from before a restart only the rest of the
 * lifetime is known; they are refreshed after 80 % of that.
 */
function lifetimeOf({ expiresAt }: Tokens, clock: Clock): [refreshAt: number, expiresAt: number] {
  const left = expiresAt - clock.now();
  const now = clock.elapsed();
  return [now + Math.max(0, left) * REFRESH_FRACTION, now + left];
}
