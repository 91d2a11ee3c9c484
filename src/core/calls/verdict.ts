import type { OwnPhones } from '../numbers/own-numbers.ts';
import { judge, ownTalk, wasAnsweredElsewhere, type EndRecord } from '../pbx/records.ts';
import type { Ended, Leg, Session } from './model.ts';

/**
 * Whether an ended session was a missed call, which is one that rang me and that nobody answered, unless I declined it
 * or was busy.
 * - `answered`: its record shows that I answered, which no source had shown while it lasted.
 * - `declined`: I declined it, or my phone refused it.
 * - `not-missed`: it did not ring me, was placed here, somebody else took it, or a source showed my answer.
 * - `missed-unless-entry-differs`: it has no record, and the session list does not distinguish a call that I declined
 *   from one whose caller gave up. Its history entry may show that I declined or answered it.
 * - `missed-if-entry-confirms`: nothing proves that it rang me until the caller gave up.
 */
export type Verdict =
  'missed' | 'answered' | 'declined' | 'not-missed' | 'missed-unless-entry-differs' | 'missed-if-entry-confirms';

export function verdictOn(last: Session, end: Pick<Ended, 'by' | 'record' | 'stamp'>, own: OwnPhones): Verdict {
  const { answeredByMe, answeredElsewhere, callAtRing, mayHaveRung } = last.myPart;
  const concernsMe = callAtRing !== null || mayHaveRung;
  if (!concernsMe || last.placedCallKey !== null || answeredByMe || answeredElsewhere) return 'not-missed';
  if (ownTalk(end.record, 'incoming', own) !== null) return 'answered';
  if (wasRefusedByMe(last, end.stamp.at)) return 'declined';
  return end.record === null ? verdictWithoutRecord(last, end.by) : verdictByRecord(last, end.record, own);
}

function verdictWithoutRecord(last: Session, by: Ended['by']): Verdict {
  const rangToTheEnd = last.myPart.callAtRing !== null && by !== 'timed-out' && !mayHaveContinued(last);
  return rangToTheEnd ? 'missed-unless-entry-differs' : 'missed-if-entry-confirms';
}

function verdictByRecord({ myPart }: Session, record: EndRecord, own: OwnPhones): Verdict {
  const { callStatus, callee, targets } = record;
  const wasAnswered = showsAnswer(record);
  // Without its targets, the record of a call to my own number does not show whether that phone or another answered.
  if (wasAnswered && (myPart.answeredBefore.length === 0 || wasAnsweredElsewhere(record, own)))
    return targets.length === 0 && own.has(callee) ? 'missed-if-entry-confirms' : 'not-missed';
  // The answer that the record shows is that of a queue or a menu, before my phone rang. My own ring had none.
  const judged = wasAnswered ? 'missed' : judge(record);
  if (judged !== 'missed') return judged;
  // A session that was not seen ringing me rang if the PBX says that a phone did not answer.
  const hasRung = myPart.callAtRing !== null || callStatus === 'noanswer';
  return hasRung ? 'missed' : 'missed-if-entry-confirms';
}

function showsAnswer({ callStatus, answeredAt }: EndRecord): boolean {
  return callStatus === 'answered' || (callStatus === '' && answeredAt !== null);
}

/** Whether the call rang me to its end, as far as the sources had shown, and its record shows that another answered. */
export function wasTaken(last: Session, end: Pick<Ended, 'by' | 'record' | 'stamp'>, own: OwnPhones): boolean {
  const { callAtRing, answeredByMe, answeredElsewhere } = last.myPart;
  if (end.record === null || last.call?.mine !== true || callAtRing === null) return false;
  if (answeredByMe || answeredElsewhere || !showsAnswer(end.record)) return false;
  return verdictOn(last, end, own) === 'not-missed';
}

/** Whether the call may have continued without my phone, with somebody who may have answered it. */
function mayHaveContinued({ call, legs }: Session): boolean {
  // A leg that rings although the list counts its talking time may have been answered as well.
  const mayTalk = ({ end, state, countedFrom }: Leg): boolean =>
    end === null && (state === 'unknown' || (state === 'ringing' && countedFrom !== null));
  return call?.mine === false && legs.some(mayTalk);
}

/** If my phone refused the call this long before the call ended, the caller did not give up. */
const REFUSED_BEFORE_MS = 2_000;

/** Whether my phones refused the call: before they rang (busy, do not disturb), or while the call continued. */
function wasRefusedByMe({ legs }: Session, endedAt: number): boolean {
  const toMe = legs.filter((leg) => leg.toMe && leg.assumed === null);
  const wasRefused = ({ refusedAt, rangAt }: Leg): boolean =>
    refusedAt !== null && (rangAt === null || endedAt - refusedAt >= REFUSED_BEFORE_MS);
  return toMe.length > 0 && toMe.every(wasRefused);
}

/** Whether I dialled this call at my desk phone. */
export function isDialledAtPhone({ call, placedCallKey, myPart }: Session): boolean {
  const isOutgoing = call !== null && call.mine && call.direction === 'outgoing';
  return isOutgoing && placedCallKey === null && myPart.callAtRing === null;
}

/**
 * Whether somebody else may have answered the call, which leaves no entry in my history. That a group call which nobody
 * answered leaves one for each of its phones is a guess.
 */
export function mayHaveReachedOthers({ myPart }: Session): boolean {
  return myPart.offeredToOthers || myPart.ringPath.via !== '';
}

/**
 * Whether it ended while no source could be received, so that an answer before its end was not shown either. Its record
 * may be lost, too: a PBX that restarts ends its calls without one.
 */
export const endedUnseen = ({ record, endedAt, stamp }: Pick<Ended, 'record' | 'endedAt' | 'stamp'>): boolean =>
  record === null && endedAt < stamp.at;

/** Whether the call may have been answered without any source showing it. */
export function mayBeAnswered(
  last: Session,
  end: Pick<Ended, 'by' | 'record' | 'endedAt' | 'stamp'>,
  hasPush: boolean,
): boolean {
  const { by, record } = end;
  if (record !== null || last.myPart.talk !== null || last.placedCallKey !== null) return false;
  if (by === 'timed-out' || endedUnseen(end)) return true;
  // Push reports each answer of a call that it reported itself. If the list shows the end first, push may have failed.
  // The list does not show an answer between two polls.
  const wouldShowAnswer = hasPush && last.hasBegun && by !== 'gone';
  return !wouldShowAnswer && (isDialledAtPhone(last) || mayHaveReachedOthers(last));
}
