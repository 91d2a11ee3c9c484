import { ok, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import type { CdrChange, Pbx, PbxUserStatus } from '../pbx/types.ts';
import { Poller } from './poller.ts';

/**
 * Minimum time between two polls of the history. Missed calls are not urgent, and each ended call causes a poll anyway.
 */
const HISTORY_INTERVAL_MS = 60_000;
/** How far the first history response goes back, because clocks may differ. Its entries are not announced. */
const HISTORY_REACH_BACK_MS = 3_600_000;

export interface FallbackSourcesOptions {
  pbx: Pick<Pbx, 'userStatus' | 'cdrSync'>;
  clock: Clock;
  /** Time between two polls of the phone status, in ms. The history is polled less often. */
  intervalMs: () => number;
  /** Called with each answer, and when the source is polled next; see PollerOptions. The same for `onChanges`. */
  onStatus: (answer: Result<PbxUserStatus>, nextAt: number | null) => void;
  onChanges: (answer: Result<CdrChange[]>, nextAt: number | null) => void;
}

/** Which sources are polled. */
export interface FallbackNeeds {
  /** The status of my phone. */
  status: boolean;
  /** The changes of the call history. */
  changes: boolean;
}

/** Polls the sources of an account that may not list sessions: the status of its phone and its call history. */
export class FallbackSources {
  readonly #options: FallbackSourcesOptions;
  readonly #status: Poller<PbxUserStatus>;
  readonly #history: Poller<CdrChange[]>;
  #needs: FallbackNeeds = { status: false, changes: false };
  /** For the next request for changes; null before the first one, or after the PBX forgot it. */
  #syncToken: string | null = null;
  #historySince = 0;
  readonly #historyTimer: Timer;

  constructor(options: FallbackSourcesOptions) {
    this.#options = options;
    const { clock, pbx } = options;
    this.#historyTimer = new Timer(clock);
    this.#status = new Poller({
      clock,
      intervalMs: options.intervalMs,
      ask: (signal) => pbx.userStatus(signal),
      onAnswer: options.onStatus,
    });
    this.#history = new Poller({
      clock,
      intervalMs: () => Math.max(HISTORY_INTERVAL_MS, options.intervalMs()),
      ask: (signal) => this.#requestHistory(signal),
      onAnswer: options.onChanges,
    });
  }

  /** Starts and stops the pollers. */
  setNeeds(needs: FallbackNeeds): void {
    if (needs.status !== this.#needs.status) {
      if (needs.status) this.#status.start();
      else this.#status.stop();
    }
    if (needs.changes !== this.#needs.changes) {
      this.#syncToken = null;
      this.#historySince = this.#options.clock.now();
      if (needs.changes) this.#history.start();
      else this.#history.stop();
    }
    this.#needs = needs;
  }

  /** When the history began to be polled, in ms since 1970. */
  get historySince(): number {
    return this.#historySince;
  }

  stop(): void {
    this.#historyTimer.stop();
    this.setNeeds({ status: false, changes: false });
  }

  wake(): void {
    this.#status.wake();
    this.#history.wake();
  }

  pollNow(): void {
    this.#status.pollNow();
    this.#history.pollNow();
  }

  /** Polls the history after `ms`, if it is polled at all. */
  pollHistoryIn(ms: number): void {
    if (this.#needs.changes) this.#historyTimer.start(ms, () => this.#history.pollNow());
  }

  /** Requests the changes since the last request. If the PBX has forgotten the token, all entries count as changes. */
  async #requestHistory(signal: AbortSignal): Promise<Result<CdrChange[]>> {
    const known = this.#syncToken;
    if (known !== null) {
      const answer = await this.#requestChanges(known, signal);
      if (answer.ok || answer.error.code !== 'sync-token-unknown' || signal.aborted) return answer;
      this.#syncToken = null;
    }
    // The model recognises entries that it has processed before by their IDs.
    const begun = await this.#options.pbx.cdrSync.start(this.#historySince - HISTORY_REACH_BACK_MS, signal);
    return begun.ok ? this.#requestChanges(begun.value, signal) : begun;
  }

  async #requestChanges(token: string, signal: AbortSignal): Promise<Result<CdrChange[]>> {
    const answer = await this.#options.pbx.cdrSync.diff(token, signal);
    if (!answer.ok) return answer;
    if (!signal.aborted) this.#syncToken = answer.value.token;
    return ok(answer.value.changes);
  }
}
