import { isRecord } from './answer-errors.ts';
import type { HttpAnswer } from './http.ts';
import { readTime } from './read-time.ts';

/**
 * The APIs that a sign-in can go through, newest first: JSON (22.2.11 and later), the OAuth password grant (22.x),
 * and /tokens (16.x).
 */
export const SIGN_IN_FLOWS = ['json', 'oauth', 'v16'] as const;

export type SignInFlow = (typeof SIGN_IN_FLOWS)[number];

/** A sign-in at the PBX. Secret: kept in memory and in the platform's key store, nowhere else. */
export interface Tokens {
  accessToken: string;
  /** Replaced with every refresh; '' when the PBX gave none. */
  refreshToken: string;
  /** ms since 1970 on this computer's clock. */
  expiresAt: number;
  /** The API they came from; they are refreshed and revoked there. */
  flow: SignInFlow;
}

/** The lifetime in the examples of the authentication page, for a PBX that names none. */
export const USUAL_LIFETIME_MS = 1800 * 1000;
const MAX_LIFETIME_MS = 365 * 24 * 3600 * 1000;
/** A larger value, over thirty years in seconds, is not a lifetime but a time since 1970. */
const MAX_RELATIVE_LIFETIME_S = 1e9;

/**
 * Reads {access_token, refresh_token, expires_in or expires or expires_at}; null when there is no usable access token.
 * `now` in ms since 1970; `oldRefreshToken` stays where the PBX gives no new one.
 */
export function decodeTokens(
  { body, headers }: Pick<HttpAnswer, 'body' | 'headers'>,
  flow: SignInFlow,
  now: number,
  oldRefreshToken = '',
): Tokens | null {
  if (!isRecord(body)) return null;
  const accessToken = tokenText(body['access_token']);
  if (accessToken === '') return null;
  const lifetimes = [body['expires_in'], body['expires'], body['expires_at']].map((value) =>
    readLifetime(value, headers.date ?? now),
  );
  const lifetime = lifetimes.find((ms) => ms > 0) ?? USUAL_LIFETIME_MS;
  return {
    accessToken,
    refreshToken: tokenText(body['refresh_token']) || oldRefreshToken,
    expiresAt: now + Math.min(Math.round(lifetime), MAX_LIFETIME_MS),
    flow,
  };
}

/**
 * A lifetime in ms from seconds (also as text), RFC 3339 or Unix seconds; 0 when there is none. `pbxNow` is the PBX's
 * clock.
 */
function readLifetime(value: unknown, pbxNow: number): number {
  const seconds = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof seconds === 'number' && seconds < MAX_RELATIVE_LIFETIME_S) return seconds > 0 ? seconds * 1000 : 0;
  const time = readTime(seconds);
  return time === null ? 0 : Math.max(0, time - pbxNow);
}

/** A token travels in a header: visible ASCII only (RFC 9110 5.5); '' for anything else. */
export const tokenText = (value: unknown): string =>
  typeof value === 'string' && value.length <= 16_384 && /^[\x21-\x7e]+$/.test(value) ? value : '';
