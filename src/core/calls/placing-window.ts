import type { Clock } from '../clock.ts';
import { claimedSession, type TrackerInput, type TrackerState } from './tracker.ts';

/** A call that is about to be placed. The first of the three that is called decides; no more than one is. */
export interface PlacingHandle {
  /** The PBX took the request and gave this session id. */
  accepted(sessionId: string): void;
  /** The PBX refused, or the request never left. */
  failed(): void;
  /** Nobody knows: `adopted` is told the session id if the call shows up in the list after all. */
  unanswered(adopted: (sessionId: string) => void): void;
}

export interface PlacingWindowOptions {
  clock: Clock;
  tracker: () => TrackerState;
  track: (input: TrackerInput) => void;
  /** Holds the session list back; the function returned lets go. */
  hold: () => () => void;
  /** The request was answered, or given up. */
  onSettled: () => void;
  /** No request is under way any more. */
  onReleased: () => void;
}

/** How long a request without an answer may still turn out to have placed a call, in ms. */
const PLACING_MS = 120_000;
/** So soon after its yes the PBX rings my phone, in ms. */
const RINGS_WITHIN_MS = 15_000;

interface Orphan {
  number: string;
  until: number;
  adopted: (sessionId: string) => void;
}

/** The requests that place calls, as far as they explain what is seen at the PBX. */
export class PlacingWindow {
  readonly #options: PlacingWindowOptions;
  #posting = 0;
  #orphans: Orphan[] = [];
  #ringsUntil = -Infinity;

  constructor(options: PlacingWindowOptions) {
    this.#options = options;
  }

  /** A request is on its way, and its answer with it. */
  get isPosting(): boolean {
    return this.#posting > 0;
  }

  /** My phone may ring because of a request. */
  get isOpen(): boolean {
    const left = this.#ringsUntil - this.#options.clock.now();
    // More than that can only come from a clock that was set back.
    return this.isPosting || (left > 0 && left <= PLACING_MS);
  }

  /** It rings: what rings after that does for another reason. */
  rang(): void {
    this.#ringsUntil = -Infinity;
  }

  open(number: string): PlacingHandle {
    const { clock, track, hold, onSettled, onReleased } = this.#options;
    const until = clock.now() + PLACING_MS;
    track({ type: 'placing', number, until });
    const release = hold();
    this.#posting += 1;
    this.#ringsUntil = until;
    let open = true;
    const settle = (input: TrackerInput | null, ringsUntil: number): boolean => {
      if (!open) return false;
      open = false;
      this.#posting -= 1;
      this.#ringsUntil = Math.min(this.#ringsUntil, ringsUntil);
      if (input !== null) track(input);
      onSettled();
      release();
      if (!this.isPosting) onReleased();
      return true;
    };
    return {
      accepted: (sessionId) => void settle({ type: 'placed', sessionId, number }, clock.now() + RINGS_WITHIN_MS),
      failed: () => void settle({ type: 'place-failed' }, -Infinity),
      unanswered: (adopted) => {
        if (!settle(null, until)) return;
        this.#orphans.push({ number, until, adopted });
        this.findOrphans();
      },
    };
  }

  /** Hands over the calls of requests without an answer that have shown up. */
  findOrphans(): void {
    const now = this.#options.clock.now();
    for (const orphan of this.#orphans) {
      const sessionId = claimedSession(this.#options.tracker(), orphan.number);
      if (sessionId === null) continue;
      this.#options.track({ type: 'placed', sessionId, number: orphan.number });
      this.#orphans = this.#orphans.filter((other) => other !== orphan);
      orphan.adopted(sessionId);
    }
    this.#orphans = this.#orphans.filter((orphan) => orphan.until > now);
  }

  clear(): void {
    this.#orphans = [];
    this.#ringsUntil = -Infinity;
  }
}
