import type { ExtensionActivity, PushEvent } from '../pbx/push/types.ts';
import type { PbxSession } from '../pbx/types.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';
import { isBusy, namelessSession, newlyCovered, phoneAfter, type OwnPhone } from './own-phones.ts';
import {
  answered,
  asListed,
  isSilent,
  legsOf,
  liveLegs,
  LONGEST_RINGING_MS,
  ringsMe,
  withCall,
  withoutPhone,
  withTarget,
  type Hearing,
  type PushedCall,
  type PushedLeg,
} from './pushed-call.ts';
import { normaliseNumber } from './same-number.ts';

/** How a call ended, as push told it. Times in ms since 1970 on the PBX's clock. */
export interface PushedEnd {
  caller: string;
  callee: string;
  answeredAt: number | null;
  endedAt: number | null;
  endReason: string;
  statusCode: number | null;
  turn: number;
  /** Steady ms. */
  heardAt: number;
}

/** What push has told. Times are steady ms (SteadyTime) unless said otherwise. */
export interface PushBook {
  /** How many events it took: the order of events and questions, which no clock can turn round. */
  turn: number;
  /** Calls that go on, by session id. */
  calls: ReadonlyMap<string, PushedCall>;
  /** Calls that are over, by session id. */
  over: ReadonlyMap<string, PushedEnd>;
  /** My phones, by normalised number. */
  phones: ReadonlyMap<string, OwnPhone>;
  /** Push is listening: what it does not tell has not happened. */
  listening: boolean;
}

export const EMPTY_BOOK: PushBook = { turn: 0, calls: new Map(), over: new Map(), phones: new Map(), listening: false };

/** A call may be told of before it is listed, and be listed for a moment after it was told to be over. */
export const LIST_LAG_MS = 3_000;
/** After push is back, what neither it nor the session list speaks of within this time is gone. */
export const CONFIRM_MS = 10_000;
/** While push is away, what nobody speaks of goes after this time. */
export const LOST_MS = 60_000;
/** Without news no call lasts longer than this. */
const LONGEST_CALL_MS = 12 * 3_600_000;
const KEEP_ENDS_MS = 600_000;
/** Beyond these the oldest are forgotten, those of colleagues first. */
const MOST_CALLS = 2_000;
const MOST_ENDS = 2_000;

/** Push told that a session is over, lately enough for a list that was asked for then not to know. */
export function isOver(book: PushBook, id: string, asked: { turn: number; at: number }): boolean {
  const end = book.over.get(id);
  return end !== undefined && (end.turn > asked.turn || asked.at - end.heardAt < LIST_LAG_MS);
}

/**
 * The book after an event. `now` is steady ms. `placing`: this program has just asked the PBX to ring my phone, so a
 * phone that begins to ring is no call to me.
 */
export function pushEvent(book: PushBook, event: PushEvent, own: OwnNumbers, now: number, placing = false): PushBook {
  const turn = book.turn + 1;
  const hearing = { own, now, turn };
  switch (event.type) {
    case 'extension':
      return withPhone({ ...book, turn }, event, hearing, placing);
    case 'call-over':
      return withEnd({ ...book, turn }, event, hearing);
    case 'call':
    case 'target': {
      if (event.sessionId === '' || isLate(book, event)) return { ...book, turn };
      const before = book.calls.get(event.sessionId);
      const call = event.type === 'call' ? withCall(before, event, hearing) : withTarget(before, event, hearing);
      const over = without(book.over, event.sessionId);
      const next = { ...book, turn, over, calls: atMost(new Map(book.calls).set(event.sessionId, call)) };
      return coverBy(next, [call], own, now);
    }
  }
}

/** What goes on as far as push told, also the calls of which nothing is known but that my phone rings. */
export function sessionsOf(book: PushBook, now: number): PbxSession[] {
  const named = [...book.calls.values()].filter((call) => call.began);
  const nameless = [...book.phones.values()].flatMap((phone) => namelessSession(phone, now) ?? []);
  return [...named.map((call) => ({ id: call.id, legs: legsOf(call, now) })), ...nameless];
}

/** The list has shown that these calls, unless push has told more of them since, are over, at `pbxTime` on the PBX's clock: what is told of them late is past. */
export function goneFromList(book: PushBook, ids: readonly string[], pbxTime: number | null, now: number): PushBook {
  if (ids.length === 0) return book;
  const end = { caller: '', callee: '', answeredAt: null, endedAt: pbxTime, endReason: '', statusCode: null };
  const over = new Map(book.over);
  for (const id of ids)
    if (!over.has(id) && !book.calls.has(id)) over.set(id, { ...end, turn: book.turn, heardAt: now });
  return { ...book, over: new Map([...over].slice(-MOST_ENDS)) };
}

/**
 * Push is listening again. What happened meanwhile is not told: what is known, and was not confirmed since push was lost,
 * must show that it is still so.
 */
export function resumed(book: PushBook, now: number): PushBook {
  return { ...unconfirmed(book, now + CONFIRM_MS, ({ confirmBy }) => confirmBy !== null), listening: true };
}

/** Push is away. */
export function lost(book: PushBook, now: number): PushBook {
  return book.listening ? { ...unconfirmed(book, now + LOST_MS), listening: false } : book;
}

/**
 * Forgets what was not confirmed and what is too old; the same book when that is nothing. `listDue`: an answer of the
 * session list is to be had and will tell which calls go on, so none is given up before it.
 */
export function prune(book: PushBook, now: number, listDue = false): PushBook {
  const calls = [...book.calls].filter(([, call]) => isAlive(call, now, listDue));
  const over = [...book.over].filter(([, end]) => now - end.heardAt < KEEP_ENDS_MS);
  const phones = [...book.phones].filter(([, phone]) => isFresh(phone, now, listDue));
  const all = [calls.length, over.length, phones.length];
  if (all.join() === [book.calls.size, book.over.size, book.phones.size].join()) return book;
  return { ...book, calls: new Map(calls), over: new Map(over), phones: new Map(phones) };
}

/** The call of these phones is known by name: nothing stands for it any more. */
export function cover(book: PushBook, extensions: readonly string[]): PushBook {
  const fresh = extensions.filter((extension) => book.phones.get(extension)?.covered === false);
  if (fresh.length === 0) return book;
  const phones = new Map(book.phones);
  for (const extension of fresh) {
    const phone = phones.get(extension);
    if (phone !== undefined) phones.set(extension, { ...phone, covered: true });
  }
  return { ...book, phones };
}

function withPhone(
  book: PushBook,
  event: PushEvent & { type: 'extension' },
  hearing: Hearing,
  placing: boolean,
): PushBook {
  const extension = normaliseNumber(event.extension);
  if (event.activity === 'unknown' || !isMine(hearing.own, extension)) return book;
  const before = book.phones.get(extension);
  const { now, turn } = hearing;
  const phone = phoneAfter(before, { extension, activity: event.activity, placing, at: event.at, now, turn });
  const next = { ...book, phones: new Map(book.phones).set(extension, phone) };
  if (event.activity === 'idle') return hungUp(next, extension, event.at, hearing);

  const atMe = ({ caller, callee }: PushedLeg): boolean => isMine(hearing.own, callee) || isMine(hearing.own, caller);
  const mine = [...book.calls.values()].filter((call) => call.concernsMe && liveLegs(call).some(atMe));
  const [call, ...others] = mine;
  if (call === undefined || others.length > 0) {
    return coverBy({ ...next, calls: withPossible(book.calls, mine, event.activity) }, mine, hearing.own, now);
  }
  // Nothing surely tells that I picked up; with one call of mine, which rings me, this does.
  const pickedUp = before?.activity === 'ringing' && event.activity === 'on-call' && liveLegs(call).some(ringsMe);
  const after = pickedUp ? answered(call, hearing) : { ...call, heardAt: now, confirmBy: null };
  next.calls = new Map(book.calls).set(call.id, after);
  return coverBy(next, mine, hearing.own, now);
}

/** Which of several calls a busy phone is busy with is not told: none that it may be is given up. */
function withPossible(
  calls: PushBook['calls'],
  mine: readonly PushedCall[],
  activity: ExtensionActivity,
): ReadonlyMap<string, PushedCall> {
  const possible = mine.filter((call) => activity === 'ringing' || !liveLegs(call).some(ringsMe));
  return new Map([...calls, ...possible.map((call) => [call.id, { ...call, confirmBy: null }] as const)]);
}

function hungUp(book: PushBook, extension: string, at: number | null, hearing: Hearing): PushBook {
  let calls: Map<string, PushedCall> | null = null;
  let over: Map<string, PushedEnd> | null = null;
  for (const [id, call] of book.calls) {
    if (!call.concernsMe) continue;
    const after = withoutPhone(call, extension, at, hearing);
    if (after === call) continue;
    calls ??= new Map(book.calls);
    calls.set(id, after);
    // While push is away nobody tells how the call goes on without me.
    if (book.listening || liveLegs(after).length > 0) continue;
    calls.delete(id);
    over ??= new Map(book.over);
    over.set(id, endOf(call, hearing));
  }
  return { ...book, calls: calls ?? book.calls, over: over ?? book.over };
}

function withEnd(book: PushBook, event: PushEvent & { type: 'call-over' }, hearing: Hearing): PushBook {
  if (event.sessionId === '') return book;
  const { caller, callee, answeredAt, endedAt, endReason, statusCode } = event;
  const { now: heardAt, turn } = hearing;
  const end = { caller, callee, answeredAt, endedAt, endReason, statusCode, turn, heardAt };
  const over = new Map(without(book.over, event.sessionId)).set(event.sessionId, end);
  const [oldest] = over.keys();
  if (over.size > MOST_ENDS && oldest !== undefined) over.delete(oldest);
  const mine = book.calls.get(event.sessionId)?.concernsMe === true || isMine(hearing.own, callee);
  const next = { ...book, over, calls: without(book.calls, event.sessionId) };
  // My phone is told to be idle a moment later; until then its ringing is still that of this call.
  const busy = [...book.phones.values()].filter(isBusy).map((phone) => phone.extension);
  return mine ? cover(next, busy) : next;
}

/** Told after the end of its call: an answer to a phone that was offered it, or a step of a call that goes on? */
function isLate(book: PushBook, event: PushEvent & { type: 'call' | 'target' }): boolean {
  const end = book.over.get(event.sessionId);
  if (end === undefined) return false;
  const goesOn = event.type === 'call' || event.change === 'add' || event.change === 'ringing';
  return !goesOn || event.at === null || end.endedAt === null || event.at <= end.endedAt;
}

function coverBy(book: PushBook, calls: readonly PushedCall[], own: OwnNumbers, now: number): PushBook {
  const sessions = calls.map((call) => ({ id: call.id, legs: liveLegs(call).map((leg) => asListed(call, leg, now)) }));
  return cover(book, newlyCovered(sessions, [...book.phones.values()], own));
}

function unconfirmed(
  book: PushBook,
  by: number,
  which: (entry: { confirmBy: number | null }) => boolean = () => true,
): PushBook {
  const doubt = <T extends { confirmBy: number | null }>(entries: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...entries].map(([id, entry]) => [id, which(entry) ? { ...entry, confirmBy: by } : entry]));
  return { ...book, calls: doubt(book.calls), phones: doubt(book.phones) };
}

function isAlive(call: PushedCall, now: number, listDue: boolean): boolean {
  if (listDue) return !isSilent(call, now, LONGEST_CALL_MS);
  if (call.confirmBy !== null && call.confirmBy <= now) return false;
  const talks = liveLegs(call).some((leg) => leg.state === 'talking');
  return !isSilent(call, now, talks ? LONGEST_CALL_MS : LONGEST_RINGING_MS);
}

function isFresh(phone: OwnPhone, now: number, listDue: boolean): boolean {
  if (!isBusy(phone)) return now - phone.since < KEEP_ENDS_MS;
  if (!listDue && phone.confirmBy !== null && phone.confirmBy <= now) return false;
  return now - phone.heardAt < (phone.activity === 'ringing' ? LONGEST_RINGING_MS : LONGEST_CALL_MS);
}

function atMost(calls: Map<string, PushedCall>): Map<string, PushedCall> {
  if (calls.size <= MOST_CALLS) return calls;
  const oldest = [...calls.values()].find((call) => !call.concernsMe) ?? calls.values().next().value;
  if (oldest !== undefined) calls.delete(oldest.id);
  return calls;
}

function endOf({ caller, callee }: PushedCall, { now: heardAt, turn }: Hearing): PushedEnd {
  return { caller, callee, answeredAt: null, endedAt: null, endReason: '', statusCode: null, turn, heardAt };
}

function without<T>(entries: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  if (!entries.has(id)) return entries;
  const left = new Map(entries);
  left.delete(id);
  return left;
}
