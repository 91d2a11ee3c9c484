import { ManualClock } from '../../../support/manual-clock.ts';
import { TokenKeeper } from '../../../../src/core/pbx/token-keeper.ts';
import type { Tokens } from '../../../../src/core/pbx/sign-in.ts';
import type { PbxHttp } from '../../../../src/core/pbx/http.ts';
import type { AppError } from '../../../../src/shared/errors.ts';
import type { Result } from '../../../../src/shared/result.ts';

/** Tokens that are valid for half an hour from the start of a ManualClock. */
export const tokensFor = (clock: ManualClock, more: Partial<Tokens> = {}): Tokens => ({
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresAt: clock.now() + 1_800_000,
  flow: 'json',
  ...more,
});

/** A keeper, and what it reported. */
export function keeperFor(
  http: PbxHttp,
  clock = new ManualClock(),
  more: Partial<Tokens> = {},
  signInAgain: () => Promise<Result<Tokens> | null> = () => Promise.resolve(null),
) {
  const changes: Tokens[] = [];
  const losses: AppError[] = [];
  const keeper = new TokenKeeper({
    http,
    tokens: tokensFor(clock, more),
    clock,
    signInAgain,
    onTokens: (tokens) => changes.push(tokens),
    onLost: (error) => losses.push(error),
  });
  return { keeper, clock, changes, losses };
}

/** The answer of POST /auth/refresh_token and of the OAuth grant. */
export const tokenBody = (n: number) => ({
  token_type: 'Bearer',
  access_token: `access-${n}`,
  refresh_token: `refresh-${n}`,
  expires_in: 1800,
});
