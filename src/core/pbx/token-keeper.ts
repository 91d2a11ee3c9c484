import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { errorFor } from './answer-errors.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import { canRefresh, refreshTokens } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

export interface TokenKeeperOptions {
  http: HttpPort;
  tokens: Tokens;
  clock: Clock;
  /** The tokens changed; the old ones are spent. */
  onTokens: (tokens: Tokens) => void;
  /** A request more than was asked for leaves: a refresh, or the same once more with a new token. */
  onUnpaced?: () => void;
  /**
   * Signs in once more where tokens ran out that nothing renews; null where that must not be tried. At most once for
   * each set of tokens.
   */
  signInAgain?: () => Promise<Result<Tokens> | null>;
  /** The PBX ended the sign-in. Told once; from then on every request answers with this error. */
  onLost: (error: AppError) => void;
}

/** The part of a lifetime after which tokens are refreshed ahead of time. */
const REFRESH_AT = 0.8;
/** How long a refresh ahead of time is left alone after one that failed, in ms, unless the PBX says longer. */
const RETRY_AHEAD_MS = 30_000;

/** Holds the tokens of one sign-in and keeps them fresh, with never more than one refresh under way. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  #tokens: Tokens;
  /** Both in monotonic ms. */
  #refreshAt: number;
  #expiresAt: number;
  /** Counts the refreshes; a PBX may well give the same access token again. */
  #generation = 0;
  #refreshing: Promise<Result<Tokens>> | null = null;
  #over: AppError | null = null;
  /** It is over, but the end of the refresh that is under way is still waited for. */
  #parting = false;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
    [this.#refreshAt, this.#expiresAt] = lifeOf(options.tokens, options.clock);
  }

  /**
   * Sends a request with a good token. When the PBX answers 401, the tokens are refreshed, once for all requests
   * that wait for it, and the request is sent a second time. That is safe for every request, POST /sessions
   * included: a 401 says that the PBX looked at the token and did nothing. Only the PBX ends a sign-in: a clock that
   * says the tokens are too old may be wrong.
   */
  async run(send: (accessToken: string) => Promise<Result<HttpAnswer>>): Promise<Result<HttpAnswer>> {
    const ready = await this.#freshen();
    if (ready !== null) return err(ready);
    const generation = this.#generation;
    const first = await send(this.#tokens.accessToken);
    if (!first.ok || first.value.status !== 401) return first;

    if (this.#over) return err(this.#over);
    if (this.#generation === generation) {
      const renewed = await this.#renew(first.value);
      if (!renewed.ok) return renewed;
    }
    this.#options.onUnpaced?.();
    const second = await send(this.#tokens.accessToken);
    if (!second.ok || second.value.status !== 401) return second;
    // A token fresh from the PBX is no good either: another refresh would only go in circles.
    return err(this.#lose(errorFor('session-expired', second.value, 'with a new token')));
  }

  /** An access token that is good as far as this computer knows, for what is not asked by HTTP. Secret. */
  async accessToken(): Promise<Result<string>> {
    const problem = await this.#freshen();
    return problem === null ? ok(this.#tokens.accessToken) : err(problem);
  }

  /** Ends it from this side: nothing is refreshed or told any more, and requests answer `signed-out`. */
  end(): Tokens {
    this.#over ??= appError('signed-out');
    this.#parting = false;
    return this.#tokens;
  }

  /** The same for whoever means to come back: what a refresh that is under way brings is still told. */
  async part(): Promise<void> {
    this.#over ??= appError('signed-out');
    this.#parting = true;
    await this.#refreshing;
  }

  /** Refreshes ahead of time where it is due; an error where no request can be sent. */
  async #freshen(): Promise<AppError | null> {
    if (this.#over) return this.#over;
    if (this.#options.clock.elapsed() < this.#refreshAt || !canRefresh(this.#tokens)) return null;
    const refreshed = await this.#refresh();
    if (refreshed.ok || this.#isOver()) return refreshed.ok ? null : refreshed.error;
    const now = this.#options.clock.elapsed();
    if (refreshed.error.code === 'session-expired') {
      // Refused, but not over: this PBX refreshes nothing, and the token is good until it says otherwise.
      this.#refreshAt = Infinity;
      return null;
    }
    this.#refreshAt = now + Math.max(RETRY_AHEAD_MS, refreshed.error.retryAfterMs ?? 0);
    return now < this.#expiresAt ? null : refreshed.error;
  }

  /** New tokens after a 401. There may be a refresh under way that was begun ahead of time. */
  #renew(refusal: HttpAnswer): Promise<Result<Tokens>> {
    if (this.#refreshing !== null || this.#tokens.refreshToken !== '') return this.#refresh();
    this.#refreshing = this.#signInAgain(refusal).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Tokens that were refused before their time were revoked: the password must not undo that. */
  async #signInAgain(refusal: HttpAnswer): Promise<Result<Tokens>> {
    const { clock, onUnpaced, signInAgain } = this.#options;
    const ranOut = clock.elapsed() >= this.#expiresAt;
    if (ranOut) onUnpaced?.();
    const signedIn = ranOut ? ((await signInAgain?.()) ?? null) : null;
    if (this.#over && !(this.#parting && signedIn?.ok)) return err(this.#over);
    if (signedIn?.ok === true) {
      this.#take(signedIn.value);
      return signedIn;
    }
    const remark = signedIn === null ? 'nothing to refresh with' : `signing in again: ${signedIn.error.code}`;
    return err(this.#lose(errorFor('session-expired', refusal, remark)));
  }

  #take(tokens: Tokens): void {
    const { clock, onTokens } = this.#options;
    this.#tokens = tokens;
    this.#generation++;
    [this.#refreshAt, this.#expiresAt] = lifeOf(tokens, clock);
    onTokens(tokens);
  }

  #refresh(): Promise<Result<Tokens>> {
    this.#refreshing ??= this.#refreshOnce().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshOnce(): Promise<Result<Tokens>> {
    const { http, clock, onUnpaced } = this.#options;
    onUnpaced?.();
    const refreshed = await refreshTokens(http, this.#tokens, clock);
    if (this.#over && !(this.#parting && refreshed.ok)) return err(this.#over);
    if (refreshed.ok) {
      this.#take(refreshed.value);
    } else if (refreshed.error.code === 'session-expired' && this.#tokens.refreshToken !== '') {
      this.#lose(refreshed.error);
    }
    return refreshed;
  }

  #isOver(): boolean {
    return this.#over !== null;
  }

  #lose(error: AppError): AppError {
    if (this.#over === null) {
      this.#over = error;
      this.#options.onLost(error);
    }
    return this.#over;
  }
}

/**
 * When to refresh tokens, and when they expire, in monotonic ms. For tokens that were kept over a restart only
 * the rest of their lifetime is known; they are refreshed after 80 % of that.
 */
function lifeOf({ expiresAt }: Tokens, clock: Clock): [refreshAt: number, expiresAt: number] {
  const left = expiresAt - clock.now();
  const now = clock.elapsed();
  return [now + Math.max(0, left) * REFRESH_AT, now + left];
}
