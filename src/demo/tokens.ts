import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { User } from './office.ts';

/** The token object of both sign-in flows (PortSIP "Authentication"; OpenAPI 22.2 POST /auth/sign_in). */
export interface TokenSet {
  access_token: string;
  /** In seconds. */
  expires_in: number;
  refresh_token: string;
  token_type: 'Bearer';
}

interface Grant {
  user: User;
  access: string;
  refresh: string;
  /** ms since 1970. */
  expiresAt: number;
}

export const opaqueToken = (): string => randomBytes(24).toString('base64url');

/** Opaque tokens that expire. A sign-in gives one grant with two tokens, and a refresh replaces both of them. */
export class Tokens {
  readonly #clock: Clock;
  readonly #lifetimeSeconds: number;
  #grants: Grant[] = [];

  constructor(clock: Clock, lifetimeSeconds: number) {
    this.#clock = clock;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  issue(user: User): TokenSet {
    const grant = {
      user,
      access: opaqueToken(),
      refresh: opaqueToken(),
      expiresAt: this.#clock.now() + this.#lifetimeSeconds * 1000,
    };
    this.#grants.push(grant);
    return {
      access_token: grant.access,
      expires_in: this.#lifetimeSeconds,
      refresh_token: grant.refresh,
      token_type: 'Bearer',
    };
  }

  /** The user of an access token; null when it is unknown or expired. */
  userOf(access: string): User | null {
    const grant = this.#grants.find((candidate) => candidate.access === access);
    return grant !== undefined && grant.expiresAt > this.#clock.now() ? grant.user : null;
  }

  /** Null for a refresh token that is unknown or was used before, because each works only once. */
  refresh(token: string): TokenSet | null {
    const grant = this.#grants.find((candidate) => candidate.refresh === token);
    if (grant === undefined) return null;
    this.#grants = this.#grants.filter((other) => other !== grant);
    return this.issue(grant.user);
  }

  /** Signs out: an access token and its refresh token are no longer valid. */
  revoke(access: string): void {
    this.#grants = this.#grants.filter((grant) => grant.access !== access);
  }

  expireAccess(): void {
    for (const grant of this.#grants) grant.expiresAt = 0;
  }

  revokeAll(): void {
    this.#grants = [];
  }
}
