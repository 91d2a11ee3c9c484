import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/clock.ts';

/** The token object of both sign-in flows (PortSIP "Authentication"; OpenAPI 22.2 POST /auth/sign_in). */
export interface TokenSet {
  access_token: string;
  /** Seconds. */
  expires_in: number;
  refresh_token: string;
  token_type: 'Bearer';
}

interface Grant {
  access: string;
  refresh: string;
  /** ms since 1970. */
  expiresAt: number;
}

/** Opaque tokens with an end. One grant is one sign-in; a refresh replaces both of its tokens. */
export class Tokens {
  readonly #clock: Clock;
  readonly #lifetimeSeconds: number;
  #grants: Grant[] = [];

  constructor(clock: Clock, lifetimeSeconds: number) {
    this.#clock = clock;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  issue(): TokenSet {
    const grant = {
      access: randomBytes(24).toString('base64url'),
      refresh: randomBytes(24).toString('base64url'),
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

  isLive(access: string): boolean {
    return this.#grants.some((grant) => grant.access === access && grant.expiresAt > this.#clock.now());
  }

  /** Null for a refresh token that is unknown or was used before: each works once. */
  refresh(token: string): TokenSet | null {
    const rest = this.#grants.filter((grant) => grant.refresh !== token);
    if (rest.length === this.#grants.length) return null;
    this.#grants = rest;
    return this.issue();
  }

  /** Signs out: the access token and the refresh token that came with it. */
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
