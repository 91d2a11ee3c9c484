import type { PushEvent } from '../pbx/push/types.ts';
import type { PbxLeg } from '../pbx/types.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import { normaliseNumber } from './same-number.ts';

/** One side that a pushed call is offered to. Times in steady ms. */
export interface PushedLeg {
  caller: string;
  callee: string;
  state: 'ringing' | 'talking';
  answeredAt: number | null;
  /** It rings after it had been answered: the call came back. */
  again: boolean;
  /** Since when it is over; null while it is not. */
  overAt: number | null;
  /** Phones of one number that ring; each is told of on its own, none by name. */
  devices: number;
  /** Not told of as a leg, only as the one who is called: it counts until legs are known. */
  standIn: 'first' | 'moved' | null;
  toMe: boolean;
  /** The PBX's time of the last news. */
  at: number | null;
  /** Number of the event that told of it last. */
  turn: number;
  /** The session list has shown it. */
  listed: boolean;
}

/** What push told of one session. */
export interface PushedCall {
  id: string;
  caller: string;
  callerName: string;
  /** Who is called, as the call itself was told of last. */
  callee: string;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** By normalised number of the one who is called. */
  legs: ReadonlyMap<string, PushedLeg>;
  /** False while only an end of something was heard of it. */
  began: boolean;
  concernsMe: boolean;
  turn: number;
  /** When push told of it last, steady ms. */
  heardAt: number;
  /** When the session list showed it last, steady ms; null before. */
  listedAt: number | null;
  /** It goes unless it is heard of until then, steady ms; null while push can be trusted. */
  confirmBy: number | null;
}

/** What goes with an event: whose program this is, the steady time, the number of the event. */
export interface Hearing {
  own: OwnNumbers;
  now: number;
  turn: number;
}

/** A leg that is over is shown so long while nothing takes its place: the word that the call is over follows it. */
export const LINGER_MS = 2_000;
/** Without news no phone rings longer than this. */
export const LONGEST_RINGING_MS = 300_000;
const MOST_LEGS = 64;

type CallEvent = PushEvent & { type: 'call' };
type TargetEvent = PushEvent & { type: 'target' };

export function withCall(before: PushedCall | undefined, event: CallEvent, hearing: Hearing): PushedCall {
  const call = heard(before ?? newCall(event.sessionId), event.at, hearing);
  const caller = event.caller === '' ? call.caller : event.caller;
  const { callee } = event;
  const key = normaliseNumber(callee);
  const legs = new Map(call.legs);
  // What is told again of the one who is called says nothing new of the legs.
  if (key !== '' && key !== normaliseNumber(call.callee)) {
    const known = legs.get(key);
    for (const [other, leg] of legs) {
      if (leg.standIn !== null && leg.overAt === null) legs.set(other, over(leg, event.at, hearing));
    }
    if (known === undefined || known.overAt !== null) {
      const standIn = call.callee === '' ? 'first' : 'moved';
      const again = known?.again === true || (known?.answeredAt ?? null) !== null;
      legs.set(key, { ...newLeg(caller, callee, event.at, hearing, standIn), again });
    }
  }
  return {
    ...call,
    caller,
    callee: callee === '' ? call.callee : callee,
    callerName: event.callerName === '' ? call.callerName : event.callerName,
    legs,
    began: true,
    concernsMe: call.concernsMe || isMine(hearing.own, caller) || isMine(hearing.own, callee),
  };
}

export function withTarget(before: PushedCall | undefined, event: TargetEvent, hearing: Hearing): PushedCall {
  const call = heard(before ?? newCall(event.sessionId), event.at, hearing);
  const key = normaliseNumber(event.destination);
  const caller = event.caller === '' ? call.caller : event.caller;
  const begins = event.change === 'add' || event.change === 'ringing' || event.change === 'answer';
  const concernsMe = call.concernsMe || isMine(hearing.own, caller) || isMine(hearing.own, event.destination);
  const told = { ...call, caller, began: call.began || begins, concernsMe };
  const known = call.legs.get(key);
  if (key === '' || (known === undefined && call.legs.size >= MOST_LEGS && !isMine(hearing.own, key))) return told;
  const leg = known ?? newLeg(caller, event.destination, event.at, hearing, null);
  return { ...told, legs: new Map(call.legs).set(key, changed(leg, known !== undefined, event, hearing)) };
}

function changed(leg: PushedLeg, known: boolean, event: TargetEvent, hearing: Hearing): PushedLeg {
  const { now, turn } = hearing;
  const back = leg.overAt !== null;
  const news = { ...leg, at: event.at ?? leg.at, turn, standIn: null };
  switch (event.change) {
    case 'add': {
      const rings = back || leg.standIn !== null || !known;
      const devices = rings ? 1 : leg.devices + 1;
      return rings ? { ...rung(news), devices } : { ...news, devices };
    }
    case 'ringing':
      // One of its phones may still be told to ring after another was answered.
      return back ? rung(news) : news;
    case 'answer':
      return { ...news, state: 'talking', answeredAt: back ? now : (leg.answeredAt ?? now), overAt: null };
    case 'noanswer':
    case 'fail':
      // Of a leg that talks, these are the phones that were not picked up.
      return leg.state === 'talking' && !back ? { ...news, devices: Math.max(1, leg.devices - 1) } : without(news, now);
    case 'end':
      return without(news, now);
  }
}

function without(leg: PushedLeg, now: number): PushedLeg {
  const devices = leg.devices - 1;
  return devices > 0 ? { ...leg, devices } : { ...leg, devices: 0, overAt: leg.overAt ?? now };
}

function rung(leg: PushedLeg): PushedLeg {
  return {
    ...leg,
    state: 'ringing',
    answeredAt: null,
    again: leg.again || leg.answeredAt !== null,
    overAt: null,
    devices: 1,
  };
}

/** My phone was picked up: the leg that rang me talks. */
export function answered(call: PushedCall, hearing: Hearing): PushedCall {
  const legs = new Map(call.legs);
  for (const [key, leg] of legs) {
    if (!ringsMe(leg)) continue;
    legs.set(key, { ...leg, state: 'talking', answeredAt: hearing.now, turn: hearing.turn });
  }
  return { ...heard(call, null, hearing), legs };
}

/** This phone has no call any more: legs to it or from it are over, but for those heard of at a later time `at`. */
export function withoutPhone(call: PushedCall, extension: string, at: number | null, hearing: Hearing): PushedCall {
  let legs: Map<string, PushedLeg> | null = null;
  for (const [key, leg] of call.legs) {
    const there = key === extension || normaliseNumber(leg.caller) === extension || leg.toMe;
    if (!there || leg.overAt !== null || (at !== null && leg.at !== null && leg.at > at)) continue;
    legs ??= new Map(call.legs);
    legs.set(key, over(leg, null, hearing));
  }
  return legs === null ? call : { ...heard(call, null, hearing), legs };
}

export function ringsMe(leg: PushedLeg): boolean {
  return leg.toMe && leg.overAt === null && leg.state === 'ringing';
}

/** Legs that go on: those to a phone, else the one who is called in their place. */
export function liveLegs(call: PushedCall): PushedLeg[] {
  const live = [...call.legs.values()].filter((leg) => leg.overAt === null);
  const told = live.filter((leg) => leg.standIn === null);
  if (told.length > 0) return told;
  const targeted = [...call.legs.values()].some((leg) => leg.standIn === null);
  // Which of my phones is offered the call was told, so the number that was dialled rings no other.
  return targeted ? live.filter((leg) => !leg.toMe) : live;
}

/** The legs as the session list would have them. */
export function legsOf(call: PushedCall, now: number): PbxLeg[] {
  const live = liveLegs(call);
  const shown = live.length > 0 ? live : lastEnded(endedLegs(call)).filter((leg) => now - leg.overAt < LINGER_MS);
  return shown.length > 0 ? shown.map((leg) => asListed(call, leg, now)) : [elsewhere(call)];
}

/** Those that ended last, by one event: the others had left the call before. */
export function lastEnded<T extends { turn: number }>(legs: readonly T[]): T[] {
  const last = Math.max(...legs.map(({ turn }) => turn));
  return legs.filter(({ turn }) => turn === last);
}

function endedLegs(call: PushedCall): (PushedLeg & { overAt: number })[] {
  return [...call.legs.values()].flatMap((leg) => (leg.overAt === null ? [] : [{ ...leg, overAt: leg.overAt }]));
}

export function asListed(call: PushedCall, leg: PushedLeg, now: number): PbxLeg {
  return {
    caller: leg.caller === '' ? call.caller : leg.caller,
    callerName: leg.caller === '' || leg.caller === call.caller ? call.callerName : '',
    callee: leg.callee,
    trunk: '',
    startedAt: call.startedAt,
    talkingSeconds: talkingOf(call, leg, now),
  };
}

/** Neither push nor the list has told of it for so long, in ms. */
export function isSilent(call: PushedCall, now: number, ms: number): boolean {
  return now - Math.max(call.heardAt, call.listedAt ?? 0) >= ms;
}

/**
 * Seconds since the answer; 0 before, for as long as a phone can ring without news, then null. Never 0 after the answer,
 * which would mean that it rings.
 */
export function talkingOf(call: PushedCall, leg: PushedLeg, now: number): number | null {
  if (leg.state === 'ringing' || leg.answeredAt === null) return isSilent(call, now, LONGEST_RINGING_MS) ? null : 0;
  return Math.max(1, now - leg.answeredAt) / 1000;
}

/** All phones that it was offered to are out of it and its end was not told: it is somewhere in the PBX. */
function elsewhere(call: PushedCall): PbxLeg {
  const wasAnswered = [...call.legs.values()].some((leg) => leg.answeredAt !== null);
  return {
    caller: call.caller,
    callerName: call.callerName,
    callee: '',
    trunk: '',
    startedAt: call.startedAt,
    talkingSeconds: wasAnswered ? null : 0,
  };
}

function heard(call: PushedCall, at: number | null, { now, turn }: Hearing): PushedCall {
  return { ...call, startedAt: call.startedAt ?? at, turn, heardAt: now, confirmBy: null };
}

function over(leg: PushedLeg, at: number | null, { now, turn }: Hearing): PushedLeg {
  return { ...leg, overAt: now, turn, at: at ?? leg.at };
}

/** My phone that calls itself is how a PBX may tell of a call that I place. */
function leadsToMe(own: OwnNumbers, caller: string, callee: string): boolean {
  return isMine(own, callee) && normaliseNumber(caller) !== normaliseNumber(callee);
}

function newCall(id: string): PushedCall {
  return {
    id,
    caller: '',
    callerName: '',
    callee: '',
    startedAt: null,
    legs: new Map(),
    began: false,
    concernsMe: false,
    turn: 0,
    heardAt: 0,
    listedAt: null,
    confirmBy: null,
  };
}

function newLeg(
  caller: string,
  callee: string,
  at: number | null,
  { own, turn }: Hearing,
  standIn: PushedLeg['standIn'],
): PushedLeg {
  return {
    caller,
    callee,
    state: 'ringing',
    answeredAt: null,
    again: false,
    overAt: null,
    devices: 1,
    standIn,
    toMe: leadsToMe(own, caller, callee),
    at,
    turn,
    listed: false,
  };
}
