import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { PbxDirectory } from '../pbx/directory.ts';
import type { Pbx } from '../pbx/types.ts';
import { Reconnect, type PushStatus } from './reconnect.ts';
import { NORMAL_MS } from './poll-interval.ts';
import { RateGovernor } from './rate-governor.ts';
import { RequestBudget, type RequestKind } from './request-budget.ts';

/**
 * `list`: the session list. `watch`: reads a call placed here. `place` and `hang-up`: of a call. `directory`: reads
 * names or counts voicemails, which can wait. `record`: reads the history of a call that has just ended. `other`: any
 * other read.
 */
export type Purpose = 'list' | 'watch' | 'place' | 'hang-up' | 'record' | 'directory' | 'other';

export interface PaceOptions {
  clock: Clock;
  /** Shared by all connections of this desk. */
  budget?: RequestBudget;
  /** Whether a call of the user is live and only polls show its changes. */
  isPolledForCall?: () => boolean;
}

/**
 * How often a placed call is polled when the PBX refuses requests: often only in the first 20 s, in which most calls
 * are still unanswered.
 */
const FREQUENT_WATCH = { durationMs: 20_000, gapMs: 5_000 };
/** How long requests for names (purpose `directory`) wait for push to connect, in ms. */
const NAMES_AFTER_PUSH_MS = 30_000;
/** How long they wait while a live call is polled, in ms. Then they are sent, even if the call never ends. */
const NAMES_AFTER_CALL_MS = 600_000;
/** How soon they are tried again while the PBX refuses requests or a live call is polled, in ms. */
const NAMES_AGAIN_MS = 5_000;
/** The poller's jitter shortens an interval to this fraction at most. */
const MIN_JITTER_FACTOR = 0.9;

/**
 * Decides when one desk may send its requests, from its budget and from the requests that the PBX refused. Random
 * delays make the desks of an office send at different times.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #budget: RequestBudget;
  readonly #governor: RateGovernor;
  readonly #reconnect: Reconnect;
  /** The next poll of the list goes before other requests. */
  #isHurried = false;
  /** Polls that nobody waits for are not sent before this time (monotonic, ms). */
  #nextPollFrom = -Infinity;
  /** Before this time no placed call is polled (monotonic, ms). */
  #nextWatchFrom = -Infinity;
  /** Until then requests for names wait for push (monotonic, ms). */
  #namesFrom: number;
  readonly #isPolledForCall: () => boolean;
  /** Since when requests for names have been waiting for the end of a call (monotonic, ms); null when they are not. */
  #onCallSince: number | null = null;
  /** When a call was last placed or ended here (monotonic, ms). */
  #placedAt = -Infinity;
  #listRefused = false;
  #wantedIntervalMs = NORMAL_MS;
  /** Makes a waiting poll of the list check again whether it may be sent; null when none waits. */
  #recheckPoll: (() => void) | null = null;

  constructor({ clock, budget = new RequestBudget(clock), isPolledForCall = () => false }: PaceOptions) {
    this.#isPolledForCall = isPolledForCall;
    this.#clock = clock;
    this.#budget = budget;
    this.#governor = new RateGovernor(clock);
    this.#reconnect = new Reconnect(clock, this.#governor);
    this.#namesFrom = clock.elapsed() + NAMES_AFTER_PUSH_MS;
  }

  /**
   * Interval between polls in ms; `wantedIntervalMs` (`pollInterval`) is the interval that we would use without load.
   */
  intervalMs(wantedIntervalMs: number): number {
    this.#wantedIntervalMs = this.#reconnect.intervalMs(wantedIntervalMs);
    const interval = this.#governor.intervalMs(this.#wantedIntervalMs);
    return this.#listRefused ? this.#reconnect.retryMs(interval) : interval;
  }

  /**
   * Sends the next poll before all requests but urgent ones, for example because push reported that my phone rings.
   * Call it before the poll is requested.
   */
  hurryNextPoll(): void {
    this.#isHurried = true;
    this.#recheckPoll?.();
  }

  setPushStatus(status: PushStatus): void {
    const { pushStatus } = this.#reconnect;
    if (status === 'awaited' && pushStatus !== 'awaited') this.#delayNames();
    this.#reconnect.pushStatus = status;
    if (status === 'listening') {
      this.#reconnect.noteReached();
      this.#reconnect.notePushFailure(false);
    }
    this.#governor.isPushListening = status === 'listening';
  }

  /**
   * The network returned, or push was connected or lost. All desks of an office notice this in the same second, so the
   * next poll gets a random delay. Call it before the poll is requested.
   */
  noteDisturbance(): void {
    this.#reconnect.noteDisturbance();
    this.#delayNames();
    this.#holdPolls();
  }

  /**
   * Random delay before the next connection to push, so that desks do not all connect at the same moment. `failure`:
   * why the last one failed or ended.
   */
  pushSpreadMs(failure: AppError | null): number {
    if (failure !== null) {
      this.#reconnect.notePushFailure(isRefusal(failure));
      if (isRefusal(failure)) this.noteRefusal();
      else this.#noteUnreachable(failure);
    }
    return this.#reconnect.pushSpreadMs();
  }

  #noteUnreachable({ code }: AppError): void {
    if (!UNREACHABLE.has(code) || !this.#reconnect.noteUnreachable()) return;
    this.#holdPolls();
  }

  #holdPolls(): void {
    const spread = this.#reconnect.pollSpreadMs(this.#wantedIntervalMs);
    this.#nextPollFrom = Math.max(this.#nextPollFrom, this.#clock.elapsed() + spread);
  }

  /** The list held `total` calls. */
  noteList(total: number): void {
    this.#reconnect.noteList(total);
  }

  /** Call it when the PBX refused a request that was not sent by `run`, such as connecting to push. */
  noteRefusal(hasRetryAfter = false): void {
    if (hasRetryAfter && !this.#reconnect.isMassReconnect && this.#governor.isTemporary)
      this.#governor.noteRetryAfter();
    else this.#governor.noteRefusal();
    this.#reconnect.noteRefusal();
  }

  /**
   * Sends the request when it is due, unless it is aborted before that. Adds a random delay to the Retry-After of a
   * refusal, so that the desks of an office do not all retry at once.
   */
  async run<T>(purpose: Purpose, send: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
    for (;;) {
      if (isAborted(signal)) return err(appError('timed-out', { detail: 'aborted before it was sent' }));
      const wait = this.#takeTurn(purpose);
      if (wait === 0) break;
      await this.#pause(wait, purpose, signal);
    }
    const answer = await send();
    // The answer to an aborted request shows nothing about the load.
    return isAborted(signal) ? answer : this.#noteOutcome(purpose, answer);
  }

  #noteOutcome<T>(purpose: Purpose, answer: Result<T>): Result<T> {
    const refused = !answer.ok && isRefusal(answer.error);
    if (answer.ok) this.#reconnect.noteReached();
    else if (!refused) this.#noteUnreachable(answer.error);
    // Refused requests for names do not slow the list down, because names wait by themselves.
    if (refused && purpose !== 'directory') this.noteRefusal((answer.error.retryAfterMs ?? 0) > 0);
    else if (purpose === 'list' && answer.ok) {
      this.#governor.noteAnswer();
      this.#nextPollFrom = this.#clock.elapsed() + this.#minGap();
    }
    if (purpose === 'list') this.#listRefused = refused;
    return refused ? err(this.#withSpread(answer.error)) : answer;
  }

  /** Returns 0 and counts the request if it may be sent now; otherwise the ms after which to try again. */
  #takeTurn(purpose: Purpose): number {
    const kind = this.#kindOf(purpose);
    const earliest = this.#earliest(kind, purpose);
    const now = this.#clock.elapsed();
    const wait = earliest > now ? Math.ceil(earliest - now) : this.#budget.take(kind);
    if (wait > 0) return wait;
    if (purpose === 'list') this.#isHurried = false;
    if (purpose === 'place' || purpose === 'hang-up') this.#placedAt = now;
    if (purpose === 'watch') this.#nextWatchFrom = now + this.#watchGap(now);
    return 0;
  }

  /** The earliest time at which the request may be sent, whatever the budget (monotonic, ms). */
  #earliest(kind: RequestKind, purpose: Purpose): number {
    if (purpose === 'watch') return this.#nextWatchFrom;
    if (purpose === 'directory') return this.#earliestName();
    if (purpose !== 'list') return -Infinity;
    return kind === 'poll' ? this.#nextPollFrom : -Infinity;
  }

  #earliestName(): number {
    const now = this.#clock.elapsed();
    this.#onCallSince = this.#isPolledForCall() ? (this.#onCallSince ?? now) : null;
    const waitsForCall = this.#onCallSince !== null && now - this.#onCallSince < NAMES_AFTER_CALL_MS;
    if (this.#listRefused || waitsForCall) return now + NAMES_AGAIN_MS;
    // The wait is short, so that the requests follow soon after push has connected.
    if (this.#reconnect.pushStatus === 'awaited' && this.#namesFrom > now)
      return Math.min(this.#namesFrom, now + NAMES_AGAIN_MS / 5);
    return -Infinity;
  }

  #delayNames(): void {
    this.#namesFrom = this.#clock.elapsed() + NAMES_AFTER_PUSH_MS;
  }

  #kindOf(purpose: Purpose): RequestKind {
    switch (purpose) {
      case 'list':
        return this.#isHurried ? 'hurried' : 'poll';
      case 'place':
        return 'placing';
      case 'hang-up':
        return 'urgent';
      case 'record':
        return 'record';
      case 'directory':
        return 'background';
      case 'watch':
      case 'other':
        return purpose;
    }
  }

  #pause(ms: number, purpose: Purpose, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal?.removeEventListener('abort', giveUp);
        if (this.#recheckPoll === go) this.#recheckPoll = null;
        resolve();
      };
      const giveUp = (): void => {
        go();
        if (purpose !== 'watch') return;
        // The poll of the list may have been waiting for this request.
        this.#budget.giveUpWatch();
        this.#recheckPoll?.();
      };
      const cancel = this.#clock.after(ms, go);
      signal?.addEventListener('abort', giveUp);
      if (purpose === 'list') this.#recheckPoll = go;
    });
  }

  /**
   * Minimum time between two polls while the PBX refuses requests, in ms; 0 otherwise. A ringing phone overrides it.
   */
  #minGap(): number {
    return this.#governor.isSlowed ? this.#governor.intervalMs(this.#wantedIntervalMs) * MIN_JITTER_FACTOR : 0;
  }

  #watchGap(now: number): number {
    const gap = this.#minGap();
    return now - this.#placedAt < FREQUENT_WATCH.durationMs ? Math.min(gap, FREQUENT_WATCH.gapMs) : gap;
  }

  #withSpread(error: AppError): AppError {
    const retryAfterMs = error.retryAfterMs ?? 0;
    return retryAfterMs > 0 ? { ...error, retryAfterMs: this.#reconnect.spreadRetryMs(retryAfterMs) } : error;
  }
}

/** The request did not reach the PBX, or its answer did not come back. */
const UNREACHABLE: ReadonlySet<ErrorCode> = new Set([
  'connection-refused',
  'connection-lost',
  'dns-failed',
  'no-route',
  'timed-out',
]);

function isRefusal(error: AppError): boolean {
  return error.code === 'rate-limited';
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Wraps `pbx` so that `pace` decides when each request is sent. */
export function pacedPbx(pbx: Pbx, pace: Pace): Pbx {
  return {
    async listSessions(signal) {
      const list = await pace.run('list', () => pbx.listSessions(signal), signal);
      if (list.ok) pace.noteList(list.value.total);
      return list;
    },
    getSession: (id, signal) => pace.run('watch', () => pbx.getSession(id, signal), signal),
    createSession: (body) => pace.run('place', () => pbx.createSession(body)),
    destroySession: (id) => pace.run('hang-up', () => pbx.destroySession(id)),
    me: (signal) => pace.run('other', () => pbx.me(signal), signal),
    tenant: (signal) => pace.run('other', () => pbx.tenant(signal), signal),
    myCdrs: (signal, { isPatient } = { isPatient: false }) =>
      pace.run(isPatient ? 'directory' : 'record', () => pbx.myCdrs(signal), signal),
    userStatus: (signal) => pace.run('list', () => pbx.userStatus(signal), signal),
    newVoicemails: (signal) => pace.run('directory', () => pbx.newVoicemails(signal), signal),
    cdrSync: {
      start: (from, signal) => pace.run('other', () => pbx.cdrSync.start(from, signal), signal),
      diff: (token, signal) => pace.run('other', () => pbx.cdrSync.diff(token, signal), signal),
    },
  };
}

/** The same for its directories. */
export function pacedDirectory(directory: PbxDirectory, pace: Pace): PbxDirectory {
  return {
    start: (name, signal) => pace.run('directory', () => directory.start(name, signal), signal),
    diff: (name, token, signal) => pace.run('directory', () => directory.diff(name, token, signal), signal),
    groups: (kind, signal) => pace.run('directory', () => directory.groups(kind, signal), signal),
  };
}
