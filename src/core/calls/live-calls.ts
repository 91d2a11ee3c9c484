import { NOT_LISTENING, type CallEvent, type Listening, type ListState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { untilBeat, type Clock } from '../clock.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import type { CdrChange, Pbx, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { CallList } from './call-list.ts';
import type { Fact } from './facts.ts';
import { FallbackSources } from './fallback-sources.ts';
import { HistoryLookup } from './history-lookup.ts';
import { LIMIT_MS } from './limits.ts';
import type { EvidenceStamp } from './model.ts';
import { Poller } from '../pace/poller.ts';
import {
  fallbackNeeds,
  isRefusal,
  listeningBy,
  listIntervalMs,
  nameWaitMs,
  reactionTo,
  sameListState,
  sameListening,
} from './source-health.ts';
import type { CallStore } from './store.ts';

export interface LiveCallsOptions {
  store: CallStore;
  pbx: Pbx;
  clock: Clock;
  /** Time between two polls of the session list, in ms. */
  intervalMs: () => number;
  /** Returns the interval to use under the current load. */
  paced: (ms: number) => number;
  /** Push reported a ring that does not belong to a placed call. Called before the urgent poll that follows. */
  onRing: () => void;
  /** The calls or their state changed, apart from `at` of a live list. */
  onChange: (calls: CallList, list: ListState, listening: Listening) => void;
  /** After the onChange that shows the same facts. */
  onEvents: (events: CallEvent[]) => void;
  /** Push reported an event of this session; null: of my phone, so it may concern each of my calls. */
  onPushed: (sessionId: string | null) => void;
  /** The PBX ended the sign-in, so polling stopped. The calls stay as last seen, and the list is off. */
  onStopped: (error: AppError) => void;
}

type Timer = 'beat' | 'colleagues' | 'name' | 'linger' | 'confirm';

/**
 * Applies the PBX's data to the model: from the session list and push or, while the list is refused, from push and, until
 * push is proven, from the state of the own phone and the call history. One per sign-in.
 */
export class LiveCalls {
  readonly #options: LiveCallsOptions;
  readonly #store: CallStore;
  readonly #poller: Poller<SessionList>;
  readonly #fallback: FallbackSources;
  readonly #lookup: HistoryLookup;
  readonly #timers = new Map<Timer, () => void>();
  #asked: EvidenceStamp = { seq: 0, at: 0 };
  #push: PushState = { status: 'off' };
  #refused: AppError | null = null;
  #statusRefused: AppError | null = null;
  #historyRefused: AppError | null = null;
  #lastGood: number | null = null;
  #statusKnown = false;
  /** The state of the list to show together with the next calls. */
  #listDue: ListState | null = null;
  #shown: { calls: CallList; list: ListState; listening: Listening };

  constructor(options: LiveCallsOptions) {
    const { clock, pbx, store, paced } = options;
    this.#options = options;
    this.#store = store;
    this.#shown = { calls: store.calls, list: { status: 'off' }, listening: NOT_LISTENING };
    this.#poller = new Poller({
      clock,
      intervalMs: () => paced(listIntervalMs(options.intervalMs(), this.#push, store.model, this.calls.mine)),
      ask: (signal) => {
        this.#asked = store.stamp();
        return pbx.listSessions(signal);
      },
      onAnswer: (answer, nextAt) => this.#handleList(answer, nextAt),
    });
    this.#fallback = new FallbackSources({
      pbx,
      clock,
      intervalMs: () => paced(options.intervalMs()),
      onStatus: (answer, nextAt) => this.#handleStatus(answer, nextAt),
      onChanges: (answer, nextAt) => this.#handleChanges(answer, nextAt),
    });
    this.#lookup = new HistoryLookup({ store, pbx, clock, apply: (facts) => this.#apply(...facts) });
  }

  get calls(): CallList {
    return this.#store.calls;
  }

  get list(): ListState {
    return this.#shown.list;
  }

  get listening(): Listening {
    return this.#shown.listening;
  }

  start(): void {
    if (this.list.status !== 'off') return;
    this.#lastGood = null;
    this.#refused = null;
    this.#statusRefused = null;
    this.#historyRefused = null;
    this.#statusKnown = false;
    this.#store.reset();
    this.#store.onCalls = (events) => this.#handleEvents(events);
    this.#beat();
    this.#show({ status: 'starting' });
    this.#poller.start();
  }

  /** Stops without a callback. */
  stop(): void {
    this.#halt();
    this.#shown.list = { status: 'off' };
    this.#store.onCalls = null;
  }

  #halt(): void {
    this.#poller.stop();
    this.#fallback.stop();
    this.#lookup.stop();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** How long until the list may be requested again (Retry-After), in ms; 0 when it may be now. */
  get heldForMs(): number {
    return this.#poller.heldForMs;
  }

  /** Polls now, for example because the user wants it. */
  pollNow(): void {
    this.#poller.pollNow();
    this.#fallback.pollNow();
  }

  /** The computer woke up or changed networks: drops pending requests and polls now. */
  wake(): void {
    if (this.list.status === 'off') return;
    this.#store.take([{ type: 'push-suspect' }]);
    this.#poller.wake();
    this.#fallback.wake();
  }

  /** Applies events of push, in order and together. */
  applyPush(...events: PushEvent[]): void {
    if (this.list.status === 'off' || events.length === 0) return;
    const before = this.#store.model;
    this.#store.take(events.map((event) => ({ type: 'push', event })));
    const after = this.#store.model;
    const { mine, sessions, phone, due, urgent } = reactionTo(events, before, after);
    for (const id of sessions) this.#options.onPushed(id);
    if (phone) this.#options.onPushed(null);
    if (!mine) {
      if (!this.#timers.has('colleagues')) this.#later('colleagues', LIMIT_MS.colleagues, () => this.#emit());
      return;
    }
    this.#emit();
    this.#later('name', LIMIT_MS.nameWait, () => this.#tick());
    this.#later('linger', LIMIT_MS.linger, () => this.#tick());
    if (!due || this.#refused !== null) return;
    if (urgent) this.#options.onRing();
    this.#poller.pollNow({ urgent });
  }

  /** The state of push changed. */
  pushState(state: PushState): void {
    const before = this.#push.status === 'listening';
    this.#push = state;
    const after = state.status === 'listening';
    if (this.list.status === 'off') {
      this.#store.take([{ type: 'push-connection', listening: after }]);
      return;
    }
    if (before !== after) {
      this.#apply({ type: 'push-connection', listening: after });
      this.#later('confirm', LIMIT_MS.confirm, () => this.#tick());
      // Events were lost while push was disconnected, and from now on the list must show what push does not.
      if (this.#refused === null) this.#poller.pollNow();
    }
    this.#settleSources();
    this.#show(this.list);
  }

  /** The PBX has answered a request for a call, which the list may show now. */
  notePlaced(): void {
    // While the list is forbidden, a call is no reason to request it again.
    if (this.#refused === null) this.#poller.pollNow();
  }

  #handleList(answer: Result<SessionList>, nextAt: number | null): void {
    if (answer.ok) {
      this.#lastGood = this.#options.clock.now();
      this.#refused = null;
      this.#settleSources();
      const quiet = this.#store.model.list === null;
      this.#listDue = { status: 'live', at: this.#lastGood };
      this.#apply({ type: 'list', asked: this.#asked, list: answer.value, quiet });
      return;
    }
    const { error } = answer;
    if (nextAt === null) this.#handleStop(error);
    else if (error.code === 'list-forbidden') this.#handleRefusal(error);
    else this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error });
  }

  #handleRefusal(error: AppError): void {
    const first = this.#refused === null;
    this.#refused = error;
    if (first) this.#store.take([{ type: 'list-refused' }]);
    this.#settleSources();
    this.#listDue = { status: 'forbidden', error };
    this.#emit();
  }

  #handleStatus(answer: Result<PbxUserStatus>, nextAt: number | null): void {
    const refused = this.#refused;
    if (nextAt === null && !answer.ok) this.#handleStop(answer.error);
    if (refused === null || nextAt === null) return;
    this.#statusRefused = answer.ok || !isRefusal(answer.error) ? null : answer.error;
    if (answer.ok) {
      // A ringing phone is announced at the first poll as well, because the user can still pick up.
      const quiet = !this.#statusKnown && answer.value.activity !== 'ringing';
      this.#lastGood = this.#options.clock.now();
      this.#statusKnown = true;
      this.#listDue = { status: 'forbidden', error: refused };
      this.#store.take([{ type: 'status', status: answer.value, quiet }]);
      this.#emit();
      this.#later('linger', LIMIT_MS.linger, () => this.#tick());
    } else if (isRefusal(answer.error)) {
      this.#show({ status: 'forbidden', error: refused });
    } else {
      this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error: answer.error });
    }
  }

  #handleChanges(answer: Result<CdrChange[]>, nextAt: number | null): void {
    if (nextAt === null && !answer.ok) {
      this.#handleStop(answer.error);
      return;
    }
    this.#historyRefused = answer.ok || !isRefusal(answer.error) ? null : answer.error;
    const facts: Fact[] = [{ type: 'history', readable: this.#historyRefused === null }];
    this.#apply(...facts, answer.ok ? { type: 'changes', changes: answer.value } : { type: 'tick' });
    this.#show(this.list);
  }

  #handleStop(error: AppError): void {
    this.#halt();
    this.#show({ status: 'off' });
    this.#options.onStopped(error);
  }

  #settleSources(): void {
    const wanted = fallbackNeeds(this.#refused !== null, this.#push);
    this.#store.context = {
      historyPolled: wanted.changes,
      nameWaitMs: nameWaitMs(this.#push, this.#refused === null && this.list.status === 'live'),
    };
    this.#fallback.want(wanted);
  }

  /** Applies time limits regularly, and notices that the clock was set. */
  #beat(): void {
    this.#later('beat', untilBeat(this.#options.clock), () => {
      this.#beat();
      this.#tick();
    });
  }

  #tick(): void {
    this.#apply({ type: 'tick' });
  }

  #apply(...facts: Fact[]): void {
    this.#store.take(facts);
    this.#emit();
  }

  #emit(): void {
    this.#settleNameWait();
    this.#store.emit();
  }

  #settleNameWait(): void {
    const live = this.#refused === null && (this.#listDue ?? this.list).status === 'live';
    this.#store.context = { ...this.#store.context, nameWaitMs: nameWaitMs(this.#push, live) };
  }

  #handleEvents(events: CallEvent[]): void {
    const list = this.#listDue ?? this.list;
    this.#listDue = null;
    if (events.some(({ type, call }) => type === 'ended' && call.mine)) this.#fallback.callEnded();
    this.#show(list);
    if (events.length > 0) this.#options.onEvents(events);
    // The next poll was scheduled before this call of mine was known.
    if (events.some(({ type, call }) => type === 'for-me' || (type === 'appeared' && call.mine))) this.#poller.hasten();
    this.#lookup.start();
  }

  #show(list: ListState): void {
    const before = this.#shown;
    const noPermission = this.#historyRefused === null ? null : this.#statusRefused;
    const listed = this.#store.model.list !== null;
    const fresh = listeningBy({ listed, refused: this.#refused, push: this.#push, noPermission });
    // An equal state stays the same object.
    const listening = sameListening(fresh, before.listening) ? before.listening : fresh;
    const { calls } = this;
    this.#shown = { calls, list, listening };
    const same = sameListState(list, before.list) && calls === before.calls && listening === before.listening;
    if (!same) this.#options.onChange(calls, list, listening);
  }

  #later(timer: Timer, ms: number, task: () => void): void {
    this.#timers.get(timer)?.();
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(timer);
      task();
    });
    this.#timers.set(timer, cancel);
  }
}
