import type { Clock } from '../core/clock.ts';

/** A call leg, that is, a phone that rings or talks. Times are in ms since 1970, or null if it has not happened. */
export interface Leg {
  /** Number of this leg, counted from the start of the PBX. */
  readonly serial: number;
  readonly caller: string;
  readonly callerName: string;
  readonly callee: string;
  /** '' for an internal leg. */
  readonly trunk: string;
  readonly rangAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
}

export type NewLeg = Pick<Leg, 'caller' | 'callee'> & Partial<Pick<Leg, 'callerName' | 'trunk'>>;

/** A call from its first ring to its end, with one id and changing legs. */
export interface Session {
  readonly id: string;
  readonly startedAt: number;
  readonly legs: Leg[];
  /** Legs that ended before the call, in order. */
  readonly past: Leg[];
  /** Set when POST /sessions placed the call: caller, callee and the request's user data. */
  readonly placed: { caller: string; callerName: string; callee: string; callerId: string; userData: string } | null;
  /** The dialled number if it has no phone of its own, e.g. a ring group; otherwise null. */
  readonly dialled: string | null;
  /** Continues the call's plan when somebody answers. */
  onAnswered: (leg: Leg) => void;
}

/** How a leg or a call ended. */
export interface Ending {
  /** `end_reason` of the call history (OpenAPI 22.2 GET /user/cdrs). */
  reason:
    | 'CALLER_DISCONNECTED'
    | 'CALLEE_DISCONNECTED'
    | 'BLIND_TRANSFER_COMPLETED'
    | 'CANCELLED'
    | 'REDIRECTED'
    /** Another phone answered the call. The dialect decides what the history says about it. */
    | 'ANSWERED_ELSEWHERE';
  /** SIP status, 0 for a normal end. */
  statusCode: number;
}

/** The state of a phone. */
export type Activity = 'idle' | 'ringing' | 'talking';

/** The methods are called after each change. */
export interface SwitchboardObserver {
  legRang?(session: Session, leg: Leg): void;
  /** Called before the call's plan continues. */
  legAnswered?(session: Session, leg: Leg): void;
  legEnded?(session: Session, leg: Leg, ending: Ending): void;
  /** A phone did not ring, for example because it was busy, so its leg has ended. */
  legTurnedAway?(session: Session, leg: Leg, ending: Ending): void;
  /** Called after `legEnded` for the remaining legs. */
  sessionEnded?(session: Session, ending: Ending): void;
}

/** All current calls. The code that opens a call also schedules what happens to it, with `later`. */
export class Switchboard {
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #observers: SwitchboardObserver[] = [];
  readonly #sessions = new Map<string, Session>();
  readonly #timers = new Map<string, Set<() => void>>();
  #legs = 0;

  constructor(clock: Clock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  observe(observer: SwitchboardObserver): void {
    this.#observers.push(observer);
  }

  /** Oldest first. */
  sessions(): Session[] {
    return [...this.#sessions.values()];
  }

  find(id: string): Session | null {
    return this.#sessions.get(id) ?? null;
  }

  /** Whether a phone of this number rings or talks. */
  isBusy(number: string): boolean {
    return this.sessions().some((session) =>
      session.legs.some((leg) => leg.caller === number || leg.callee === number),
    );
  }

  /** A phone that rings on one line and talks on another counts as ringing. A phone that dials counts as talking. */
  activityOf(number: string): Activity {
    const sessions = this.sessions();
    const rings = (leg: Leg): boolean => leg.callee === number && leg.answeredAt === null;
    if (sessions.some(({ legs }) => legs.some(rings))) return 'ringing';
    const uses = ({ placed }: Session, leg: Leg): boolean =>
      // The caller of a placed call's first leg is the other party, whose phone is not involved yet.
      leg.callee === number || (leg.caller === number && leg.callee !== placed?.caller);
    return sessions.some((session) => session.legs.some((leg) => uses(session, leg))) ? 'talking' : 'idle';
  }

  /** Opens a call without legs. `agoMs`, here and below, is how long ago it happened, for calls before the PBX's start. */
  open({ placed = null, dialled = null }: Partial<Pick<Session, 'placed' | 'dialled'>> = {}, agoMs = 0): Session {
    const session: Session = {
      id: this.#newId(),
      startedAt: this.#clock.now() - agoMs,
      legs: [],
      past: [],
      placed,
      dialled,
      onAnswered: () => undefined,
    };
    this.#sessions.set(session.id, session);
    this.#timers.set(session.id, new Set());
    return session;
  }

  /** A phone begins to ring. */
  ring(session: Session, leg: NewLeg, agoMs = 0): Leg {
    const rung = this.#leg(leg, this.#clock.now() - agoMs);
    session.legs.push(rung);
    this.#notify((observer) => observer.legRang?.(session, rung));
    return rung;
  }

  /** Offers the call to a phone that does not ring: it is busy or set to do not disturb. */
  turnAway(session: Session, leg: NewLeg, ending: Ending): void {
    const refused = { ...this.#leg(leg, null), endedAt: this.#clock.now() };
    session.past.push(refused);
    this.#notify((observer) => observer.legTurnedAway?.(session, refused, ending));
  }

  /** Answers a leg; does nothing if the leg is gone or already answered. */
  answer(session: Session, leg: Leg, agoMs = 0): void {
    if (!this.#isLive(session) || !session.legs.includes(leg) || leg.answeredAt !== null) return;
    leg.answeredAt = this.#clock.now() - agoMs;
    this.#notify((observer) => observer.legAnswered?.(session, leg));
    session.onAnswered(leg);
  }

  /** Ends one leg; the call continues. */
  drop(session: Session, leg: Leg, ending: Ending): void {
    const at = session.legs.indexOf(leg);
    if (at === -1) return;
    session.legs.splice(at, 1);
    leg.endedAt = this.#clock.now();
    session.past.push(leg);
    this.#notify((observer) => observer.legEnded?.(session, leg, ending));
  }

  end(session: Session, ending: Ending): void {
    if (!this.#isLive(session)) return;
    this.#forget(session.id);
    for (const leg of session.legs) leg.endedAt = this.#clock.now();
    for (const leg of session.legs) this.#notify((observer) => observer.legEnded?.(session, leg, ending));
    this.#notify((observer) => observer.sessionEnded?.(session, ending));
  }

  /** Ends a call by its caller or through the API. It counts as cancelled (487) unless all its phones were answered. */
  hangUp(session: Session): void {
    const talking = session.legs.every((leg) => leg.answeredAt !== null);
    this.end(
      session,
      talking ? { reason: 'CALLER_DISCONNECTED', statusCode: 0 } : { reason: 'CANCELLED', statusCode: 487 },
    );
  }

  /** Runs `task` after `ms`, unless the call has ended by then. */
  later(session: Session, ms: number, task: () => void): void {
    const timers = this.#timers.get(session.id);
    if (timers === undefined) return;
    const cancel = this.#clock.after(ms, () => {
      timers.delete(cancel);
      task();
    });
    timers.add(cancel);
  }

  /** Like `later`, but only while that phone is not answered. */
  unlessAnswered(session: Session, leg: Leg, ms: number, task: () => void): void {
    this.later(session, ms, () => {
      if (session.legs.includes(leg) && leg.answeredAt === null) task();
    });
  }

  /** Simulates a power failure, after which all calls are gone without history entries. */
  clear(): void {
    for (const id of [...this.#sessions.keys()]) this.#forget(id);
  }

  #leg({ caller, callerName = '', callee, trunk = '' }: NewLeg, rangAt: number | null): Leg {
    return { serial: this.#legs++, caller, callerName, callee, trunk, rangAt, answeredAt: null, endedAt: null };
  }

  #notify(call: (observer: SwitchboardObserver) => void): void {
    for (const observer of this.#observers) call(observer);
  }

  #isLive(session: Session): boolean {
    return this.#sessions.get(session.id) === session;
  }

  #forget(id: string): void {
    this.#sessions.delete(id);
    for (const cancel of this.#timers.get(id) ?? []) cancel();
    this.#timers.delete(id);
  }
}
