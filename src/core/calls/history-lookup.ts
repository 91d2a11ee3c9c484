import type { Clock } from '../clock.ts';
import type { Pbx } from '../pbx/types.ts';
import { Timer } from '../../shared/timer.ts';
import type { Fact } from './facts.ts';
import { LIMIT_MS } from './limits.ts';
import { isPlaceholderId } from './model.ts';
import { isForbidden } from './source-health.ts';
import type { CallStore } from './store.ts';

export interface HistoryLookupOptions {
  store: CallStore;
  pbx: Pick<Pbx, 'myCdrs'>;
  clock: Clock;
}

/**
 * What is applied when the PBX refuses the records. While the history is unreadable, a tick decides the calls that wait,
 * without their entries. Then it counts as readable again, because the next request may succeed.
 */
const NO_RECORDS: Fact[] = [
  { type: 'history', readable: false },
  { type: 'tick' },
  { type: 'history', readable: true },
];

/**
 * Requests the newest records of the history while ended calls wait for their entries. The session list cannot
 * distinguish a call that the user declined, or answered between two polls, from a missed one; the records do.
 */
export class HistoryLookup {
  readonly #options: HistoryLookupOptions;
  #request: AbortController | null = null;
  readonly #timer: Timer;

  constructor(options: HistoryLookupOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** Call it after each change of calls. Entries are written after the end of a call, so the first request is delayed. */
  requestIfNeeded(): void {
    this.#requestAfter(LIMIT_MS.entryDelay);
  }

  stop(): void {
    this.#request?.abort();
    this.#request = null;
    this.#timer.stop();
  }

  #requestAfter(ms: number): void {
    const { waiting } = this.#options.store.model.history;
    // A placeholder has no caller that a record could be compared with.
    const isNeeded = waiting.some(({ call }) => !isPlaceholderId(call.id));
    if (!isNeeded || this.#request !== null || this.#timer.isRunning) return;
    this.#timer.start(ms, () => void this.#requestRecords());
  }

  async #requestRecords(): Promise<void> {
    const { store, pbx, clock } = this.#options;
    const request = new AbortController();
    this.#request = request;
    const cancel = clock.after(LIMIT_MS.historyWait, () => request.abort());
    // A call that was last seen talking lacks only its duration. Nobody waits for that, so other requests go first.
    const isPatient = store.model.history.waiting.every(({ call }) => call.state === 'talking');
    const answer = await pbx.myCdrs(request.signal, { isPatient });
    cancel();
    if (this.#request !== request) return;
    this.#request = null;
    if (answer.ok) store.applyAndEmit({ type: 'newest-records', records: answer.value });
    else if (isForbidden(answer.error) || answer.error.code === 'pbx-refused') store.applyAndEmit(...NO_RECORDS);
    // A failed request proves nothing about the entries, but time has passed.
    else store.applyAndEmit({ type: 'tick' });
    // Does nothing if no calls wait any more.
    this.#requestAfter(LIMIT_MS.historyRetry);
  }
}
