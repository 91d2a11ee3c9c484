import { ok, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import type { CdrChange, Pbx, PbxUserStatus } from '../pbx/types.ts';
import { LIMIT_MS } from './limits.ts';
import { Poller } from '../pace/poller.ts';

export interface FallbackSourcesOptions {
  pbx: Pick<Pbx, 'userStatus' | 'cdrSync'>;
  clock: Clock;
  /** Time between two polls of the state of the own phone, in ms. */
  intervalMs: () => number;
  onStatus: (answer: Result<PbxUserStatus>, nextAt: number | null) => void;
  onChanges: (answer: Result<CdrChange[]>, nextAt: number | null) => void;
}

/** Sources of an account that may not list calls: the state of its own phone and its call history. */
export class FallbackSources {
  readonly #options: FallbackSourcesOptions;
  readonly #status: Poller<PbxUserStatus>;
  readonly #cdrs: Poller<CdrChange[]>;
  #running = { status: false, changes: false };
  #token: string | null = null;
  #from = 0;
  readonly #written: Timer;

  constructor(options: FallbackSourcesOptions) {
    this.#options = options;
    const { clock, pbx } = options;
    this.#written = new Timer(clock);
    this.#status = new Poller({
      clock,
      intervalMs: options.intervalMs,
      ask: (signal) => pbx.userStatus(signal),
      onAnswer: options.onStatus,
    });
    this.#cdrs = new Poller({
      clock,
      intervalMs: () => Math.max(LIMIT_MS.history, options.intervalMs()),
      ask: (signal) => this.#changes(signal),
      onAnswer: options.onChanges,
    });
  }

  /** Starts and stops polling. A history that is started again reports nothing at first. */
  want(wanted: { status: boolean; changes: boolean }): void {
    if (wanted.status !== this.#running.status) {
      if (wanted.status) this.#status.start();
      else this.#status.stop();
    }
    if (wanted.changes !== this.#running.changes) {
      this.#token = null;
      this.#from = this.#options.clock.now() - LIMIT_MS.reachBack;
      if (wanted.changes) this.#cdrs.start();
      else this.#cdrs.stop();
    }
    this.#running = wanted;
  }

  stop(): void {
    this.#written.stop();
    this.want({ status: false, changes: false });
  }

  wake(): void {
    this.#status.wake();
    this.#cdrs.wake();
  }

  pollNow(): void {
    this.#status.pollNow();
    this.#cdrs.pollNow();
  }

  /** A call has ended, so the history will soon have its entry. */
  callEnded(): void {
    if (!this.#running.changes) return;
    this.#written.start(LIMIT_MS.entryDelay, () => this.#cdrs.pollNow());
  }

  async #changes(signal: AbortSignal): Promise<Result<CdrChange[]>> {
    const known = this.#token;
    if (known !== null) {
      const answer = await this.#ask(known, signal);
      if (answer.ok || answer.error.code !== 'sync-token-unknown' || signal.aborted) return answer;
      this.#token = null;
    }
    // A full sync: entries that were reported before are recognised by their IDs.
    const begun = await this.#options.pbx.cdrSync.start(this.#from, signal);
    return begun.ok ? this.#ask(begun.value, signal) : begun;
  }

  async #ask(token: string, signal: AbortSignal): Promise<Result<CdrChange[]>> {
    const answer = await this.#options.pbx.cdrSync.diff(token, signal);
    if (!answer.ok) return answer;
    if (!signal.aborted) this.#token = answer.value.token;
    return ok(answer.value.changes);
  }
}
