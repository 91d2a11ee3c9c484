import type { Call, CallEvent, LinkState, Listening } from '../../shared/call.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { PushClient, type PushClientOptions } from '../pbx/push/push-client.ts';
import type { PushAccess, PushEvent, PushState } from '../pbx/push/types.ts';
import type { Pbx } from '../pbx/types.ts';
import { LiveCalls } from './live-calls.ts';
import type { OwnNumbers } from './own-numbers.ts';
import type { PushHope } from './pace/comeback.ts';
import { pacedPbx } from './pace/paced-pbx.ts';
import { Pace } from './pace/pace.ts';
import type { RequestBudget } from './pace/request-budget.ts';
import { pollInterval } from './pace/poll-interval.ts';
import { provenTopics } from './source-health.ts';
import type { CallStore } from './store.ts';

/** Whether anybody is there to see it. */
export interface Presence {
  windowVisible: boolean;
  /** The screen is locked, or nothing was touched for some minutes. */
  idle: boolean;
}

export interface CallWatchOptions {
  /** Of the account: it stays when the user signs in anew. */
  store: CallStore;
  pbx: Pbx;
  push: PushAccess;
  own: () => OwnNumbers;
  clock: Clock;
  /** The wished time between two looks at the session list, in ms. */
  intervalMs: () => number;
  budget: RequestBudget;
  presence: () => Presence;
  onChange: (calls: Call[], link: LinkState, listening: Listening) => void;
  onEvents: (events: CallEvent[]) => void;
  /** Push told something of a session; null: of my phone. */
  onPushed: (sessionId: string | null) => void;
  /** For tests and simulations; the real client unless told. */
  openPush?: ((options: PushClientOptions) => Pick<PushClient, 'start' | 'stop' | 'wake'>) | undefined;
}

const NOT_THE_PBX: ReadonlySet<ErrorCode> = new Set(['tls-changed', 'tls-untrusted']);

/**
 * Everything that listens for calls over one connection: the live calls, push, and the pace at which requests leave. One
 * per connection.
 */
export class CallWatch {
  /** The PBX, each request sent when the budget lets it. */
  readonly pbx: Pbx;
  readonly live: LiveCalls;
  readonly #options: CallWatchOptions;
  readonly #pace: Pace;
  readonly #push: Pick<PushClient, 'start' | 'stop' | 'wake'>;
  #pushState: PushState = { status: 'off' };
  #link: LinkState = { status: 'off' };
  /** The extension that push was asked about. */
  #extension = '';
  #running = false;
  /** Events that came together are applied together. */
  #events: PushEvent[] = [];

  constructor(options: CallWatchOptions) {
    const { clock, own, budget, store, onEvents, onPushed } = options;
    this.#options = options;
    this.#pace = new Pace({ clock, budget });
    this.pbx = pacedPbx(options.pbx, this.#pace);
    this.live = new LiveCalls({
      store,
      pbx: this.pbx,
      intervalMs: () => this.#wantedMs(),
      paced: (ms) => this.#pace.intervalMs(ms),
      onRing: () => this.#pace.announced(),
      clock,
      onChange: (calls, link, listening) => this.#changed(calls, link, listening),
      onEvents,
      onPushed,
      onStopped: () => this.#push.stop(),
    });
    this.#push = (options.openPush ?? ((push) => new PushClient(push)))({
      ...options.push.way,
      clock,
      credentials: () => options.push.credentials(),
      extension: () => {
        this.#extension = own().extension;
        return this.#extension;
      },
      wantCdr: true,
      delayMs: () => this.#pace.pushSpreadMs(),
      onConnect: () => budget.spend(),
      onEvent: (event) => this.#pushed(event),
      onState: (state) => this.#pushChanged(state),
      onAccepted: (by) => options.push.accepted(by),
      onRefused: (by) => options.push.refused(by),
    });
  }

  /** Push tells each step of a call, so looking at one only confirms. */
  get tellsSteps(): boolean {
    return provenTopics(this.#pushState).includes('cdr_events');
  }

  start(): void {
    this.#running = true;
    // Whoever signs in, or switches accounts, waits for the calls.
    this.#pace.announced();
    this.live.start();
    if (this.#options.push.possible) this.#push.start();
  }

  stop(): void {
    this.#running = false;
    this.#events = [];
    this.#push.stop();
    this.live.stop();
  }

  /** The computer woke up, or the network changed: whatever there is may be dead. */
  wake(): void {
    if (!this.#running) return;
    this.#pace.disturbed();
    this.live.wake();
    this.#push.wake();
  }

  /** Looks now, because the user asks to or something happened. */
  pollNow(): void {
    // What a person waits for is not put off for the office's sake; the budget still counts it.
    this.#pace.announced();
    this.live.pollNow();
  }

  /** The user's extension became known or is another one: push is asked about that. */
  numbersChanged(): void {
    if (!this.#running || this.#options.own().extension === this.#extension) return;
    if (this.#pushState.status === 'off' && !this.#options.push.possible) return;
    this.#push.stop();
    this.#push.start();
  }

  #wantedMs(): number {
    const { intervalMs, presence } = this.#options;
    const ownCallLive = this.live.calls.some((call) => call.mine);
    // What push makes of it is the monitor's to say: it depends on what push tells.
    return pollInterval({ base: intervalMs(), ownCallLive, ...presence() });
  }

  #changed(calls: Call[], link: LinkState, listening: Listening): void {
    const back = (link.status === 'live' || link.status === 'forbidden') && this.#link.status === 'stale';
    this.#link = link;
    this.#options.onChange(calls, link, listening);
    // Somebody else answered in the PBX's place, as captive portals do. It is the PBX again that answers now.
    if (back && this.#pushState.status === 'refused' && NOT_THE_PBX.has(this.#pushState.error.code)) this.#push.wake();
  }

  #pushed(event: PushEvent): void {
    if (this.#events.length === 0) queueMicrotask(() => this.#applyEvents());
    this.#events.push(event);
  }

  #applyEvents(): void {
    const events = this.#events;
    this.#events = [];
    this.live.pushed(...events);
  }

  #pushChanged(state: PushState): void {
    this.#applyEvents();
    const listened = this.#pushState.status === 'listening';
    this.#pushState = state;
    this.#pace.pushIs(hopeOf(state));
    if (state.status === 'waiting' && state.error.code === 'rate-limited') this.#pace.refused();
    // Every desk of the office meets this in the same second.
    if (listened !== (state.status === 'listening')) this.#pace.disturbed();
    this.live.pushState(state);
  }
}

/** A connection that was refused for good, or is nowhere to be had, is not waited for. */
function hopeOf({ status }: PushState): PushHope {
  if (status === 'listening') return 'listening';
  return status === 'connecting' || status === 'waiting' ? 'awaited' : 'none';
}
