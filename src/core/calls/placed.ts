import { isDeepStrictEqual } from 'node:util';
import type { DialPlan, PlacedCall, PlacedEnd, PlacedStep } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { keepIfSame } from '../keep-if-same.ts';
import { LIMIT_MS } from './limits.ts';
import { failureOf, talkIn, whoEnded, type EndRecord } from '../pbx/records.ts';
import type { Leg, PlacedCallState } from './model.ts';
import { sidesOf, type Sides } from './placed-legs.ts';
import { sameNumber } from '../../shared/same-number.ts';

/** What happened to a placed call: the model found it out, or the placer reports it. */
export type PlacedInput =
  /** The call of an unanswered request appeared among the sessions. */
  | { type: 'matched'; sessionId: string }
  | { type: 'seen'; legs: readonly Leg[] }
  /** My phone rings for the call, or was picked up. `idle`: what it reported before was about another call. */
  | { type: 'phone'; activity: 'ringing' | 'on-call' | 'idle' }
  /** The session is gone from the PBX, or my phone is idle again. */
  | { type: 'gone' }
  | PlacerInput;

/** Actions of the placer, and the PBX's answers to its requests. */
export type PlacerInput =
  /** The PBX accepted the request. It rings the caller's phone first (release notes 22.2.18, 22.2.20). */
  | { type: 'accepted'; sessionId: string }
  | { type: 'refused'; error: AppError }
  /** The request got no clear answer, so the phone may ring or not. */
  | { type: 'unanswered'; error: AppError }
  | { type: 'hanging-up' }
  | { type: 'hung-up' }
  | { type: 'hang-up-failed'; error: AppError }
  /** Polling the session failed, so the shown step is old. */
  | { type: 'watch-failed' }
  /** A source confirmed the call, even if polling it failed. */
  | { type: 'confirmed' }
  /** No source has reported the call for so long that waiting for its end is pointless. */
  | { type: 'lost' }
  /** call_cdr, or the entry in the call history. */
  | { type: 'record'; record: EndRecord };

const STEPS: readonly PlacedStep[] = ['requested', 'phone-ringing', 'other-ringing', 'connected', 'ended'];

/** `at`: monotonic ms. `monotonicToWallMs`: offset added to it to get this computer's wall time. */
export interface PlacedMoment {
  at: number;
  monotonicToWallMs: number;
}

export function newPlacedCallState(
  { key, plan, name, phone }: { key: string; plan: DialPlan; name: string; phone: string },
  moment: PlacedMoment & { seq: number },
): PlacedCallState {
  const call: PlacedCall = {
    key,
    sessionId: null,
    plan,
    name,
    step: 'requested',
    reached: [{ step: 'requested', at: Math.round(moment.at + moment.monotonicToWallMs) }],
    phoneRings: false,
    end: null,
    error: null,
    hangingUp: false,
    stale: false,
  };
  return {
    call,
    phone,
    status: 'requested',
    matchUntil: moment.at + LIMIT_MS.unansweredRequest,
    phoneRingsUntil: moment.at + LIMIT_MS.unansweredRequest,
    acceptedAt: null,
    matchedSessionId: null,
    phoneStateUsed: false,
    phoneAnswered: false,
    connectedAt: null,
    phoneLegState: 'absent',
    allLegsRang: false,
    confirmedAt: moment.at,
    earliestStartAt: null,
    lastStepAt: moment.at,
    requestSeq: moment.seq,
  };
}

/**
 * Returns the next state of a placed call; the same object if nothing changed. Steps only go up, and only on evidence.
 * The one exception is a call that was given up and appears later: it goes on at the step that it had reached.
 */
export function advance(placed: PlacedCallState, input: PlacedInput, moment: PlacedMoment): PlacedCallState {
  const { call } = placed;
  if (call.step === 'ended') return afterTheEnd(placed, input, moment);
  switch (input.type) {
    case 'accepted': {
      const accepted = { ...placed, status: 'accepted', acceptedAt: moment.at, matchedSessionId: null } as const;
      const phoneRingsUntil = Math.min(placed.phoneRingsUntil, moment.at + LIMIT_MS.phoneRingsWithin);
      const named = { ...call, sessionId: input.sessionId };
      return raiseStep({ ...accepted, phoneRingsUntil, confirmedAt: moment.at, call: named }, 'phone-ringing', moment);
    }
    case 'refused':
      return finish({ ...placed, status: 'over' }, { reason: 'refused' }, moment, input.error);
    case 'unanswered':
      return finish(
        { ...placed, status: 'unanswered' },
        { reason: 'unanswered-request' },
        moment,
        asUnanswered(input.error),
      );
    case 'seen':
      return withSeenLegs(placed, input.legs, moment);
    case 'phone':
      return withPhoneActivity(placed, input.activity, moment);
    case 'gone':
      return finish(placed, inferredEnd(placed, moment), moment);
    case 'record':
      return finish(placed, endByRecord(endWith(inferredEnd(placed, moment)), input.record, placed), moment);
    case 'watch-failed':
      return call.stale ? placed : { ...placed, call: { ...call, stale: true } };
    case 'confirmed':
      return withConfirmation(placed, moment);
    case 'lost':
      return finish(placed, { reason: 'lost' }, moment);
    case 'hanging-up':
      return call.hangingUp ? placed : { ...placed, call: { ...call, hangingUp: true, error: null } };
    case 'hung-up':
      return finish(placed, endByUser(placed, moment), moment);
    case 'hang-up-failed':
      return { ...placed, call: { ...call, hangingUp: false, error: input.error } };
    case 'matched':
      return placed;
  }
}

/** The error of a request whose outcome is unknown. If the PBX itself reported a failure, that error is kept. */
function asUnanswered(error: AppError): AppError {
  return error.code === 'dial-failed' ? error : appError('dial-unanswered', { detail: error.detail ?? error.code });
}

/** A record adds to the end of a call. A call that was given up goes on if a source shows it after all. */
function afterTheEnd(placed: PlacedCallState, input: PlacedInput, moment: PlacedMoment): PlacedCallState {
  const { call, matchUntil } = placed;
  const { end } = call;
  if (end === null) return placed;
  switch (input.type) {
    case 'record': {
      const refined = endByRecord(end, input.record, placed);
      return isDeepStrictEqual(refined, end) ? placed : { ...placed, call: { ...call, end: refined } };
    }
    case 'seen': {
      const wasNeverSeen = end.reason === 'unknown' && !end.followedToEnd && moment.at < matchUntil;
      return wasNeverSeen && input.legs.length > 0 ? withSeenLegs(reopened(placed), input.legs, moment) : placed;
    }
    case 'matched': {
      if (end.reason !== 'unanswered-request') return placed;
      const again = reopened(placed);
      const matched = { ...again, call: { ...again.call, sessionId: input.sessionId } };
      return raiseStep({ ...matched, acceptedAt: moment.at, confirmedAt: moment.at }, 'phone-ringing', moment);
    }
    default:
      return placed;
  }
}

/** The call goes on at the step that it had reached. */
function reopened(placed: PlacedCallState): PlacedCallState {
  const reached = placed.call.reached.filter(({ step }) => step !== 'ended');
  const step = reached.at(-1)?.step ?? 'requested';
  return { ...placed, status: 'accepted', call: { ...placed.call, step, reached, end: null, error: null } };
}

function withSeenLegs(placed: PlacedCallState, legs: readonly Leg[], moment: PlacedMoment): PlacedCallState {
  if (legs.length === 0) return placed;
  const { call, phone, phoneAnswered } = placed;
  const sides = sidesOf(legs, { dialled: call.plan.dial, phone, phoneAnswered });
  const known = withLegFacts(withConfirmation(placed, moment), legs, sides);
  if (sides.other === 'talking') {
    const since = sides.answeredAt ?? moment.at;
    return raiseStep({ ...known, connectedAt: known.connectedAt ?? since }, 'connected', moment, since);
  }
  if (sides.otherIsTried) return raiseStep(known, 'other-ringing', moment);
  return sides.phone === 'ringing' ? withRingingPhone(known) : known;
}

function withLegFacts(placed: PlacedCallState, legs: readonly Leg[], { phone }: Sides): PlacedCallState {
  const begins = legs.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const begun = begins.length === 0 ? placed.earliestStartAt : Math.min(...begins, placed.earliestStartAt ?? Infinity);
  const allLegsRang = legs.every(({ state }) => state === 'ringing');
  return keepIfSame(placed, { ...placed, phoneLegState: phone, allLegsRang, earliestStartAt: begun });
}

function withConfirmation(placed: PlacedCallState, { at }: PlacedMoment): PlacedCallState {
  const call = placed.call.stale ? { ...placed.call, stale: false } : placed.call;
  return keepIfSame(placed, { ...placed, call, confirmedAt: at });
}

function withPhoneActivity(
  placed: PlacedCallState,
  activity: 'ringing' | 'on-call' | 'idle',
  moment: PlacedMoment,
): PlacedCallState {
  if (activity === 'idle') return { ...placed, phoneStateUsed: false };
  const known = placed.phoneStateUsed ? placed : { ...placed, phoneStateUsed: true };
  if (activity === 'ringing') return withRingingPhone(known);
  const up = known.phoneAnswered ? known : { ...known, phoneAnswered: true };
  return placed.status === 'accepted' ? raiseStep(up, 'other-ringing', moment) : up;
}

function withRingingPhone(placed: PlacedCallState): PlacedCallState {
  return placed.call.phoneRings ? placed : { ...placed, call: { ...placed.call, phoneRings: true } };
}

/**
 * Raises the step; a step at or below the present one changes nothing. `since`: when it began, monotonic ms; it is
 * moved to the last step if it is earlier.
 */
function raiseStep(
  placed: PlacedCallState,
  step: PlacedStep,
  { at, monotonicToWallMs }: PlacedMoment,
  since: number = at,
): PlacedCallState {
  const { call } = placed;
  if (STEPS.indexOf(step) <= STEPS.indexOf(call.step)) return placed;
  const now = Math.round(at + monotonicToWallMs);
  const earliest = Math.min(call.reached.at(-1)?.at ?? now, now);
  const reached = [...call.reached, { step, at: Math.max(earliest, Math.round(since + monotonicToWallMs)) }];
  return { ...placed, lastStepAt: at, call: { ...call, step, reached } };
}

type Ending = Pick<PlacedEnd, 'reason'> & Partial<PlacedEnd>;

/** An end of which nothing else is known. */
const endWith = (ending: Ending): PlacedEnd => ({
  by: null,
  talkedMs: null,
  atLeast: false,
  status: null,
  followedToEnd: true,
  ...ending,
});

function finish(
  placed: PlacedCallState,
  ending: Ending,
  moment: PlacedMoment,
  error: AppError | null = null,
): PlacedCallState {
  const call = { ...placed.call, end: endWith(ending), error, hangingUp: false, stale: false };
  const status = placed.status === 'unanswered' ? placed.status : 'over';
  return raiseStep({ ...placed, status, call }, 'ended', moment);
}

/** Why the call ended, inferred from what happened last: a hang-up here, the last step, or the last legs. */
function inferredEnd(placed: PlacedCallState, moment: PlacedMoment): Ending {
  if (placed.call.hangingUp) return endByUser(placed, moment);
  switch (placed.call.step) {
    case 'connected':
      return { reason: 'hung-up', ...talkedUntil(placed, moment) };
    case 'other-ringing':
      return { reason: 'other-unanswered' };
    default:
      // Only a phone that rang to the end was certainly not picked up.
      if (placed.phoneLegState === 'ringing') return { reason: 'phone-unanswered' };
      return { reason: 'unknown', followedToEnd: placed.allLegsRang };
  }
}

/** After sleep or an outage the end is noticed late, so the duration is only a minimum. */
function talkedUntil({ connectedAt, confirmedAt }: PlacedCallState, { at }: PlacedMoment): Partial<PlacedEnd> {
  if (connectedAt === null) return {};
  const late = at - confirmedAt > LIMIT_MS.noticedLate;
  return { talkedMs: Math.max(0, (late ? confirmedAt : at) - connectedAt), atLeast: late };
}

/** The user ended the call here. */
function endByUser({ connectedAt, call }: PlacedCallState, { at }: PlacedMoment): Ending {
  const talkedMs = call.step !== 'connected' || connectedAt === null ? null : Math.max(0, at - connectedAt);
  return { reason: 'hung-up-here', by: 'me', talkedMs };
}

/**
 * Adds the data of call_cdr or the call history to an end: the PBX's times, who ended the call, and the reason if it
 * was only inferred. A reason that is certain stays.
 */
function endByRecord(end: PlacedEnd, record: EndRecord, placed: PlacedCallState): PlacedEnd {
  const isOther = (number: string): boolean => !sameNumber(number, placed.phone);
  const { answeredAt, endedAt } = record.targets.length === 0 ? record : (talkIn(record, isOther) ?? NO_TALK);
  const talkedMs = answeredAt === null || endedAt === null ? null : Math.max(0, endedAt - answeredAt);
  const talk = talkedMs === null ? null : ({ talkedMs, atLeast: false, exact: true } as const);
  switch (end.reason) {
    case 'hung-up':
      return { ...end, ...talk, by: whoEnded(record) ?? end.by };
    case 'hung-up-here':
      return { ...end, ...talk };
    case 'phone-unanswered':
      return talk === null ? end : { ...end, ...talk, reason: 'hung-up', by: whoEnded(record) };
    case 'other-unanswered':
    case 'unknown':
    case 'lost':
      return endByStatus(end, record, talk, placed);
    default:
      return end;
  }
}

const NO_TALK = { answeredAt: null, endedAt: null };

type Talk = Pick<PlacedEnd, 'talkedMs' | 'atLeast' | 'exact'> | null;

function endByStatus(end: PlacedEnd, record: EndRecord, talk: Talk, placed: PlacedCallState): PlacedEnd {
  const { statusCode: status, callStatus } = record;
  // If the other side has not rung, the record may be about the user's own phone.
  const by = placed.call.reached.some(({ step }) => step === 'other-ringing') ? 'other' : null;
  const failure = failureOf(status);
  switch (failure) {
    case 'busy':
    case 'declined':
      return { ...end, reason: failure, by, status };
    case 'unanswered':
      return { ...end, reason: by === null ? 'unknown' : 'other-unanswered', by, status };
    case 'failed':
      return { ...end, reason: 'failed', status };
    case null:
      if (talk !== null) return { ...end, ...talk, reason: 'hung-up', by: whoEnded(record) };
      return callStatus === 'noanswer' && by === 'other' ? { ...end, reason: 'other-unanswered', by } : end;
  }
}

/**
 * Whether my phone may have begun to ring for this request at `ringsAt` (ms since 1970) or a little before, or rings
 * for it according to its legs.
 */
export function mayRing(placed: PlacedCallState, now: number, ringsAt: number): boolean {
  const { status, call, phoneRingsUntil, phoneStateUsed, phoneLegState } = placed;
  if (status === 'over' || phoneStateUsed || (call.reached[0]?.at ?? 0) > ringsAt) return false;
  return now < phoneRingsUntil || (status === 'accepted' && phoneLegState === 'ringing');
}
