import type { Leg, NewLeg, Session, Switchboard } from './switchboard.ts';

/** A leg as a test wants it. */
export interface StagedLeg extends NewLeg {
  /** How many seconds ago it was answered; absent: it rings. */
  answeredSecondsAgo?: number;
}

export interface NewSession {
  legs: readonly StagedLeg[];
  /** How many seconds ago it began; 0 when absent. */
  startedSecondsAgo?: number;
}

/** Calls moved by hand, for tests and for showing a state. */
export class Staging {
  readonly #board: Switchboard;

  constructor(board: Switchboard) {
    this.#board = board;
  }

  add({ legs, startedSecondsAgo = 0 }: NewSession): string {
    const session = this.#board.open({}, startedSecondsAgo * 1000);
    for (const leg of legs) this.#addLeg(session, leg, startedSecondsAgo * 1000);
    return session.id;
  }

  addLeg(id: string, leg: StagedLeg): boolean {
    return this.#with(id, (session) => this.#addLeg(session, leg, (leg.answeredSecondsAgo ?? 0) * 1000));
  }

  dropLeg(id: string, callee: string): boolean {
    return this.#withLeg(
      id,
      (leg) => leg.callee === callee,
      (session, leg) => this.#board.drop(session, leg, { reason: 'CALLEE_DISCONNECTED', statusCode: 0 }),
    );
  }

  answer(id: string, callee?: string): boolean {
    return this.#withLeg(
      id,
      (leg) => leg.answeredAt === null && (callee === undefined || leg.callee === callee),
      (session, leg) => this.#board.answer(session, leg),
    );
  }

  end(id: string): boolean {
    return this.#with(id, (session) => this.#board.hangUp(session));
  }

  #addLeg(session: Session, leg: StagedLeg, rangAgoMs: number): void {
    const rung = this.#board.ring(session, leg, rangAgoMs);
    if (leg.answeredSecondsAgo !== undefined) this.#board.answer(session, rung, leg.answeredSecondsAgo * 1000);
  }

  #with(id: string, change: (session: Session) => void): boolean {
    const session = this.#board.find(id);
    if (session !== null) change(session);
    return session !== null;
  }

  #withLeg(id: string, wanted: (leg: Leg) => boolean, change: (session: Session, leg: Leg) => void): boolean {
    const session = this.#board.find(id);
    const leg = session?.legs.find(wanted);
    if (session === null || leg === undefined) return false;
    change(session, leg);
    return true;
  }
}
