import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { sendCode } from '../pbx/two-factor.ts';
import type { SavedAccount } from './account-store.ts';
import { enterWithCode, type Entry, type Waiting } from './enter.ts';

/** The second step of a two-factor sign-in: the password was right, and a mailed code is missing. */
export class CodeStep {
  readonly #clock: Clock;
  #waiting: Waiting | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whose code is missing; null when none is. */
  get account(): SavedAccount | null {
    return this.#waiting?.account ?? null;
  }

  /** Has the code mailed and waits for it. An error leaves nothing open. */
  async open(waiting: Waiting): Promise<Result<null>> {
    const sent = await sendCode(waiting.http, waiting.challenge);
    if (sent.ok) this.#waiting = waiting;
    else await waiting.http.close();
    return sent;
  }

  /** `over`: the step ended with this answer. It goes on after a wrong code, and whoever left it wants no answer. */
  async enter(code: string): Promise<{ over: boolean; entry: Result<Entry> }> {
    const waiting = this.#waiting;
    if (waiting === null) return { over: false, entry: err(appError('two-factor-expired')) };
    const entry = await enterWithCode(waiting, code, this.#clock);
    if (this.#waiting !== waiting) return { over: false, entry: entry.ok ? err(appError('signed-out')) : entry };
    if (!entry.ok && entry.error.code === 'two-factor-wrong') return { over: false, entry };
    this.#waiting = null;
    return { over: true, entry };
  }

  /** Has the code mailed once more. */
  sendAgain(): Promise<Result<null>> {
    if (this.#waiting === null) return Promise.resolve(err(appError('two-factor-expired')));
    return sendCode(this.#waiting.http, this.#waiting.challenge);
  }

  /** Gives the step up; ok where there was one. The connection is closed when the promise is kept. */
  leave(): Result<Promise<void>, null> {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting === null ? err(null) : ok(waiting.http.close());
  }
}
