import type { DialPlan, PlacedCall, PlacedEnd, PlacedStep } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { LIMIT_MS } from './limits.ts';
import { talkIn, whoEnded, type EndRecord } from '../pbx/records.ts';
import type { Leg, PlacedCallState } from './model.ts';
import { readPlaced, type Evidence } from './placed-legs.ts';
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

/** `at`: monotonic ms. `toWall`: what to add to it for wall time, in ms. */
export interface PlacedMoment {
  at: number;
  toWall: number;
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
    reached: [{ step: 'requested', at: Math.round(moment.at + moment.toWall) }],
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
      return finish(placed, call.hangingUp ? endByUser(placed, moment) : endByStep(placed, moment), moment);
    case 'record': {
      const end = call.hangingUp ? endByUser(placed, moment) : endByStep(placed, moment);
      return finish(placed, endByRecord(end, input.record, placed), moment);
    }
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

function afterTheEnd(placed: PlacedCallState, input: PlacedInput, moment: PlacedMoment): PlacedCallState {
  const { call } = placed;
  if (input.type === 'record' && call.end !== null) {
    const end = endByRecord(call.end, input.record, placed);
    return sameEnd(end, call.end) ? placed : { ...placed, call: { ...call, end } };
  }
  const reached = call.reached.filter(({ step }) => step !== 'ended');
  // The call was given up before any source showed it, and a source shows it now.
  if (input.type === 'seen' && call.end?.reason === 'unknown' && !call.end.seen && moment.at < placed.matchUntil) {
    const back = { ...call, step: reached.at(-1)?.step ?? 'requested', reached, end: null };
    return input.legs.length === 0
      ? placed
      : withSeenLegs({ ...placed, status: 'accepted', call: back }, input.legs, moment);
  }
  if (input.type === 'matched' && call.end?.reason === 'unanswered-request') {
    const back: PlacedCall = {
      ...call,
      sessionId: input.sessionId,
      step: 'requested',
      reached,
      end: null,
      error: null,
    };
    const adopted = {
      ...placed,
      call: back,
      status: 'accepted',
      acceptedAt: moment.at,
      confirmedAt: moment.at,
    } as const;
    return raiseStep(adopted, 'phone-ringing', moment);
  }
  return placed;
}

function withSeenLegs(placed: PlacedCallState, legs: readonly Leg[], moment: PlacedMoment): PlacedCallState {
  const { plan } = placed.call;
  const evidence = readPlaced(legs, { dialled: plan.dial, phone: placed.phone, phoneAnswered: placed.phoneAnswered });
  if (legs.length === 0) return placed;
  const known = withLegFacts(withConfirmation(placed, moment), legs, evidence);
  if (evidence.other === 'talking') {
    const since = evidence.answeredAt ?? moment.at;
    return raiseStep({ ...known, connectedAt: known.connectedAt ?? since }, 'connected', moment, since);
  }
  const otherIsTried = evidence.phone === 'answered' || (evidence.other !== 'absent' && evidence.besideAnswered);
  return otherIsTried ? raiseStep(known, 'other-ringing', moment) : withPhone(known, evidence.phone === 'ringing');
}

function withLegFacts(placed: PlacedCallState, legs: readonly Leg[], { phone }: Evidence): PlacedCallState {
  const begins = legs.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const begun = begins.length === 0 ? placed.earliestStartAt : Math.min(...begins, placed.earliestStartAt ?? Infinity);
  const allLegsRang = legs.every(({ state }) => state === 'ringing');
  const same = begun === placed.earliestStartAt && phone === placed.phoneLegState && allLegsRang === placed.allLegsRang;
  return same ? placed : { ...placed, phoneLegState: phone, allLegsRang, earliestStartAt: begun };
}

function withConfirmation(placed: PlacedCallState, { at }: PlacedMoment): PlacedCallState {
  const call = placed.call.stale ? { ...placed.call, stale: false } : placed.call;
  return call === placed.call && placed.confirmedAt === at ? placed : { ...placed, call, confirmedAt: at };
}

function withPhoneActivity(
  placed: PlacedCallState,
  activity: 'ringing' | 'on-call' | 'idle',
  moment: PlacedMoment,
): PlacedCallState {
  if (activity === 'idle') return { ...placed, phoneStateUsed: false };
  const known = placed.phoneStateUsed ? placed : { ...placed, phoneStateUsed: true };
  if (activity === 'ringing') return withPhone(known, true);
  const up = known.phoneAnswered ? known : { ...known, phoneAnswered: true };
  return placed.status === 'accepted' ? raiseStep(up, 'other-ringing', moment) : up;
}

function withPhone(placed: PlacedCallState, rings: boolean): PlacedCallState {
  return !rings || placed.call.phoneRings ? placed : { ...placed, call: { ...placed.call, phoneRings: true } };
}

/**
 * Raises the step; a step at or below the present one changes nothing. `since`: when it began, monotonic ms; it is
 * moved to the last step if it is earlier.
 */
function raiseStep(
  placed: PlacedCallState,
  step: PlacedStep,
  { at, toWall }: PlacedMoment,
  since: number = at,
): PlacedCallState {
  const { call } = placed;
  if (STEPS.indexOf(step) <= STEPS.indexOf(call.step)) return placed;
  const now = Math.round(at + toWall);
  const earliest = Math.min(call.reached.at(-1)?.at ?? now, now);
  const reached = [...call.reached, { step, at: Math.max(earliest, Math.round(since + toWall)) }];
  return { ...placed, lastStepAt: at, call: { ...call, step, reached } };
}

type Ending = Pick<PlacedEnd, 'reason'> & Partial<PlacedEnd>;

function finish(
  placed: PlacedCallState,
  ending: Ending,
  moment: PlacedMoment,
  error: AppError | null = null,
): PlacedCallState {
  const end: PlacedEnd = { by: null, talkedMs: null, atLeast: false, status: null, seen: true, ...ending };
  const call = { ...placed.call, end, error, hangingUp: false, stale: false };
  const status = placed.status === 'unanswered' ? placed.status : 'over';
  return raiseStep({ ...placed, status, call }, 'ended', moment);
}

/** The reason of an end that was not requested here, inferred from the last step and the last legs. */
function endByStep(placed: PlacedCallState, moment: PlacedMoment): Ending {
  switch (placed.call.step) {
    case 'connected':
      return { reason: 'hung-up', ...talkedUntil(placed, moment) };
    case 'other-ringing':
      return { reason: 'other-unanswered' };
    default:
      // Only a phone that rang to the end was certainly not picked up.
      if (placed.phoneLegState === 'ringing') return { reason: 'phone-unanswered' };
      return { reason: 'unknown', seen: placed.allLegsRang };
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
function endByRecord(ending: Ending, record: EndRecord, placed: PlacedCallState): PlacedEnd {
  const end: PlacedEnd = { by: null, talkedMs: null, atLeast: false, status: null, seen: true, ...ending };
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
  const { statusCode: status } = record;
  // If the other side has not rung, the record may be about the user's own phone.
  const by = placed.call.reached.some(({ step }) => step === 'other-ringing') ? 'other' : null;
  switch (status) {
    case 486:
    case 600:
      return { ...end, reason: 'busy', by, status };
    case 603:
    case 607:
      return { ...end, reason: 'declined', by, status };
    case 408:
    case 480:
    case 487:
      return { ...end, reason: by === null ? 'unknown' : 'other-unanswered', by, status };
    case 404:
    case 484:
    case 604:
      return { ...end, reason: 'failed', status };
  }
  if (status !== null && status >= 400) return { ...end, reason: 'failed', status };
  if (talk !== null) return { ...end, ...talk, reason: 'hung-up', by: whoEnded(record) };
  return record.callStatus === 'noanswer' && by === 'other' ? { ...end, reason: 'other-unanswered', by } : end;
}

function sameEnd(a: PlacedEnd, b: PlacedEnd): boolean {
  return (['reason', 'by', 'talkedMs', 'atLeast', 'exact', 'status'] as const).every((key) => a[key] === b[key]);
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
