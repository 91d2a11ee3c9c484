import type { CallPlan } from './call-plans.ts';
import { SALES_GROUP } from './office.ts';
import type { Leg, Session, Switchboard } from './switchboard.ts';

/**
 * Plays a planned call on the switchboard. If somebody answers earlier than planned, the call continues from then on. A
 * call that began `agoMs` ago may already be answered.
 */
export function playCall(board: Switchboard, plan: CallPlan, agoMs = 0): Session {
  const session = board.open({ dialled: plan.rings.length > 1 ? SALES_GROUP.extension : null }, agoMs);
  const { caller, callerName, trunk } = plan;
  const legs = plan.rings.map((callee) => board.ring(session, { caller, callerName, callee, trunk }, agoMs));

  const chosen = plan.answeredBy === null ? undefined : legs[plan.answeredBy];
  board.later(session, plan.ringMs, () => {
    if (legs.some((leg) => leg.answeredAt !== null)) return;
    // 487 Request Terminated: the caller gave up.
    if (chosen === undefined) board.end(session, { reason: 'CANCELLED', statusCode: 487 });
    else board.answer(session, chosen);
  });

  session.onAnswered = (answered) => {
    for (const leg of legs) {
      if (leg !== answered) board.drop(session, leg, { reason: 'ANSWERED_ELSEWHERE', statusCode: 0 });
    }
    if (plan.transfer !== null) transfer(board, session, plan, plan.transfer, answered);
    else hangUpAfterTalk(board, session, plan);
  };
  if (chosen !== undefined && agoMs > plan.ringMs) board.answer(session, chosen, agoMs - plan.ringMs);
  return session;
}

/** Plays a blind transfer. The next phone rings while the first leg stays, and replaces that leg when it is answered. */
function transfer(
  board: Switchboard,
  session: Session,
  plan: CallPlan,
  to: NonNullable<CallPlan['transfer']>,
  first: Leg,
): void {
  board.later(session, to.afterMs, () => {
    const next = board.ring(session, {
      caller: plan.caller,
      callerName: plan.callerName,
      callee: to.to,
      trunk: plan.trunk,
    });
    session.onAnswered = () => {
      board.drop(session, first, { reason: 'BLIND_TRANSFER_COMPLETED', statusCode: 0 });
      hangUpAfterTalk(board, session, plan);
    };
    board.unlessAnswered(session, next, to.ringMs, () => board.answer(session, next));
  });
}

const hangUpAfterTalk = (board: Switchboard, session: Session, plan: CallPlan): void =>
  board.later(session, plan.talkMs, () => board.end(session, { reason: plan.endedBy, statusCode: 0 }));
