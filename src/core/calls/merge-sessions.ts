import type { PbxLeg, PbxSession } from '../pbx/types.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { namelessSession, newlyCovered, type OwnPhone } from './own-phones.ts';
import { cover, isOver, LIST_LAG_MS, type PushBook } from './push-book.ts';
import {
  asListed,
  lastEnded,
  legsOf,
  LINGER_MS,
  liveLegs,
  LONGEST_RINGING_MS,
  talkingOf,
  type PushedCall,
  type PushedLeg,
} from './pushed-call.ts';
import type { Moment, RestAnswer } from './rest-answer.ts';
import { normaliseNumber } from './same-number.ts';

export interface Merged {
  /** Each session once. */
  sessions: PbxSession[];
  /** Sessions that stood for a call of mine which is now listed by its own id. */
  replaced: ReadonlySet<string>;
  /** Own phones whose call is known by name, for the book. */
  covered: string[];
}

export interface MergeOptions {
  own: OwnNumbers;
  /** Steady ms. */
  now: number;
  /** Leave out what push told of calls that never had to do with me. */
  onlyMine: boolean;
  /** How long a phone may ring before a call without a name is made of it, in ms: the name may be on its way. */
  namelessAfterMs: number;
}

/**
 * One list out of the session list and push. Both name a session by the same id, so that is one call.
 *
 * Which calls there are: what either knows, but for those that the other, being newer, knows to be over. Newer is what
 * was asked, or heard, later; an answer may be of any moment after its question, so it proves nothing about what was
 * heard after that. Within a call the list's legs count, as they have trunks and names, and the PBX counts the talking
 * time; push adds what it heard after the question (a leg, an answer, the end of a leg), and legs that the list never
 * shows. An answered leg stays answered: the list may be late, and push hears of answers at once.
 */
export function mergeSessions(rest: RestAnswer | null, book: PushBook, options: MergeOptions): Merged {
  const { now, onlyMine } = options;
  const sessions: PbxSession[] = [];
  /** All that go on for certain, which a session that fades may not. */
  const lasting: PbxSession[] = [];
  const listed = new Set<string>();
  const phones = [...book.phones.values()];
  const idle = rest === null ? [] : phones.flatMap((phone) => idleAt(phone, rest, false) ?? []);
  const idleForFresh = rest === null ? [] : phones.flatMap((phone) => idleAt(phone, rest, true) ?? []);
  for (const session of rest?.sessions ?? []) {
    if (rest === null || isOver(book, session.id, rest.asked)) continue;
    listed.add(session.id);
    const merged = overlay(
      session,
      book.calls.get(session.id),
      rest.fresh.has(session.id) ? idleForFresh : idle,
      rest,
      now,
    );
    // Rang my phone, which does not ring: it is past, or the word of it is on its way.
    if (merged.fades && rest.fresh.has(session.id) && !book.calls.has(session.id) && !idleForFresh.some(isAfterAnswer))
      continue;
    const seen = merged.legs === session.legs ? session : { id: session.id, legs: merged.legs };
    sessions.push(seen);
    if (!merged.fades) lasting.push(seen);
  }
  for (const call of book.calls.values()) {
    if (listed.has(call.id) || !call.began || (onlyMine && !call.concernsMe)) continue;
    // What an incomplete list says was judged when it came: push may have been lost since.
    if (rest?.complete === true && isGone(book, call, rest)) continue;
    const session = { id: call.id, legs: legsOf(call, now) };
    sessions.push(session);
    if (liveLegs(call).length > 0) lasting.push(session);
  }
  return withNameless(sessions, newlyCovered(lasting, phones, options.own), book, options);
}

/** The book after an answer: what the list shows is confirmed; what it should show and does not is gone. */
export function settleBook(book: PushBook, rest: RestAnswer): PushBook {
  if (book.calls.size === 0) return book;
  const listed = new Map(rest.sessions.map((session) => [session.id, session]));
  const calls = new Map<string, PushedCall>();
  for (const [id, call] of book.calls) {
    const session = listed.get(id);
    if (session !== undefined) calls.set(id, shown(call, session, rest));
    else if (!isGone(book, call, rest)) calls.set(id, call);
  }
  return { ...book, calls };
}

function isGone(book: PushBook, call: PushedCall, { asked, complete }: RestAnswer): boolean {
  // It may be one of those that could not be read, and push would tell its end.
  if (!complete && book.listening && call.confirmBy === null) return false;
  if (call.turn > asked.turn) return false;
  return call.listedAt !== null || asked.at - call.heardAt >= LIST_LAG_MS;
}

function shown(call: PushedCall, session: PbxSession, { asked }: RestAnswer): PushedCall {
  const legs = new Map(call.legs);
  for (const { callee } of session.legs) {
    const key = normaliseNumber(callee);
    const leg = legs.get(key);
    if (leg !== undefined && !leg.listed) legs.set(key, { ...leg, listed: true });
  }
  return { ...call, legs, listedAt: asked.at, confirmBy: null };
}

function overlay(
  session: PbxSession,
  call: PushedCall | undefined,
  idle: readonly IdlePhone[],
  rest: RestAnswer,
  now: number,
): { legs: PbxLeg[]; fades: boolean } {
  if (call === undefined && idle.length === 0) {
    const asAnswered = now <= rest.received.at;
    return { legs: asAnswered ? session.legs : session.legs.map((leg) => aged(leg, rest, now)), fades: false };
  }
  const live: PbxLeg[] = [];
  const ended: Faded[] = [];
  const seen = new Set<string>();
  for (const leg of session.legs) {
    const key = normaliseNumber(leg.callee);
    seen.add(key);
    const pushed = call?.legs.get(key);
    const news = pushed !== undefined && pushed.turn > rest.asked.turn;
    const idled = idleOn(leg, key, pushed, idle);
    const merged = withPush(aged(leg, rest, now), call, pushed, rest.asked, now);
    if (news && pushed.overAt !== null) ended.push({ leg: merged, turn: pushed.turn, at: pushed.overAt });
    else if (!news && idled !== null) ended.push({ leg: merged, turn: idled.turn, at: idled.at });
    else live.push(merged);
  }
  if (call !== undefined) {
    const told = liveLegs(call).filter((leg) => addsTo(leg, seen, rest.asked, live.length > 0));
    live.push(...told.map((leg) => asListed(call, leg, now)));
    for (const [key, leg] of call.legs) {
      if (leg.overAt === null || seen.has(key)) continue;
      ended.push({ leg: asListed(call, leg, now), turn: leg.turn, at: leg.overAt });
    }
  }
  if (live.length > 0 || session.legs.length === 0) return { legs: live, fades: false };
  const lingering = lastEnded(ended).filter(({ at }) => now - at < LINGER_MS);
  const fading =
    lingering.length > 0 ? lingering : session.legs.slice(0, 1).map((leg) => ({ leg: elsewhere(leg, idle) }));
  return { legs: fading.map(({ leg }) => leg), fades: true };
}

/** A leg that is over, since the event with this number. */
interface Faded {
  leg: PbxLeg;
  turn: number;
  at: number;
}

/** A leg that only push knows: newer than the answer, or of a kind that the list never shows. */
function addsTo(leg: PushedLeg, seen: ReadonlySet<string>, asked: Moment, othersLive: boolean): boolean {
  if (seen.has(normaliseNumber(leg.callee))) return false;
  const newer = leg.turn > asked.turn;
  if (leg.standIn === 'first') return !othersLive;
  return newer || (!leg.listed && leg.standIn === null);
}

function withPush(
  leg: PbxLeg,
  call: PushedCall | undefined,
  pushed: PushedLeg | undefined,
  asked: Moment,
  now: number,
): PbxLeg {
  if (call === undefined) return leg;
  const callerName = leg.callerName === '' && leg.caller === call.caller ? call.callerName : leg.callerName;
  const startedAt = leg.startedAt ?? call.startedAt;
  // Over by push and listed again later: it came back.
  if (pushed === undefined || (pushed.overAt !== null && pushed.turn <= asked.turn))
    return { ...leg, callerName, startedAt };
  const rings = pushed.state === 'ringing';
  const cameBack = rings && pushed.again && pushed.turn > asked.turn;
  const known = leg.talkingSeconds !== null && (leg.talkingSeconds > 0 || rings);
  return {
    ...leg,
    callerName,
    startedAt,
    talkingSeconds: known && !cameBack ? leg.talkingSeconds : talkingOf(call, pushed, now),
  };
}

/** As the PBX would count it now. */
function aged(leg: PbxLeg, { received }: RestAnswer, now: number): PbxLeg {
  const age = Math.max(0, now - received.at);
  const { talkingSeconds } = leg;
  if (talkingSeconds === null || age === 0) return leg;
  if (talkingSeconds > 0) return { ...leg, talkingSeconds: talkingSeconds + age / 1000 };
  return age < LONGEST_RINGING_MS ? leg : { ...leg, talkingSeconds: null };
}

/** A phone that had no call at some time after the list was asked for, or just before. */
interface IdlePhone {
  extension: string;
  /** The first such time, steady ms. */
  at: number;
  /** Of the last event that told so. */
  turn: number;
  /** When the phone was so, ms since 1970 on the PBX's clock; null where that was not told. */
  told: number | null;
  /** It was told after the answer had come. */
  afterAnswer: boolean;
}

/**
 * `fresh`: for calls that the answer is the first to list. Where it came after the phone had become idle they may have
 * begun after that, too; then they ring a phone that is not idle.
 */
function idleAt({ extension, activity, idles }: OwnPhone, rest: RestAnswer, fresh: boolean): IdlePhone | null {
  const { asked, received } = rest;
  const last = idles.at(-1);
  if (last === undefined) return null;
  const later = idles.find(({ turn }) => turn > (fresh ? received : asked).turn);
  const lags = last.turn > asked.turn || asked.at - last.at < LIST_LAG_MS;
  const first = later ?? (activity === 'idle' && lags ? last : null);
  return first && { extension, at: first.at, turn: last.turn, told: last.told, afterAnswer: last.turn > received.turn };
}

const isAfterAnswer = ({ afterAnswer }: IdlePhone): boolean => afterAnswer;

function idleOn(
  leg: PbxLeg,
  callee: string,
  pushed: PushedLeg | undefined,
  phones: readonly IdlePhone[],
): IdlePhone | null {
  if (phones.length === 0) return null;
  const caller = normaliseNumber(leg.caller);
  const idle = phones.find(({ extension }) => extension === callee || extension === caller);
  // The word of it may be later than the call that it was before.
  const told = idle?.told ?? null;
  const before = told !== null && leg.startedAt !== null && leg.startedAt > told;
  return idle === undefined || before || (pushed !== undefined && pushed.turn > idle.turn) ? null : idle;
}

/** Neither told to be over nor with any of its legs: it is somewhere in the PBX, not with me. */
function elsewhere(leg: PbxLeg, idle: readonly IdlePhone[]): PbxLeg {
  const mine = (number: string): boolean => idle.some(({ extension }) => extension === normaliseNumber(number));
  return {
    ...leg,
    caller: mine(leg.caller) ? '' : leg.caller,
    callee: '',
    talkingSeconds: leg.talkingSeconds === 0 ? 0 : null,
  };
}

function withNameless(sessions: PbxSession[], covered: string[], book: PushBook, options: MergeOptions): Merged {
  const phones = [...cover(book, covered).phones.values()];
  const replaced = phones.filter((phone) => phone.covered).map(({ id }) => id);
  for (const phone of phones) {
    const nameless = options.now - phone.since >= options.namelessAfterMs ? namelessSession(phone, options.now) : null;
    if (nameless !== null) sessions.push(nameless);
  }
  return { sessions, replaced: new Set(replaced), covered };
}
