import { NOT_LISTENING, type Call, type CallEvent, type Listening, type LinkState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { untilBeat, type Clock } from '../clock.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import type { CdrChange, Pbx, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { Fact } from './facts.ts';
import { FallbackSources } from './fallback-sources.ts';
import { HistoryLookup } from './history-lookup.ts';
import { LIMITS } from './limits.ts';
import type { Stamp } from './model.ts';
import { Poller } from './poller.ts';
import {
  fallbackNeeds,
  isRefusal,
  listeningBy,
  listIntervalMs,
  nameWaitMs,
  reactionTo,
  sameLink,
  sameListening,
} from './source-health.ts';
import type { CallStore } from './store.ts';

export interface LiveCallsOptions {
  store: CallStore;
  pbx: Pbx;
  clock: Clock;
  /** Time between two looks at the session list, in ms. */
  intervalMs: () => number;
  /** How long to wait instead, for the load's sake. */
  paced: (ms: number) => number;
  /** Push told of a ring that is none of ours: the look that follows is urgent. Called before it is asked for. */
  onRing: () => void;
  /** Something that the window shows changed. Never called for `at` of a live link alone. */
  onChange: (calls: Call[], link: LinkState, listening: Listening) => void;
  /** After the onChange that shows the same facts. */
  onEvents: (events: CallEvent[]) => void;
  /** Push told something of a session; null: of my phone, so perhaps of each of my calls. */
  onPushed: (sessionId: string | null) => void;
  /** The PBX ended the sign-in: polling is over. The calls stay listed as last seen, the link is off. */
  onStopped: (error: AppError) => void;
}

type Timer = 'beat' | 'colleagues' | 'name' | 'linger' | 'confirm';

/**
 * Feeds the model with what the PBX says, by whichever way it permits: the session list and push; where the list is
 * refused push alone; and until push is proven to tell, the state of the own phone and the call history. One per sign-in.
 */
export class LiveCalls {
  readonly #options: LiveCallsOptions;
  readonly #store: CallStore;
  readonly #poller: Poller<SessionList>;
  readonly #fallback: FallbackSources;
  readonly #lookup: HistoryLookup;
  readonly #timers = new Map<Timer, () => void>();
  #asked: Stamp = { seq: 0, at: 0 };
  #push: PushState = { status: 'off' };
  #refused: AppError | null = null;
  #statusRefused: AppError | null = null;
  #historyRefused: AppError | null = null;
  #lastGood: number | null = null;
  #statusKnown = false;
  /** The link changes with the calls that it is about. */
  #linkDue: LinkState | null = null;
  #shown: { calls: Call[]; link: LinkState; listening: Listening };

  constructor(options: LiveCallsOptions) {
    const { clock, pbx, store, paced } = options;
    this.#options = options;
    this.#store = store;
    this.#shown = { calls: store.calls, link: { status: 'off' }, listening: NOT_LISTENING };
    this.#poller = new Poller({
      clock,
      intervalMs: () => paced(listIntervalMs(options.intervalMs(), this.#push, this.#hasUnlisted, this.calls)),
      ask: (signal) => {
        this.#asked = store.stamp();
        return pbx.listSessions(signal);
      },
      onAnswer: (answer, nextAt) => this.#listAnswered(answer, nextAt),
    });
    this.#fallback = new FallbackSources({
      pbx,
      clock,
      intervalMs: () => paced(options.intervalMs()),
      onStatus: (answer, nextAt) => this.#statusAnswered(answer, nextAt),
      onChanges: (answer, nextAt) => this.#changesAnswered(answer, nextAt),
    });
    this.#lookup = new HistoryLookup({ store, pbx, clock, apply: (facts) => this.#apply(...facts) });
  }

  get calls(): Call[] {
    return this.#store.calls;
  }

  get link(): LinkState {
    return this.#shown.link;
  }

  get listening(): Listening {
    return this.#shown.listening;
  }

  start(): void {
    if (this.link.status !== 'off') return;
    this.#lastGood = null;
    this.#refused = null;
    this.#statusRefused = null;
    this.#historyRefused = null;
    this.#statusKnown = false;
    this.#store.reset();
    this.#store.onCalls = (_calls, events) => this.#emitted(events);
    this.#beat();
    this.#show({ status: 'starting' });
    this.#poller.start();
  }

  /** Ends it; nobody is told. */
  stop(): void {
    this.#halt();
    this.#shown.link = { status: 'off' };
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

  /** Asks now, e.g. when the user wants it. */
  pollNow(): void {
    this.#poller.pollNow();
    this.#fallback.pollNow();
  }

  /** The computer woke up or changed networks: asks now, whatever was under way. */
  wake(): void {
    if (this.link.status === 'off') return;
    this.#store.take([{ type: 'shaken' }]);
    this.#poller.wake();
    this.#fallback.wake();
  }

  /** Events of push, in order; those that come together in one go. */
  pushed(...events: PushEvent[]): void {
    if (this.link.status === 'off' || events.length === 0) return;
    const before = this.#store.model;
    this.#store.take(events.map((event) => ({ type: 'push', event })));
    const after = this.#store.model;
    const { mine, sessions, phone, due, urgent } = reactionTo(events, before, after);
    for (const id of sessions) this.#options.onPushed(id);
    if (phone) this.#options.onPushed(null);
    if (!mine) {
      if (!this.#timers.has('colleagues')) this.#later('colleagues', LIMITS.colleagues, () => this.#emit());
      return;
    }
    this.#emit();
    this.#later('name', LIMITS.nameWait, () => this.#tick());
    this.#later('linger', LIMITS.linger, () => this.#tick());
    if (!due || this.#refused !== null) return;
    if (urgent) this.#options.onRing();
    this.#poller.pollNow({ urgent });
  }

  /** How push stands. */
  pushState(state: PushState): void {
    const before = this.#push.status === 'listening';
    this.#push = state;
    const after = state.status === 'listening';
    if (this.link.status === 'off') {
      this.#store.take([{ type: 'listening', listening: after }]);
      return;
    }
    if (before !== after) {
      this.#apply({ type: 'listening', listening: after });
      this.#later('confirm', LIMITS.confirm, () => this.#tick());
      // What happened while push was away; and from now on the list must tell what push does not.
      if (this.#refused === null) this.#poller.pollNow();
    }
    this.#settleSources();
    this.#show(this.link);
  }

  /** A request that places a call is about to leave: no look starts, and nothing is announced, until it is answered. */
  placing(): () => void {
    const release = this.#poller.hold();
    const emit = this.#store.hold();
    return () => {
      // Where the list is forbidden, asking again because of a call would change nothing.
      if (this.#refused === null) this.#poller.pollNow();
      release();
      emit();
    };
  }

  #listAnswered(answer: Result<SessionList>, nextAt: number | null): void {
    if (answer.ok) {
      this.#lastGood = this.#options.clock.now();
      const quiet = this.#store.model.list === null;
      this.#refused = null;
      this.#settleSources();
      this.#linkDue = { status: 'live', at: this.#lastGood };
      this.#store.take([{ type: 'list', asked: this.#asked, list: answer.value, quiet }]);
      this.#emit({ always: true });
      return;
    }
    const { error } = answer;
    if (nextAt === null) this.#stopped(error);
    else if (error.code === 'list-forbidden') this.#becomeRefused(error);
    else this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error });
  }

  #becomeRefused(error: AppError): void {
    const first = this.#refused === null;
    this.#refused = error;
    if (first) this.#store.take([{ type: 'list-refused' }]);
    this.#settleSources();
    this.#linkDue = { status: 'forbidden', error };
    this.#emit({ always: true });
  }

  #statusAnswered(answer: Result<PbxUserStatus>, nextAt: number | null): void {
    const refused = this.#refused;
    if (nextAt === null && !answer.ok) this.#stopped(answer.error);
    if (refused === null || nextAt === null) return;
    this.#statusRefused = answer.ok || !isRefusal(answer.error) ? null : answer.error;
    if (answer.ok) {
      // A phone that rings at the very first look is announced: its user can still pick up.
      const first = this.#lastGood === null && answer.value.activity === 'ringing';
      const quiet = !this.#statusKnown && !first;
      this.#lastGood = this.#options.clock.now();
      this.#statusKnown = true;
      this.#linkDue = { status: 'forbidden', error: refused };
      this.#store.take([{ type: 'status', status: answer.value, quiet }]);
      this.#emit({ always: true });
      this.#later('linger', LIMITS.linger, () => this.#tick());
    } else if (isRefusal(answer.error)) {
      this.#show({ status: 'forbidden', error: refused });
    } else {
      this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error: answer.error });
    }
  }

  #changesAnswered(answer: Result<CdrChange[]>, nextAt: number | null): void {
    if (nextAt === null && !answer.ok) {
      this.#stopped(answer.error);
      return;
    }
    this.#historyRefused = answer.ok || !isRefusal(answer.error) ? null : answer.error;
    const facts: Fact[] = [{ type: 'history', readable: this.#historyRefused === null }];
    this.#apply(...facts, answer.ok ? { type: 'changes', changes: answer.value } : { type: 'tick' });
    this.#show(this.link);
  }

  #stopped(error: AppError): void {
    this.#halt();
    this.#show({ status: 'off' });
    this.#options.onStopped(error);
  }

  #settleSources(): void {
    const wanted = fallbackNeeds(this.#refused !== null, this.#push);
    this.#store.context = {
      historyPolled: wanted.changes,
      nameWaitMs: nameWaitMs(this.#push, this.#refused === null && this.link.status === 'live'),
    };
    this.#fallback.want(wanted);
  }

  get #hasUnlisted(): boolean {
    if (this.#push.status !== 'listening') return false;
    for (const { concernsMe, everListed, nameless, placing } of this.#store.model.sessions.values()) {
      if (concernsMe && !everListed && nameless === null && placing === null) return true;
    }
    return false;
  }

  /** Shown things get older on this beat, where nothing else happens; and a clock that was set is noticed. */
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

  /** While a call is being placed only what comes with an answer is announced: its session may be among the rest. */
  #emit({ always = false } = {}): void {
    this.#settleNameWait();
    if (always || !this.#store.isHeld) this.#store.emit();
  }

  #settleNameWait(): void {
    const live = this.#refused === null && (this.#linkDue ?? this.link).status === 'live';
    this.#store.context = { ...this.#store.context, nameWaitMs: nameWaitMs(this.#push, live) };
  }

  #emitted(events: CallEvent[]): void {
    const link = this.#linkDue ?? this.link;
    this.#linkDue = null;
    if (events.some(({ type, call }) => type === 'ended' && call.mine)) this.#fallback.callEnded();
    this.#show(link);
    if (events.length > 0) this.#options.onEvents(events);
    if (events.some(({ type }) => type === 'for-me')) this.#poller.hasten();
    this.#lookup.start();
  }

  #show(link: LinkState): void {
    const before = this.#shown;
    const noPermission = this.#historyRefused === null ? null : this.#statusRefused;
    const listed = this.#store.model.list !== null;
    const fresh = listeningBy({ listed, refused: this.#refused, push: this.#push, noPermission });
    // One that says the same stays the same object.
    const listening = sameListening(fresh, before.listening) ? before.listening : fresh;
    const { calls } = this;
    this.#shown = { calls, link, listening };
    const same = sameLink(link, before.link) && calls === before.calls && listening === before.listening;
    if (!same) this.#options.onChange(calls, link, listening);
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
