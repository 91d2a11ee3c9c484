import type { Call, Party } from '../../shared/call.ts';
import type { NotifyMoment, NotifyReason, PersonNotify } from '../../shared/notified.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';
import { sideOf } from '../numbers/external-number.ts';
import { isHiddenWord } from '../people/hidden-word.ts';

/** The settings and the situation on which it depends whether a call is announced. */
export interface DecideContext {
  /** The setting to announce calls that ring for me. */
  incoming: boolean;
  /** The setting to announce missed calls. */
  missed: boolean;
  /** The end of the pause that the user chose (ms since 1970); null when notifications are not paused. */
  pausedUntil: number | null;
  /** The user is away. One summary of all missed calls is shown later. */
  away: boolean;
  /** The settings for internal calls, external calls and calls through a queue. */
  calls: Settings['notifications']['calls'];
  /** The end of the current quiet hours (ms since 1970); null outside quiet hours. */
  quietUntil: number | null;
  /** True for a favourite who is announced even in quiet hours or if the kind of call is switched off. */
  isExempt(other: Party): boolean;
  /** The user's own extension; '' when not known. Its length shows how long extensions are. */
  extension: string;
  /** The user's notification rule for this person; null if there is none. */
  ruleFor: (other: Party) => PersonNotify | null;
}

/** A decision about one call. */
export interface Decision {
  call: Pick<Call, 'id' | 'other' | 'startedAt'>;
  moment: NotifyMoment;
  reason: NotifyReason;
  /** The key of its notification; null if none is shown. */
  key: string | null;
  /** The id that the call had in an earlier decision, before its session id was known. */
  insteadOf?: string;
}

const ANNOUNCED: NotifyReason = { code: 'announced' };

/**
 * Decides whether a call that rings for me, or that I missed, is announced, and why. A rule for the person overrides
 * everything but a pause. Favourites, if the user chose so, override the kinds of calls and quiet hours. `now`: ms since
 * 1970. `via`: the queue, menu or group that passed the call on; '' if there is none.
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
  const personRule = context.ruleFor(call.other);
  const settingAgainst = settingAgainstAll(moment, context);
  if (settingAgainst !== null && personRule !== 'always') return settingAgainst;
  const { pausedUntil, away } = context;
  if (pausedUntil !== null && pausedUntil > now) return { code: 'paused', until: pausedUntil };
  if (personRule === 'never') return { code: 'person' };
  const reasonAgainst = settingAgainst ?? ruleAgainst(call, context, via);
  if (reasonAgainst !== null && personRule !== 'always' && !context.isExempt(call.other)) return reasonAgainst;
  if (moment === 'missed' && away) return { code: 'away' };
  if (reasonAgainst === null) return ANNOUNCED;
  return { code: 'announced', because: personRule === 'always' ? 'person' : 'favourite' };
}

/** The setting that announces no calls at all at this moment; null if such calls are announced. */
function settingAgainstAll(moment: NotifyMoment, { incoming, missed }: DecideContext): NotifyReason | null {
  if (moment === 'ringing') return incoming ? null : { code: 'incoming-off' };
  return missed ? null : { code: 'missed-off' };
}

/** The rule or the quiet hours against announcing a call; null if there are none. */
export function ruleAgainst(
  call: Pick<Call, 'trunk' | 'other'>,
  { calls, quietUntil, extension }: Pick<DecideContext, 'calls' | 'quietUntil' | 'extension'>,
  via: string,
): NotifyReason | null {
  if (via !== '' && !calls.queue) return { code: 'rule', calls: 'queue' };
  const kind = kindOf(call, extension);
  if (kind !== null && !calls[kind]) return { code: 'rule', calls: kind };
  return quietUntil === null ? null : { code: 'quiet-hours', until: quietUntil };
}

/**
 * A call is internal if it came without a trunk and from an extension or a SIP user name. Returns null if neither the
 * trunk nor the number is known.
 */
function kindOf({ trunk, other }: Pick<Call, 'trunk' | 'other'>, extension: string): 'internal' | 'external' | null {
  if (trunk !== '' || other.external === true) return 'external';
  const side = isHiddenWord(other.number) ? 'hidden' : sideOf(normaliseNumber(other.number), { extension });
  if (side === 'hidden') return null;
  return side === 'extension' ? 'internal' : 'external';
}

/** Why a call is not announced. The call was never seen to ring for me. */
export function decideWithoutRing(call: Call): NotifyReason {
  if (!call.mine) return { code: 'not-mine' };
  if (call.placedHere) return { code: 'placed-here' };
  return { code: call.direction === 'outgoing' ? 'outgoing' : 'not-seen-ringing' };
}

/** The times at which the program could not notice calls, in ms since 1970. */
export interface Absence {
  /** When the program started. */
  startedAt: number;
  /** When the computer slept. */
  sleeps: readonly { from: number; until: number }[];
}

/** Why a call was not announced. Only a record of the PBX reports the call. `at`: when it began (ms since 1970). */
export function decideRecord(at: number, { startedAt, sleeps }: Absence): NotifyReason {
  if (at < startedAt) return { code: 'before-start' };
  return { code: sleeps.some(({ from, until }) => at >= from && at <= until) ? 'slept' : 'record-only' };
}
