import type { DialPlan, PlacedCall, PlacedStep } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { readLegs } from './legs.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { readPlaced } from './placed-evidence.ts';
import { endByHand, endByHistory, endByStep, type PlacedEnd, type Sighting } from './placed-end.ts';

export type PlacedInput =
  /** The PBX took the request. It rings the caller's phone first (release notes 22.2.18, 22.2.20). */
  | { type: 'accepted'; sessionId: string }
  | { type: 'refused'; error: AppError }
  /** The request got no answer, or none that settles it: nobody knows whether the phone will ring. */
  | { type: 'unanswered'; error: AppError }
  /** A call without an answer showed up in the session list. */
  | { type: 'adopted'; sessionId: string }
  /** `own` includes the phone that is rung first. */
  | { type: 'seen'; session: PbxSession; own: OwnNumbers }
  /** The PBX does not know the session any more; `last` is what it said of it before. */
  | { type: 'gone'; last: Sighting | null; own: OwnNumbers }
  /** Asking for the session failed: what is shown is old. */
  | { type: 'watch-failed' }
  /** Nothing was heard of it for so long that waiting for its end is pointless. */
  | { type: 'lost' }
  | { type: 'hanging-up' }
  | { type: 'hung-up' }
  | { type: 'hang-up-failed'; error: AppError }
  /** Its entry in the call history. */
  | { type: 'history'; cdr: PbxCdr };

const LADDER: readonly PlacedStep[] = ['asking', 'phone-ringing', 'other-ringing', 'connected', 'ended'];

export function newPlacedCall(key: string, plan: DialPlan, name: string, now: number): PlacedCall {
  return {
    key,
    sessionId: null,
    plan,
    name,
    step: 'asking',
    reached: [{ step: 'asking', at: now }],
    end: null,
    error: null,
    hangingUp: false,
    stale: false,
  };
}

/**
 * The next state of a call that this program placed; the same object when nothing changed. Steps only go up, and only
 * on evidence; the one exception is a request given up for lost whose call showed up after all. `now` is ms since 1970.
 */
export function advancePlaced(call: PlacedCall, input: PlacedInput, now: number): PlacedCall {
  if (call.step === 'ended') return afterTheEnd(call, input, now);
  switch (input.type) {
    case 'accepted':
      return climb({ ...call, sessionId: input.sessionId }, 'phone-ringing', now);
    case 'refused':
      return finish(call, { reason: 'refused', sentence: input.error.message }, now, input.error);
    case 'unanswered': {
      const error = inDoubt(input.error);
      return finish(call, { reason: 'unanswered-request', sentence: error.message }, now, error);
    }
    case 'seen':
      return seen(call, input.session, input.own, now);
    case 'gone':
      return finish(call, call.hangingUp ? endByHand(call, now) : endByStep(call, input.last, input.own, now), now);
    case 'watch-failed':
      return call.stale ? call : { ...call, stale: true };
    case 'lost':
      return finish(call, { reason: 'unknown', sentence: 'Traydial could not follow the call to its end.' }, now);
    case 'hanging-up':
      return call.hangingUp ? call : { ...call, hangingUp: true, error: null };
    case 'hung-up':
      return finish(call, endByHand(call, now), now);
    case 'hang-up-failed':
      return { ...call, hangingUp: false, error: input.error };
    case 'history':
      return finish(call, endByHistory({ reason: 'unknown', sentence: 'The call has ended.' }, input.cdr), now);
    case 'adopted':
      return call;
  }
}

/** Where the PBX said that it failed, it is not said that it did not answer. */
function inDoubt(error: AppError): AppError {
  return error.code === 'dial-failed' ? error : appError('dial-unanswered', { detail: error.detail ?? error.code });
}

function afterTheEnd(call: PlacedCall, input: PlacedInput, now: number): PlacedCall {
  if (input.type === 'history' && call.end !== null) {
    const end = endByHistory(call.end, input.cdr);
    return end.reason === call.end.reason && end.sentence === call.end.sentence ? call : { ...call, end };
  }
  if (input.type === 'adopted' && call.end?.reason === 'unanswered-request') {
    const reached = call.reached.filter(({ step }) => step !== 'ended');
    const back: PlacedCall = { ...call, sessionId: input.sessionId, step: 'asking', reached, end: null, error: null };
    return climb(back, 'phone-ringing', now);
  }
  return call;
}

function seen(call: PlacedCall, session: PbxSession, own: OwnNumbers, now: number): PlacedCall {
  const fresh = call.stale ? { ...call, stale: false } : call;
  const evidence = readPlaced(readLegs(session.legs), call.plan.dial, own);
  if (evidence.other === 'talking') return climb(fresh, 'connected', now - (evidence.talking ?? 0) * 1000, now);
  const otherIsTried = evidence.phone === 'answered' || (evidence.other !== 'absent' && evidence.besideAnswered);
  return otherIsTried ? climb(fresh, 'other-ringing', now) : fresh;
}

/** One step up; a step at or below the present one changes nothing. `at` is kept between the last step and `now`. */
function climb(call: PlacedCall, step: PlacedStep, at: number, now: number = at): PlacedCall {
  if (LADDER.indexOf(step) <= LADDER.indexOf(call.step)) return call;
  const earliest = Math.min(call.reached.at(-1)?.at ?? now, now);
  return { ...call, step, reached: [...call.reached, { step, at: Math.max(earliest, at) }] };
}

function finish(call: PlacedCall, end: PlacedEnd, now: number, error: AppError | null = null): PlacedCall {
  return climb({ ...call, end, error, hangingUp: false, stale: false }, 'ended', now);
}
