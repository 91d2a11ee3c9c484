import { appError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';
import type { Clock } from '../clock.ts';
import { Poller } from '../pace/poller.ts';
import type { CdrDiff, Pbx } from '../pbx/types.ts';
import { evidenceFromRecord } from './evidence.ts';
import type { History } from './history.ts';

export interface RecordSyncOptions {
  pbx: Pick<Pbx, 'cdrSync'>;
  history: History;
  own: () => OwnNumbers;
  clock: Clock;
  /** This computer's wall clock minus the PBX's, in ms. */
  offset: () => number;
  keepDays: () => number;
}

const DAY_MS = 86_400_000;
/** The interval between two polls. The end of each call also triggers one. */
const INTERVAL_MS = 900_000;
/** The delay after which the PBX has written the record of a call that ended. */
const WRITTEN_MS = 3_000;

/**
 * Adds the PBX's own records to the history after each call, and at the start all records since this account was last
 * signed in here. If the PBX no longer accepts the token, reads again from the day before the last time; records that
 * are known already change nothing.
 */
export class RecordSync {
  readonly #options: RecordSyncOptions;
  readonly #poller: Poller<CdrDiff>;
  readonly #written: Timer;
  #isStopped = false;

  constructor(options: RecordSyncOptions) {
    const { clock } = options;
    this.#options = options;
    this.#written = new Timer(clock);
    this.#poller = new Poller({
      clock,
      intervalMs: () => INTERVAL_MS,
      ask: (signal) => this.#ask(signal),
      onAnswer: (answer) => {
        if (answer.ok) void this.#take(answer.value);
      },
    });
  }

  start(): void {
    this.#poller.start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#written.stop();
    this.#poller.stop();
  }

  wake(): void {
    this.#poller.wake();
  }

  /** Must be called when a call of the user's is over: its record will soon be available. */
  soon(): void {
    this.#written.start(WRITTEN_MS, () => this.#poller.pollNow());
  }

  async #ask(signal: AbortSignal): Promise<Result<CdrDiff>> {
    const { pbx, history, own } = this.#options;
    // Without own numbers no record can be recognised as the user's, and the next token would skip these records.
    if (own().extension === '') return err(appError('own-number-unknown'));
    const place = history.records?.place ?? null;
    if (place !== null) {
      const answer = await pbx.cdrSync.diff(place.token, signal);
      if (answer.ok || answer.error.code !== 'sync-token-unknown' || signal.aborted) return answer;
    }
    const from = place === null ? this.#pbxNow() - this.#options.keepDays() * DAY_MS : place.at - DAY_MS;
    const begun = await pbx.cdrSync.start(from, signal);
    return begun.ok ? pbx.cdrSync.diff(begun.value, signal) : begun;
  }

  async #take({ token, changes }: CdrDiff): Promise<void> {
    const { history, own, offset } = this.#options;
    const at = this.#pbxNow();
    const evidence = changes.flatMap((change) => evidenceFromRecord(change, { own: own(), offset: offset() }) ?? []);
    const isWhole = await history.addAll(evidence, () => this.#isStopped);
    // The token is saved only now, so that records that are not in the history yet are requested again.
    if (isWhole && !this.#isStopped && history.records !== null) history.records.place = { token, at };
  }

  #pbxNow(): number {
    return this.#options.clock.now() - this.#options.offset();
  }
}
