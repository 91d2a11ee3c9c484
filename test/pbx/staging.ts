import type { Ending, Leg, NewLeg, Session, Switchboard } from '../../src/demo/switchboard.ts';

/** A leg that a test adds. */
interface StagedLeg extends NewLeg {
  /** How many seconds ago the leg was answered; absent: it rings. */
  answeredSecondsAgo?: number;
}

export interface NewSession {
  legs: readonly StagedLeg[];
  /** How many seconds ago the leg began; 0 when absent. */
  startedSecondsAgo?: number;
  /** The dialled number if another one's phone rings: that of a ring group, a queue or an IVR. */
  dialled?: string;
}

/** The owner presses Decline. Whether 603 or 486 is sent then depends on the phone. */
export const DECLINED: Ending = { reason: 'CALLEE_DISCONNECTED', statusCode: 603 };
export const BUSY: Ending = { reason: 'CALLEE_DISCONNECTED', statusCode: 486 };
/** "Do not disturb" is a state of the extension, and its phone does not ring. That the status is the one of busy is a guess. */
export const DO_NOT_DISTURB: Ending = { ...BUSY };
/** A forwarding rule of the extension, carried out before its phone rings. */
export const FORWARDED: Ending = { reason: 'REDIRECTED', statusCode: 302 };
/** Somebody else took the call: a member of the group, or a colleague by pick-up. */
export const TAKEN: Ending = { reason: 'ANSWERED_ELSEWHERE', statusCode: 0 };
/** It rang until the time limit of the queue. */
export const RANG_OUT: Ending = { reason: 'CANCELLED', statusCode: 408 };
export const TRANSFERRED: Ending = { reason: 'BLIND_TRANSFER_COMPLETED', statusCode: 0 };
const HUNG_UP: Ending = { reason: 'CALLEE_DISCONNECTED', statusCode: 0 };

/** Calls controlled by hand, for tests and for showing a state. Methods with an id return false if nothing matches it. */
export class Staging {
  readonly #board: Switchboard;

  constructor(board: Switchboard) {
    this.#board = board;
  }

  add({ legs, startedSecondsAgo = 0, dialled }: NewSession): string {
    const session = this.#board.open({ dialled: dialled ?? null }, startedSecondsAgo * 1000);
    for (const leg of legs) this.#addLeg(session, leg, startedSecondsAgo * 1000);
    return session.id;
  }

  /** Adds a call that an IVR and then a queue have answered before it rings the agents. */
  addThroughQueue(caller: NewLeg, ivr: string, queue: string, ...agents: string[]): string {
    const answered = [ivr, queue].map((callee) => ({ ...caller, callee, answeredSecondsAgo: 0 }));
    return this.add({ dialled: ivr, legs: [...answered, ...agents.map((callee) => ({ ...caller, callee }))] });
  }

  addLeg(id: string, leg: StagedLeg): boolean {
    return this.#with(id, (session) => this.#addLeg(session, leg, (leg.answeredSecondsAgo ?? 0) * 1000));
  }

  /** Ends the leg with this callee while the call continues: by default its phone hung up. */
  dropLeg(id: string, callee: string, ending = HUNG_UP): boolean {
    return this.#withLeg(
      id,
      (leg) => leg.callee === callee,
      (session, leg) => this.#board.drop(session, leg, ending),
    );
  }

  /** Offers the call to a phone that does not ring. */
  turnAway(id: string, leg: NewLeg, ending: Ending): boolean {
    return this.#with(id, (session) => this.#board.turnAway(session, leg, ending));
  }

  /** Picks up the first phone of the session that still rings, or the one of `callee`. Works on all calls. */
  answer(id: string, callee?: string): boolean {
    return this.#withLeg(
      id,
      (leg) => leg.answeredAt === null && (callee === undefined || leg.callee === callee),
      (session, leg) => this.#board.answer(session, leg),
    );
  }

  /** Picks up the phone that rings in the newest session: for a placed call, first the caller's. */
  answerNewest(): boolean {
    return this.answer(this.#board.sessions().at(-1)?.id ?? '');
  }

  /** Ends the call: by default the caller hung up. Works on all calls. */
  end(id: string, ending?: Ending): boolean {
    return this.#with(id, (session) => {
      if (ending === undefined) this.#board.hangUp(session);
      else this.#board.end(session, ending);
    });
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
