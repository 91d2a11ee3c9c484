import { z } from 'zod';
import { isRecord } from './answer-errors.ts';
import { readTime } from './read-time.ts';
import type { PbxCdr, PbxLeg, PbxSession, PbxUser, SessionList } from './types.ts';

const MAX_NAME = 1024;
const MAX_NUMBER = 256;
const MAX_ID = 512;
const MAX_SECONDS = 0xffff_ffff;

/** Text of at most `max` characters; '' for null, missing, and what is neither text nor number. */
const text = (max: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => {
      const found = typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : '';
      // Half of a surrogate pair is not text, whether it was sent or a cut parted it.
      return found.slice(0, max).toWellFormed().trim();
    });

/** Whole seconds, as a number or as digits in a string; null when missing, negative, or more than a uint32. */
const seconds = z
  .unknown()
  .optional()
  .transform((value) => {
    const found = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
    return typeof found === 'number' && found >= 0 && found <= MAX_SECONDS ? Math.floor(found) : null;
  });

const time = z.unknown().optional().transform(readTime);

/** Opaque, so never trimmed. A number is taken for its digits; what it can hold exactly was settled while parsing. */
export const id = z
  .union([z.string(), z.int().transform(String)])
  .refine((value) => value !== '' && value.length <= MAX_ID && value.isWellFormed());

const leg = z.object({
  caller: text(MAX_NUMBER),
  caller_display_name: text(MAX_NAME),
  callee: text(MAX_NUMBER),
  trunk: text(MAX_NUMBER),
  started_at: time,
  talking_time: seconds,
});

/** Entries that are not objects are left out; null and missing are no entries. */
const records = z
  .array(z.unknown())
  .nullish()
  .transform((entries) => (entries ?? []).filter(isRecord));

const session = z.object({ id, calls: records });

/**
 * Reads one session (OpenAPI 22.2 GET /sessions/{id}); null when it has no usable id or its calls are not a list.
 * Every field of a leg may be missing.
 */
export function decodeSession(value: unknown): PbxSession | null {
  const found = session.safeParse(value);
  return found.success ? { id: found.data.id, legs: found.data.calls.map(decodeLeg) } : null;
}

function decodeLeg(value: Record<string, unknown>): PbxLeg {
  const found = leg.parse(value);
  return {
    caller: found.caller,
    callerName: found.caller_display_name,
    callee: found.callee,
    trunk: found.trunk,
    startedAt: found.started_at,
    talkingSeconds: found.talking_time,
  };
}

/**
 * Reads GET /sessions; null when there is no list in it. `count` is only believed where it explains
 * an `items` of null. A session that cannot be read is counted and left out. An id that is listed twice
 * is one session with the legs of both, as an id stands for all legs of a call.
 */
export function decodeSessions(body: unknown): Omit<SessionList, 'pbxTime'> | null {
  const items = listOf(body);
  if (items === null) return null;
  const sessions = new Map<string, PbxSession>();
  let dropped = 0;
  for (const item of items) {
    const found = decodeSession(item);
    const known = found && sessions.get(found.id);
    if (found === null) dropped++;
    else if (known) known.legs = mergeLegs(known.legs, found.legs);
    else sessions.set(found.id, found);
  }
  return { sessions: [...sessions.values()], dropped };
}

function mergeLegs(legs: PbxLeg[], more: PbxLeg[]): PbxLeg[] {
  const seen = new Set(legs.map((one) => JSON.stringify(one)));
  return [...legs, ...more.filter((one) => !seen.has(JSON.stringify(one)))];
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
  const found = z.object({ id }).safeParse(body);
  return found.success ? found.data.id : null;
}

const user = z.object({
  name: text(MAX_NAME),
  display_name: text(MAX_NAME),
  extension_number: text(MAX_NUMBER),
  mobile_phone: text(MAX_NUMBER),
  work_phone: text(MAX_NUMBER),
  home_phone: text(MAX_NUMBER),
  outbound_caller_ids: z
    .unknown()
    .optional()
    .transform((value) => (Array.isArray(value) ? value.filter(isRecord) : [])),
});

/** Reads GET /user; null when it names neither a user nor an extension. */
export function decodeUser(body: unknown): PbxUser | null {
  const found = user.safeParse(body);
  if (!found.success || (found.data.name === '' && found.data.extension_number === '')) return null;
  const { data } = found;
  const callerIds = data.outbound_caller_ids.map((entry) => text(MAX_NUMBER).parse(entry['caller_id']));
  const numbers = [data.mobile_phone, data.work_phone, data.home_phone, ...callerIds];
  return {
    username: data.name,
    displayName: data.display_name,
    extension: data.extension_number,
    otherNumbers: [...new Set(numbers)].filter((number) => number !== '' && number !== data.extension_number),
  };
}

const cdr = z.object({
  caller: text(MAX_NUMBER),
  callee: text(MAX_NUMBER),
  started_at: time,
  answered_at: time,
  ended_at: time,
  end_reason: text(MAX_NUMBER),
  status_code: seconds,
});

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
  const found = cdr.parse(value);
  return {
    caller: found.caller,
    callee: found.callee,
    startedAt: found.started_at,
    answeredAt: found.answered_at,
    endedAt: found.ended_at,
    endReason: found.end_reason,
    statusCode: found.status_code,
  };
}
