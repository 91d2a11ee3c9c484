import type { Clock } from '../../src/core/clock.ts';
import type { User } from '../../src/demo/office.ts';
import type { Random } from '../../src/demo/random.ts';
import { opaqueToken } from '../../src/demo/tokens.ts';

/** How long a sign-in may wait for its code, and how many wrong codes it survives: both are guesses. */
const WAITS_MS = 600_000;
const TRIES = 5;

/** A code on its way to somebody's mailbox. */
export interface Mail {
  to: string;
  subject: string;
  /** Six digits. */
  code: string;
  /** ms since 1970 on the PBX's clock. */
  at: number;
}

interface Pending {
  user: User;
  /** '' until a code was sent. */
  code: string;
  triesLeft: number;
  /** ms since 1970. */
  expiresAt: number;
}

/** Sign-ins whose password was right and whose code is still missing. */
export class TwoFactor {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #post: (mail: Mail) => void;
  readonly #pending = new Map<string, Pending>();

  constructor(clock: Clock, random: Random, post: (mail: Mail) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#post = post;
  }

  /** Starts to wait for a code; returns the session token of the sign-in. */
  begin(user: User): string {
    const token = opaqueToken();
    this.#pending.set(token, { user, code: '', triesLeft: TRIES, expiresAt: this.#clock.now() + WAITS_MS });
    return token;
  }

  /** Mails a new code, which replaces the previous one. False for a token that is unknown, used or expired. */
  send(token: string): boolean {
    const pending = this.#find(token);
    if (pending === null) return false;
    pending.code = String(this.#random.between(0, 999_999)).padStart(6, '0');
    this.#post({
      to: pending.user.email,
      subject: 'Your sign-in code',
      code: pending.code,
      at: this.#clock.now(),
    });
    return true;
  }

  /** The account that has signed in; 'gone' for a token that is unknown, used, expired, or had too many wrong codes. */
  verify(token: string, code: string): User | 'wrong' | 'gone' {
    const pending = this.#find(token);
    if (pending === null) return 'gone';
    if (pending.code !== '' && pending.code === code) {
      this.#pending.delete(token);
      return pending.user;
    }
    pending.triesLeft -= 1;
    if (pending.triesLeft > 0) return 'wrong';
    this.#pending.delete(token);
    return 'gone';
  }

  forgetAll(): void {
    this.#pending.clear();
  }

  #find(token: string): Pending | null {
    const pending = this.#pending.get(token);
    if (pending === undefined) return null;
    if (pending.expiresAt > this.#clock.now()) return pending;
    this.#pending.delete(token);
    return null;
  }
}
