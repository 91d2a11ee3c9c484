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
/** The same after a poll that failed, for example because the network was not there yet after sleep. */
const AGAIN_MS = 60_000;
/** After so many failures in a row they are no longer a matter of minutes. */
const MAX_SOON = 10;
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
  #failures = 0;
  /** No poll has succeeded since the start or the last wake-up. */
  #isBehind = true;

  constructor(options: RecordSyncOptions) {
    const { clock } = options;
    this.#options = options;
    this.#written = new Timer(clock);
    this.#poller = new Poller({
      clock,
      intervalMs: () => (this.#failures > 0 && this.#failures <= MAX_SOON ? AGAIN_MS : INTERVAL_MS),
      ask: async (signal) => {
        const answer = await this.#ask(signal);
        if (!signal.aborted) this.#count(answer);
        return answer;
      },
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
    this.#failures = 0;
    this.#isBehind = true;
    this.#poller.wake();
  }

  /** The PBX responds again: polls now if the last poll failed. */
  respondsAgain(): void {
    if (this.#failures > 0) this.#poller.pollNow();
  }

  /** The records since the start or the last wake-up are still to be read. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Must be called when a call of the user's is over: its record will soon be available. */
  soon(): void {
    this.#written.start(WRITTEN_MS, () => this.#poller.pollNow());
  }

  /** A refusal is an answer: polling again soon would not change it. */
  #count(answer: Result<CdrDiff>): void {
    const isRefused = !answer.ok && answer.error.code === 'history-forbidden';
    if (isRefused) this.#isBehind = false;
    this.#failures = answer.ok || isRefused ? 0 : this.#failures + 1;
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
    this.#isBehind = false;
    // The token is saved only now, so that records that are not in the history yet are requested again.
    if (isWhole && !this.#isStopped && history.records !== null) history.records.place = { token, at };
  }

  #pbxNow(): number {
    return this.#options.clock.now() - this.#options.offset();
  }
}
