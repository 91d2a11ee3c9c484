import type { Clock } from '../../core/clock.ts';
import type { CommandAnswer } from '../../core/cli/exit-codes.ts';

/** How long the command waits for the request for its answer, and the request for the command. */
const PATIENCE_MS = 30_000;
const MOST = 32;

interface Meeting {
  answer: Promise<CommandAnswer | null>;
  give: (answer: Promise<CommandAnswer>) => void;
}

/**
 * Matches a command that a second start handed over with the request for its answer, in either order. The command comes
 * as a second start because only then the system lets the window come to the front.
 */
export class Tickets {
  readonly #clock: Clock;
  readonly #meetings = new Map<string, Meeting>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The command of this ticket is running, with this answer to come. */
  give(ticket: string, answer: Promise<CommandAnswer>): void {
    this.#meeting(ticket)?.give(answer);
  }

  /** The answer to the command of this ticket; null when the command never came. */
  async take(ticket: string): Promise<CommandAnswer | null> {
    const answer = await this.#meeting(ticket)?.answer;
    this.#meetings.delete(ticket);
    return answer ?? null;
  }

  #meeting(ticket: string): Meeting | undefined {
    const known = this.#meetings.get(ticket);
    if (known !== undefined || this.#meetings.size >= MOST) return known;
    const { promise, resolve } = Promise.withResolvers<CommandAnswer | null>();
    this.#clock.after(PATIENCE_MS, () => {
      this.#meetings.delete(ticket);
      resolve(null);
    });
    this.#meetings.set(ticket, { answer: promise, give: resolve });
    // The answer may never be requested.
    promise.catch(() => {});
    return this.#meetings.get(ticket);
  }
}
