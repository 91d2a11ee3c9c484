import { DIRECT_NUMBER, DOMAIN, isInternal, nameOf, TENANT, TENANT_ID } from '../office.ts';
import type { Ending, Leg, Session } from '../switchboard.ts';
import { unixSeconds } from './unix-seconds.ts';

/** The events that were pushed about a call. Times in ms since 1970. */
export interface PushedCall {
  readonly session: Session;
  /** Number of this call, counted from the start of the PBX. */
  readonly serial: number;
  readonly caller: string;
  readonly callerName: string;
  /** The callee that was pushed last. */
  callee: string;
  readonly trunk: string;
  readonly targets: PushedTarget[];
}

/** A phone that the call was offered to. */
export interface PushedTarget {
  readonly leg: Leg;
  endedAt: number | null;
  ending: Ending | null;
}

type TargetEvent = `cdr_target_${'add' | 'ringing' | 'answer' | 'noanswer' | 'fail' | 'end'}`;

/** The event call_start ("Event reference"). All values are strings. */
export const callStart = (call: PushedCall, now: number): object => ({
  ...callHead('call_start', call, now),
  user_data: call.session.placed?.userData ?? '',
  call_id: callIdOf(call),
});

/** The event call_update_info ("Event reference"). It is like call_start without user_data and call_id. */
export const callUpdate = (call: PushedCall, now: number): object => callHead('call_update_info', call, now);

const callHead = (type: string, call: PushedCall, now: number): object => ({
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

/** The events cdr_target_* ("Event reference"). The documents spell "destiantion" like this. */
export const targetEvent = (type: TargetEvent, call: PushedCall, leg: Leg, now: number): object => ({
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
 * The event call_cdr ("Event reference"). The documents contradict themselves: the table has `in` where the sample has
 * `inbound`, so calls alternate between these words. status_code and the talk time are strings in one place and numbers
 * in the other. How a time that does not exist is written is not documented; here it is '', and '0' in the targets.
 */
export function callCdr(call: PushedCall, ending: Ending, now: number): object {
  const { session, targets } = call;
  const legs = targets.map(({ leg }) => leg);
  const { placed } = session;
  // A placed call is answered when the callee answers, not when the user's phone is picked up.
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

function targetView(call: PushedCall, { leg, endedAt, ending }: PushedTarget, index: number, now: number): object {
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

/** The sample in the documents has "callee_disconnect", the table "callee_disconnected". */
const END_REASON: Record<Ending['reason'], string> = {
  CALLER_DISCONNECTED: 'caller_disconnected',
  CALLEE_DISCONNECTED: 'callee_disconnect',
  BLIND_TRANSFER_COMPLETED: 'blind_transfer_complete',
  CANCELLED: 'cancelled',
  REDIRECTED: 'redirected',
  ANSWERED_ELSEWHERE: 'None',
};

function directionOf({ caller, callee, trunk }: PushedCall): Direction {
  // A caller from outside may send any number, even that of an extension.
  if (trunk !== '' && isInternal(caller) && isInternal(callee)) return 'inbound';
  if (isInternal(caller)) return isInternal(callee) ? 'internal' : 'outbound';
  return isInternal(callee) ? 'inbound' : 'inbound_outbound';
}

/** The direct number that was dialled from outside, and the outbound caller ID. */
function lines(call: PushedCall): { did: string; outbound_caller_id: string } {
  const direction = directionOf(call);
  return {
    did: direction === 'inbound' ? DIRECT_NUMBER : '',
    outbound_caller_id: direction === 'outbound' ? call.session.placed?.callerId || DIRECT_NUMBER : '',
  };
}

const outcome = (answeredAt: number | null, ending: Ending | null): 'answered' | 'noanswer' | 'fail' =>
  answeredAt !== null ? 'answered' : ending === null || wasNoAnswer(ending) ? 'noanswer' : 'fail';

/** 480 and 408: nobody answered; 487: the caller gave up; 0: another phone answered. */
export const wasNoAnswer = ({ statusCode }: Ending): boolean => [0, 408, 480, 487].includes(statusCode);

/** This id differs from the session id and from the id of a record in the REST history. */
const cdrIdOf = ({ serial }: PushedCall): string => `8${String(serial).padStart(17, '0')}`;

const callIdOf = ({ session }: PushedCall): string => `${session.id}@${DOMAIN}`;

const destinationOf = ({ callee }: Leg): string =>
  isInternal(callee) ? `sip:${callee}@127.0.0.1:5060` : `sip:${callee}@trunk.traydial.test`;

/** The name of the trunk and the tenant's id, as in the documented sample. */
const trunkName = (trunk: string): string => (trunk === '' ? '' : `${trunk}:${TENANT_ID}`);

const secondsBetween = (from: number, to: number): string => String(Math.round((to - from) / 1000));
