import { behaviourOf } from './dialled-numbers.ts';
import { nameOf, trunkFor } from './office.ts';
import type { Ending, Leg, Session, Switchboard } from './switchboard.ts';

/** A validated POST /sessions request. */
export interface CallOrder {
  /** The phone that rings first. */
  caller: string;
  callee: string;
  /** '' uses the caller's own name. */
  callerName: string;
  /** Name of the trunk to force; '' leaves it to the outbound rules. */
  trunk: string;
  /** The number that the callee's phone shows instead of the caller's; '' for the default. */
  callerId: string;
  userData: string;
  /** The caller's phone gets a header that makes it answer by itself. */
  autoAnswer: boolean;
}

/** How long the user's phone rings before it is answered. */
const OWN_PHONE_RINGS_MS = 2_500;
/** The same if the phone answers by itself. */
const AUTO_ANSWER_MS = 200;
/** How long a phone rings that is not answered. */
const GIVES_UP_MS = 20_000;
/** How long the callee's phone rings before it is answered or the call is declined. */
const OTHER_RINGS_MS = 3_000;
/** After this time a busy or unknown number ends the call. */
const FAILS_MS = 1_500;
/** How long the callee talks before hanging up. */
const TALKS_MS = 90_000;

/**
 * Starts a call that the PBX places between two numbers. The caller's phone rings first, and the callee's phone rings
 * after that was answered (release notes 22.2.18, 22.2.20). The legs are our guess, because no recording of them exists:
 *
 *  1. The caller's phone rings: one leg from the dialled number, as that phone shows it, to the caller.
 *  2. When that phone is answered, the leg's talking time begins, and a second leg from the caller to the dialled
 *     number begins to ring.
 *  3. When the second leg is answered, its talking time begins, too. Both legs stay until the call ends.
 *
 * A failure ends the whole session; only the call history has the reason.
 */
export function placeCall(board: Switchboard, order: CallOrder): Session {
  const { caller, callee, callerId, userData } = order;
  const callerName = order.callerName === '' ? nameOf(caller) : order.callerName;
  const behaviour = behaviourOf(callee, caller);
  const session = board.open({ placed: { caller, callerName, callee, callerId, userData } });
  const end = (reason: Ending['reason'], statusCode: number): void => board.end(session, { reason, statusCode });

  const own = board.ring(session, {
    caller: callee,
    callerName: nameOf(callee),
    callee: caller,
    trunk: trunkFor(caller),
  });
  if (behaviour === 'own-phone-unanswered') {
    board.unlessAnswered(session, own, GIVES_UP_MS, () => end('CANCELLED', 408));
  } else {
    board.later(session, order.autoAnswer ? AUTO_ANSWER_MS : OWN_PHONE_RINGS_MS, () => board.answer(session, own));
  }

  session.onAnswered = (answered) => {
    if (answered === own) ringOther();
    else if (behaviour !== 'stays') board.later(session, TALKS_MS, () => end('CALLEE_DISCONNECTED', 0));
  };

  const ringOther = (): void => {
    const other: Leg = board.ring(session, {
      caller,
      callerName,
      callee,
      trunk: order.trunk === '' ? trunkFor(callee) : order.trunk,
    });
    const unlessAnswered = (ms: number, task: () => void): void => board.unlessAnswered(session, other, ms, task);
    if (behaviour === 'busy') unlessAnswered(FAILS_MS, () => end('CALLEE_DISCONNECTED', 486));
    else if (behaviour === 'unknown-number') unlessAnswered(FAILS_MS, () => end('CALLEE_DISCONNECTED', 404));
    else if (behaviour === 'declines') unlessAnswered(OTHER_RINGS_MS, () => end('CALLEE_DISCONNECTED', 603));
    else if (behaviour === 'never-answers') unlessAnswered(GIVES_UP_MS, () => end('CANCELLED', 480));
    else unlessAnswered(OTHER_RINGS_MS, () => board.answer(session, other));
  };

  return session;
}
