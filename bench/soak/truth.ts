import { ACCOUNT } from '../../src/demo/office.ts';
import type { Leg, Session, SwitchboardObserver } from '../../src/demo/switchboard.ts';
import type { SimClock } from '../fleet/sim-clock.ts';

/** My phone rings for somebody who calls. Times in ms since 1970 in the world. */
export interface Ring {
  readonly call: TrueCall;
  readonly from: number;
  until: number | null;
  announced: boolean;
  announcedAt: number;
}

/** What is so, whatever the desk believes. */
export interface TrueCall {
  readonly id: string;
  readonly from: number;
  over: number | null;
  rings: Ring[];
  /** What the desk has told of it. */
  told: { appeared: number; ended: number; missed: number; shown: boolean };
}

const FORGOTTEN_AFTER_MS = 600_000;
/** An end that is not told within this is not told any more: the list was forbidden meanwhile, or the sign-in ended. */
const NEVER_TOLD_MS = 26 * 3_600_000;

/** Writes down what happens on the switchboard. */
export class Truth implements SwitchboardObserver {
  readonly #world: SimClock;
  readonly #calls = new Map<string, TrueCall>();
  readonly #onRing: (ring: Ring) => void;
  sessions = 0;
  rings = 0;

  constructor(world: SimClock, onRing: (ring: Ring) => void) {
    this.#world = world;
    this.#onRing = onRing;
  }

  find(id: string): TrueCall | undefined {
    return this.#calls.get(id);
  }

  /** Goes on, or was over lately. */
  get all(): IterableIterator<TrueCall> {
    return this.#calls.values();
  }

  legRang(session: Session, leg: Leg): void {
    const call = this.#of(session);
    if (leg.callee !== ACCOUNT.extension || session.placed !== null) return;
    const ring: Ring = { call, from: this.#world.now(), until: null, announced: false, announcedAt: NaN };
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
    call.over = this.#world.now();
  }

  /** The PBX lost its power. */
  allOver(): void {
    const now = this.#world.now();
    for (const call of this.#calls.values()) {
      call.over ??= now;
      for (const ring of call.rings) ring.until ??= now;
    }
  }

  /** The program may list calls no longer, or again: what it knew is forgotten without a word, and may appear anew. */
  begunAnew(): void {
    for (const { told } of this.#calls.values()) told.appeared = 0;
  }

  forgetOld(): void {
    const now = this.#world.now();
    for (const [id, { over, told }] of this.#calls) {
      if (over === null) continue;
      const age = now - over;
      if (age > NEVER_TOLD_MS || (told.ended > 0 && age > FORGOTTEN_AFTER_MS)) this.#calls.delete(id);
    }
  }

  #of({ id }: Session): TrueCall {
    const known = this.#calls.get(id);
    if (known !== undefined) return known;
    const told = { appeared: 0, ended: 0, missed: 0, shown: false };
    const call: TrueCall = { id, from: this.#world.now(), over: null, rings: [], told };
    this.#calls.set(id, call);
    this.sessions += 1;
    return call;
  }

  #stopped(session: Session): void {
    for (const ring of this.#of(session).rings) ring.until ??= this.#world.now();
  }
}
