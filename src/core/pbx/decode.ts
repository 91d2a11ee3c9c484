import { countryOfIso, countryOfName, countryOfZone, firstCountryOf } from '../numbers/own-country.ts';
import { isRecord } from './answer-errors.ts';
import { idOf, recordsOf, wholeNumberOf, textOf } from './fields.ts';
import { readTime } from './read-time.ts';
import type { PbxCdr, PbxLeg, PbxSession, PbxTenant, PbxUser, SessionList } from './types.ts';

const MAX_NAME = 1024;
const MAX_NUMBER = 256;
/** Maximum number of legs that are read from one session. No call rings that many phones. */
const MAX_LEGS = 1_000;

/**
 * Reads one session (OpenAPI 22.2 GET /sessions/{id}); null when it has no usable id or its calls are not a list.
 * Every field of a leg may be missing.
 */
export function decodeSession(value: unknown): PbxSession | null {
  if (!isRecord(value)) return null;
  const id = idOf(value['id']);
  const calls = value['calls'] ?? [];
  if (id === null || !Array.isArray(calls)) return null;
  const legs: PbxLeg[] = [];
  for (const call of calls as unknown[]) if (isRecord(call) && legs.length < MAX_LEGS) legs.push(decodeLeg(call));
  return { id, legs };
}

function decodeLeg(value: Record<string, unknown>): PbxLeg {
  return {
    caller: textOf(value['caller'], MAX_NUMBER),
    callerName: textOf(value['caller_display_name'], MAX_NAME),
    callee: textOf(value['callee'], MAX_NUMBER),
    trunk: textOf(value['trunk'], MAX_NUMBER),
    startedAt: readTime(value['started_at']),
    talkingSeconds: wholeNumberOf(value['talking_time']),
  };
}

/**
 * Reads the response to GET /sessions; null when there is no list in it. A session that cannot be read is counted and
 * left out. An ID that is listed twice is one session with the legs of both.
 */
export function decodeSessions(body: unknown): Omit<SessionList, 'pbxTime'> | null {
  const items = listOf(body);
  if (items === null) return null;
  const sessions = new Map<string, PbxSession>();
  const twins = new Map<PbxSession, Set<string>>();
  let dropped = 0;
  for (const item of items) {
    const found = decodeSession(item);
    if (found === null) {
      dropped += 1;
      continue;
    }
    const twin = sessions.get(found.id);
    if (twin === undefined) sessions.set(found.id, found);
    else addLegs(twin, found.legs, twins);
  }
  return { sessions: [...sessions.values()], dropped, total: items.length };
}

/** Adds the legs that the session does not have. `known`: the legs, as JSON, of each session that was listed twice. */
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
  // A missing list counts as empty if `count` is 0. An object without both is not a list.
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
  const workPhone = textOf(body['work_phone'], MAX_NUMBER);
  const outbound = callerIds.map((entry) => textOf(entry['caller_id'], MAX_NUMBER));
  const [mobile, home] = [body['mobile_phone'], body['home_phone']].map((one) => textOf(one, MAX_NUMBER));
  const numbers = [mobile ?? '', workPhone, home ?? '', ...outbound];
  const lineCountry = firstCountryOf([...outbound, workPhone]);
  return {
    username,
    displayName: textOf(body['display_name'], MAX_NAME),
    extension,
    otherNumbers: [...new Set(numbers)].filter((number) => number !== '' && number !== extension),
    lineCountry,
    // From 22.6 on (summary of changes).
    zoneCountry: lineCountry === '' ? countryOfZone(textOf(body['timezone'], MAX_NAME)) : '',
  };
}

/**
 * Reads GET /tenant (OpenAPI 22.2.11, "Retrieve current configurations"); null if none of the fields is there.
 * Documented: `e164.country` such as "Angola(244)", `region` in ISO 3166-1 alpha-3, `timezone` in IANA's names.
 * Inferred: that `e164.country` counts only while `e164.enabled` is true, and that it then is the one the PBX reads
 * numbers by.
 */
export function decodeTenant(body: unknown): PbxTenant | null {
  if (!isRecord(body) || !TENANT_FIELDS.some((key) => Object.hasOwn(body, key))) return null;
  const { e164 } = body;
  const byE164 = isRecord(e164) && e164['enabled'] === true ? countryOfName(textOf(e164['country'], MAX_NAME)) : '';
  const country = byE164 === '' ? countryOfIso(textOf(body['region'], MAX_NAME)) : byE164;
  return {
    country,
    zoneCountry: country === '' ? countryOfZone(textOf(body['timezone'], MAX_NAME)) : '',
    matchLength: matchLengthOf(body),
  };
}

const TENANT_FIELDS = ['region', 'timezone', 'e164', 'contact_match_type'];
/** Fewer digits would give one name to many numbers; no number has more. */
const MATCH_LENGTHS = { min: 3, max: 15 };

/**
 * `contact_match_type` is DISABLE, MATCH_EXACTLY (the default) or MATCH_LENGTH, which compares the last
 * `contact_match_length` digits. DISABLE concerns the PBX's own apps, so it is read like MATCH_EXACTLY.
 */
function matchLengthOf(tenant: Record<string, unknown>): number | null {
  if (textOf(tenant['contact_match_type'], MAX_NAME).toUpperCase() !== 'MATCH_LENGTH') return null;
  const length = wholeNumberOf(tenant['contact_match_length']);
  return length !== null && length >= MATCH_LENGTHS.min && length <= MATCH_LENGTHS.max ? length : null;
}

/** How many voicemails of GET /voicemails are new (OpenAPI 22.2: `status` is READ or UNREAD); null without a list. */
export function decodeNewVoicemails(body: unknown): number | null {
  const items = listOf(body);
  if (items === null) return null;
  return items.filter((item) => isRecord(item) && textOf(item['status'], MAX_NUMBER).toUpperCase() === 'UNREAD').length;
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
    callerName: textOf(value['caller_display_name'], MAX_NAME),
    startedAt: readTime(value['started_at']),
    answeredAt: readTime(value['answered_at']),
    endedAt: readTime(value['ended_at']),
    endReason: textOf(value['end_reason'], MAX_NUMBER),
    statusCode: wholeNumberOf(value['status_code']),
    did: textOf(value['did_cid'], MAX_NUMBER),
    // Records have a trunk; GET /user/cdrs also has the direction, such as INBOUND_CALL.
    ...(textOf(value['trunk'], MAX_NUMBER) !== '' || /^(?:in|out)bound/i.test(textOf(value['direction'], MAX_NUMBER))
      ? { overTrunk: true }
      : {}),
  };
}
