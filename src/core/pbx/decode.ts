import { isRecord } from './answer-errors.ts';
import { idOf, recordsOf, secondsOf, textOf } from './fields.ts';
import { readTime } from './read-time.ts';
import type { PbxCdr, PbxLeg, PbxSession, PbxUser, SessionList } from './types.ts';

const MAX_NAME = 1024;
const MAX_NUMBER = 256;
/** More phones than any call rings; what a session lists beyond that is left out. */
const MAX_LEGS = 1_000;

/**
 * Reads one session (OpenAPI 22.2 GET /sessions/{id}); null when it has no usable id or its calls are not a list.
 * Every field of a leg may be missing.
 */
export function decodeSession(value: unknown): PbxSession | null {
  if (!isRecord(value)) return null;
  const id = idOf(value['id']);
  const legs = recordsOf(value['calls']);
  return id === null || legs === null ? null : { id, legs: legs.slice(0, MAX_LEGS).map(decodeLeg) };
}

function decodeLeg(value: Record<string, unknown>): PbxLeg {
  return {
    caller: textOf(value['caller'], MAX_NUMBER),
    callerName: textOf(value['caller_display_name'], MAX_NAME),
    callee: textOf(value['callee'], MAX_NUMBER),
    trunk: textOf(value['trunk'], MAX_NUMBER),
    startedAt: readTime(value['started_at']),
    talkingSeconds: secondsOf(value['talking_time']),
  };
}

/**
 * Reads GET /sessions; null when there is no list in it. `count` is only believed where it explains
 * an `items` of null. A session that cannot be read is counted and left out. An id that is listed twice
 * is one session with the legs of both, as an id stands for all legs of a call. `known`: what was read before; an entry
 * that is the same but for its talking time is not read again.
 */
export function decodeSessions(body: unknown, known = new KnownEntries()): Omit<SessionList, 'pbxTime'> | null {
  const items = listOf(body);
  if (items === null) return null;
  const sessions: PbxSession[] = [];
  const twins = new Map<PbxSession, Set<string>>();
  let dropped = 0;
  known.next();
  for (const item of items) {
    const again = known.again(item, sessions.length);
    if (again !== null) {
      sessions.push(again);
      continue;
    }
    const found = decodeSession(item);
    const place = found && known.twin(found.id);
    const twin = place === null ? undefined : sessions[place];
    if (found === null) dropped++;
    else if (place !== null && twin !== undefined) {
      // What was read before stays as it was.
      const both = twins.has(twin) ? twin : { id: twin.id, legs: [...twin.legs] };
      sessions[place] = both;
      addLegs(both, found.legs, twins);
    } else {
      known.add(item, found, sessions.length);
      sessions.push(found);
    }
  }
  known.forget(sessions.length);
  return { sessions, dropped };
}

type Fields = Record<string, unknown>;

interface Entry {
  /** As written; null where that is not all there is to it. */
  legs: readonly Fields[] | null;
  session: PbxSession;
  /** Number of the last list that had it, and its place there. */
  seen: number;
  place: number;
}

/** The entries of a list as they were written and as they were read, by session id. */
export class KnownEntries {
  readonly #entries = new Map<string, Entry>();
  #list = 0;

  /** Another list begins. */
  next(): void {
    this.#list += 1;
  }

  /** The session, where nothing but its talking times has changed; null where it has to be read. `place`: in the list. */
  again(item: unknown, place: number): PbxSession | null {
    if (!isRecord(item) || typeof item['id'] !== 'string') return null;
    const known = this.#entries.get(item['id']);
    const { calls } = item;
    if (known === undefined || known.legs === null || known.seen === this.#list || !Array.isArray(calls)) return null;
    if (calls.length !== known.legs.length) return null;
    const { session } = known;
    let legs: PbxLeg[] | null = null;
    for (let index = 0; index < known.legs.length; index++) {
      const [then, leg] = [known.legs[index], session.legs[index]];
      const now: unknown = calls[index];
      if (then === undefined || leg === undefined || !isRecord(now) || !sameEntry(then, now)) return null;
      const talkingSeconds = secondsOf(now['talking_time']);
      if (talkingSeconds === leg.talkingSeconds) continue;
      legs ??= [...session.legs];
      const { caller, callerName, callee, trunk, startedAt } = leg;
      legs[index] = { caller, callerName, callee, trunk, startedAt, talkingSeconds };
    }
    known.seen = this.#list;
    known.place = place;
    return legs === null ? session : { id: session.id, legs };
  }

  /** The place of an entry that this list has had before under the same id. */
  twin(id: string): number | null {
    const known = this.#entries.get(id);
    if (known?.seen !== this.#list) return null;
    known.legs = null;
    return known.place;
  }

  add(item: unknown, session: PbxSession, place: number): void {
    const calls = isRecord(item) ? item['calls'] : null;
    // A leg that was left out makes an entry that is read anew each time.
    const whole = Array.isArray(calls) && calls.length === session.legs.length && calls.every(isRecord);
    this.#entries.set(session.id, { legs: whole ? calls : null, session, seen: this.#list, place });
  }

  /** Forgets what this list does not have; it has so many. */
  forget(sessions: number): void {
    if (this.#entries.size === sessions) return;
    for (const [id, { seen }] of this.#entries) if (seen !== this.#list) this.#entries.delete(id);
  }
}

function sameEntry(a: Fields, b: Fields): boolean {
  return (
    a['callee'] === b['callee'] &&
    a['caller'] === b['caller'] &&
    a['started_at'] === b['started_at'] &&
    a['caller_display_name'] === b['caller_display_name'] &&
    a['trunk'] === b['trunk']
  );
}

/** Each leg once. `known`: the legs of sessions that were listed twice, written out. */
function addLegs(session: PbxSession, more: readonly PbxLeg[], known: Map<PbxSession, Set<string>>): void {
  const seen = known.get(session) ?? new Set(session.legs.map((leg) => JSON.stringify(leg)));
  known.set(session, seen);
  for (const leg of more) {
    const written = JSON.stringify(leg);
    if (seen.has(written) || session.legs.length >= MAX_LEGS) continue;
    seen.add(written);
    session.legs.push(leg);
  }
}

/** The entries of a list; null when there is none. */
export function listOf(body: unknown): unknown[] | null {
  if (!isRecord(body)) return null;
  const { items, count } = body;
  if (Array.isArray(items)) return items as unknown[];
  const claimsEntries = count !== undefined && count !== null && count !== 0 && count !== '0';
  // Missing is as good as null where the PBX says that there are none; an object without either is no list.
  return (items === null || (items === undefined && count !== undefined)) && !claimsEntries ? [] : null;
}

/** The id that POST /sessions answers; null when there is none. */
export function decodeCreated(body: unknown): string | null {
  return isRecord(body) ? idOf(body['id']) : null;
}

/** Reads GET /user; null when it names neither a user nor an extension. */
export function decodeUser(body: unknown): PbxUser | null {
  if (!isRecord(body)) return null;
  const username = textOf(body['name'], MAX_NAME);
  const extension = textOf(body['extension_number'], MAX_NUMBER);
  if (username === '' && extension === '') return null;
  const callerIds = recordsOf(body['outbound_caller_ids']) ?? [];
  const phones = [body['mobile_phone'], body['work_phone'], body['home_phone']];
  const numbers = [...phones, ...callerIds.map((entry) => entry['caller_id'])].map((one) => textOf(one, MAX_NUMBER));
  return {
    username,
    displayName: textOf(body['display_name'], MAX_NAME),
    extension,
    otherNumbers: [...new Set(numbers)].filter((number) => number !== '' && number !== extension),
  };
}

/** Reads GET /user/cdrs, newest first whatever the order of the PBX; null when there is no list in it. */
export function decodeCdrs(body: unknown): PbxCdr[] | null {
  const items = listOf(body);
  if (items === null) return null;
  return items
    .filter(isRecord)
    .map(decodeCdr)
    .sort((a, b) => (b.startedAt ?? -Infinity) - (a.startedAt ?? -Infinity) || 0);
}

/** Reads one entry of the call history; every field may be missing. */
export function decodeCdr(value: Record<string, unknown>): PbxCdr {
  return {
    caller: textOf(value['caller'], MAX_NUMBER),
    callee: textOf(value['callee'], MAX_NUMBER),
    startedAt: readTime(value['started_at']),
    answeredAt: readTime(value['answered_at']),
    endedAt: readTime(value['ended_at']),
    endReason: textOf(value['end_reason'], MAX_NUMBER),
    statusCode: secondsOf(value['status_code']),
  };
}
