import type { PushEvent } from '../pbx/push/types.ts';
import type { PbxLeg } from '../pbx/types.ts';
import { LIMITS, MOST } from './limits.ts';
import type { Leg, LegState, Session, Stamp } from './model.ts';
import type { OwnPhones } from './own-numbers.ts';
import { normaliseNumber } from '../../shared/same-number.ts';

const CENTURY = { begins: Date.UTC(2000, 0), ends: Date.UTC(2100, 0) };
/** Talking times are 32-bit numbers of seconds. */
const LONGEST_TALK_S = 2 ** 32;

/** What the reducer works with: whose program this is, and when. */
export interface Moment {
  own: OwnPhones;
  /** Of the fact in hand. */
  stamp: Stamp;
  /** Monotonic time minus the PBX's clock, in ms. */
  offset: number;
  /** Wall time minus monotonic time, in ms. */
  epoch: number;
}

/** By code unit: the same on every computer. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A time in this century, else null: servers write "never" as the year 1 or 1970. */
export function plausibleTime(ms: number | null): number | null {
  return ms !== null && ms > CENTURY.begins && ms < CENTURY.ends ? ms : null;
}

type NewLeg = Pick<Leg, 'caller' | 'callee'> & Partial<Leg>;

export function newLeg(own: OwnPhones, { caller, callee, ...more }: NewLeg): Leg {
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
    // My phone that calls itself is how a PBX may list a call that I place: nobody calls me.
    toMe: from !== to && own.hasNormalised(to),
    fromMe: own.hasNormalised(from),
    state: 'ringing',
    answeredAt: null,
    answeredBy: null,
    rangAt: null,
    again: false,
    failedAt: null,
    placeholder: null,
    target: false,
    devices: 1,
    over: null,
    event: null,
    at: null,
    listed: false,
    held: false,
    ...more,
  };
}

/** The leg for other numbers of mine: which legs lead to me is another question then. */
export function withOwn(leg: Leg, own: OwnPhones): Leg {
  const { toMe, fromMe } = newLeg(own, { caller: leg.caller, callee: leg.callee });
  return { ...leg, toMe, fromMe };
}

/** One leg of the list; entries for the same two parties (two devices of one extension) are one. */
export interface ListedLeg {
  leg: Leg;
  /** Seconds; 0 while nobody talked; null when the PBX does not say. */
  talking: number | null;
}

/** The legs of a listed session, each once, in an order that does not depend on the PBX's. */
export function listedLegs(legs: readonly PbxLeg[], own: OwnPhones): ListedLeg[] {
  if (legs.length === 1 && legs[0] !== undefined) return [listedLeg(legs[0], own)];
  const byKey = new Map<string, ListedLeg>();
  for (const raw of legs) {
    const read = listedLeg(raw, own);
    const twin = byKey.get(read.leg.key);
    byKey.set(read.leg.key, twin === undefined ? read : merged(twin, read));
  }
  return [...byKey.values()].sort((a, b) => compareText(a.leg.key, b.leg.key));
}

function listedLeg(raw: PbxLeg, own: OwnPhones): ListedLeg {
  const { talkingSeconds: talking } = raw;
  const leg = newLeg(own, {
    caller: clip(raw.caller, 256),
    callerName: clip(raw.callerName, 1024),
    callee: clip(raw.callee, 256),
    trunk: clip(raw.trunk, 64),
    startedAt: plausibleTime(raw.startedAt),
    listed: true,
  });
  return { leg, talking: talking !== null && talking >= 0 && talking < LONGEST_TALK_S ? talking : null };
}

function merged(a: ListedLeg, b: ListedLeg): ListedLeg {
  const [one, two] = [a.leg, b.leg];
  const least = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? (x ?? y) : Math.min(x, y);
  const leg = {
    ...one,
    caller: either(one.caller, two.caller),
    callerName: either(one.callerName, two.callerName),
    callee: either(one.callee, two.callee),
    trunk: either(one.trunk, two.trunk),
    startedAt: least(one.startedAt, two.startedAt),
  };
  // It talks when one of them does.
  const talking = a.talking === null || b.talking === null ? (a.talking ?? b.talking) : Math.max(a.talking, b.talking);
  return { leg, talking };
}

/** What `talking_time` proves. `sinceStart`: it has run since the start of the session, so it proves no answer. */
export function stateOf(talking: number | null, sinceStart: boolean): LegState {
  if (talking === null || (talking > 0 && sinceStart)) return 'unknown';
  return talking > 0 ? 'talking' : 'ringing';
}

/** Push tells of a leg by the number that is called; a caller that it names, too, decides among several. */
export function legTo(legs: readonly Leg[], to: string, from = ''): Leg | undefined {
  const same = legs.filter((leg) => leg.to === to);
  return same.find((leg) => leg.from === from) ?? same.find((leg) => leg.over === null) ?? same[0];
}

export function replaceLeg(legs: readonly Leg[], before: Leg | undefined, after: Leg): readonly Leg[] {
  return before === undefined ? [...legs, after] : legs.map((leg) => (leg === before ? after : leg));
}

type CallEvent = PushEvent & { type: 'call' };
type TargetEvent = PushEvent & { type: 'target' };

/** A session after call_start or call_update_info. */
export function withCall(session: Session, event: CallEvent, moment: Moment): Session {
  const caller = event.caller === '' ? session.caller : event.caller;
  const to = normaliseNumber(event.callee);
  let { legs } = session;
  // What is told again of the one who is called says nothing new of the legs.
  if (to !== '' && to !== normaliseNumber(session.callee)) {
    const known = legTo(legs, to, normaliseNumber(caller));
    legs = legs.map((leg) => (leg.placeholder !== null && leg.over === null ? ended(leg, event.at, moment) : leg));
    if (known === undefined || known.over !== null) {
      const again = known !== undefined && (known.again || known.answeredAt !== null);
      const placeholder = session.callee === '' ? 'first' : 'moved';
      const leg = newLeg(moment.own, { caller, callee: event.callee, at: event.at, event: moment.stamp, placeholder });
      legs = replaceLeg(
        legs,
        legs.find(({ key }) => key === leg.key),
        { ...leg, again },
      );
    }
  }
  return {
    ...session,
    caller,
    callee: event.callee === '' ? session.callee : event.callee,
    callerName: event.callerName === '' ? session.callerName : event.callerName,
    legs,
    began: true,
    concernsMe: session.concernsMe || moment.own.has(caller) || moment.own.has(event.callee),
  };
}

/** A session after an event about one phone that it is offered to. */
export function withTarget(session: Session, event: TargetEvent, moment: Moment): Session {
  const { own } = moment;
  const to = normaliseNumber(event.destination);
  const caller = event.caller === '' ? session.caller : event.caller;
  const begins = event.change === 'add' || event.change === 'ringing' || event.change === 'answer';
  const concernsMe = session.concernsMe || own.has(caller) || own.has(event.destination);
  const next = { ...session, caller, began: session.began || begins, concernsMe };
  const known = legTo(session.legs, to, normaliseNumber(caller));
  if (to === '' || (known === undefined && session.legs.length >= MOST.legs && !own.has(to))) return next;
  const leg = known ?? newLeg(own, { caller, callee: event.destination });
  return {
    ...next,
    legs: replaceLeg(session.legs, known, { ...changed(leg, known !== undefined, event, moment), target: true }),
  };
}

function changed(leg: Leg, known: boolean, event: TargetEvent, moment: Moment): Leg {
  const { stamp } = moment;
  const back = leg.over !== null;
  const next: Leg = { ...leg, at: event.at ?? leg.at, event: stamp, placeholder: null, held: false };
  switch (event.change) {
    case 'add': {
      const offered = back || leg.placeholder !== null || !known;
      return offered ? offeredAnew(next) : { ...next, devices: leg.event === null ? 1 : leg.devices + 1 };
    }
    case 'ringing':
      // One of its phones may still be told to ring after another was answered.
      return rings(back ? offeredAnew(next) : next, stamp);
    case 'answer': {
      const answeredAt = back || leg.answeredBy !== 'event' ? stamp.at : (leg.answeredAt ?? stamp.at);
      return { ...next, state: 'talking', answeredAt, answeredBy: 'event', over: null, failedAt: null };
    }
    case 'noanswer':
    case 'fail':
      // Of a leg that talks, these are the phones that were not picked up.
      if (leg.state === 'talking' && !back) return { ...next, devices: Math.max(1, leg.devices - 1) };
      return withoutDevice({ ...next, failedAt: event.change === 'fail' ? stamp.at : null }, stamp);
    case 'end':
      return withoutDevice(next, stamp);
  }
}

/** A source says that it rings. */
export function rings(leg: Leg, { at }: Stamp): Leg {
  return leg.rangAt === null ? { ...leg, rangAt: at } : leg;
}

function withoutDevice(leg: Leg, stamp: Stamp): Leg {
  const devices = leg.devices - 1;
  return devices > 0 ? { ...leg, devices } : { ...leg, devices: 0, over: leg.over ?? stamp };
}

function offeredAnew(leg: Leg): Leg {
  const again = leg.again || leg.answeredAt !== null;
  return {
    ...leg,
    state: 'ringing',
    answeredAt: null,
    answeredBy: null,
    again,
    over: null,
    devices: 1,
    failedAt: null,
    rangAt: null,
  };
}

/** The leg is over, as something else than an event of its own says. */
export function ended(leg: Leg, at: number | null, { stamp }: Moment): Leg {
  return { ...leg, over: stamp, at: at ?? leg.at };
}

/** I picked up: my phone stopped ringing and is on a call. */
export function pickedUp(leg: Leg, { stamp }: Moment): Leg {
  return {
    ...leg,
    state: 'talking',
    answeredAt: stamp.at,
    answeredBy: 'event',
    event: stamp,
    rangAt: leg.rangAt ?? stamp.at,
  };
}

export function ringsMe(leg: Leg): boolean {
  return leg.toMe && leg.over === null && !leg.held && leg.state !== 'talking';
}

/** Legs that go on: those to a phone, else the one who is called in their place. */
export function liveLegs({ legs }: Pick<Session, 'legs'>): readonly Leg[] {
  if (legs.every(({ over, held, placeholder }) => over === null && !held && placeholder === null)) return legs;
  const live = legs.filter(({ over, held }) => over === null && !held);
  const real = live.filter(({ placeholder }) => placeholder === null);
  if (real.length > 0) return real;
  // Which of my phones is offered the call was told, so the number that was dialled rings no other.
  return legs.some(({ placeholder }) => placeholder === null) ? live.filter(({ toMe }) => !toMe) : live;
}

/** The legs that speak for a session: those that go on, for a moment those that ended last, else that it is somewhere. */
export function shownLegs(session: Session, own: OwnPhones, now: number): readonly Leg[] {
  const live = liveLegs(session);
  if (live.length > 0) return live;
  const over = session.legs.filter((leg) => leg.over !== null);
  const last = Math.max(...over.map((leg) => leg.over?.seq ?? 0));
  const lingering = over.filter(({ over: end }) => end?.seq === last && now - end.at < LIMITS.linger);
  if (lingering.length > 0) return lingering;
  if (!session.began && !session.everListed) return [];
  if (session.legs.length > 0 && session.legs.every(({ held }) => held)) return [];
  return [elsewhere(session, own)];
}

/** No phone is known to be on it, and its end was not told: it is somewhere in the PBX, not with me. */
function elsewhere({ legs, caller, callerName, startedAt }: Session, own: OwnPhones): Leg {
  const known = caller === '' ? (legs[0]?.caller ?? '') : caller;
  const wasAnswered = legs.some(({ answeredAt }) => answeredAt !== null);
  return newLeg(own, {
    caller: own.has(known) ? '' : known,
    callerName: callerName === '' ? (legs[0]?.callerName ?? '') : callerName,
    callee: '',
    trunk: legs.find(({ trunk }) => trunk !== '')?.trunk ?? '',
    startedAt: startedAt ?? legs[0]?.startedAt ?? null,
    state: wasAnswered ? 'unknown' : 'ringing',
  });
}

function either(a: string, b: string): string {
  if (a === '' || b === '') return a === '' ? b : a;
  return compareText(a, b) <= 0 ? a : b;
}

function clip(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).toWellFormed();
}
