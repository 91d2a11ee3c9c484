import type { Clock } from '../core/clock.ts';

/** One call leg: a phone that rings for somebody, or talks with them. Times in ms since 1970, null for never. */
export interface Leg {
  /** Counts all legs this PBX ever had. */
  readonly serial: number;
  readonly caller: string;
  readonly callerName: string;
  readonly callee: string;
  /** '' for a leg inside the office. */
  readonly trunk: string;
  readonly rangAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
}

export type NewLeg = Pick<Leg, 'caller' | 'callee'> & Partial<Pick<Leg, 'callerName' | 'trunk'>>;

/** A call from its first ring to its end: one id, and legs that come and go. */
export interface Session {
  readonly id: string;
  readonly startedAt: number;
  readonly legs: Leg[];
  /** Legs that ended while the call went on, in the order of their ends. */
  readonly past: Leg[];
  /** Set when POST /sessions placed the call: who rang whom, and what the request gave to remember. */
  readonly placed: { caller: string; callerName: string; callee: string; callerId: string; userData: string } | null;
  /** The number that was dialled, where it is not the one whose phone rang first: that of a ring group. */
  readonly dialled: string | null;
  /** What the call's script does when somebody picks up. */
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
    /** Another phone took the call. How the history calls that is a matter of dialect. */
    | 'ANSWERED_ELSEWHERE';
  /** SIP status, 0 for a normal end. */
  statusCode: number;
}

/** What a phone does, going by its calls. */
export type Activity = 'idle' | 'ringing' | 'talking';

/** Is told of each change once it has happened. */
export interface SwitchboardObserver {
  legRang?(session: Session, leg: Leg): void;
  /** Before the call's script goes on. */
  legAnswered?(session: Session, leg: Leg): void;
  legEnded?(session: Session, leg: Leg, ending: Ending): void;
  /** A phone that never rang. Its leg is over. */
  legTurnedAway?(session: Session, leg: Leg, ending: Ending): void;
  /** After `legEnded` of the legs it still had. */
  sessionEnded?(session: Session, ending: Ending): void;
}

/** All calls of the moment. Whoever adds one also gives it a life, with `later`. */
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

  /** Is one of this number's phones ringing or talking? */
  isBusy(number: string): boolean {
    return this.sessions().some((session) =>
      session.legs.some((leg) => leg.caller === number || leg.callee === number),
    );
  }

  /** A phone that rings rings, even while its owner talks on another line; one that dials is in use. */
  activityOf(number: string): Activity {
    const sessions = this.sessions();
    const rings = (leg: Leg): boolean => leg.callee === number && leg.answeredAt === null;
    if (sessions.some(({ legs }) => legs.some(rings))) return 'ringing';
    const uses = ({ placed }: Session, leg: Leg): boolean =>
      // The first leg of a placed call shows the other side as its caller, whose phone knows nothing of it yet.
      leg.callee === number || (leg.caller === number && leg.callee !== placed?.caller);
    return sessions.some((session) => session.legs.some((leg) => uses(session, leg))) ? 'talking' : 'idle';
  }

  /** `agoMs`, here and below: it happened so long ago, for a PBX that begins in the middle of the day. */
  open(about: Partial<Pick<Session, 'placed' | 'dialled'>> = {}, agoMs = 0): Session {
    const session: Session = {
      id: this.#newId(),
      startedAt: this.#clock.now() - agoMs,
      legs: [],
      past: [],
      placed: about.placed ?? null,
      dialled: about.dialled ?? null,
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
    this.#tell((observer) => observer.legRang?.(session, rung));
    return rung;
  }

  /** The call is offered to a phone that does not ring: it is busy, or its owner wants no calls. */
  turnAway(session: Session, leg: NewLeg, ending: Ending): void {
    const refused = { ...this.#leg(leg, null), endedAt: this.#clock.now() };
    session.past.push(refused);
    this.#tell((observer) => observer.legTurnedAway?.(session, refused, ending));
  }

  /** Somebody picks up; nothing happens where the leg is gone or answered already. */
  answer(session: Session, leg: Leg, agoMs = 0): void {
    if (!this.#isLive(session) || !session.legs.includes(leg) || leg.answeredAt !== null) return;
    leg.answeredAt = this.#clock.now() - agoMs;
    this.#tell((observer) => observer.legAnswered?.(session, leg));
    session.onAnswered(leg);
  }

  /** One leg goes while the call goes on. */
  drop(session: Session, leg: Leg, ending: Ending): void {
    const at = session.legs.indexOf(leg);
    if (at === -1) return;
    session.legs.splice(at, 1);
    leg.endedAt = this.#clock.now();
    session.past.push(leg);
    this.#tell((observer) => observer.legEnded?.(session, leg, ending));
  }

  end(session: Session, ending: Ending): void {
    if (!this.#isLive(session)) return;
    this.#forget(session.id);
    for (const leg of session.legs) leg.endedAt = this.#clock.now();
    for (const leg of session.legs) this.#tell((observer) => observer.legEnded?.(session, leg, ending));
    this.#tell((observer) => observer.sessionEnded?.(session, ending));
  }

  /** Ended by the caller or through the API: a cancelled call (487) until all its phones were picked up. */
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

  /** As `later`, but only while nobody has picked up that phone. */
  unlessAnswered(session: Session, leg: Leg, ms: number, task: () => void): void {
    this.later(session, ms, () => {
      if (session.legs.includes(leg) && leg.answeredAt === null) task();
    });
  }

  /** The power fails: all calls are gone, and nobody wrote them down. */
  clear(): void {
    for (const id of [...this.#sessions.keys()]) this.#forget(id);
  }

  #leg({ caller, callerName = '', callee, trunk = '' }: NewLeg, rangAt: number | null): Leg {
    return { serial: this.#legs++, caller, callerName, callee, trunk, rangAt, answeredAt: null, endedAt: null };
  }

  #tell(what: (observer: SwitchboardObserver) => void): void {
    for (const observer of this.#observers) what(observer);
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
