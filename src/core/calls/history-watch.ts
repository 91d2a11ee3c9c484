import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { CdrChange, Pbx, PbxUserStatus } from '../pbx/types.ts';
import { Poller } from './poller.ts';

export interface HistoryWatchOptions {
  pbx: Pick<Pbx, 'userStatus' | 'cdrSync'>;
  clock: Clock;
  /** Time between two looks at the state of the own phone, in ms. */
  intervalMs: () => number;
  onStatus: (answer: Result<PbxUserStatus>, nextAt: number | null) => void;
  onChanges: (answer: Result<CdrChange[]>, nextAt: number | null) => void;
}

/** Missed calls are not urgent; and after a call the history is asked anyway. */
const HISTORY_INTERVAL_MS = 60_000;
/** The history is written after the call has ended. */
const WRITTEN_AFTER_MS = 2_000;
/** Clocks may differ: the first answer reaches back so far, and what it tells is no news. */
const REACH_BACK_MS = 3_600_000;

/** What an account may ask that may not list calls: how its own phone stands, and what its call history says. */
export class HistoryWatch {
  readonly #options: HistoryWatchOptions;
  readonly #status: Poller<PbxUserStatus>;
  readonly #cdrs: Poller<CdrChange[]>;
  #running = { status: false, cdrs: false };
  #token: string | null = null;
  #from = 0;
  #cancelSoon: (() => void) | null = null;

  constructor(options: HistoryWatchOptions) {
    this.#options = options;
    const { clock, pbx } = options;
    this.#status = new Poller({
      clock,
      intervalMs: options.intervalMs,
      ask: (signal) => pbx.userStatus(signal),
      onAnswer: options.onStatus,
    });
    this.#cdrs = new Poller({
      clock,
      intervalMs: () => Math.max(HISTORY_INTERVAL_MS, options.intervalMs()),
      ask: (signal) => this.#changes(signal),
      onAnswer: options.onChanges,
    });
  }

  /** Asks for what is wanted and stops asking for the rest. A history that is begun anew tells nothing at first. */
  want(wanted: { status: boolean; cdrs: boolean }): void {
    if (wanted.status !== this.#running.status) {
      if (wanted.status) this.#status.start();
      else this.#status.stop();
    }
    if (wanted.cdrs !== this.#running.cdrs) {
      this.#token = null;
      this.#from = this.#options.clock.now() - REACH_BACK_MS;
      if (wanted.cdrs) this.#cdrs.start();
      else this.#cdrs.stop();
    }
    this.#running = wanted;
  }

  stop(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    this.want({ status: false, cdrs: false });
  }

  wake(): void {
    this.#status.wake();
    this.#cdrs.wake();
  }

  pollNow(): void {
    this.#status.pollNow();
    this.#cdrs.pollNow();
  }

  /** A call has ended: the history will soon tell of it. */
  callEnded(): void {
    if (!this.#running.cdrs) return;
    this.#cancelSoon?.();
    this.#cancelSoon = this.#options.clock.after(WRITTEN_AFTER_MS, () => this.#cdrs.pollNow());
  }

  async #changes(signal: AbortSignal): Promise<Result<CdrChange[]>> {
    const known = this.#token;
    if (known !== null) {
      const answer = await this.#ask(known, signal);
      if (answer.ok || answer.error.code !== 'sync-token-unknown' || signal.aborted) return answer;
      this.#token = null;
    }
    // A full sync: what was told before is known by its id.
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

/** Refused for good, as far as that goes: looked at again every ten minutes. */
export function isRefusal(error: AppError): boolean {
  return error.code === 'status-forbidden' || error.code === 'history-forbidden';
}
