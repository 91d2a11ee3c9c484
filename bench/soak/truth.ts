import { ACCOUNT } from '../../src/demo/office.ts';
import type { Leg, Session, SwitchboardObserver } from '../../src/demo/switchboard.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { DeskClock } from './desk-clock.ts';

/** A ring of my phone. Times in ms since 1970 in simulated time. */
export interface Ring {
  readonly call: TrueCall;
  readonly from: number;
  until: number | null;
  announced: boolean;
  announcedAt: number;
}

/** A call as it really is, which may differ from what the desk shows. */
export interface TrueCall {
  readonly id: string;
  readonly from: number;
  over: number | null;
  rings: Ring[];
  /** When the desk had reported its end, in ms awake. */
  doneSince: number | null;
  /** The events that the desk has reported about it. */
  reported: { appeared: number; ended: number; missed: number; shown: boolean };
}

const FORGOTTEN_AFTER_MS = 600_000;
/** An end that is not reported within this time is never reported: the list was forbidden, or the sign-in ended. */
const NEVER_REPORTED_MS = 26 * 3_600_000;

/** Records what happens on the switchboard. */
export class Truth implements SwitchboardObserver {
  readonly #clock: SimClock;
  readonly #deskClock: DeskClock;
  readonly #calls = new Map<string, TrueCall>();
  readonly #onRing: (ring: Ring) => void;
  sessions = 0;
  rings = 0;

  constructor(clock: SimClock, deskClock: DeskClock, onRing: (ring: Ring) => void) {
    this.#clock = clock;
    this.#deskClock = deskClock;
    this.#onRing = onRing;
  }

  find(id: string): TrueCall | undefined {
    return this.#calls.get(id);
  }

  /** Ongoing or recently ended calls. */
  get all(): IterableIterator<TrueCall> {
    return this.#calls.values();
  }

  legRang(session: Session, leg: Leg): void {
    const call = this.#of(session);
    if (leg.callee !== ACCOUNT.extension || session.placed !== null) return;
    const ring: Ring = { call, from: this.#clock.now(), until: null, announced: false, announcedAt: NaN };
    call.rings.push(ring);
    this.rings += 1;
    this.#onRing(ring);
  }

  legAnswered(session: Session, leg: Leg): void {
    if (leg.callee === ACCOUNT.extension) this.#stopped(session);
  }

  legEnded(session: Session, leg: Leg): void {
    if (leg.callee === ACCOUNT.extension) this.#stopped(session);
  }

  sessionEnded(session: Session): void {
    const call = this.#of(session);
    call.over = this.#clock.now();
  }

  /** The PBX restarted and lost all calls. */
  allOver(): void {
    const now = this.#clock.now();
    for (const call of this.#calls.values()) {
      call.over ??= now;
      for (const ring of call.rings) ring.until ??= now;
    }
  }

  /** The program lost or regained the list: it forgets its calls without events, and they may appear again. */
  listReset(): void {
    for (const { reported } of this.#calls.values()) reported.appeared = 0;
  }

  /** Counts time awake: while the computer sleeps, a missed call may still wait for its entry in the history. */
  forgetOld(): void {
    const [now, awake] = [this.#clock.now(), this.#deskClock.monotonic];
    for (const [id, call] of this.#calls) {
      if (call.over === null) continue;
      if (call.reported.ended > 0) call.doneSince ??= awake;
      const isDone = call.doneSince !== null && awake - call.doneSince > FORGOTTEN_AFTER_MS;
      if (isDone || now - call.over > NEVER_REPORTED_MS) this.#calls.delete(id);
    }
  }

  #of({ id }: Session): TrueCall {
    const known = this.#calls.get(id);
    if (known !== undefined) return known;
    const reported = { appeared: 0, ended: 0, missed: 0, shown: false };
    const call: TrueCall = { id, from: this.#clock.now(), over: null, rings: [], doneSince: null, reported };
    this.#calls.set(id, call);
    this.sessions += 1;
    return call;
  }

  #stopped(session: Session): void {
    for (const ring of this.#of(session).rings) ring.until ??= this.#clock.now();
  }
}
