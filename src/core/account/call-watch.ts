import type { CallEvent, ListState, Listening } from '../../shared/call.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { PushEvent, PushAccess, PushedEvent, PushState } from '../pbx/push/types.ts';
import type { PbxDirectory } from '../pbx/directory.ts';
import type { PushPort, Transport } from '../pbx/transport.ts';
import type { Pbx } from '../pbx/types.ts';
import type { CallList } from '../calls/call-list.ts';
import { ColleaguePresence } from '../people/colleague-presence.ts';
import { LiveCalls } from '../calls/live-calls.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';
import type { PushStatus } from '../pace/reconnect.ts';
import { Pace, pacedDirectory, pacedPbx } from '../pace/pace.ts';
import type { RequestBudget } from '../pace/request-budget.ts';
import { pollInterval } from '../pace/poll-interval.ts';
import { provenTopics } from '../calls/source-health.ts';
import type { CallStore } from '../calls/store.ts';

/** Whether the window is visible and the user is at the computer. */
export interface UserActivity {
  windowVisible: boolean;
  /** The screen is locked, or no keyboard or mouse was used for some minutes. */
  idle: boolean;
}

export interface CallWatchOptions {
  /** Belongs to the account and survives a new sign-in. */
  store: CallStore;
  pbx: Pbx;
  directory: PbxDirectory;
  push: PushAccess;
  own: () => OwnNumbers;
  clock: Clock;
  /** The configured time between two polls of the list of sessions, in ms. */
  intervalMs: () => number;
  budget: RequestBudget;
  userActivity: () => UserActivity;
  onChange: (calls: CallList, list: ListState, listening: Listening) => void;
  onEvents: (events: CallEvent[]) => void;
  onPresence: () => void;
  /** Push reported an event of this session; null for an event of the user's own phone. */
  onPushed: (sessionId: string | null) => void;
  transport: Pick<Transport, 'openPush'>;
}

const NOT_THE_PBX: ReadonlySet<ErrorCode> = new Set(['tls-changed', 'tls-untrusted']);

/** Watches calls over one connection to a PBX, by polling and push, within the budget of requests. */
export class CallWatch {
  /** The PBX's API; every request waits its turn in the budget. */
  readonly pbx: Pbx;
  /** The PBX's directories; their requests come after all others in the budget. */
  readonly directory: PbxDirectory;
  readonly live: LiveCalls;
  /** What is known of colleagues. */
  readonly presence: ColleaguePresence;
  readonly #options: CallWatchOptions;
  readonly #pace: Pace;
  readonly #push: PushPort;
  #pushState: PushState = { status: 'off' };
  #list: ListState = { status: 'off' };
  /** The extension that the latest push connection was given; '' before the first one. */
  #extension = '';
  #running = false;
  /** Push events that arrived in one task. A microtask applies them together. */
  #events: PushEvent[] = [];
  #colleagues: ReadonlySet<string> = new Set();

  constructor(options: CallWatchOptions) {
    const { clock, own, budget, store, onEvents, onPushed } = options;
    this.#options = options;
    this.#pace = new Pace({
      clock,
      budget,
      isPolledForCall: () => this.live.calls.mine.length > 0 && !this.reportsSteps,
    });
    this.presence = new ColleaguePresence({ clock, own: () => own().extension, onChange: options.onPresence });
    this.pbx = pacedPbx(options.pbx, this.#pace);
    this.directory = pacedDirectory(options.directory, this.#pace);
    this.live = new LiveCalls({
      store,
      pbx: this.pbx,
      intervalMs: () => this.#wantedMs(),
      paced: (ms) => this.#pace.intervalMs(ms),
      onRing: () => this.#pace.hurryNextPoll(),
      clock,
      onChange: (calls, list, listening) => this.#handleChange(calls, list, listening),
      onEvents,
      onPushed,
      onStopped: () => this.#push.stop(),
    });
    this.#push = options.transport.openPush({
      ...options.push.server,
      clock,
      credentials: () => options.push.credentials(),
      extension: () => {
        this.#extension = own().extension;
        return this.#extension;
      },
      wantCdr: true,
      delayMs: (failure) => this.#pace.pushSpreadMs(failure),
      admit: () => budget.take('connect'),
      onEvent: (event) => this.#queueEvent(event),
      onState: (state) => this.#handlePushState(state),
      onAccepted: (by) => options.push.accepted(by),
      onRefused: (by) => options.push.refused(by),
    });
  }

  /** Whether push reports each step of a call, so that polling only confirms it. */
  get reportsSteps(): boolean {
    return provenTopics(this.#pushState).includes('cdr_events');
  }

  start(): void {
    this.#running = true;
    // The user has just signed in or switched accounts and waits for the calls.
    this.#pace.hurryNextPoll();
    // Push starts before the first poll, because it needs a fuller budget and would have to wait after the poll.
    if (this.#options.push.possible) this.#push.start();
    this.live.start();
  }

  stop(): void {
    this.#running = false;
    this.#events = [];
    this.#push.stop();
    this.live.stop();
    this.presence.stop();
  }

  /** The computer woke up or the network changed, so connections may be dead. */
  wake(): void {
    if (!this.#running) return;
    this.#pace.noteDisturbance();
    this.live.wake();
    this.#push.wake();
  }

  /** Polls now, because the user waits for the result or a call may have changed. */
  pollNow(): void {
    // The user waits, so the load of the office must not delay this poll. The budget still counts it.
    this.#pace.hurryNextPoll();
    this.live.pollNow();
  }

  /** Reconnects push if the user's extension has become known or has changed. */
  numbersChanged(): void {
    if (!this.#running || this.#options.own().extension === this.#extension) return;
    if (this.#pushState.status === 'off' && !this.#options.push.possible) return;
    this.#push.stop();
    this.#push.start();
  }

  /** Also receives what push reports of these colleagues, where the PBX allows it. It takes no request. */
  watchColleagues(extensions: readonly string[]): void {
    this.#colleagues = new Set(extensions);
    this.#push.watch(extensions);
  }

  #wantedMs(): number {
    const { intervalMs, userActivity } = this.#options;
    const ownCallLive = this.live.calls.mine.length > 0;
    // LiveCalls lengthens this interval while push reports calls.
    return pollInterval({ base: intervalMs(), ownCallLive, ...userActivity() });
  }

  #handleChange(calls: CallList, list: ListState, listening: Listening): void {
    const isRecovered = (list.status === 'live' || list.status === 'forbidden') && this.#list.status === 'stale';
    this.#list = list;
    // A list that is not current shows calls that may be over.
    this.presence.callsChanged(list.status === 'live' || this.reportsSteps ? calls.shown.calls : []);
    this.#options.onChange(calls, list, listening);
    // Another server, such as a captive portal, had answered. Now the PBX answers again.
    if (isRecovered && this.#pushState.status === 'refused' && NOT_THE_PBX.has(this.#pushState.error.code))
      this.#push.wake();
  }

  #queueEvent(event: PushedEvent): void {
    if (event.type === 'presence' || (event.type === 'extension' && this.#isColleague(event.extension))) {
      this.presence.pushed(event);
      return;
    }
    if (this.#events.length === 0) queueMicrotask(() => this.#applyEvents());
    this.#events.push(event);
  }

  #isColleague(extension: string): boolean {
    return extension !== this.#extension && this.#colleagues.has(extension);
  }

  #applyEvents(): void {
    const events = this.#events;
    this.#events = [];
    this.live.applyPush(...events);
  }

  #handlePushState(state: PushState): void {
    this.#applyEvents();
    const listened = this.#pushState.status === 'listening';
    if (listened && state.status !== 'listening') this.presence.pushLost();
    this.#pushState = state;
    this.#pace.setPushStatus(pushStatusOf(state));
    // Usually every desk of the office notices this in the same second, so the next poll gets a random delay.
    if (listened !== (state.status === 'listening')) this.#pace.noteDisturbance();
    this.live.setPushState(state);
  }
}

/** 'none' while no connection is expected: push is off, was refused, or the PBX has none. */
function pushStatusOf({ status }: PushState): PushStatus {
  if (status === 'listening') return 'listening';
  return status === 'connecting' || status === 'waiting' ? 'awaited' : 'none';
}
