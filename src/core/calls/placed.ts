import type { DialPlan, PlacedCall, PlacedEnd, PlacedStep } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import type { PbxCdr } from '../pbx/types.ts';
import { LIMITS } from './limits.ts';
import type { EndRecord, Leg, Placing } from './model.ts';
import { leadsTo, sameNumber } from '../../shared/same-number.ts';

/** What the legs of a call that this program placed give away about its two sides. */
export interface Evidence {
  /** The user's own phone, which the PBX rings first. `absent`: no leg to it is known. */
  phone: 'absent' | 'ringing' | 'answered' | 'unknown';
  /** The side that was dialled. */
  other: 'absent' | 'ringing' | 'talking' | 'unknown';
  /** Since when the other side talks, monotonic ms; null unless it does. */
  answeredAt: number | null;
  /** Some other leg than that to the other side was answered. */
  besideAnswered: boolean;
}

/**
 * Reads a placed call's legs. Nobody documents how they look, so only what holds for every shape is used: a leg to my
 * number is my phone, a leg to the dialled number is the other side. Once my phone was answered, any leg to a third
 * number is the other side as well: a ring group's members, a number that the dial plan rewrote. Before that it could
 * be my own phone, forwarded. `phone`: the one that is rung first. `phoneUp`: its own state says that it was picked up.
 */
export function readPlaced(
  legs: readonly Leg[],
  { dialled, phone, phoneUp }: { dialled: string; phone: string; phoneUp: boolean },
): Evidence {
  const toDialled = legs.filter(({ to }) => leadsTo(to, dialled));
  const toPhone = legs.filter((leg) => !toDialled.includes(leg) && isPhone(leg, phone));
  const answered = phoneUp || toPhone.some(talks);
  const toOther = answered ? legs.filter((leg) => !toPhone.includes(leg) && leg.to !== '') : toDialled;
  const talking = toOther.filter(talks).map(({ answeredAt }) => answeredAt ?? 0);
  return {
    phone: answered ? 'answered' : stillness(toPhone),
    other: talking.length > 0 ? 'talking' : stillness(toOther),
    answeredAt: talking.length > 0 ? Math.min(...talking) : null,
    besideAnswered: phoneUp || legs.some((leg) => !toOther.includes(leg) && talks(leg)),
  };
}

/**
 * Could these legs be a call that is being placed to `dialled`, and whose id the PBX has not told yet? They are when
 * my phone rings with that number on its display, when my phone calls itself, or when it calls that number.
 */
export function looksPlaced(legs: readonly Leg[], dialled: string, phone: string): boolean {
  return legs.some((leg) => {
    const fromMe = leg.fromMe || sameNumber(leg.from, phone);
    if (isPhone(leg, phone)) return sameNumber(leg.from, dialled) || fromMe;
    return fromMe && sameNumber(leg.to, dialled);
  });
}

function isPhone(leg: Leg, phone: string): boolean {
  return leg.toMe || (leg.fromMe && leg.from === leg.to) || sameNumber(leg.to, phone);
}

const talks = ({ state }: Leg): boolean => state === 'talking';

function stillness(legs: readonly Leg[]): 'absent' | 'ringing' | 'unknown' {
  if (legs.length === 0) return 'absent';
  return legs.some(({ state }) => state === 'ringing') ? 'ringing' : 'unknown';
}

export type PlacedInput =
  /** The PBX took the request. It rings the caller's phone first (release notes 22.2.18, 22.2.20). */
  | { type: 'accepted'; sessionId: string }
  | { type: 'refused'; error: AppError }
  /** The request got no answer, or none that settles it: nobody knows whether the phone will ring. */
  | { type: 'unanswered'; error: AppError }
  /** A call without an answer showed up among the sessions. */
  | { type: 'adopted'; sessionId: string }
  | { type: 'seen'; legs: readonly Leg[] }
  /** My phone rings for it, or was picked up. */
  | { type: 'phone'; activity: 'ringing' | 'on-call' }
  /** The PBX does not know the session any more, or my phone is idle again. */
  | { type: 'gone' }
  /** What call_cdr, or its entry in the call history, says of its end. */
  | { type: 'record'; record: EndRecord }
  /** Asking for the session failed: what is shown is old. */
  | { type: 'watch-failed' }
  /** A source knows of it, whatever the request to look at it came to. */
  | { type: 'confirmed' }
  /** Nothing was known of it for so long that waiting for its end is pointless. */
  | { type: 'lost' }
  | { type: 'hanging-up' }
  | { type: 'hung-up' }
  | { type: 'hang-up-failed'; error: AppError };

const LADDER: readonly PlacedStep[] = ['asking', 'phone-ringing', 'other-ringing', 'connected', 'ended'];

/** Times in monotonic ms; `epoch`: wall time minus that. */
export interface PlacedMoment {
  at: number;
  epoch: number;
}

export function newPlacing(
  { key, plan, name, phone }: { key: string; plan: DialPlan; name: string; phone: string },
  moment: PlacedMoment & { seq: number },
): Placing {
  const call: PlacedCall = {
    key,
    sessionId: null,
    plan,
    name,
    step: 'asking',
    reached: [{ step: 'asking', at: Math.round(moment.at + moment.epoch) }],
    phoneRings: false,
    end: null,
    error: null,
    hangingUp: false,
    stale: false,
  };
  return {
    call,
    phone,
    status: 'asking',
    until: moment.at + LIMITS.placing,
    ringsUntil: moment.at + LIMITS.placing,
    acceptedAt: null,
    claimed: null,
    phoneTold: false,
    phoneUp: false,
    connectedAt: null,
    phoneSeen: 'absent',
    onlyRang: false,
    seenAt: moment.at,
    begun: null,
    steppedAt: moment.at,
    since: moment.seq,
  };
}

/**
 * The next state of a call that this program placed; the same object when nothing changed. Steps only go up, and only
 * on evidence; the one exception is a request given up for lost whose call showed up after all.
 */
export function advance(placing: Placing, input: PlacedInput, moment: PlacedMoment): Placing {
  const { call } = placing;
  if (call.step === 'ended') return afterTheEnd(placing, input, moment);
  switch (input.type) {
    case 'accepted': {
      const accepted = { ...placing, status: 'accepted', acceptedAt: moment.at, claimed: null } as const;
      const ringsUntil = Math.min(placing.ringsUntil, moment.at + LIMITS.ringsWithin);
      const named = { ...call, sessionId: input.sessionId };
      return climb({ ...accepted, ringsUntil, seenAt: moment.at, call: named }, 'phone-ringing', moment);
    }
    case 'refused':
      return finish({ ...placing, status: 'over' }, { reason: 'refused' }, moment, input.error);
    case 'unanswered':
      return finish(
        { ...placing, status: 'unanswered' },
        { reason: 'unanswered-request' },
        moment,
        inDoubt(input.error),
      );
    case 'seen':
      return seen(placing, input.legs, moment);
    case 'phone':
      return phoneIs(placing, input.activity, moment);
    case 'gone':
      return finish(placing, call.hangingUp ? endByHand(placing, moment) : endByStep(placing, moment), moment);
    case 'record': {
      const end = call.hangingUp ? endByHand(placing, moment) : endByStep(placing, moment);
      return finish(placing, endByRecord(end, input.record, placing), moment);
    }
    case 'watch-failed':
      return call.stale ? placing : { ...placing, call: { ...call, stale: true } };
    case 'confirmed':
      return confirmed(placing, moment);
    case 'lost':
      return finish(placing, { reason: 'lost' }, moment);
    case 'hanging-up':
      return call.hangingUp ? placing : { ...placing, call: { ...call, hangingUp: true, error: null } };
    case 'hung-up':
      return finish(placing, endByHand(placing, moment), moment);
    case 'hang-up-failed':
      return { ...placing, call: { ...call, hangingUp: false, error: input.error } };
    case 'adopted':
      return placing;
  }
}

/** Where the PBX said that it failed, it is not said that it did not answer. */
function inDoubt(error: AppError): AppError {
  return error.code === 'dial-failed' ? error : appError('dial-unanswered', { detail: error.detail ?? error.code });
}

function afterTheEnd(placing: Placing, input: PlacedInput, moment: PlacedMoment): Placing {
  const { call } = placing;
  if (input.type === 'record' && call.end !== null) {
    const end = endByRecord(call.end, input.record, placing);
    return sameEnd(end, call.end) ? placing : { ...placing, call: { ...call, end } };
  }
  const reached = call.reached.filter(({ step }) => step !== 'ended');
  // It was given up before anybody had seen it, and is seen now.
  if (input.type === 'seen' && call.end?.reason === 'unknown' && !call.end.seen && moment.at < placing.until) {
    const back = { ...call, step: reached.at(-1)?.step ?? 'asking', reached, end: null };
    return input.legs.length === 0 ? placing : seen({ ...placing, status: 'accepted', call: back }, input.legs, moment);
  }
  if (input.type === 'adopted' && call.end?.reason === 'unanswered-request') {
    const back: PlacedCall = { ...call, sessionId: input.sessionId, step: 'asking', reached, end: null, error: null };
    const adopted = { ...placing, call: back, status: 'accepted', acceptedAt: moment.at, seenAt: moment.at } as const;
    return climb(adopted, 'phone-ringing', moment);
  }
  return placing;
}

function seen(placing: Placing, legs: readonly Leg[], moment: PlacedMoment): Placing {
  const { plan } = placing.call;
  const evidence = readPlaced(legs, { dialled: plan.dial, phone: placing.phone, phoneUp: placing.phoneUp });
  if (legs.length === 0) return placing;
  const known = noted(confirmed(placing, moment), legs, evidence);
  if (evidence.other === 'talking') {
    const since = evidence.answeredAt ?? moment.at;
    return climb({ ...known, connectedAt: known.connectedAt ?? since }, 'connected', moment, since);
  }
  const otherIsTried = evidence.phone === 'answered' || (evidence.other !== 'absent' && evidence.besideAnswered);
  return otherIsTried ? climb(known, 'other-ringing', moment) : withPhone(known, evidence.phone === 'ringing');
}

function noted(placing: Placing, legs: readonly Leg[], { phone }: Evidence): Placing {
  const begins = legs.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const begun = begins.length === 0 ? placing.begun : Math.min(...begins, placing.begun ?? Infinity);
  const onlyRang = legs.every(({ state }) => state === 'ringing');
  const same = begun === placing.begun && phone === placing.phoneSeen && onlyRang === placing.onlyRang;
  return same ? placing : { ...placing, phoneSeen: phone, onlyRang, begun };
}

function confirmed(placing: Placing, { at }: PlacedMoment): Placing {
  const call = placing.call.stale ? { ...placing.call, stale: false } : placing.call;
  return call === placing.call && placing.seenAt === at ? placing : { ...placing, call, seenAt: at };
}

function phoneIs(placing: Placing, activity: 'ringing' | 'on-call', moment: PlacedMoment): Placing {
  const told = placing.phoneTold ? placing : { ...placing, phoneTold: true };
  if (activity === 'ringing') return withPhone(told, true);
  const up = told.phoneUp ? told : { ...told, phoneUp: true };
  return placing.status === 'accepted' ? climb(up, 'other-ringing', moment) : up;
}

function withPhone(placing: Placing, rings: boolean): Placing {
  return !rings || placing.call.phoneRings ? placing : { ...placing, call: { ...placing.call, phoneRings: true } };
}

/** One step up; a step at or below the present one changes nothing. `since` is kept between the last step and now. */
function climb(placing: Placing, step: PlacedStep, { at, epoch }: PlacedMoment, since: number = at): Placing {
  const { call } = placing;
  if (LADDER.indexOf(step) <= LADDER.indexOf(call.step)) return placing;
  const now = Math.round(at + epoch);
  const earliest = Math.min(call.reached.at(-1)?.at ?? now, now);
  const reached = [...call.reached, { step, at: Math.max(earliest, Math.round(since + epoch)) }];
  return { ...placing, steppedAt: at, call: { ...call, step, reached } };
}

type Ending = Pick<PlacedEnd, 'reason'> & Partial<PlacedEnd>;

function finish(placing: Placing, ending: Ending, moment: PlacedMoment, error: AppError | null = null): Placing {
  const end: PlacedEnd = { by: null, talkedMs: null, atLeast: false, status: null, seen: true, ...ending };
  const call = { ...placing.call, end, error, hangingUp: false, stale: false };
  const status = placing.status === 'unanswered' ? placing.status : 'over';
  return climb({ ...placing, status, call }, 'ended', moment);
}

/** Why a call is over that nobody ended here, as far as its last step and the legs seen last tell. */
function endByStep(placing: Placing, moment: PlacedMoment): Ending {
  switch (placing.call.step) {
    case 'connected':
      return { reason: 'hung-up', ...talkedUntil(placing, moment) };
    case 'other-ringing':
      return { reason: 'other-unanswered' };
    default:
      // Only a phone that rang to the end shows that it was not picked up.
      if (placing.phoneSeen === 'ringing') return { reason: 'phone-unanswered' };
      return { reason: 'unknown', seen: placing.onlyRang };
  }
}

/** The end was noticed just after it came, or, after sleep or an outage, much later: then only the least is known. */
function talkedUntil({ connectedAt, seenAt }: Placing, { at }: PlacedMoment): Partial<PlacedEnd> {
  if (connectedAt === null) return {};
  const late = at - seenAt > LIMITS.noticedLate;
  return { talkedMs: Math.max(0, (late ? seenAt : at) - connectedAt), atLeast: late };
}

/** The user ended it here. */
function endByHand({ connectedAt, call }: Placing, { at }: PlacedMoment): Ending {
  const talkedMs = call.step !== 'connected' || connectedAt === null ? null : Math.max(0, at - connectedAt);
  return { reason: 'hung-up-here', by: 'me', talkedMs };
}

/**
 * What call_cdr or the call history adds to an end: the times of the PBX for how long it lasted, who ended it, and the
 * reason where it was only inferred. What was seen with certainty stays.
 */
function endByRecord(ending: Ending, record: EndRecord, placing: Placing): PlacedEnd {
  const end: PlacedEnd = { by: null, talkedMs: null, atLeast: false, status: null, seen: true, ...ending };
  const { answeredAt, endedAt } = record;
  const talkedMs = answeredAt === null || endedAt === null ? null : Math.max(0, endedAt - answeredAt);
  switch (end.reason) {
    case 'hung-up':
      return { ...end, ...(talkedMs === null ? {} : { talkedMs, atLeast: false }), by: whoEnded(record) ?? end.by };
    case 'hung-up-here':
      return end.talkedMs === null || talkedMs === null ? end : { ...end, talkedMs };
    case 'other-unanswered':
    case 'unknown':
    case 'lost':
      return endByStatus(end, record, talkedMs, placing);
    default:
      return end;
  }
}

function endByStatus(end: PlacedEnd, record: EndRecord, talkedMs: number | null, placing: Placing): PlacedEnd {
  const { statusCode: status } = record;
  // Before the other side rang, an entry does not say whose phone it speaks of.
  const by = placing.call.reached.some(({ step }) => step === 'other-ringing') ? 'other' : null;
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
  if (talkedMs !== null) return { ...end, reason: 'hung-up', talkedMs, atLeast: false, by: whoEnded(record) };
  return record.callStatus === 'noanswer' && by === 'other' ? { ...end, reason: 'other-unanswered', by } : end;
}

/** Spellings of the reasons differ by release. */
function whoEnded({ endReason }: EndRecord): PlacedEnd['by'] {
  const reason = endReason.toUpperCase();
  if (reason.startsWith('CALLEE_DISC')) return 'other';
  if (reason.startsWith('CALLER_DISC')) return 'me';
  return /TRANSFER|^REFERRED|^REPLACED/.test(reason) ? 'transfer' : null;
}

function sameEnd(a: PlacedEnd, b: PlacedEnd): boolean {
  return (['reason', 'by', 'talkedMs', 'atLeast', 'status'] as const).every((key) => a[key] === b[key]);
}

/** The entry of the call history that tells of this call; null when none is certain enough. `cdrs`: newest first. */
export function matchingCdr(cdrs: readonly PbxCdr[], { call, begun: legsBegun }: Placing): PbxCdr | null {
  // Legs and history share the PBX's clock. Without a leg there is only this computer's, which may differ.
  const begun = legsBegun ?? call.reached[0]?.at;
  if (begun === undefined) return null;
  const fits = ({ callee, startedAt, endedAt }: PbxCdr): boolean =>
    leadsTo(callee, call.plan.dial) &&
    startedAt !== null &&
    startedAt >= begun - LIMITS.entryEarlier &&
    startedAt <= begun + LIMITS.entryLater &&
    // The call before, to the same number, was over before this one began.
    endedAt !== null &&
    endedAt >= begun;
  return cdrs.find(fits) ?? null;
}

/** My phone may begin to ring because of this request, or be found to ring: its legs show that it does. */
export function mayRing({ status, ringsUntil, phoneTold, phoneSeen }: Placing, now: number): boolean {
  return status !== 'over' && !phoneTold && (now < ringsUntil || (status === 'accepted' && phoneSeen === 'ringing'));
}
