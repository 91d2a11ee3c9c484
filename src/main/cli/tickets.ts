import type { Clock } from '../../core/clock.ts';
import type { CommandAnswer } from '../../core/cli/exit-codes.ts';

/** How long a command and the request for its answer wait for each other. */
const EXPIRY_MS = 30_000;
const MAX_EXCHANGES = 32;

interface Exchange {
  answer: Promise<CommandAnswer | null>;
  give: (answer: Promise<CommandAnswer>) => void;
}

/**
 * Matches a command that a second start handed over with the request for its answer, in either order. The command comes
 * as a second start because the system lets the window come to the front only then.
 */
export class Tickets {
  readonly #clock: Clock;
  readonly #exchanges = new Map<string, Exchange>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Registers the pending answer of the command with this ticket. */
  give(ticket: string, answer: Promise<CommandAnswer>): void {
    this.#exchange(ticket)?.give(answer);
  }

  /** The answer to the command of this ticket; null when the command never came. */
  async take(ticket: string): Promise<CommandAnswer | null> {
    const answer = await this.#exchange(ticket)?.answer;
    this.#exchanges.delete(ticket);
    return answer ?? null;
  }

  #exchange(ticket: string): Exchange | undefined {
    const known = this.#exchanges.get(ticket);
    if (known !== undefined || this.#exchanges.size >= MAX_EXCHANGES) return known;
    const { promise, resolve } = Promise.withResolvers<CommandAnswer | null>();
    this.#clock.after(EXPIRY_MS, () => {
      this.#exchanges.delete(ticket);
      resolve(null);
    });
    this.#exchanges.set(ticket, { answer: promise, give: resolve });
    // The answer may never be requested.
    promise.catch(() => {});
    return this.#exchanges.get(ticket);
  }
}
