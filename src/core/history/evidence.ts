import type { Call, CallEvent } from '../../shared/call.ts';
import type { PlacedCall, RecentCall } from '../../shared/dial.ts';
import { plainText } from '../../shared/plain-text.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import { judge, talkSeconds } from '../pbx/records.ts';
import { markExternal } from '../numbers/external-number.ts';
import { OwnPhones, type OwnNumbers } from '../numbers/own-numbers.ts';
import type { CdrChange, PbxCdr } from '../pbx/types.ts';
import { recentFromEvent, recentFromPlaced } from './recents.ts';

/**
 * What one source says about one call of the user's that is over. `live`: the model of calls, or a call placed here.
 * `record`: an entry of the PBX's own call history. All times are in ms since 1970 on the PBX's clock, so that live
 * sources and records can be compared even if this computer's clock is wrong.
 */
export interface Evidence {
  /** The session id, the key of a placed call, or `cdr:` and the id of the record. */
  id: string;
  source: 'live' | 'record';
  direction: RecentCall['direction'];
  number: string;
  /** What the PBX got for it from a call placed here. */
  dial?: string;
  /** '' when not known. */
  name: string;
  /** See Party. */
  external?: true;
  /** The queue or group that was called, or else the user's number; '' when not known. */
  called: string;
  /** The number of the person who passed it on to the user; absent when not known. */
  passedBy?: string;
  /** The number that the user passed it on to; absent when not known. */
  passedTo?: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  /** Talking time; null if nobody talked or the time is not known. */
  seconds: number | null;
  /** The talking time is that of the PBX's record. */
  exact?: true;
  outcome: RecentCall['outcome'];
  /** A colleague or a rule of the PBX took the call, so it is not missed. */
  taken: boolean;
  provenance: RecentCall['provenance'];
  /** This computer's wall clock minus the PBX's at the time of the report, in ms. */
  offset: number;
}

const MAX_NAME_CHARACTERS = 120;
/** Numbers up to this length are extensions or services and are compared in full; of longer ones, only the end. */
const MAX_EXTENSION_DIGITS = 7;

/**
 * A key for the other party that is the same for every way of writing a number: the last seven digits of a public number,
 * all digits of a shorter one. Different numbers can have the same key.
 */
function partyOf(number: string): string {
  const normalised = normaliseNumber(number);
  const digits = normalised.replace(/^\+/, '');
  return /^[0-9]+$/.test(digits) && digits.length > MAX_EXTENSION_DIGITS ? digits.slice(-MAX_EXTENSION_DIGITS) : digits;
}

/**
 * The key under which the evidence of one call is compared. It is of the number that the PBX got, because dial rules may
 * change any digit. Two people with the same key are not expected to call within the same two minutes.
 */
export const partyKey = ({ direction, number, dial = number }: Evidence): string =>
  `${direction} ${partyOf(dial.replace(/(?<=[0-9])#$/, ''))}`;

/**
 * The key under which the calls with one person are found. An outside caller who sends the number of an extension is not
 * that colleague. Numbers with the same key still have to be compared: see `sameParty`.
 */
export const personOf = ({ number, external }: Pick<Evidence, 'number' | 'external'>): string =>
  `${partyOf(number)}${external === true ? '!' : ''}`;

/** `offset`: this computer's wall clock minus the PBX's, in ms. */
export function evidenceFromRecent(recent: RecentCall, offset: number, endedAt: number | null = null): Evidence {
  const startedAt = recent.at - offset;
  return {
    id: recent.id,
    // Without a session list, calls are reported from the PBX's records.
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
  offset: number;
  /** Ids of calls that the user ended here. */
  endedHere: ReadonlySet<string>;
  /** Ids of calls that rang the user. */
  rang: ReadonlySet<string>;
}

/** The evidence of an event that ends one of the user's calls; null for every other event. */
export function evidenceFromEvent(event: CallEvent, { offset, endedHere, rang }: LiveContext): Evidence | null {
  const recent = recentFromEvent(event, endedHere);
  if (recent !== null) {
    const endedAt = 'at' in event ? event.at : null;
    const talk = event.type === 'ended' ? (event.talk?.call ?? event.call) : event.call;
    const answeredAt = recent.outcome === 'connected' && talk.answeredAt !== null ? talk.answeredAt - offset : null;
    const called = recent.direction === 'incoming' ? (talk.via ?? '') : '';
    const exact = event.type === 'recorded' && recent.seconds !== null ? ({ exact: true } as const) : {};
    return { ...evidenceFromRecent(recent, offset, endedAt), answeredAt, called, ...passedOn(event, talk), ...exact };
  }
  // The call rang the user, and somebody else took it. Phones that only rang did not: it is missed, or declined.
  if (event.type !== 'ended' || event.call.mine || !rang.has(event.call.id)) return null;
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
 * The evidence of a record, which has one leg for each phone if the PBX lists them. null if it is not a call of the
 * user's, or the call continues. A deleted record also gives null: the PBX deletes records after some time.
 */
export function evidenceFromRecord(
  { id, change, legs }: CdrChange,
  { own, offset }: { own: OwnNumbers; offset: number },
): Evidence | null {
  if (change === 'deleted' || legs.length === 0 || legs.some(({ endedAt }) => endedAt === null)) return null;
  const phones = new OwnPhones(own);
  const toMe = legs.filter(({ caller, callee }) => phones.has(callee) && !phones.has(caller));
  const fromMe = legs.filter(({ caller, callee }) => phones.has(caller) && !phones.has(callee));
  const dialled = fromMe.filter(({ callee }) => normaliseNumber(callee) !== '');
  // A colleague's call shows the number of the office, which is also one of the user's numbers.
  const shared = legs.filter(
    ({ caller, callee }) =>
      phones.has(callee) && phones.has(caller) && normaliseNumber(caller) !== normaliseNumber(callee),
  );
  const incoming = toMe.length > 0 || dialled.length === 0;
  const mine = [toMe, dialled, shared].find((found) => found.length > 0) ?? [];
  const [first] = mine;
  if (first === undefined) return null;
  const answer = mine.find(({ answeredAt }) => answeredAt !== null);
  const taken = incoming && answer === undefined && isTaken(legs, mine);
  return {
    id: `cdr:${id}`,
    source: 'record',
    direction: incoming ? 'incoming' : 'outgoing',
    ...markExternal(
      incoming
        ? { number: first.caller, name: plainText(first.callerName ?? '', MAX_NAME_CHARACTERS) }
        : { number: first.callee, name: '' },
      first.overTrunk === true,
      phones,
    ),
    called: incoming ? (first.did ?? '') : '',
    startedAt: Math.min(...mine.map(({ startedAt, endedAt }) => startedAt ?? endedAt ?? 0)),
    answeredAt: answer?.answeredAt ?? null,
    endedAt: Math.max(...mine.map(({ endedAt }) => endedAt ?? 0)),
    seconds: answer === undefined ? null : Math.round(talkSeconds(answer) ?? 0),
    outcome: answer !== undefined ? 'connected' : incoming && !taken ? judgeAll(mine) : 'unanswered',
    taken,
    provenance: incoming ? 'caller' : 'history',
    offset,
  };
}

export const isRecord = (id: string): boolean => id.startsWith('cdr:');

const isTaken = (legs: readonly PbxCdr[], mine: readonly PbxCdr[]): boolean =>
  legs.some(({ answeredAt }) => answeredAt !== null) || mine.some((leg) => judge(leg) === 'no');

const judgeAll = (mine: readonly PbxCdr[]): 'missed' | 'declined' =>
  mine.some((leg) => judge(leg) === 'declined') ? 'declined' : 'missed';
