import type { Call, CallEvent, LinkState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Pbx, SessionList } from '../pbx/types.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { Poller } from './poller.ts';
import { callsOf, claimedSession, initialTracker, track, type TrackerInput, type TrackerState } from './tracker.ts';

export interface CallMonitorOptions {
  pbx: Pbx;
  own: () => OwnNumbers;
  /** Time between two looks at the session list, in ms. */
  intervalMs: () => number;
  clock: Clock;
  /** Something that the window shows changed. Never told for `at` of a live link alone. */
  onChange: (calls: Call[], link: LinkState) => void;
  /** After the onChange that shows the same look. */
  onEvents: (events: CallEvent[]) => void;
  /** The PBX ended the sign-in: polling is over. The calls stay listed as last seen, the link is off. */
  onStopped: (error: AppError) => void;
}

/** A call that is about to be placed. The first of the three that is called decides; no more than one is. */
export interface PlacingHandle {
  /** The PBX took the request and gave this session id. */
  accepted(sessionId: string): void;
  /** The PBX refused, or the request never left. */
  failed(): void;
  /** Nobody knows: `adopted` is told the session id if the call shows up in the list after all. */
  unanswered(adopted: (sessionId: string) => void): void;
}

/** How long a request without an answer may still turn out to have placed a call, in ms. */
const PLACING_MS = 120_000;

interface Orphan {
  number: string;
  until: number;
  adopted: (sessionId: string) => void;
}

/** Looks at the PBX's sessions and tells what they are to the user. One per sign-in. */
export class CallMonitor {
  readonly #options: CallMonitorOptions;
  readonly #poller: Poller<SessionList>;
  #tracker: TrackerState = initialTracker;
  #link: LinkState = { status: 'off' };
  #lastGood: number | null = null;
  #shown: Call[] = initialTracker.calls;
  #orphans: Orphan[] = [];

  constructor(options: CallMonitorOptions) {
    this.#options = options;
    this.#poller = new Poller({
      clock: options.clock,
      intervalMs: options.intervalMs,
      ask: (signal) => options.pbx.listSessions(signal),
      onAnswer: (answer, nextAt) => this.#answered(answer, nextAt),
    });
  }

  get calls(): Call[] {
    return callsOf(this.#tracker);
  }

  get link(): LinkState {
    return this.#link;
  }

  start(): void {
    if (this.#link.status !== 'off') return;
    this.#lastGood = null;
    this.#track({ type: 'reset' });
    this.#show({ status: 'starting' });
    this.#poller.start();
  }

  /** Ends it, without another word to the listeners. */
  stop(): void {
    this.#poller.stop();
    this.#orphans = [];
    this.#link = { status: 'off' };
  }

  /** Looks now, e.g. when the user asks to. */
  pollNow(): void {
    this.#poller.pollNow();
  }

  /** The computer woke up or changed networks: looks now, whatever was under way. */
  wake(): void {
    this.#poller.wake();
  }

  /** Call right before the request that places a call to `number` leaves; no look starts until it is answered. */
  placing(number: string): PlacingHandle {
    const until = this.#options.clock.now() + PLACING_MS;
    this.#track({ type: 'placing', number, until });
    const release = this.#poller.hold();
    let open = true;
    const settle = (input: TrackerInput | null): boolean => {
      if (!open) return false;
      open = false;
      if (input !== null) this.#track(input);
      // Where the list is forbidden, looking again because of a call would change nothing.
      if (this.#link.status !== 'forbidden') this.#poller.pollNow();
      release();
      return true;
    };
    return {
      accepted: (sessionId) => void settle({ type: 'placed', sessionId, number }),
      failed: () => void settle({ type: 'place-failed' }),
      unanswered: (adopted) => {
        if (!settle(null)) return;
        this.#orphans.push({ number, until, adopted });
        this.#findOrphans();
      },
    };
  }

  #answered(answer: Result<SessionList>, nextAt: number | null): void {
    const { clock } = this.#options;
    if (answer.ok) {
      this.#lastGood = clock.now();
      const events = this.#track({ type: 'snapshot', ...answer.value });
      this.#show({ status: 'live', at: this.#lastGood });
      if (events.length > 0) this.#options.onEvents(events);
      this.#findOrphans();
      return;
    }
    const { error } = answer;
    if (nextAt === null) {
      this.#show({ status: 'off' });
      this.#options.onStopped(error);
    } else if (error.code === 'list-forbidden') {
      // What may not be seen any more cannot be kept true either.
      this.#track({ type: 'reset' });
      this.#show({ status: 'forbidden', error });
    } else {
      this.#show({ status: 'stale', since: this.#lastGood, retryAt: nextAt, error });
    }
  }

  #track(input: TrackerInput): CallEvent[] {
    const [state, events] = track(this.#tracker, input, this.#options.own(), this.#options.clock.now());
    this.#tracker = state;
    return events;
  }

  #show(link: LinkState): void {
    const sameLink =
      link.status === this.#link.status &&
      (link.status === 'live' || link.status === 'starting' || sameError(link, this.#link));
    const sameCalls = this.calls === this.#shown;
    this.#link = link;
    this.#shown = this.calls;
    if (!sameLink || !sameCalls) this.#options.onChange(this.calls, link);
  }

  #findOrphans(): void {
    const now = this.#options.clock.now();
    for (const orphan of this.#orphans) {
      const sessionId = claimedSession(this.#tracker, orphan.number);
      if (sessionId === null) continue;
      this.#track({ type: 'placed', sessionId, number: orphan.number });
      this.#orphans = this.#orphans.filter((other) => other !== orphan);
      orphan.adopted(sessionId);
    }
    this.#orphans = this.#orphans.filter((orphan) => orphan.until > now);
  }
}

/** Forbidden is forbidden: the check every ten minutes is no news. A stale link tells each time when it tries again. */
function sameError(a: LinkState, b: LinkState): boolean {
  return a.status === 'forbidden' && b.status === 'forbidden' && a.error.code === b.error.code;
}
