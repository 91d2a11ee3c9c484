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
/** The interval after a failure, for example because the network was not ready yet after sleep. */
const RETRY_MS = 60_000;
/** After this many failures in a row, the program polls at the normal interval again. */
const MAX_RETRIES = 10;
/** How long after the end of a call its record is requested, so that the PBX has written it. */
const RECORD_DELAY_MS = 3_000;

/**
 * Adds the PBX's own records to the history: after each call the new ones, and after the start all since this account
 * was last signed in here. If the PBX no longer accepts the token, reads again from the day before its last use. Records
 * that are already in the history change nothing.
 */
export class RecordSync {
  readonly #options: RecordSyncOptions;
  readonly #poller: Poller<CdrDiff>;
  readonly #delay: Timer;
  #isStopped = false;
  #failures = 0;
  /** No poll has succeeded since the start or the last wake-up. */
  #isBehind = true;

  constructor(options: RecordSyncOptions) {
    const { clock } = options;
    this.#options = options;
    this.#delay = new Timer(clock);
    this.#poller = new Poller({
      clock,
      intervalMs: () => (this.#failures > 0 && this.#failures <= MAX_RETRIES ? RETRY_MS : INTERVAL_MS),
      ask: async (signal) => {
        const answer = await this.#ask(signal);
        if (!signal.aborted) this.#countFailures(answer);
        return answer;
      },
      onAnswer: (answer) => {
        if (answer.ok) void this.#addRecords(answer.value);
      },
    });
  }

  start(): void {
    this.#poller.start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#delay.stop();
    this.#poller.stop();
  }

  wake(): void {
    this.#failures = 0;
    this.#isBehind = true;
    this.#poller.wake();
  }

  /** Must be called when the PBX responds again after an outage: polls at once if the last poll failed. */
  respondsAgain(): void {
    if (this.#failures > 0) this.#poller.pollNow();
  }

  /** True until the records since the last start or wake-up were read. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Must be called when a call of the user has ended. */
  callEnded(): void {
    this.#delay.start(RECORD_DELAY_MS, () => this.#poller.pollNow());
  }

  /** A refusal does not count as a failure, because a retry would not change it. */
  #countFailures(answer: Result<CdrDiff>): void {
    const isRefused = !answer.ok && answer.error.code === 'history-forbidden';
    if (isRefused) this.#isBehind = false;
    this.#failures = answer.ok || isRefused ? 0 : this.#failures + 1;
  }

  async #ask(signal: AbortSignal): Promise<Result<CdrDiff>> {
    const { pbx, history, own } = this.#options;
    // Until the user's numbers are known, their records cannot be recognised, and the next token would skip them.
    if (own().extension === '') return err(appError('own-number-unknown'));
    const place = history.records?.syncPosition ?? null;
    if (place !== null) {
      const answer = await pbx.cdrSync.diff(place.token, signal);
      if (answer.ok || answer.error.code !== 'sync-token-unknown' || signal.aborted) return answer;
    }
    const from = place === null ? this.#pbxNow() - this.#options.keepDays() * DAY_MS : place.at - DAY_MS;
    const token = await pbx.cdrSync.start(from, signal);
    return token.ok ? pbx.cdrSync.diff(token.value, signal) : token;
  }

  async #addRecords({ token, changes }: CdrDiff): Promise<void> {
    const { history, own, offset } = this.#options;
    const at = this.#pbxNow();
    const evidence = changes.flatMap((change) => evidenceFromRecord(change, { own: own(), offset: offset() }) ?? []);
    const isAllWritten = await history.addAll(evidence, () => this.#isStopped);
    this.#isBehind = false;
    // The token is saved last, so that records that could not be added are requested again.
    if (isAllWritten && !this.#isStopped && history.records !== null) history.records.syncPosition = { token, at };
  }

  #pbxNow(): number {
    return this.#options.clock.now() - this.#options.offset();
  }
}
