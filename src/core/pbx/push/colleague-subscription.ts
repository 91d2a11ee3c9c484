import type { Verdict } from './dialogue.ts';

export interface ColleagueSubscriptionOptions {
  /** Subscribes to the user's own extension and these. */
  ask: (extensions: readonly string[]) => Promise<Verdict>;
  /** Called after each subscription. `wasCut`: the connection ended before there was an answer. */
  onDone: (wasCut: boolean) => void;
}

/**
 * Subscribes one connection to the extensions of colleagues ("WebSocket pub/sub", extension_events), in a command of its
 * own: from 22.3 on that takes the permission Users: View Only. Whether a second subscription to a topic adds to the first
 * one or replaces it is not documented, so each names everything that is wanted, the user's own extension included.
 */
export class ColleagueSubscription {
  readonly #options: ColleagueSubscriptionOptions;
  #wanted: ReadonlySet<string> = new Set();
  /** Those of the last command. */
  #asked: ReadonlySet<string> = new Set();
  #isAsking = false;
  #isRefused = false;

  constructor(options: ColleagueSubscriptionOptions) {
    this.#options = options;
  }

  watch(extensions: readonly string[]): void {
    this.#wanted = new Set(extensions);
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (!this.#isRefused && [...this.#wanted].some((one) => !this.#asked.has(one))) {
      this.#asked = this.#wanted;
      const { is } = await this.#options.ask([...this.#asked]);
      this.#isRefused = is === 'refused' || is === 'over' || is === 'signed-out';
      this.#options.onDone(is === 'over');
    }
    this.#isAsking = false;
  }
}
