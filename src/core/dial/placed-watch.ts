import type { PlacedCall } from '../../shared/dial.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import { leadsTo } from '../../shared/same-number.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import type { Pbx, PbxCdr } from '../pbx/types.ts';
import type { PlacedCallFact } from '../calls/facts.ts';
import { recordOf } from '../pbx/records.ts';
import { LIMIT_MS } from '../calls/limits.ts';
import type { PlacedCallState } from '../calls/model.ts';
import { backoffMs, retryAfterMs } from '../pace/retry-delay.ts';
import type { CallStore } from '../calls/store.ts';

export interface PlacedWatchOptions {
  store: CallStore;
  /** Key of the placed call. */
  key: string;
  /** Null while nobody is signed in. */
  pbx: () => Pbx | null;
  clock: Clock;
  /** Push reports each step, so polling only confirms. */
  reportsSteps: () => boolean;
  /** The call has ended, and no more data about it is expected. */
  onDone: () => void;
}

/**
 * If the history is the only source, the interval between its polls doubles this many times and then stays the same, at
 * about ten seconds.
 */
const MAX_HISTORY_DOUBLINGS = 3;

/** Time between two polls of a placed call until it is connected. */
const WATCH_MS = 1_000;
/** The same once it is connected or if push reports its steps. */
const RARE_WATCH_MS = 5_000;
/** A placed call without a sign of life for this long counts as lost. */
const LOST_AFTER_MS = 600_000;
/** How long the end of a placed call waits for the history. */
const HISTORY_MS = 5_000;
/** An entry that begins this much earlier or later than a placed call belongs to another call. */
const ENTRY_EARLIER_MS = 5_000;
const ENTRY_LATER_MS = 300_000;

const FORBIDDEN_CODES: ReadonlySet<ErrorCode> = new Set(['list-forbidden', 'pbx-refused', 'session-id-unusable']);

/**
 * Polls a placed call by GET /sessions/{id} until its end, and then the user's call history for the reason. If the account
 * may not read sessions, only the history shows the end. The answers become facts of the model.
 */
export class PlacedWatch {
  readonly #options: PlacedWatchOptions;
  #failures = 0;
  #isForbidden = false;
  #request: AbortController | null = null;
  #isPolling = false;
  /** Push reported an event during a poll, whose answer may not include it. */
  #mustPollAgain = false;
  #finishing = false;
  readonly #timer: Timer;

  constructor(options: PlacedWatchOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** The account has no permission to poll the call, so its steps stay unknown. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** Starts polling. The session ID is known by now. */
  follow(): void {
    this.#failures = 0;
    this.#finishing = false;
    this.#schedule(WATCH_MS, () => this.#poll());
  }

  /** The computer woke up: polls at once. */
  wake(): void {
    if (!this.#isLive) return;
    this.#failures = 0;
    this.#poll();
  }

  /** Push reported an event of the call: polls at once, or after the pending poll. */
  nudge(): void {
    if (!this.#isLive) return;
    if (this.#isPolling) this.#mustPollAgain = true;
    else this.#poll();
  }

  /** The call changed. After its end, the watch requests its history entry once, which may have the reason. */
  update(call: PlacedCall): void {
    if (call.step !== 'ended') {
      if (!this.#finishing) return;
      // The call counted as ended, but a source has shown that it continues.
      this.dispose();
      this.follow();
      return;
    }
    if (this.#finishing) return;
    this.dispose();
    this.#finishing = true;
    const pbx = this.#options.pbx();
    if (!hasInferredEnd(call) || pbx === null) this.#options.onDone();
    else this.#schedule(LIMIT_MS.entryDelay, () => void this.#refineEnd(pbx));
  }

  /** Stops polling. */
  dispose(): void {
    this.#request?.abort();
    this.#request = null;
    this.#isPolling = false;
    this.#timer.stop();
  }

  get #placed(): PlacedCallState | undefined {
    return this.#options.store.model.placedCalls.get(this.#options.key);
  }

  get #isLive(): boolean {
    const call = this.#placed?.call;
    return call !== undefined && call.step !== 'ended' && call.sessionId !== null;
  }

  /** Push has reported the call and would report its end. */
  get #isReported(): boolean {
    const { store, reportsSteps } = this.#options;
    const sessionId = this.#placed?.call.sessionId ?? '';
    return reportsSteps() && (store.model.sessions.get(sessionId)?.lastPush.seq ?? 0) > 0;
  }

  #poll(): void {
    const sessionId = this.#placed?.call.sessionId ?? null;
    const pbx = this.#options.pbx();
    if (sessionId === null) return;
    if (pbx === null) this.#handleFailure(null);
    else void this.#readSession(pbx, sessionId);
  }

  async #readSession(pbx: Pbx, id: string): Promise<void> {
    const { store, key } = this.#options;
    const request = this.#beginRequest();
    const asOf = store.stamp();
    this.#isPolling = true;
    const answer = await pbx.getSession(id, request.signal);
    if (this.#request !== request) return;
    this.#isPolling = false;
    if (answer.ok) {
      this.#failures = 0;
      store.applyAndEmit({ type: 'confirmed', key }, { type: 'session', asOf, id, session: answer.value });
      this.#scheduleNextPoll();
    } else if (answer.error.code === 'not-found') {
      store.applyAndEmit({ type: 'session', asOf, id, session: null });
      this.#scheduleNextPoll();
    } else {
      this.#isForbidden = FORBIDDEN_CODES.has(answer.error.code);
      const historyWasRead = this.#isForbidden && (await this.#readHistory(pbx, request));
      if (this.#request !== request) return;
      // The history replaces the session as the source, so it is polled less often, but at a steady interval.
      if (historyWasRead) this.#failures = Math.min(this.#failures, MAX_HISTORY_DOUBLINGS);
      this.#handleFailure(answer.error);
    }
  }

  #scheduleNextPoll(): void {
    if (!this.#isLive) return;
    const isRare = this.#placed?.call.step === 'connected' || this.#options.reportsSteps();
    const waitMs = this.#mustPollAgain ? 0 : isRare ? RARE_WATCH_MS : WATCH_MS;
    this.#schedule(waitMs, () => this.#poll());
  }

  #handleFailure(error: AppError | null): void {
    const placed = this.#placed;
    if (!this.#isLive || placed === undefined) return;
    const { clock } = this.#options;
    this.#failures += 1;
    const isConfirmed = this.#isForbidden && this.#isReported;
    this.#apply({ type: isConfirmed ? 'confirmed' : 'watch-failed' });
    if (!isConfirmed && clock.elapsed() - placed.confirmedAt > LOST_AFTER_MS) {
      this.#apply({ type: 'lost' });
      return;
    }
    const retryMs = error === null ? 0 : retryAfterMs(error);
    const waitMs = retryMs > 0 ? retryMs : backoffMs(WATCH_MS, this.#failures, clock.random());
    this.#schedule(waitMs, () => this.#poll());
  }

  #apply(fact: { type: 'confirmed' | 'watch-failed' | 'lost' }): void {
    const { store, key } = this.#options;
    store.applyAndEmit({ ...fact, key } satisfies PlacedCallFact);
  }

  async #refineEnd(pbx: Pbx): Promise<void> {
    const request = this.#beginRequest();
    const finish = (): void => {
      if (this.#request !== request) return;
      this.dispose();
      this.#options.onDone();
    };
    this.#schedule(HISTORY_MS, finish);
    // Push may have sent the record meanwhile.
    const call = this.#placed?.call;
    if (call !== undefined && hasInferredEnd(call)) await this.#readHistory(pbx, request);
    finish();
  }

  /** Returns whether the history could be read. */
  async #readHistory(pbx: Pbx, request: AbortController): Promise<boolean> {
    const { store, key } = this.#options;
    // The user ended this call, so only its exact duration is missing, and other requests may go first.
    const isPatient = this.#placed?.call.end?.reason === 'hung-up-here';
    const answer = await pbx.myCdrs(request.signal, { isPatient });
    const placed = this.#placed;
    if (this.#request !== request || !answer.ok || placed === undefined) return false;
    const cdr = matchingCdr(answer.value, placed, store.clockOffset);
    if (cdr !== null) store.applyAndEmit({ type: 'record', key, record: recordOf(cdr) });
    return true;
  }

  /** Aborts the previous request and returns the controller of a new one. */
  #beginRequest(): AbortController {
    this.#request?.abort();
    this.#timer.stop();
    this.#request = new AbortController();
    this.#mustPollAgain = false;
    return this.#request;
  }

  #schedule(ms: number, task: () => void): void {
    this.#timer.start(ms, task);
  }
}

/** Whether the reason or the duration was inferred, so that the history may have more details. */
function hasInferredEnd({ end }: PlacedCall): boolean {
  if (end === null) return false;
  const { reason, by, status, talkedMs, exact } = end;
  return (
    (reason === 'hung-up' && by === null) ||
    (reason === 'hung-up-here' && talkedMs !== null && exact !== true) ||
    ((reason === 'other-unanswered' || reason === 'unknown') && status === null)
  );
}

/**
 * Returns the history entry of this call; null if none is certain enough. `cdrs`: newest first. `clockOffset`: this
 * computer's wall clock minus the PBX's, in ms.
 */
export function matchingCdr(
  cdrs: readonly PbxCdr[],
  { call, earliestStartAt }: PlacedCallState,
  clockOffset: number,
): PbxCdr | null {
  const [requested] = call.reached;
  if (requested === undefined) return null;
  const callStart = earliestStartAt ?? requested.at - clockOffset;
  const fits = ({ callee, startedAt, endedAt }: PbxCdr): boolean =>
    leadsTo(callee, call.plan.dial) &&
    startedAt !== null &&
    startedAt >= callStart - ENTRY_EARLIER_MS &&
    startedAt <= callStart + ENTRY_LATER_MS &&
    // An earlier call to the same number ended before this one began.
    endedAt !== null &&
    endedAt >= callStart;
  return cdrs.find(fits) ?? null;
}
