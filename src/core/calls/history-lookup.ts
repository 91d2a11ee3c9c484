import type { Clock } from '../clock.ts';
import type { Pbx } from '../pbx/types.ts';
import type { Fact } from './facts.ts';
import { LIMITS } from './limits.ts';
import { isNameless } from './model.ts';
import { isRefusal } from './source-health.ts';
import type { CallStore } from './store.ts';

export interface HistoryLookupOptions {
  store: CallStore;
  pbx: Pick<Pbx, 'myCdrs'>;
  clock: Clock;
  apply: (facts: Fact[]) => void;
}

/**
 * Asks for the history's entries of calls that rang me and were not answered as far as is known: the session list cannot
 * tell a call that I declined, or answered between two looks, from one that I missed.
 */
export class HistoryLookup {
  readonly #options: HistoryLookupOptions;
  #request: AbortController | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(options: HistoryLookupOptions) {
    this.#options = options;
  }

  /** Asks soon, where calls wait for their entry: it is written after the call has ended. */
  start(): void {
    this.#askIn(LIMITS.written);
  }

  stop(): void {
    this.#request?.abort();
    this.#request = null;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #askIn(ms: number): void {
    const { store, clock } = this.#options;
    const waits = store.model.history.waiting.some(({ call }) => !isNameless(call.id));
    if (!waits || this.#request !== null || this.#cancelTimer !== null) return;
    this.#cancelTimer = clock.after(ms, () => {
      this.#cancelTimer = null;
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const { pbx, clock, apply } = this.#options;
    const request = new AbortController();
    this.#request = request;
    const cancel = clock.after(LIMITS.historyWait, () => request.abort());
    const answer = await pbx.myCdrs(request.signal);
    cancel();
    if (this.#request !== request) return;
    this.#request = null;
    const forbidden = !answer.ok && (isRefusal(answer.error) || answer.error.code === 'pbx-refused');
    if (forbidden) {
      apply([{ type: 'history', readable: false }, { type: 'tick' }, { type: 'history', readable: true }]);
    } else {
      // One that did not answer has not said that it holds no entry.
      apply([answer.ok ? { type: 'entries', cdrs: answer.value } : { type: 'tick' }]);
    }
    this.#askIn(LIMITS.historyAgain);
  }
}
