import type { Call } from '../../shared/call.ts';
import { NO_PART, type Ended, type HistoryState, type PlacedCallState, type Session } from './model.ts';

/**
 * Moves the wall times in the parts of a model, because the clock of this computer was set. Objects that several parts
 * share are moved once and stay shared.
 */
export class TimeShift {
  readonly #byMs: number;
  /** Each object that was moved, with the moved copy. */
  readonly #moved = new Map<object, object>();

  constructor(byMs: number) {
    this.#byMs = byMs;
  }

  session(session: Session): Session {
    const { call, myPart, sortAt } = session;
    const { callAtRing, talk } = myPart;
    const moved = {
      callAtRing: callAtRing && this.#call(callAtRing),
      talk: talk && { ...talk, call: this.#call(talk.call) },
    };
    return {
      ...session,
      call: call && this.#call(call),
      sortAt: sortAt + this.#byMs,
      myPart: myPart === NO_PART ? myPart : { ...myPart, ...moved },
    };
  }

  ended(ended: Ended): Ended {
    return { ...ended, lastSession: ended.lastSession && this.session(ended.lastSession) };
  }

  placedCall(placed: PlacedCallState): PlacedCallState {
    const reached = placed.call.reached.map(({ step, at }) => ({ step, at: at + this.#byMs }));
    return { ...placed, call: { ...placed.call, reached } };
  }

  history(history: HistoryState): HistoryState {
    const { waiting, announced, decided } = history;
    const move = <T extends { call: Call; at: number }>(one: T): T =>
      this.#once(one, () => ({ ...one, call: this.#call(one.call), at: one.at + this.#byMs }));
    return { ...history, waiting: waiting.map(move), announced: announced.map(move), decided: decided.map(move) };
  }

  #call(call: Call): Call {
    const { startedAt, answeredAt } = call;
    return this.#once(call, () => ({
      ...call,
      startedAt: startedAt + this.#byMs,
      answeredAt: answeredAt === null ? null : answeredAt + this.#byMs,
    }));
  }

  #once<T extends object>(before: T, move: () => T): T {
    const moved = (this.#moved.get(before) as T | undefined) ?? move();
    this.#moved.set(before, moved);
    return moved;
  }
}
