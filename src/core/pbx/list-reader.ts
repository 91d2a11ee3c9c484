import { decodeSession, decodeSessions } from './decode.ts';
import { endOfDigits, endOfObject, hasTooManyObjects, parseJson } from './json.ts';
import type { PbxSession, SessionList } from './types.ts';

/** A session and the text that it was read from. */
interface Entry {
  session: PbxSession;
  /** Where its object begins and ends in the last text. */
  start: number;
  end: number;
  /** Where the digits of its talking times begin and end: two numbers for each leg that has such a time, in order. */
  digits: number[];
  /** Its place in the last list that has it, and the number of that list. */
  place: number;
  list: number;
}

const MEMBER = String.raw`"(?!items")[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*`;
/** The text before and after the sessions, as far as this reader understands it: an object with plain members. */
const HEAD = new RegExp(String.raw`^\s*\{\s*(?:${MEMBER},\s*)*"items"\s*:\s*\[`);
const TAIL = new RegExp(String.raw`^\]\s*(?:,\s*${MEMBER})*\}\s*$`);
const TALKING_TIME = '"talking_time"';
/** The rest of a member with whole seconds. */
const SECONDS = /\s*:\s*"?(\d+)"?(?=\s*[,}])/y;
/** Number of sessions that are indexed in one step, which takes a few milliseconds. */
const SESSIONS_AT_A_TIME = 1_000;
/** A number with at most this many digits is in the range of a talking time. */
const MAX_DIGITS = 9;
const [COMMA, ZERO, CLOSING_BRACKET, OPENING_BRACE] = [0x2c, 0x30, 0x5d, 0x7b];

/**
 * Reads the answers to GET /sessions, one after the other. In a list of ten thousand sessions about a hundred change
 * between two polls, apart from talking times. So a session is parsed and decoded again only if its text has changed in
 * more than the digits of its talking times. The result is the same as that of `decodeSessions(parseJson(text))`.
 */
export class ListReader {
  #text = '';
  /** Finds the places of the sessions in a list that was read as a whole, step by step; null when that is done. */
  #indexing: Generator<undefined> | null = null;
  /** The sessions of the last list, in its order. */
  #entries: readonly Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  /** Number of the last list. */
  #listNumber = 0;
  /** The new `digits` of the entry that is compared. Reused, to save memory. */
  readonly #newDigits: number[] = [];

  /**
   * Returns null if there is no list in the text. A session that was not decoded again is the same object as before.
   */
  read(text: string): Omit<SessionList, 'pbxTime'> | null {
    while (this.indexMore());
    this.#listNumber += 1;
    const changed = this.#entries.length === 0 ? null : this.#readChanges(text);
    if (changed !== null) return changed;
    this.#entries = [];
    this.#byId.clear();
    const list = decodeSessions(parseJson(text));
    if (list !== null && list.dropped === 0) this.#indexing = this.#index(text, list.sessions);
    return list;
  }

  /**
   * Does one step of the preparation for the next list, and returns whether there is more to do. Call it after the list
   * was shown.
   */
  indexMore(): boolean {
    if (this.#indexing?.next().done !== false) this.#indexing = null;
    return this.#indexing !== null;
  }

  /** Finds the texts of the sessions, unless some were left out or merged. */
  *#index(text: string, sessions: readonly PbxSession[]): Generator<undefined> {
    const entries: Entry[] = [];
    let at = skipSpace(text, HEAD.exec(text)?.[0].length ?? text.length);
    for (const session of sessions) {
      const end = text.charCodeAt(at) === OPENING_BRACE ? endOfObject(text, at) : -1;
      if (end < 0) return;
      const digits = digitsOf(text, at, end, session);
      entries.push({ session, start: at, end, digits, place: 0, list: this.#listNumber });
      const after = skipSpace(text, end);
      at = text.charCodeAt(after) === COMMA ? skipSpace(text, after + 1) : after;
      if (entries.length % SESSIONS_AT_A_TIME === 0) yield;
    }
    if (!TAIL.test(text.slice(at))) return;
    for (const entry of entries) this.#byId.set(entry.session.id, entry);
    this.#remember(text, entries);
  }

  /** Returns null if the text must be read as a whole. */
  #readChanges(text: string): Omit<SessionList, 'pbxTime'> | null {
    const head = HEAD.exec(text)?.[0];
    if (head === undefined || hasTooManyObjects(text)) return null;
    const entries: Entry[] = [];
    let at = skipSpace(text, head.length);
    /** Place in the last list of the session that probably comes next. */
    let expected = 0;
    while (text.charCodeAt(at) !== CLOSING_BRACKET) {
      const next = this.#entries[expected];
      const entry = next !== undefined && this.#follow(next, text, at) ? next : this.#readEntry(text, at, expected - 1);
      if (entry === null) return null;
      entries.push(entry);
      expected = entry.place + 1;
      const after = skipSpace(text, entry.end);
      const hasNext = text.charCodeAt(after) === COMMA;
      at = hasNext ? skipSpace(text, after + 1) : after;
      if (hasNext === (text.charCodeAt(at) === CLOSING_BRACKET)) return null;
    }
    const tail = text.slice(at);
    if (!TAIL.test(tail) || parseJson(head + tail) === undefined) return null;
    this.#remember(text, entries);
    return { sessions: entries.map(({ session }) => session), dropped: 0, total: entries.length };
  }

  /** Reads the session at `at`. `place` is that of a new entry. Returns null if the text must be read as a whole. */
  #readEntry(text: string, at: number, place: number): Entry | null {
    const end = text.charCodeAt(at) === OPENING_BRACE ? endOfObject(text, at) : -1;
    const session = end < 0 ? null : decodeSession(parseJson(text.slice(at, end)));
    if (session === null) return null;
    const known = this.#byId.get(session.id);
    if (known !== undefined && this.#follow(known, text, at)) return known;
    // The ID is listed twice.
    if (known?.list === this.#listNumber) return null;
    if (known !== undefined) known.list = this.#listNumber;
    const digits = digitsOf(text, at, end, session);
    const entry: Entry = { session, start: at, end, digits, place: known?.place ?? place, list: this.#listNumber };
    this.#byId.set(session.id, entry);
    return entry;
  }

  /** Whether the text at `at` is that of the entry, apart from talking times. If so, the entry gets the new ones. */
  #follow(entry: Entry, text: string, at: number): boolean {
    if (entry.list === this.#listNumber) return false;
    const { digits, session } = entry;
    const found = this.#newDigits;
    let [from, to] = [entry.start, at];
    for (let index = 0; index < digits.length; index += 2) {
      const [begin = 0, end = 0] = [digits[index], digits[index + 1]];
      // Not startsWith, which compares one character at a time: V8 compares two strings by words.
      if (text.slice(to, to + begin - from) !== this.#text.slice(from, begin)) return false;
      to += begin - from;
      const after = endOfDigits(text, to);
      if (!isTalkingTime(text, to, after)) return false;
      found[index] = to;
      found[index + 1] = after;
      [from, to] = [end, after];
    }
    if (text.slice(to, to + entry.end - from) !== this.#text.slice(from, entry.end)) return false;
    entry.end = to + entry.end - from;
    entry.start = at;
    entry.list = this.#listNumber;
    let index = 0;
    for (const leg of session.legs) {
      if (leg.talkingSeconds === null || index >= digits.length) continue;
      const [begin = 0, end = 0] = [found[index], found[index + 1]];
      leg.talkingSeconds = Number(text.slice(begin, end));
      digits[index++] = begin;
      digits[index++] = end;
    }
    return true;
  }

  #remember(text: string, entries: readonly Entry[]): void {
    this.#text = text;
    this.#entries = entries;
    entries.forEach((entry, place) => (entry.place = place));
    if (this.#byId.size === entries.length) return;
    for (const [id, { list }] of this.#byId) if (list !== this.#listNumber) this.#byId.delete(id);
  }
}

/**
 * Returns where the talking times are; nothing if that is not certain, so that the entry is decoded again when they
 * change.
 */
function digitsOf(text: string, start: number, end: number, { legs }: PbxSession): number[] {
  const digits: number[] = [];
  for (const { talkingSeconds } of legs) {
    if (talkingSeconds === null) continue;
    const key = text.indexOf(TALKING_TIME, digits.at(-1) ?? start);
    SECONDS.lastIndex = key + TALKING_TIME.length;
    const found = key < 0 || key >= end || !/[{,]\s*$/.test(text.slice(key - 8, key)) ? null : SECONDS.exec(text);
    const [all = '', seconds = ''] = found ?? [];
    if (found === null || Number(seconds) !== talkingSeconds) return [];
    const begin = found.index + all.lastIndexOf(seconds);
    digits.push(begin, begin + seconds.length);
  }
  // Another talking time would belong to no leg.
  const next = text.indexOf(TALKING_TIME, digits.at(-1) ?? start);
  return next >= 0 && next < end ? [] : digits;
}

function isTalkingTime(text: string, from: number, to: number): boolean {
  return to > from && to - from <= MAX_DIGITS && (to - from === 1 || text.charCodeAt(from) !== ZERO);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** White space of JSON (RFC 8259 2). */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
