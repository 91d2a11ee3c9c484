import type { Call, CallEvent } from '../../shared/call.ts';
import type { PlacedCall, RecentCall } from '../../shared/dial.ts';
import { plainText } from '../../shared/plain-text.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import { judge, talkSeconds } from '../pbx/records.ts';
import { isPlaceholderId } from '../calls/model.ts';
import { markExternal } from '../numbers/external-number.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { OwnPhones, type OwnNumbers } from '../numbers/own-numbers.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { recentFromEvent, recentFromPlaced } from './recents.ts';

/**
 * What one source reports about a call of the user that is over. All times are in ms since 1970 on the PBX's clock, so
 * that reports can be compared even if this computer's clock is wrong.
 */
export interface Evidence {
  /** The session id, the key of a placed call, or `cdr:` and the id of the record. */
  id: string;
  /** `live`: the model of calls, or a call placed here. `record`: an entry of the PBX's own call history. */
  source: 'live' | 'record';
  direction: RecentCall['direction'];
  /** The number of the other party. */
  number: string;
  /** For a call placed here: the number that was sent to the PBX, after the dial rules. */
  dial?: string;
  /** '' when not known. */
  name: string;
  /** See Party. */
  external?: true;
  /** The queue or group that was called, or else the user's number; '' when not known. */
  called: string;
  /** The number of the person who passed the call on to the user; absent when not known. */
  passedBy?: string;
  /** The number to which the user passed the call on; absent when not known. */
  passedTo?: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  /** How long they talked; null if nobody talked or the time is not known. */
  seconds: number | null;
  /** True if `seconds` comes from the PBX's record and not from polls. */
  exact?: true;
  outcome: RecentCall['outcome'];
  /** A colleague or a rule of the PBX took the call, so the user has not missed it. */
  taken: boolean;
  provenance: RecentCall['provenance'];
  /** This computer's wall clock minus the PBX's when this was reported, in ms. */
  offset: number;
}

const MAX_NAME_CHARACTERS = 120;
/** Shorter numbers are extensions or services. Of longer numbers, only this many last digits are compared. */
const KEY_DIGITS = 7;

/**
 * A key that is the same for every way of writing a number: the last seven digits of a public number, and all digits of
 * a shorter one. Different numbers can have the same key.
 */
function numberKey(number: string): string {
  const digits = normaliseNumber(number).replace(/^\+/, '');
  return /^[0-9]+$/.test(digits) ? digits.slice(-KEY_DIGITS) : digits;
}

/**
 * Only evidence with the same key can belong to the same call, except for nameless calls (see `isNameless`). The key is
 * made from the number that was sent to the PBX, because dial rules may change any digit. Two people whose numbers have
 * the same key are not expected to call within the same two minutes.
 */
export const partyKey = ({ direction, number, dial = number }: Evidence): string =>
  `${direction} ${numberKey(dial.replace(/(?<=[0-9])#$/, ''))}`;

const INCOMING = 'incoming ';
/** The key of callers without a number. */
export const HIDDEN_CALLER = INCOMING;
export const isIncomingParty = (party: string): boolean => party.startsWith(INCOMING);

/**
 * Whether this is a call that rang one of the user's phones, but whose session, and so the caller, never became known.
 * Its record has the caller's number, so that they have different keys.
 */
export const isNameless = (evidence: Evidence): boolean =>
  isPlaceholderId(evidence.id) && partyKey(evidence) === HIDDEN_CALLER;

/**
 * A key for finding the calls with one person. A caller from outside who sends the number of an extension has another key
 * than that colleague. Different numbers can have the same key: compare them with `sameParty`.
 */
export const personOf = ({ number, external }: Pick<Evidence, 'number' | 'external'>): string =>
  `${numberKey(number)}${external === true ? '!' : ''}`;

/** The evidence of an entry in the list of recent calls. `endedAt`: on this computer's clock. */
export function evidenceFromRecent(recent: RecentCall, offset: number, endedAt: number | null = null): Evidence {
  const startedAt = recent.at - offset;
  return {
    id: recent.id,
    // Where the PBX forbids the session list, calls are known only from its records.
    source: isRecord(recent.id) ? 'record' : 'live',
    direction: recent.direction,
    number: recent.number,
    name: plainText(recent.name, MAX_NAME_CHARACTERS),
    ...(recent.external === undefined ? {} : { external: recent.external }),
    called: '',
    startedAt,
    answeredAt: null,
    endedAt: endedAt === null ? startedAt + (recent.seconds ?? 0) * 1000 : endedAt - offset,
    seconds: recent.seconds,
    outcome: recent.outcome,
    taken: false,
    provenance: recent.provenance,
    offset,
  };
}

export interface LiveContext {
  /** See Evidence. */
  offset: number;
  /** Ids of calls that the user ended here. */
  endedHere: ReadonlySet<string>;
  /** Ids of calls that have rung for the user. */
  rang: ReadonlySet<string>;
}

/** The evidence of an event that ends one of the user's calls; null for every other event. */
export function evidenceFromEvent(event: CallEvent, context: LiveContext): Evidence | null {
  const recent = recentFromEvent(event, context.endedHere);
  return recent === null ? evidenceOfTaken(event, context) : evidenceOfMine(event, recent, context.offset);
}

function evidenceOfMine(event: CallEvent, recent: RecentCall, offset: number): Evidence {
  const endedAt = 'at' in event ? event.at : null;
  // A call that the user passed on has gone on without them. `talk` is the call as it was while they talked.
  const call = event.type === 'ended' ? (event.talk?.call ?? event.call) : event.call;
  const answeredAt = recent.outcome === 'connected' && call.answeredAt !== null ? call.answeredAt - offset : null;
  const called = recent.direction === 'incoming' ? (call.via ?? '') : '';
  const exact = event.type === 'recorded' && recent.seconds !== null ? ({ exact: true } as const) : {};
  return { ...evidenceFromRecent(recent, offset, endedAt), answeredAt, called, ...passedOn(event, call), ...exact };
}

/** The evidence of a call that rang for the user and that somebody else answered; null for every other event. */
function evidenceOfTaken(event: CallEvent, { offset, rang }: LiveContext): Evidence | null {
  if (event.type !== 'ended' || event.call.mine || !rang.has(event.call.id)) return null;
  // Nobody answered it: the model of calls reports it as missed or declined.
  if (event.call.state !== 'talking') return null;
  const { id, caller, startedAt } = event.call;
  const taken: RecentCall = {
    id,
    ...caller,
    direction: 'incoming',
    outcome: 'unanswered',
    at: startedAt,
    seconds: null,
    provenance: 'caller',
  };
  return { ...evidenceFromRecent(taken, offset, event.at), taken: true };
}

function passedOn(event: CallEvent, { passedBy }: Call): Pick<Evidence, 'passedBy' | 'passedTo'> {
  const passedTo = event.type === 'ended' ? event.talk?.passedTo : undefined;
  return { ...(passedBy === undefined ? {} : { passedBy }), ...(passedTo === undefined ? {} : { passedTo }) };
}

/** The evidence of a call placed here that is over; null while it continues. */
export function evidenceFromPlaced(placed: PlacedCall, offset: number): Evidence | null {
  const recent = recentFromPlaced(placed);
  if (recent === null) return null;
  const exact = placed.end?.exact === true ? ({ exact: true } as const) : {};
  const evidence = evidenceFromRecent(recent, offset, placed.reached.at(-1)?.at ?? null);
  return { ...evidence, dial: placed.plan.dial, ...exact };
}

/**
 * The evidence of a record, which has one leg for each phone if the PBX lists them. Returns null if it is not a call of
 * the user, if the call continues, or if the record was deleted: the PBX deletes records after some time, and the
 * history keeps the call.
 */
export function evidenceFromRecord(
  { id, change, legs }: CdrChange,
  { own, offset }: { own: OwnNumbers; offset: number },
): Evidence | null {
  if (change === 'deleted' || legs.length === 0 || legs.some(({ endedAt }) => endedAt === null)) return null;
  const phones = new OwnPhones(own);
  const { incoming, mine } = ownLegs(legs.map(withPlausibleTimes), phones);
  const [first] = mine;
  if (first === undefined) return null;
  const answer = mine.find(({ answeredAt }) => answeredAt !== null);
  const taken = incoming && answer === undefined && isTaken(legs, mine);
  const other = incoming
    ? { number: first.caller, name: plainText(first.callerName ?? '', MAX_NAME_CHARACTERS) }
    : { number: first.callee, name: '' };
  return {
    id: `cdr:${id}`,
    source: 'record',
    direction: incoming ? 'incoming' : 'outgoing',
    ...markExternal(other, first.overTrunk === true, phones),
    called: incoming ? (first.did ?? '') : '',
    startedAt: Math.min(...mine.map(({ startedAt, endedAt }) => startedAt ?? endedAt ?? 0)),
    answeredAt: answer?.answeredAt ?? null,
    endedAt: Math.max(...mine.map(({ endedAt }) => endedAt ?? 0)),
    seconds: answer === undefined ? null : Math.round(talkSeconds(answer) ?? 0),
    outcome: answer !== undefined ? 'connected' : incoming && !taken ? missedOrDeclined(mine) : 'unanswered',
    taken,
    provenance: incoming ? 'caller' : 'history',
    offset,
  };
}

/** A leg without times that cannot be true. One that has ended keeps an end. */
function withPlausibleTimes(leg: PbxCdr): PbxCdr {
  const [startedAt, answeredAt] = [plausibleTime(leg.startedAt), plausibleTime(leg.answeredAt)];
  return { ...leg, startedAt, answeredAt, endedAt: plausibleTime(leg.endedAt) ?? answeredAt ?? startedAt };
}

/** The legs of a record that are the user's own, and whether the call came in. */
function ownLegs(legs: readonly PbxCdr[], phones: OwnPhones): { incoming: boolean; mine: readonly PbxCdr[] } {
  const toMe = legs.filter(({ caller, callee }) => phones.has(callee) && !phones.has(caller));
  if (toMe.length > 0) return { incoming: true, mine: toMe };
  const dialledByMe = legs.filter(
    ({ caller, callee }) => phones.has(caller) && !phones.has(callee) && normaliseNumber(callee) !== '',
  );
  if (dialledByMe.length > 0) return { incoming: false, mine: dialledByMe };
  // A colleague calls with the number of the office, which is also one of the user's numbers.
  const fromOffice = legs.filter(
    ({ caller, callee }) =>
      phones.has(callee) && phones.has(caller) && normaliseNumber(caller) !== normaliseNumber(callee),
  );
  return { incoming: true, mine: fromOffice };
}

export const isRecord = (id: string): boolean => id.startsWith('cdr:');

const isTaken = (legs: readonly PbxCdr[], mine: readonly PbxCdr[]): boolean =>
  legs.some(({ answeredAt }) => answeredAt !== null) || mine.some((leg) => judge(leg) === 'not-missed');

const missedOrDeclined = (mine: readonly PbxCdr[]): 'missed' | 'declined' =>
  mine.some((leg) => judge(leg) === 'declined') ? 'declined' : 'missed';

/** Clocks and time zones that are set wrong make at most this difference, in ms. */
const MAX_AHEAD_MS = 86_400_000;
/** The latest time that a call can have. `now`: on the PBX's clock, in ms since 1970. */
export const latestPossible = (now: number): number => now + MAX_AHEAD_MS;

/** Replaces times in the future, which would hide or close every later call. `now`: as above. */
export function withPastTimes(evidence: Evidence, now: number): Evidence {
  const latest = latestPossible(now);
  const { startedAt, answeredAt, endedAt, seconds } = evidence;
  if (Math.max(startedAt, answeredAt ?? 0, endedAt) <= latest) return evidence;
  const start = startedAt <= latest ? startedAt : now;
  const answer = answeredAt !== null && answeredAt <= latest ? answeredAt : null;
  const end = endedAt <= latest ? endedAt : Math.min((answer ?? start) + (seconds ?? 0) * 1000, latest);
  return { ...evidence, startedAt: start, answeredAt: answer, endedAt: Math.max(start, end) };
}
