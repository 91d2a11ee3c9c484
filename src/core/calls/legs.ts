import type { PushEvent } from '../pbx/push/types.ts';
import type { PbxLeg } from '../pbx/types.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import type { FactStamp, Leg, LegEnds, LegProgress, LegState, Session } from './model.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import { clip, plausibleTalk, plausibleTime } from '../pbx/plausible.ts';
import { normaliseNumber } from '../../shared/same-number.ts';

/** The circumstances of the fact that is being applied. */
export interface Moment {
  own: OwnPhones;
  stamp: FactStamp;
  /** Offset added to a time of the PBX's clock to get monotonic time, in ms. */
  pbxToMonotonicMs: number;
  /** Offset added to a monotonic time to get this computer's wall time, in ms. */
  monotonicToWallMs: number;
}

/** Compares by code unit, so the order is the same on every computer. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The ends of a leg of which only the two numbers are known. */
function endsOf(own: OwnPhones, caller: string, callee: string): LegEnds {
  const [from, to] = [normaliseNumber(caller), normaliseNumber(callee)];
  return {
    key: `${from} > ${to}`,
    from,
    to,
    caller,
    callerName: '',
    callee,
    trunk: '',
    startedAt: null,
    // A PBX may list a call that I place as my phone calling itself.
    toMe: from !== to && own.hasNormalised(to),
    fromMe: own.hasNormalised(from),
  };
}

export function newLeg(own: OwnPhones, caller: string, callee: string): Leg {
  return { ...endsOf(own, caller, callee), ...NEW };
}

/** A leg that was offered to a phone, of which no source has reported more. */
const OFFERED: LegProgress = { state: 'ringing', answeredAt: null, answeredBy: null, rangAt: null, countedFrom: null };

const NEW: Omit<Leg, keyof LegEnds> = {
  ...OFFERED,
  end: null,
  eventStamp: null,
  eventPbxTime: null,
  offeredAt: null,
  refusedAt: null,
  ringsAgain: false,
  isTarget: false,
  deviceCount: 1,
  assumed: null,
  wasListed: false,
  awaitsConfirmation: false,
};

/** A leg that the list shows for the first time. */
export function newListedLeg(ends: LegEnds, progress: LegProgress): Leg {
  return { ...ends, ...NEW, ...progress, wasListed: true };
}

/** The leg after the user's numbers have changed: determines again whether it leads to or from them. */
export function withOwn(leg: Leg, own: OwnPhones): Leg {
  const { toMe, fromMe } = endsOf(own, leg.caller, leg.callee);
  return { ...leg, toMe, fromMe };
}

/** One leg of the list. Entries with the same two parties, such as two devices of one extension, are one leg. */
export interface ListedLeg {
  ends: LegEnds;
  /** Seconds; 0 before the answer; null if the PBX does not report it. */
  talking: number | null;
}

/** Returns the legs of a listed session, each once, in an order that does not depend on the PBX. */
export function listedLegs(legs: readonly PbxLeg[], own: OwnPhones): ListedLeg[] {
  if (legs.length === 1 && legs[0] !== undefined) return [listedLeg(legs[0], own)];
  const byKey = new Map<string, ListedLeg>();
  for (const raw of legs) {
    const read = listedLeg(raw, own);
    const twin = byKey.get(read.ends.key);
    byKey.set(read.ends.key, twin === undefined ? read : mergeLegs(twin, read));
  }
  return [...byKey.values()].sort((a, b) => compareText(a.ends.key, b.ends.key));
}

function listedLeg(raw: PbxLeg, own: OwnPhones): ListedLeg {
  const ends = endsOf(own, clip(raw.caller, 256), clip(raw.callee, 256));
  ends.callerName = clip(raw.callerName, 1024);
  ends.trunk = clip(raw.trunk, 64);
  ends.startedAt = plausibleTime(raw.startedAt);
  return { ends, talking: plausibleTalk(raw.talkingSeconds) };
}

function mergeLegs(a: ListedLeg, b: ListedLeg): ListedLeg {
  const [one, two] = [a.ends, b.ends];
  const pick = (choose: typeof Math.min, x: number | null, y: number | null): number | null =>
    x === null || y === null ? (x ?? y) : choose(x, y);
  const ends: LegEnds = {
    ...one,
    caller: firstOf(one.caller, two.caller),
    callerName: firstOf(one.callerName, two.callerName),
    callee: firstOf(one.callee, two.callee),
    trunk: firstOf(one.trunk, two.trunk),
    startedAt: pick(Math.min, one.startedAt, two.startedAt),
  };
  return { ends, talking: pick(Math.max, a.talking, b.talking) };
}

/**
 * The state that `talking_time` proves. `sinceStart`: it counts from the start of the session, so it proves no answer.
 */
export function stateOf(talking: number | null, sinceStart: boolean): LegState {
  if (talking === null || (talking > 0 && sinceStart)) return 'unknown';
  return talking > 0 ? 'talking' : 'ringing';
}

/**
 * Finds the leg that an event of push is about, by the called number. If several legs have that number, the caller
 * decides.
 */
export function findLegTo(legs: readonly Leg[], to: string, from = ''): Leg | undefined {
  const same = legs.filter((leg) => leg.to === to);
  return same.find((leg) => leg.from === from) ?? same.find((leg) => leg.end === null) ?? same[0];
}

export function replaceLeg(legs: readonly Leg[], before: Leg | undefined, after: Leg): readonly Leg[] {
  return before === undefined ? [...legs, after] : legs.map((leg) => (leg === before ? after : leg));
}

type CallEvent = PushEvent & { type: 'call' };
type TargetEvent = PushEvent & { type: 'target' };

/** A session after call_start or call_update_info. */
export function withCall(session: Session, event: CallEvent, moment: Moment): Session {
  const caller = event.caller === '' ? session.caller : event.caller;
  return {
    ...session,
    caller,
    callee: event.callee === '' ? session.callee : event.callee,
    callerName: event.callerName === '' ? session.callerName : event.callerName,
    legs: legsWithCallee(session, { ...event, caller }, moment),
    hasBegun: true,
    wasMine: session.wasMine || moment.own.has(caller) || moment.own.has(event.callee),
  };
}

/** If push names another callee than before, a leg to it is assumed, and an earlier assumed leg has ended. */
function legsWithCallee({ legs, callee }: Session, event: CallEvent, moment: Moment): readonly Leg[] {
  const to = normaliseNumber(event.callee);
  if (to === '' || to === normaliseNumber(callee)) return legs;
  const known = findLegTo(legs, to, normaliseNumber(event.caller));
  const others = legs.map((leg) => (leg.assumed !== null && leg.end === null ? withEnd(leg, event.at, moment) : leg));
  if (known !== undefined && known.end === null) return others;
  const leg: Leg = {
    ...newLeg(moment.own, event.caller, event.callee),
    eventPbxTime: event.at,
    eventStamp: moment.stamp,
    offeredAt: moment.stamp.at,
    assumed: callee === '' ? 'first' : 'moved',
    ringsAgain: known !== undefined && (known.ringsAgain || known.answeredAt !== null),
  };
  const before = others.find(({ key }) => key === leg.key);
  return replaceLeg(others, before, leg);
}

/** A session after an event about a target, which is a phone that is offered the call. */
export function withTarget(session: Session, event: TargetEvent, moment: Moment): Session {
  const { own } = moment;
  const to = normaliseNumber(event.destination);
  const caller = event.caller === '' ? session.caller : event.caller;
  const begins = event.change === 'add' || event.change === 'ringing' || event.change === 'answer';
  const wasMine = session.wasMine || own.has(caller) || own.has(event.destination);
  const next = { ...session, caller, hasBegun: session.hasBegun || begins, wasMine };
  const known = findLegTo(session.legs, to, normaliseNumber(caller));
  if (to === '' || (known === undefined && session.legs.length >= MAX_COUNT.legs && !own.has(to))) return next;
  const leg = known ?? newLeg(own, caller, event.destination);
  return {
    ...next,
    legs: replaceLeg(session.legs, known, {
      ...withTargetEvent(leg, known !== undefined, event, moment),
      isTarget: true,
    }),
  };
}

function withTargetEvent(leg: Leg, known: boolean, event: TargetEvent, moment: Moment): Leg {
  const { stamp } = moment;
  const back = leg.end !== null;
  const next: Leg = {
    ...leg,
    eventPbxTime: event.at ?? leg.eventPbxTime,
    eventStamp: stamp,
    assumed: null,
    awaitsConfirmation: false,
  };
  switch (event.change) {
    case 'add': {
      const offered = back || leg.assumed !== null || !known;
      return offered ? withNewOffer(next) : { ...next, deviceCount: leg.eventStamp === null ? 1 : leg.deviceCount + 1 };
    }
    case 'ringing':
      // Another device with this number may still ring after one was answered.
      return withRinging(back ? withNewOffer(next) : next, stamp);
    case 'answer': {
      const answeredAt = back || leg.answeredBy !== 'event' ? stamp.at : (leg.answeredAt ?? stamp.at);
      return { ...next, state: 'talking', answeredAt, answeredBy: 'event', end: null, refusedAt: null };
    }
    case 'noanswer':
    case 'fail':
      // If the leg talks, another device with this number stopped ringing.
      if (leg.state === 'talking' && !back) return { ...next, deviceCount: Math.max(1, leg.deviceCount - 1) };
      return withOneDeviceLess({ ...next, refusedAt: event.change === 'fail' ? stamp.at : null }, stamp);
    case 'end':
      // Only an answered leg ends like this, so an unknown one must have been answered.
      return withOneDeviceLess(known ? next : { ...next, state: 'talking', answeredBy: 'event' }, stamp);
  }
}

/** Notes that a source has reported the leg as ringing. */
export function withRinging(leg: Leg, { at }: FactStamp): Leg {
  return leg.rangAt === null ? { ...leg, rangAt: at } : leg;
}

function withOneDeviceLess(leg: Leg, stamp: FactStamp): Leg {
  const deviceCount = leg.deviceCount - 1;
  return deviceCount > 0 ? { ...leg, deviceCount } : { ...leg, deviceCount: 0, end: leg.end ?? stamp };
}

function withNewOffer(leg: Leg): Leg {
  const ringsAgain = leg.ringsAgain || leg.answeredAt !== null;
  const offeredAt = leg.eventStamp?.at ?? null;
  return { ...leg, ...OFFERED, ringsAgain, end: null, deviceCount: 1, refusedAt: null, offeredAt };
}

/**
 * Ends the leg for another reason than an event about it. `at`: when, ms since 1970 on the PBX's clock; null if not
 * known.
 */
export function withEnd(leg: Leg, at: number | null, { stamp }: Moment): Leg {
  return { ...leg, end: stamp, eventPbxTime: at ?? leg.eventPbxTime };
}

/** Marks the leg as answered, because my phone stopped ringing and is on a call. */
export function withAnswer(leg: Leg, { stamp }: Moment): Leg {
  return {
    ...leg,
    state: 'talking',
    answeredAt: stamp.at,
    answeredBy: 'event',
    eventStamp: stamp,
    rangAt: leg.rangAt ?? stamp.at,
  };
}

/** Whether one of my phones is on the leg. */
export function isMine({ toMe, fromMe }: Leg): boolean {
  return toMe || fromMe;
}

/** Whether the leg rings one of my phones, or may ring it: the list does not always show the state. */
export function ringsMe(leg: Leg): boolean {
  return leg.toMe && leg.end === null && !leg.awaitsConfirmation && leg.state !== 'talking';
}

/** The legs that have not ended: the reported ones or, before any was reported, the assumed one. */
export function liveLegs({ legs }: Pick<Session, 'legs'>): readonly Leg[] {
  if (legs.every(({ end, awaitsConfirmation, assumed }) => end === null && !awaitsConfirmation && assumed === null))
    return legs;
  const live = legs.filter(({ end, awaitsConfirmation }) => end === null && !awaitsConfirmation);
  const real = live.filter(({ assumed }) => assumed === null);
  if (real.length > 0) return real;
  // Push reported which phones are offered the call, so an assumed leg to my number rings none of mine.
  return legs.some(({ assumed }) => assumed === null) ? live.filter(({ toMe }) => !toMe) : live;
}

/**
 * The legs to show: the live ones. Without any, for a moment those that ended last, and then a leg without a callee.
 */
export function shownLegs(session: Session, own: OwnPhones, now: number): readonly Leg[] {
  const live = liveLegs(session);
  if (live.length > 0) return live;
  const over = session.legs.filter((leg) => leg.end !== null);
  const last = Math.max(...over.map((leg) => leg.end?.seq ?? 0));
  const lingering = over.filter(({ end }) => end?.seq === last && now - end.at < LIMIT_MS.nextStep);
  if (lingering.length > 0) return lingering;
  if (!session.hasBegun && !session.everListed) return [];
  if (session.legs.length > 0 && session.legs.every(({ awaitsConfirmation }) => awaitsConfirmation)) return [];
  return [elsewhere(session, own)];
}

/** A leg without a callee, for a session that has not ended and has no known phone. */
function elsewhere({ legs, caller, callerName, startedAt }: Session, own: OwnPhones): Leg {
  const known = caller === '' ? (legs[0]?.caller ?? '') : caller;
  const wasAnswered = legs.some(({ answeredAt }) => answeredAt !== null);
  return {
    ...newLeg(own, own.has(known) ? '' : known, ''),
    callerName: callerName === '' ? (legs[0]?.callerName ?? '') : callerName,
    trunk: legs.find(({ trunk }) => trunk !== '')?.trunk ?? '',
    startedAt: startedAt ?? legs[0]?.startedAt ?? null,
    state: wasAnswered ? 'unknown' : 'ringing',
  };
}

function firstOf(a: string, b: string): string {
  if (a === '' || b === '') return a === '' ? b : a;
  return compareText(a, b) <= 0 ? a : b;
}
