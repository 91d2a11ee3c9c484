import type { Call, CallEvent, Listening, LinkState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import type { CdrChange, PbxSession, PbxUserStatus, SessionList } from '../pbx/types.ts';
import type { CallMonitorOptions } from './call-monitor-options.ts';
import { HistoryWatch, isRefusal } from './history-watch.ts';
import { KnownSessions } from './known-sessions.ts';
import { LastKnown } from './last-known.ts';
import { Laters } from './laters.ts';
import { listeningBy, listIntervalMs, NAME_WAIT_MS, nameWaitMs } from './listening.ts';
import { MissedNews } from './missed-news.ts';
import { PlacingWindow, type PlacingHandle } from './placing-window.ts';
import { Poller } from './poller.ts';
import { CONFIRM_MS } from './push-book.ts';
import { LINGER_MS } from './pushed-call.ts';
import { ShownState } from './shown-state.ts';
import { SteadyTime } from './steady-time.ts';
import { callsOf, initialTracker, track, type TrackerInput, type TrackerState } from './tracker.ts';

interface Look {
  /** ms since 1970; null when the PBX's time was not told with it. */
  pbxTime?: number | null;
  /** What is new is no news. */
  quiet?: boolean;
  link?: LinkState | null;
}

/** Calls of colleagues are shown a moment later, many at once. */
const COLLEAGUES_MS = 1_000;

/**
 * Knows the calls, by whichever way the PBX permits, and tells what they are to the user. One per sign-in. The session
 * list and push both feed the tracker; where the list is refused push alone does, and where push is not to be had
 * either, the state of the own phone and the call history.
 */
export class CallMonitor {
  readonly #options: CallMonitorOptions;
  readonly #poller: Poller<SessionList>;
  readonly #history: HistoryWatch;
  readonly #time: SteadyTime;
  readonly #known: KnownSessions;
  readonly #missed: MissedNews;
  readonly #placing: PlacingWindow;
  readonly #laters: Laters;
  readonly #lastKnown: LastKnown;
  #tracker: TrackerState = initialTracker;
  #push: PushState = { status: 'off' };
  #refused: AppError | null = null;
  readonly #shown = new ShownState(initialTracker.calls);
  #lastGood: number | null = null;
  #lookDue = false;

  constructor(options: CallMonitorOptions) {
    const { clock, pbx, own, paced = (ms: number) => ms } = options;
    this.#options = options;
    this.#time = new SteadyTime(clock, () => this.#beat());
    this.#lastKnown = new LastKnown(clock, this.#time);
    this.#known = new KnownSessions(own, this.#time);
    this.#laters = new Laters(clock, () => this.#look());
    this.#poller = new Poller({
      clock,
      intervalMs: () => paced(listIntervalMs(options.intervalMs(), this.#push, this.#known.hasUnlisted, this.calls)),
      ask: (signal) => {
        this.#known.asking();
        return pbx.listSessions(signal);
      },
      onAnswer: (answer, nextAt) => this.#answered(answer, nextAt),
    });
    this.#history = new HistoryWatch({
      pbx,
      clock,
      intervalMs: () => paced(options.intervalMs()),
      onStatus: (answer, nextAt) => this.#statusAnswered(answer, nextAt),
      onChanges: (answer, nextAt) => this.#historyAnswered(answer, nextAt),
    });
    this.#missed = new MissedNews(own, this.#time);
    this.#placing = new PlacingWindow({
      clock,
      tracker: () => this.#tracker,
      track: (input) => void this.#track(input),
      hold: () => this.#poller.hold(),
      onSettled: () => {
        // Where the list is forbidden, looking again because of a call would change nothing.
        if (this.#refused === null) this.#poller.pollNow();
      },
      onReleased: () => {
        if (this.#lookDue) this.#look();
      },
    });
  }

  get calls(): Call[] {
    return callsOf(this.#tracker);
  }

  get link(): LinkState {
    return this.#shown.link;
  }

  get listening(): Listening {
    return this.#shown.listening;
  }

  /** A call as push alone tells it; null when it did not. */
  pushedSession(sessionId: string): PbxSession | null {
    return this.#known.pushed(sessionId);
  }

  start(): void {
    if (this.link.status !== 'off') return;
    this.#lastGood = null;
    this.#refused = null;
    this.#known.forgetAll(this.#push.status === 'listening');
    this.#missed.forget();
    this.#track({ type: 'reset' });
    this.#time.start();
    this.#lastKnown.answered();
    this.#show({ status: 'starting' });
    this.#poller.start();
  }

  /** Ends it, without another word to the listeners. */
  stop(): void {
    this.#halt();
    this.#shown.turnOff();
  }

  #halt(): void {
    this.#poller.stop();
    this.#history.stop();
    this.#laters.clear();
    this.#time.stop();
    this.#placing.clear();
  }

  /** How long until the list may be requested again (Retry-After), in ms; 0 when it may be now. */
  get heldForMs(): number {
    return this.#poller.heldForMs;
  }

  /** Looks now, e.g. when the user asks to. */
  pollNow(): void {
    this.#poller.pollNow();
    this.#history.pollNow();
  }

  /** The computer woke up or changed networks: looks now, whatever was under way. */
  wake(): void {
    this.#time.slept();
    this.#lastKnown.shaken();
    this.#poller.wake();
    this.#history.wake();
  }

  /** What push tells, as it comes. */
  pushed(event: PushEvent): void {
    if (this.link.status === 'off') return;
    this.#settleClock();
    if (this.#push.status === 'listening') this.#lastKnown.heard();
    const own = event.type !== 'extension' && this.#tracker.sessions.get(event.sessionId)?.call.mine === true;
    const { mine, news, placed, end } = this.#known.hear(event, this.#placing.isOpen);
    if (placed) this.#placing.rang();
    if (end !== null && event.type === 'call-over') this.#options.onOver?.(event.sessionId, end);
    else if (event.type !== 'extension') this.#options.onNews?.(event.sessionId);
    else if (mine && news) this.#options.onNews?.(null);
    if (!mine && !own) {
      this.#laters.once('colleagues', COLLEAGUES_MS);
      return;
    }
    this.#look({ pbxTime: !this.#known.isListed && event.type === 'call' ? event.at : null });
    this.#laters.again('name', NAME_WAIT_MS);
    this.#laters.again('linger', LINGER_MS);
    if (!news || this.#refused !== null) return;
    const urgent = !placed && (event.type !== 'extension' || event.activity === 'ringing');
    if (urgent) this.#options.onRing?.();
    this.#poller.pollNow({ urgent });
  }

  /** How push stands. */
  pushState(state: PushState): void {
    const before = this.#push.status === 'listening';
    this.#push = state;
    const after = state.status === 'listening';
    if (this.link.status === 'off') return;
    if (before !== after) {
      this.#known.listens(after);
      if (after) this.#lastKnown.resumed();
      else this.#lastKnown.shaken();
      this.#laters.again('confirm', CONFIRM_MS);
      // What happened while nobody listened; and from now on the list must tell what push does not.
      if (this.#refused === null) this.#poller.pollNow();
    }
    this.#settleMode();
    this.#show(this.link);
  }

  /** Call right before the request that places a call to `number` leaves; no look starts until it is answered. */
  placing(number: string): PlacingHandle {
    return this.#placing.open(number);
  }

  #answered(answer: Result<SessionList>, nextAt: number | null): void {
    if (answer.ok) {
      this.#settleClock();
      this.#lastGood = this.#options.clock.now();
      const quiet = !this.#known.isListed;
      this.#refused = null;
      this.#known.answered(answer.value);
      this.#settleMode();
      this.#look({ pbxTime: answer.value.pbxTime, quiet, link: { status: 'live', at: this.#lastGood } });
      this.#lastKnown.answered();
      return;
    }
    const { error } = answer;
    if (nextAt === null) this.#stopped(error);
    else if (error.code === 'list-forbidden') this.#becomeRefused(error);
    else this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error });
  }

  #becomeRefused(error: AppError): void {
    const first = this.#refused === null;
    const rang = this.calls.filter((call) => call.mine && call.state !== 'talking');
    this.#refused = error;
    if (first && this.#known.isListed) {
      this.#known.forgetList();
      // No word of their end: they are not known to have ended.
      this.#track({ type: 'reset' });
      if (this.#push.status === 'listening') this.#look({ quiet: true });
      // Nobody will tell when they stop.
      const unseen = rang.filter(({ id }) => !this.#tracker.sessions.has(id));
      this.#tell(unseen.map((call) => ({ type: 'moved', call: { ...call, mine: false } })));
    }
    this.#settleMode();
    this.#show({ status: 'forbidden', error });
  }

  #statusAnswered(answer: Result<PbxUserStatus>, nextAt: number | null): void {
    const refused = this.#refused;
    if (nextAt === null && !answer.ok) this.#stopped(answer.error);
    if (refused === null || nextAt === null) return;
    this.#missed.statusRefused(answer.ok || !isRefusal(answer.error) ? null : answer.error);
    if (answer.ok) {
      this.#settleClock();
      this.#lastGood = this.#options.clock.now();
      const { activity, pbxTime } = answer.value;
      const event = { type: 'extension', extension: this.#options.own().extension, activity, at: null } as const;
      const heard = this.#known.hear(event, this.#placing.isOpen);
      if (heard.placed) this.#placing.rang();
      const quiet = this.#tracker.lastLook === null;
      this.#look({ pbxTime, quiet, link: { status: 'forbidden', error: refused } });
      this.#lastKnown.answered();
    } else if (isRefusal(answer.error)) {
      this.#show({ status: 'forbidden', error: refused });
    } else {
      this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error: answer.error });
    }
  }

  #historyAnswered(answer: Result<CdrChange[]>, nextAt: number | null): void {
    if (nextAt === null && !answer.ok) {
      this.#stopped(answer.error);
      return;
    }
    this.#tell(this.#missed.historyAnswered(answer, this.#tracker.offset ?? 0));
    this.#show(this.link);
  }

  #stopped(error: AppError): void {
    this.#halt();
    this.#show({ status: 'off' });
    this.#options.onStopped(error);
  }

  #settleMode(): void {
    const alone = this.#refused !== null;
    const topics = this.#push.status === 'listening' ? this.#push.topics : null;
    const wanted = { status: alone && topics === null, cdrs: alone && topics?.includes('cdr_events') !== true };
    this.#missed.namesMayCome(wanted.cdrs);
    this.#history.want(wanted);
  }

  /** A clock that was set while calls went on: what they show is put right before anything else happens to them. */
  #settleClock(): boolean {
    const set = this.#time.wasSet();
    if (set && this.#tracker.lastLook !== null) this.#look();
    return set;
  }

  #beat(): void {
    const set = this.#settleClock();
    if (this.#push.status === 'listening' && !set) this.#lastKnown.listened();
    // Without answers nothing else would make what is shown any older.
    if (this.#known.prune(this.#refused === null) || this.link.status === 'stale') this.#look();
    this.#tell(this.#missed.overdue());
  }

  /** Puts together what is known; while a call is being placed only when there is an answer, which came with `link`. */
  #look({ pbxTime = null, quiet = false, link = null }: Look = {}): void {
    if (this.#placing.isPosting && link === null) {
      this.#lookDue = true;
      return;
    }
    this.#lookDue = false;
    this.#known.prune(this.#refused === null);
    // Push tells what begins: whatever it has told before the first look is news.
    const first = this.#tracker.lastLook === null && !quiet && this.#push.status === 'listening';
    if (first) this.#track({ type: 'snapshot', sessions: [], pbxTime: null });
    const { sessions, replaced } = this.#known.merge(
      nameWaitMs(this.#push, this.#refused === null && this.link.status === 'live'),
    );
    const endedAt = this.#lastKnown.endedAt();
    const happened = this.#track({ type: 'snapshot', sessions, pbxTime, replaced, quiet, endedAt });
    if (happened.some(({ type, call }) => type === 'ended' && call.mine)) this.#history.callEnded();
    const events = this.#missed.filter(happened);
    this.#show(link ?? this.link);
    this.#tell(events);
    this.#placing.findOrphans();
  }

  #track(input: TrackerInput): CallEvent[] {
    const [state, events] = track(this.#tracker, input, this.#options.own(), this.#options.clock.now());
    this.#tracker = state;
    return events;
  }

  #tell(events: CallEvent[]): void {
    if (events.length > 0) this.#options.onEvents(events);
  }

  #show(link: LinkState): void {
    const deaf = this.#missed.deaf;
    const listening = listeningBy({ listed: this.#known.isListed, refused: this.#refused, push: this.#push, deaf });
    if (this.#shown.change(this.calls, link, listening)) this.#options.onChange(this.calls, link, this.listening);
  }
}
