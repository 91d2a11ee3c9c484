import { NOT_LISTENING, type CallEvent, type Listening, type ListState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { untilBeat, type Clock } from '../clock.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import type { CdrChange, Pbx, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { CallList } from './call-list.ts';
import type { Fact } from './facts.ts';
import { HistoryLookup } from './history-lookup.ts';
import { LIMIT_MS } from './limits.ts';
import type { FactStamp } from './model.ts';
import { FallbackSources } from '../pace/fallback-sources.ts';
import { Poller } from '../pace/poller.ts';
import {
  fallbackNeeds,
  isForbidden,
  listeningFrom,
  listIntervalMs,
  placeholderDelayMs,
  reactionTo,
  sameListState,
  sameListening,
} from './source-health.ts';
import type { CallStore } from './store.ts';

export interface LiveCallsOptions {
  store: CallStore;
  pbx: Pbx;
  clock: Clock;
  /** The configured time between two polls of the session list, in ms. */
  intervalMs: () => number;
  /** Lengthens an interval while the PBX refuses requests; both in ms. */
  paced: (ms: number) => number;
  /** Push reported a ring that does not belong to a placed call. Called before the urgent poll that follows. */
  onRing: () => void;
  /** The calls changed, or which sources are available. A live list that was polled again is no change. */
  onChange: (calls: CallList, listState: ListState, listening: Listening) => void;
  /** Called after the `onChange` for the same facts. */
  onEvents: (events: CallEvent[]) => void;
  /** Push reported an event of this session. null: the event is about my phone, so it may concern any of my calls. */
  onPushed: (sessionId: string | null) => void;
  /** The PBX ended the sign-in, so polling has stopped. The calls stay as they were, and the list state is `off`. */
  onStopped: (error: AppError) => void;
}

type TimerName =
  /** Applies time limits every 15 s, and notices that the clock was set. */
  | 'beat'
  /** Reports changes of colleagues' calls, many at once. */
  | 'colleagues'
  /** Shows a placeholder if a phone still rings and no source has reported its session. */
  | 'placeholder'
  /** Removes ended legs, and decides nameless rings, if no next step has followed. */
  | 'next-step'
  /** Ends calls that no source has confirmed since push was connected or lost. */
  | 'confirmation';

/**
 * Requests and receives the data about calls, and applies it to the model. There is one for each sign-in.
 *
 * Its normal sources are the session list and push. If the PBX refuses the list, only push is left. Until push is proven
 * to work, the status of the user's phone and the call history are polled as well.
 */
export class LiveCalls {
  readonly #options: LiveCallsOptions;
  readonly #store: CallStore;
  readonly #poller: Poller<SessionList>;
  readonly #fallback: FallbackSources;
  readonly #lookup: HistoryLookup;
  readonly #timers = new Map<TimerName, () => void>();
  /** When the list was requested last. */
  #listRequestStamp: FactStamp = { seq: 0, at: 0 };
  #pushState: PushState = { status: 'off' };
  // With which error the PBX refuses each source for lack of permission; null while it does not.
  #listRefusal: AppError | null = null;
  #statusRefusal: AppError | null = null;
  #historyRefusal: AppError | null = null;
  /** When the list or, in its place, the phone status was last received; ms since 1970, null before the first. */
  #lastAnswerAt: number | null = null;
  #hasPhoneStatus = false;
  /**
   * The state of the list that `onChange` reports together with the next change of calls; null if it stays the same.
   */
  #nextListState: ListState | null = null;
  /** What `onChange` has reported last. */
  #shown: { calls: CallList; listState: ListState; listening: Listening };

  constructor(options: LiveCallsOptions) {
    const { clock, pbx, store, paced } = options;
    this.#options = options;
    this.#store = store;
    this.#shown = { calls: store.calls, listState: { status: 'off' }, listening: NOT_LISTENING };
    this.#poller = new Poller({
      clock,
      intervalMs: () => paced(listIntervalMs(options.intervalMs(), this.#pushState, store.model, this.calls.mine)),
      ask: (signal) => {
        this.#listRequestStamp = store.stamp();
        return pbx.listSessions(signal);
      },
      onAnswer: (answer, nextPollAt) => this.#handleList(answer, nextPollAt),
    });
    this.#fallback = new FallbackSources({
      pbx,
      clock,
      intervalMs: () => paced(options.intervalMs()),
      onStatus: (answer, nextPollAt) => this.#handleStatus(answer, nextPollAt),
      onChanges: (answer, nextPollAt) => this.#handleChanges(answer, nextPollAt),
    });
    this.#lookup = new HistoryLookup({ store, pbx, clock });
  }

  get calls(): CallList {
    return this.#store.calls;
  }

  get listState(): ListState {
    return this.#shown.listState;
  }

  get listening(): Listening {
    return this.#shown.listening;
  }

  start(): void {
    if (this.listState.status !== 'off') return;
    this.#lastAnswerAt = null;
    this.#listRefusal = null;
    this.#statusRefusal = null;
    this.#historyRefusal = null;
    this.#hasPhoneStatus = false;
    this.#store.reset();
    this.#store.context = () => this.#sourceContext();
    this.#store.onEvents = (events) => this.#handleEvents(events);
    this.#scheduleBeat();
    this.#show({ status: 'starting' });
    this.#poller.start();
  }

  /** Stops without a callback. */
  stop(): void {
    this.#halt();
    this.#shown.listState = { status: 'off' };
    this.#store.onEvents = null;
  }

  #halt(): void {
    this.#poller.stop();
    this.#fallback.stop();
    this.#lookup.stop();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Time until the list may be requested again (Retry-After), in ms; 0 if it may be requested now. */
  get heldForMs(): number {
    return this.#poller.heldForMs;
  }

  /** Polls all sources now, for example because the user asks for it. */
  pollNow(): void {
    this.#poller.pollNow();
    this.#fallback.pollNow();
  }

  /** Call it when the computer woke up or changed networks. Drops pending requests and polls now. */
  wake(): void {
    if (this.listState.status === 'off') return;
    this.#store.apply({ type: 'push-suspect' });
    this.#poller.wake();
    this.#fallback.wake();
  }

  /** Applies events of push in order. Their changes are reported together. */
  applyPush(...events: PushEvent[]): void {
    if (this.listState.status === 'off' || events.length === 0) return;
    const before = this.#store.model;
    this.#store.apply(...events.map((event): Fact => ({ type: 'push', event })));
    const after = this.#store.model;
    const { isAboutMe, sessionIds, phoneChanged, isUrgent } = reactionTo(events, before, after);
    for (const id of sessionIds) this.#options.onPushed(id);
    if (phoneChanged) this.#options.onPushed(null);
    if (!isAboutMe) {
      if (!this.#timers.has('colleagues'))
        this.#later('colleagues', LIMIT_MS.colleaguesDelay, () => this.#store.emitChanges());
      return;
    }
    this.#store.emitChanges();
    this.#later('placeholder', LIMIT_MS.placeholderDelay, () => this.#tick());
    this.#later('next-step', LIMIT_MS.nextStep, () => this.#tick());
    if (!(phoneChanged || isUrgent) || this.#listRefusal !== null) return;
    if (isUrgent) this.#options.onRing();
    this.#poller.pollNow({ urgent: isUrgent });
  }

  setPushState(state: PushState): void {
    const wasConnected = this.#pushState.status === 'listening';
    const isConnected = state.status === 'listening';
    this.#pushState = state;
    if (this.listState.status === 'off') {
      this.#store.apply({ type: 'push-connection', isConnected });
      return;
    }
    if (wasConnected !== isConnected) {
      this.#store.applyAndEmit({ type: 'push-connection', isConnected });
      this.#later('confirmation', LIMIT_MS.confirmWithPush, () => this.#tick());
      // After a reconnection the list shows what push missed. After a loss only the list can show changes.
      if (this.#listRefusal === null) this.#poller.pollNow();
    }
    this.#chooseSources();
    this.#show(this.listState);
  }

  /** Call it when the PBX has answered a request to place a call: the list may show that call now. */
  pollForPlacedCall(): void {
    // A forbidden list is not requested more often because of a call.
    if (this.#listRefusal === null) this.#poller.pollNow();
  }

  /** `nextPollAt`: null if the poller has stopped, because the PBX ended the sign-in. The same in the methods below. */
  #handleList(answer: Result<SessionList>, nextPollAt: number | null): void {
    if (answer.ok) {
      this.#lastAnswerAt = this.#options.clock.now();
      this.#listRefusal = null;
      this.#chooseSources();
      // The calls of the first list began before the sign-in.
      const unannounced = this.#store.model.lastList === null;
      this.#nextListState = { status: 'live', at: this.#lastAnswerAt };
      this.#store.applyAndEmit({ type: 'list', asOf: this.#listRequestStamp, sessionList: answer.value, unannounced });
      return;
    }
    const { error } = answer;
    if (nextPollAt === null) this.#handleSignInEnd(error);
    else if (error.code === 'list-forbidden') this.#handleListRefusal(error);
    else this.#show({ status: 'stale', since: this.#lastAnswerAt, retryAt: nextPollAt, error });
  }

  #handleListRefusal(error: AppError): void {
    const isFirst = this.#listRefusal === null;
    this.#listRefusal = error;
    if (isFirst) this.#store.apply({ type: 'list-refused' });
    this.#chooseSources();
    this.#nextListState = { status: 'forbidden', error };
    this.#store.emitChanges();
  }

  #handleStatus(answer: Result<PbxUserStatus>, nextPollAt: number | null): void {
    const listRefusal = this.#listRefusal;
    if (nextPollAt === null && !answer.ok) this.#handleSignInEnd(answer.error);
    if (listRefusal === null || nextPollAt === null) return;
    this.#statusRefusal = answer.ok || !isForbidden(answer.error) ? null : answer.error;
    if (answer.ok) {
      // A phone that rings at the first poll is announced, because the user can still pick up.
      const unannounced = !this.#hasPhoneStatus && answer.value.activity !== 'ringing';
      this.#lastAnswerAt = this.#options.clock.now();
      this.#hasPhoneStatus = true;
      this.#nextListState = { status: 'forbidden', error: listRefusal };
      this.#store.applyAndEmit({ type: 'status', status: answer.value, unannounced });
      this.#later('next-step', LIMIT_MS.nextStep, () => this.#tick());
    } else if (isForbidden(answer.error)) this.#show({ status: 'forbidden', error: listRefusal });
    else this.#show({ status: 'stale', since: this.#lastAnswerAt, retryAt: nextPollAt, error: answer.error });
  }

  #handleChanges(answer: Result<CdrChange[]>, nextPollAt: number | null): void {
    if (nextPollAt === null && !answer.ok) {
      this.#handleSignInEnd(answer.error);
      return;
    }
    this.#historyRefusal = answer.ok || !isForbidden(answer.error) ? null : answer.error;
    const since = this.#fallback.historySince;
    this.#store.applyAndEmit(
      { type: 'history', readable: this.#historyRefusal === null },
      answer.ok ? { type: 'changes', changes: answer.value, since } : { type: 'tick' },
    );
    this.#show(this.listState);
  }

  #handleSignInEnd(error: AppError): void {
    this.#halt();
    this.#show({ status: 'off' });
    this.#options.onStopped(error);
  }

  #chooseSources(): void {
    this.#fallback.setNeeds(fallbackNeeds(this.#listRefusal !== null, this.#pushState));
  }

  /** What the model needs to know about the sources. */
  #sourceContext(): ReturnType<CallStore['context']> {
    const isListLive = this.#listRefusal === null && (this.#nextListState ?? this.listState).status === 'live';
    return {
      historyPolled: fallbackNeeds(this.#listRefusal !== null, this.#pushState).changes,
      placeholderDelayMs: placeholderDelayMs(this.#pushState, isListLive),
    };
  }

  #scheduleBeat(): void {
    this.#later('beat', untilBeat(this.#options.clock), () => {
      this.#scheduleBeat();
      this.#tick();
    });
  }

  #tick(): void {
    this.#store.applyAndEmit({ type: 'tick' });
  }

  #handleEvents(events: CallEvent[]): void {
    const listState = this.#nextListState ?? this.listState;
    this.#nextListState = null;
    if (events.some(({ type, call }) => type === 'ended' && call.mine))
      this.#fallback.pollHistoryIn(LIMIT_MS.entryDelay);
    this.#show(listState);
    if (events.length > 0) this.#options.onEvents(events);
    // The next poll was scheduled with the longer interval for the time without a call of mine.
    if (events.some(({ type, call }) => type === 'for-me' || (type === 'appeared' && call.mine))) this.#poller.hasten();
    this.#lookup.requestIfNeeded();
  }

  /** Calls `onChange` if the calls or the sources differ from those that it has reported. */
  #show(listState: ListState): void {
    const before = this.#shown;
    const missingPermission = this.#historyRefusal === null ? null : this.#statusRefusal;
    const isListed = this.#store.model.lastList !== null;
    const fresh = listeningFrom({ isListed, listRefusal: this.#listRefusal, push: this.#pushState, missingPermission });
    // An equal state stays the same object.
    const listening = sameListening(fresh, before.listening) ? before.listening : fresh;
    const { calls } = this;
    this.#shown = { calls, listState, listening };
    const same = sameListState(listState, before.listState) && calls === before.calls && listening === before.listening;
    if (!same) this.#options.onChange(calls, listState, listening);
  }

  /** Runs the task after `ms`, instead of the one that this timer was started for before. */
  #later(timer: TimerName, ms: number, task: () => void): void {
    this.#timers.get(timer)?.();
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(timer);
      task();
    });
    this.#timers.set(timer, cancel);
  }
}
