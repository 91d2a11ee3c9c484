import type { Call, Party } from '../../shared/call.ts';
import type { NotifyMoment, NotifyReason, PersonNotify } from '../../shared/notified.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';

/** What decides whether a call is announced. */
export interface DecideContext {
  /** Announce calls for me. */
  incoming: boolean;
  /** Announce missed calls. */
  missed: boolean;
  /** Paused until then, ms since 1970; null when not paused. */
  pausedUntil: number | null;
  /** The user is away: missed calls come in one summary. */
  away: boolean;
  /** Which kinds of calls are announced. */
  calls: Settings['notifications']['calls'];
  /** When the quiet hours of this moment end, ms since 1970; null outside of them. */
  quietUntil: number | null;
  /** The call is announced although its kind is not, or in quiet hours. */
  isExempt(other: Party): boolean;
  /** The user's rule for this person; null without one. */
  ruleFor: (other: Party) => PersonNotify | null;
}

/** A decision about one call. */
export interface Decision {
  call: Pick<Call, 'id' | 'other' | 'startedAt'>;
  moment: NotifyMoment;
  reason: NotifyReason;
  /** The key of its notification; null if there is none. */
  key: string | null;
  /** The id under which the same ring was decided before. */
  insteadOf?: string;
}

const ANNOUNCED: NotifyReason = { code: 'announced' };

/**
 * Whether a call that rings for me, or that I missed, is announced, and why. A rule for the person goes before
 * everything but a pause, and favourites, where the user chose so, before the kinds of calls and quiet hours.
 * `now` in ms since 1970. `via`: the queue, menu or group.
 */
export function decide(
  moment: NotifyMoment,
  call: Call,
  context: DecideContext,
  now: number,
  via = call.via ?? '',
): NotifyReason {
  if (call.placedHere) return { code: 'placed-here' };
  if (call.direction === 'outgoing') return { code: 'outgoing' };
  const person = context.ruleFor(call.other);
  const off = switchedOff(moment, context);
  if (off !== null && person !== 'always') return off;
  const { pausedUntil, away } = context;
  if (pausedUntil !== null && pausedUntil > now) return { code: 'paused', until: pausedUntil };
  if (person === 'never') return { code: 'person' };
  const against = off ?? ruleAgainst(call, context, via);
  if (against === null) return moment === 'missed' && away ? { code: 'away' } : ANNOUNCED;
  if (person !== 'always' && !context.isExempt(call.other)) return against;
  if (moment === 'missed' && away) return { code: 'away' };
  return { code: 'announced', because: person === 'always' ? 'person' : 'favourite' };
}

function switchedOff(moment: NotifyMoment, { incoming, missed }: DecideContext): NotifyReason | null {
  if (moment === 'ringing') return incoming ? null : { code: 'incoming-off' };
  return missed ? null : { code: 'missed-off' };
}

function ruleAgainst(call: Call, { calls, quietUntil }: DecideContext, via: string): NotifyReason | null {
  if (via !== '' && !calls.queue) return { code: 'rule', calls: 'queue' };
  const kind = kindOf(call);
  if (kind !== null && !calls[kind]) return { code: 'rule', calls: kind };
  return quietUntil === null ? null : { code: 'quiet-hours', until: quietUntil };
}

/**
 * Internal calls come without a trunk from an extension, which has at most six digits or is a SIP user name. null if
 * neither trunk nor number is known.
 */
function kindOf({ trunk, other }: Call): 'internal' | 'external' | null {
  if (trunk !== '' || other.external === true) return 'external';
  const number = normaliseNumber(other.number);
  if (number === '') return null;
  return /^\+|^[0-9*#]{7,}$/.test(number) ? 'external' : 'internal';
}

/** Why nothing announces a call that did not ring for me, as far as was seen. */
export function decideWithoutRing(call: Call): NotifyReason {
  if (!call.mine) return { code: 'not-mine' };
  if (call.placedHere) return { code: 'placed-here' };
  return { code: call.direction === 'outgoing' ? 'outgoing' : 'not-seen-ringing' };
}

/** When nothing could report a call, in ms since 1970. */
export interface Absence {
  startedAt: number;
  sleeps: readonly { from: number; until: number }[];
}

/** Why nothing announces a call that only the PBX's record reports. `at`: when it began, ms since 1970. */
export function decideRecord(at: number, { startedAt, sleeps }: Absence): NotifyReason {
  if (at < startedAt) return { code: 'before-start' };
  return { code: sleeps.some(({ from, until }) => at >= from && at <= until) ? 'slept' : 'record-only' };
}
