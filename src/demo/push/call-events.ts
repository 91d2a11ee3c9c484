import type { Ending, Leg, Session, SwitchboardObserver } from '../switchboard.ts';
import { callCdr, callStart, callUpdate, targetEvent, wasNoAnswer, type PushedCall } from './call-frames.ts';

/**
 * Pushes the topic cdr_events for all calls of the tenant: the start of a call with its session id (the same as in GET
 * /sessions), each phone that the call is offered to, and the record at the end. The targets of the record are all legs
 * that the call had. Our guesses: call_update_info is sent when somebody other than the first callee answers, in a ring
 * group or after a transfer, and the targets of a placed call are the legs of its session.
 */
export class CallEvents implements SwitchboardObserver {
  readonly #now: () => number;
  readonly #publish: (frame: object) => void;
  // A WeakMap, because calls that vanish in a power failure never end.
  readonly #pushed = new WeakMap<Session, PushedCall>();
  #calls = 0;

  constructor(now: () => number, publish: (frame: object) => void) {
    this.#now = now;
    this.#publish = publish;
  }

  legRang(session: Session, leg: Leg): void {
    const call = this.#pushed.get(session) ?? this.#begin(session, leg);
    call.targets.push({ leg, endedAt: null, ending: null });
    this.#publish(targetEvent('cdr_target_add', call, leg, this.#now()));
    this.#publish(targetEvent('cdr_target_ringing', call, leg, this.#now()));
  }

  legAnswered(session: Session, leg: Leg): void {
    const call = this.#pushed.get(session);
    if (call === undefined) return;
    this.#publish(targetEvent('cdr_target_answer', call, leg, this.#now()));
    if (session.placed !== null || leg.callee === call.callee) return;
    call.callee = leg.callee;
    this.#publish(callUpdate(call, this.#now()));
  }

  legEnded(session: Session, leg: Leg, ending: Ending): void {
    const call = this.#pushed.get(session);
    const target = call?.targets.find((candidate) => candidate.leg === leg);
    if (call === undefined || target === undefined) return;
    target.endedAt = this.#now();
    target.ending = ending;
    const change = leg.answeredAt !== null ? 'end' : wasNoAnswer(ending) ? 'noanswer' : 'fail';
    this.#publish(targetEvent(`cdr_target_${change}`, call, leg, this.#now()));
  }

  legTurnedAway(session: Session, leg: Leg, ending: Ending): void {
    const call = this.#pushed.get(session) ?? this.#begin(session, leg);
    call.targets.push({ leg, endedAt: null, ending: null });
    this.#publish(targetEvent('cdr_target_add', call, leg, this.#now()));
    this.legEnded(session, leg, ending);
  }

  sessionEnded(session: Session, ending: Ending): void {
    const call = this.#pushed.get(session);
    if (call !== undefined) this.#publish(callCdr(call, ending, this.#now()));
  }

  #begin(session: Session, first: Leg): PushedCall {
    const serial = this.#calls++;
    const { placed } = session;
    const call: PushedCall = {
      session,
      serial,
      caller: placed?.caller ?? first.caller,
      callerName: placed?.callerName ?? first.callerName,
      callee: placed?.callee ?? session.dialled ?? first.callee,
      trunk: first.trunk,
      targets: [],
    };
    this.#pushed.set(session, call);
    this.#publish(callStart(call, this.#now()));
    return call;
  }
}
