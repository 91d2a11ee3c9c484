import { DIRECT_NUMBER, DOMAIN, isInternal, nameOf, TENANT, TENANT_ID } from '../office.ts';
import type { Ending, Leg, Session } from '../switchboard.ts';
import { unixSeconds } from './unix-seconds.ts';

/** A call as far as it was pushed. Times in ms since 1970. */
export interface ToldCall {
  readonly session: Session;
  /** Counts all calls this PBX ever had. */
  readonly serial: number;
  readonly caller: string;
  readonly callerName: string;
  /** Whom it was last told to go to. */
  callee: string;
  readonly trunk: string;
  readonly targets: ToldTarget[];
}

/** One phone that the call was offered to. */
export interface ToldTarget {
  readonly leg: Leg;
  endedAt: number | null;
  ending: Ending | null;
}

type TargetEvent = `cdr_target_${'add' | 'ringing' | 'answer' | 'noanswer' | 'fail' | 'end'}`;

/** "Event reference", call_start. All of it is strings. */
export const callStart = (call: ToldCall, now: number): object => ({
  ...callHead('call_start', call, now),
  user_data: call.session.placed?.userData ?? '',
  call_id: callIdOf(call),
});

/** "Event reference", call_update_info: as call_start, without user_data and call_id. */
export const callUpdate = (call: ToldCall, now: number): object => callHead('call_update_info', call, now);

const callHead = (type: string, call: ToldCall, now: number): object => ({
  event_type: type,
  time: unixSeconds(now),
  session_id: call.session.id,
  cdr_id: cdrIdOf(call),
  direction: directionOf(call),
  caller_display_name: call.callerName,
  caller: call.caller,
  callee_display_name: nameOf(call.callee),
  callee: call.callee,
  tenant_id: TENANT_ID,
  ...lines(call),
});

/** "Event reference", cdr_target_*: "destiantion" is how the documents, and so the field, spell it. */
export const targetEvent = (type: TargetEvent, call: ToldCall, leg: Leg, now: number): object => ({
  event_type: type,
  time: unixSeconds(now),
  session_id: call.session.id,
  cdr_id: cdrIdOf(call),
  tenant_id: TENANT_ID,
  direction: directionOf(call),
  destiantion: destinationOf(leg),
  caller: leg.caller,
  ...lines(call),
});

/**
 * "Event reference", call_cdr. The documents disagree with themselves: their table says `in` where their sample
 * says `inbound`, and status_code and the talk time are a string in one place and a number in the other. Both
 * words occur, call by call. How a time is written that never came is not documented: '' here, '0' in the targets.
 */
export function callCdr(call: ToldCall, ending: Ending, now: number): object {
  const { session, targets } = call;
  const legs = targets.map(({ leg }) => leg);
  const { placed } = session;
  // A placed call is answered when the other side answers, not when the own phone is picked up.
  const rang = placed === null ? legs[0] : legs.find((leg) => leg.callee === placed.callee);
  const answered = placed === null ? legs.find((leg) => leg.answeredAt !== null) : rang;
  const answeredAt = answered?.answeredAt ?? null;
  const rangAt = rang?.rangAt ?? null;
  const ringEnd = answeredAt ?? now;
  return {
    event_type: 'call_cdr',
    session_id: session.id,
    tenant_id: TENANT_ID,
    tenant_name: TENANT,
    call_id: callIdOf(call),
    call_status: outcome(answeredAt, ending),
    caller: call.caller,
    caller_display_name: call.callerName,
    caller_domain: isInternal(call.caller) ? DOMAIN : '',
    callee: call.callee,
    callee_domain: isInternal(call.callee) ? DOMAIN : '',
    direction: call.serial % 2 === 0 ? SHORT_DIRECTION[directionOf(call)] : directionOf(call),
    start_time: unixSeconds(session.startedAt),
    ring_time: rangAt === null ? '' : unixSeconds(rangAt),
    answered_time: answeredAt === null ? '' : unixSeconds(answeredAt),
    ended_time: unixSeconds(now),
    ring_duration: rangAt === null ? '0' : secondsBetween(rangAt, ringEnd),
    talk_duration: answeredAt === null ? 0 : Number(secondsBetween(answeredAt, now)),
    ended_reason: END_REASON[ending.reason],
    status_code: String(ending.statusCode),
    trunk_name: trunkName(rang?.trunk ?? call.trunk),
    user_data: placed?.userData ?? '',
    ...lines(call),
    call_targets: targets.map((target, index) => targetView(call, target, index, now)),
  };
}

function targetView(call: ToldCall, { leg, endedAt, ending }: ToldTarget, index: number, now: number): object {
  const end = endedAt ?? now;
  return {
    id: `${cdrIdOf(call)}${index + 1}`,
    call_type: call.session.dialled === null ? 'normal_call' : 'ring_group_call',
    caller: leg.caller,
    callee: leg.callee,
    destination: destinationOf(leg),
    direction: directionOf(call),
    start_time: unixSeconds(call.session.startedAt),
    ring_time: leg.rangAt === null ? '0' : unixSeconds(leg.rangAt),
    answered_time: leg.answeredAt === null ? '0' : unixSeconds(leg.answeredAt),
    ended_time: unixSeconds(end),
    ring_duration: leg.rangAt === null ? '0' : secondsBetween(leg.rangAt, leg.answeredAt ?? end),
    talk_duration: leg.answeredAt === null ? '0' : secondsBetween(leg.answeredAt, end),
    end_reason: ending === null ? 'None' : END_REASON[ending.reason],
    status: outcome(leg.answeredAt, ending),
    status_code: ending?.statusCode ?? 0,
    trunk_name: trunkName(leg.trunk),
    cost: '0',
    ...lines(call),
  };
}

type Direction = 'internal' | 'inbound' | 'outbound' | 'inbound_outbound';

const SHORT_DIRECTION: Record<Direction, string> = {
  internal: 'ext',
  inbound: 'in',
  outbound: 'out',
  inbound_outbound: 'in2out',
};

/** "callee_disconnect" is the spelling of the sample, "…ed" that of the table. */
const END_REASON: Record<Ending['reason'], string> = {
  CALLER_DISCONNECTED: 'caller_disconnected',
  CALLEE_DISCONNECTED: 'callee_disconnect',
  BLIND_TRANSFER_COMPLETED: 'blind_transfer_complete',
  CANCELLED: 'cancelled',
  REDIRECTED: 'redirected',
  ANSWERED_ELSEWHERE: 'None',
};

function directionOf({ caller, callee }: ToldCall): Direction {
  if (isInternal(caller)) return isInternal(callee) ? 'internal' : 'outbound';
  return isInternal(callee) ? 'inbound' : 'inbound_outbound';
}

/** The direct number that was dialled from outside, and the number that is shown to the outside. */
function lines(call: ToldCall): { did: string; outbound_caller_id: string } {
  const direction = directionOf(call);
  return {
    did: direction === 'inbound' ? DIRECT_NUMBER : '',
    outbound_caller_id: direction === 'outbound' ? call.session.placed?.callerId || DIRECT_NUMBER : '',
  };
}

const outcome = (answeredAt: number | null, ending: Ending | null): 'answered' | 'noanswer' | 'fail' =>
  answeredAt !== null ? 'answered' : ending === null || wasNoAnswer(ending) ? 'noanswer' : 'fail';

/** 480 and 408: it rang in vain; 487: the caller gave up; 0: another phone was faster. */
export const wasNoAnswer = ({ statusCode }: Ending): boolean => [0, 408, 480, 487].includes(statusCode);

/** Of its own: not the session's id, nor that of a record in the REST history. */
const cdrIdOf = ({ serial }: ToldCall): string => `8${String(serial).padStart(17, '0')}`;

const callIdOf = ({ session }: ToldCall): string => `${session.id}@${DOMAIN}`;

const destinationOf = ({ callee }: Leg): string =>
  isInternal(callee) ? `sip:${callee}@127.0.0.1:5060` : `sip:${callee}@trunk.traydial.test`;

/** As in the documents' sample: the name and the tenant's id. */
const trunkName = (trunk: string): string => (trunk === '' ? '' : `${trunk}:${TENANT_ID}`);

const secondsBetween = (from: number, to: number): string => String(Math.round((to - from) / 1000));
