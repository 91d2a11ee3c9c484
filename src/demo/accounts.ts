import type { Clock } from '../core/clock.ts';
import { USERS, type User } from './office.ts';

/** Defaults of `web_failed_auth_amount` and `web_blacklist_time_interval` (OpenAPI 22.2 GET /admin/settings). */
const FAILURES_ALLOWED = 5;
const BLOCKED_FOR_MS = 3_600_000;

/** The user, or why the sign-in failed. */
export type SignInResult = User | 'wrong' | 'blocked';

/** Checks passwords, and blocks an address for an hour after five wrong ones. */
export class Accounts {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; lastAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * `domain` is '' for a system administrator. `address` is the client's IP address, so the failures of a whole office
   * behind one router count together.
   */
  signIn(username: string, password: string, domain: string, address: string): SignInResult {
    const failures = this.#failuresOf(address);
    if (failures >= FAILURES_ALLOWED) return 'blocked';
    const user = USERS.find(
      (candidate) =>
        candidate.username === username && candidate.password === password && candidate.domain === domain.toLowerCase(),
    );
    if (user !== undefined) {
      this.#failures.delete(address);
      return user;
    }
    this.#failures.set(address, { count: failures + 1, lastAt: this.#clock.now() });
    // The answer is the same for a wrong name, password or domain, so that nobody can find out which names exist.
    return 'wrong';
  }

  #failuresOf(address: string): number {
    const failed = this.#failures.get(address);
    if (failed === undefined || this.#clock.now() - failed.lastAt >= BLOCKED_FOR_MS) return 0;
    return failed.count;
  }
}
