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

/** Number of doublings of the interval: about ten seconds between two polls of the history if it is the only source. */
const HISTORY_PACE = 3;

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

  /** The account has no permission to poll the call, so we will not see its steps. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** Starts polling. The session ID is known by now. */
  follow(): void {
    this.#failures = 0;
    this.#finishing = false;
    this.#schedule(LIMIT_MS.watch, () => this.#poll());
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

  /** The call changed. After its end, its history entry is requested once for the reason. */
  update(call: PlacedCall): void {
    if (call.step !== 'ended') {
      if (!this.#finishing) return;
      // It was given up, but continues.
      this.dispose();
      this.follow();
      return;
    }
    if (this.#finishing) return;
    this.dispose();
    this.#finishing = true;
    const pbx = this.#options.pbx();
    if (!isInferred(call) || pbx === null) this.#options.onDone();
    else this.#schedule(LIMIT_MS.written, () => void this.#refine(pbx));
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
    return reportsSteps() && (store.model.sessions.get(sessionId)?.reported.seq ?? 0) > 0;
  }

  #poll(): void {
    const sessionId = this.#placed?.call.sessionId ?? null;
    const pbx = this.#options.pbx();
    if (sessionId === null) return;
    if (pbx === null) this.#handleFailure(null);
    else void this.#ask(pbx, sessionId);
  }

  async #ask(pbx: Pbx, id: string): Promise<void> {
    const { store } = this.#options;
    const request = this.#begin();
    const asked = store.stamp();
    this.#isPolling = true;
    const answer = await pbx.getSession(id, request.signal);
    if (this.#request !== request) return;
    this.#isPolling = false;
    if (answer.ok) {
      this.#failures = 0;
      store.take([{ type: 'confirmed', key: this.#options.key }]);
      store.apply({ type: 'session', asked, id, session: answer.value });
      this.#next();
    } else if (answer.error.code === 'not-found') {
      store.apply({ type: 'session', asked, id, session: null });
      this.#next();
    } else {
      this.#isForbidden = FORBIDDEN_CODES.has(answer.error.code);
      const readable = this.#isForbidden && (await this.#askHistory(pbx, request));
      if (this.#request !== request) return;
      // The history replaces the session as a source, so it is polled steadily, but less often.
      if (readable) this.#failures = Math.min(this.#failures, HISTORY_PACE);
      this.#handleFailure(answer.error);
    }
  }

  #next(): void {
    if (!this.#isLive) return;
    const rare = this.#placed?.call.step === 'connected' || this.#options.reportsSteps();
    const wait = this.#mustPollAgain ? 0 : rare ? LIMIT_MS.watchRarely : LIMIT_MS.watch;
    this.#schedule(wait, () => this.#poll());
  }

  #handleFailure(error: AppError | null): void {
    const placed = this.#placed;
    if (!this.#isLive || placed === undefined) return;
    const { clock } = this.#options;
    this.#failures += 1;
    const confirmed = this.#isForbidden && this.#isReported;
    this.#apply({ type: confirmed ? 'confirmed' : 'watch-failed' });
    if (!confirmed && clock.elapsed() - placed.seenAt > LIMIT_MS.placedLost) {
      this.#apply({ type: 'lost' });
      return;
    }
    const asked = error === null ? 0 : retryAfterMs(error);
    const wait = asked > 0 ? asked : backoffMs(LIMIT_MS.watch, this.#failures, clock.random());
    this.#schedule(wait, () => this.#poll());
  }

  #apply(fact: { type: 'confirmed' | 'watch-failed' | 'lost' }): void {
    const { store, key } = this.#options;
    store.apply({ ...fact, key } satisfies PlacedCallFact);
  }

  async #refine(pbx: Pbx): Promise<void> {
    const request = this.#begin();
    const done = (): void => {
      if (this.#request !== request) return;
      this.dispose();
      this.#options.onDone();
    };
    this.#schedule(LIMIT_MS.historyTimeout, done);
    // Push may have sent the record meanwhile.
    const call = this.#placed?.call;
    if (call !== undefined && isInferred(call)) await this.#askHistory(pbx, request);
    done();
  }

  /** Returns whether the history could be read. */
  async #askHistory(pbx: Pbx, request: AbortController): Promise<boolean> {
    const { store, key } = this.#options;
    const answer = await pbx.myCdrs(request.signal, this.#placed?.call.end?.reason === 'hung-up-here');
    const placed = this.#placed;
    if (this.#request !== request || !answer.ok || placed === undefined) return false;
    const cdr = matchingCdr(answer.value, placed);
    if (cdr !== null) store.apply({ type: 'record', key, record: recordOf(cdr) });
    return true;
  }

  #begin(): AbortController {
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

/** Whether the reason of the end was inferred, so that the history may have more details. */
function isInferred({ end }: PlacedCall): boolean {
  if (end === null) return false;
  const { reason, by, status, talkedMs, exact } = end;
  return (
    (reason === 'hung-up' && by === null) ||
    (reason === 'hung-up-here' && talkedMs !== null && exact !== true) ||
    ((reason === 'other-unanswered' || reason === 'unknown') && status === null)
  );
}

/** Returns the history entry of this call; null if none is certain enough. `cdrs`: newest first. */
export function matchingCdr(
  cdrs: readonly PbxCdr[],
  { call, earliestStartAt: legsBegun }: PlacedCallState,
): PbxCdr | null {
  // Legs and history share the PBX's clock. Without a leg, only this computer's clock is known, which may differ.
  const begun = legsBegun ?? call.reached[0]?.at;
  if (begun === undefined) return null;
  const fits = ({ callee, startedAt, endedAt }: PbxCdr): boolean =>
    leadsTo(callee, call.plan.dial) &&
    startedAt !== null &&
    startedAt >= begun - LIMIT_MS.entryEarlier &&
    startedAt <= begun + LIMIT_MS.entryLater &&
    // An earlier call to the same number ended before this one began.
    endedAt !== null &&
    endedAt >= begun;
  return cdrs.find(fits) ?? null;
}
