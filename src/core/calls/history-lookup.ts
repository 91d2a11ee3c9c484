import type { Clock } from '../clock.ts';
import type { Pbx } from '../pbx/types.ts';
import { Timer } from '../../shared/timer.ts';
import type { Fact } from './facts.ts';
import { LIMIT_MS } from './limits.ts';
import { isPlaceholderId } from './model.ts';
import { isRefusal } from './source-health.ts';
import type { CallStore } from './store.ts';

export interface HistoryLookupOptions {
  store: CallStore;
  pbx: Pick<Pbx, 'myCdrs'>;
  clock: Clock;
  applyFacts: (facts: Fact[]) => void;
}

/**
 * Requests the history entries of calls that rang me and seem unanswered, because the session list does not distinguish
 * a call that I declined, or answered between two polls, from one that I missed.
 */
export class HistoryLookup {
  readonly #options: HistoryLookupOptions;
  #request: AbortController | null = null;
  readonly #timer: Timer;

  constructor(options: HistoryLookupOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** Requests the history soon if calls wait for their entries, which are written after the end of a call. */
  start(): void {
    this.#requestAfter(LIMIT_MS.entryDelay);
  }

  stop(): void {
    this.#request?.abort();
    this.#request = null;
    this.#timer.stop();
  }

  #requestAfter(ms: number): void {
    const { store } = this.#options;
    const waits = store.model.history.waiting.some(({ call }) => !isPlaceholderId(call.id));
    if (!waits || this.#request !== null || this.#timer.isRunning) return;
    this.#timer.start(ms, () => void this.#requestEntries());
  }

  async #requestEntries(): Promise<void> {
    const { pbx, clock, applyFacts } = this.#options;
    const request = new AbortController();
    this.#request = request;
    const cancel = clock.after(LIMIT_MS.historyWait, () => request.abort());
    // If only durations are missing, nobody waits for the answer, so other requests go first.
    const isPatient = this.#options.store.model.history.waiting.every(({ call }) => call.state === 'talking');
    const answer = await pbx.myCdrs(request.signal, isPatient);
    cancel();
    if (this.#request !== request) return;
    this.#request = null;
    const forbidden = !answer.ok && (isRefusal(answer.error) || answer.error.code === 'pbx-refused');
    if (forbidden) {
      applyFacts([{ type: 'history', readable: false }, { type: 'tick' }, { type: 'history', readable: true }]);
    } else {
      // A failed request proves nothing about the entries, but time has passed.
      applyFacts([answer.ok ? { type: 'newest-records', records: answer.value } : { type: 'tick' }]);
    }
    this.#requestAfter(LIMIT_MS.historyRetry);
  }
}
