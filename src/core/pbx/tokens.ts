import { isRecord } from './answer-errors.ts';

/** A sign-in at the PBX. Secret: kept in memory and in the platform's key store, nowhere else. */
export interface Tokens {
  accessToken: string;
  /** Replaced with every refresh; '' when the PBX gave none. */
  refreshToken: string;
  /** ms since 1970 on this computer's clock. */
  expiresAt: number;
  /** The API they came from; they are refreshed and revoked there. */
  flow: 'json' | 'oauth';
}

/** The lifetime in the examples of the authentication page, for a PBX that names none. */
const USUAL_LIFETIME_S = 1800;
const MAX_LIFETIME_S = 365 * 24 * 3600;

/**
 * Reads {access_token, refresh_token, expires_in (seconds)}; null when there is no usable access token.
 * `now` in ms since 1970; `oldRefreshToken` stays where the PBX gives no new one.
 */
export function decodeTokens(body: unknown, flow: Tokens['flow'], now: number, oldRefreshToken = ''): Tokens | null {
  if (!isRecord(body)) return null;
  const accessToken = token(body['access_token']);
  if (accessToken === '') return null;
  const lifetime = typeof body['expires_in'] === 'object' ? 0 : Number(body['expires_in']);
  const seconds = lifetime > 0 ? Math.min(lifetime, MAX_LIFETIME_S) : USUAL_LIFETIME_S;
  return {
    accessToken,
    refreshToken: token(body['refresh_token']) || oldRefreshToken,
    expiresAt: now + Math.round(seconds * 1000),
    flow,
  };
}

/** A token travels in a header: visible ASCII only (RFC 9110 5.5). */
const token = (value: unknown): string =>
  typeof value === 'string' && value.length <= 16_384 && /^[\x21-\x7e]+$/.test(value) ? value : '';
