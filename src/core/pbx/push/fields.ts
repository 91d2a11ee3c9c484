import type { ChosenPresence, ExtensionActivity, PushDirection } from './types.ts';

const MAX_NAME = 1024;
const MAX_NUMBER = 256;
const MAX_ID = 512;

/** Reads text of at most `max` characters; '' for null, missing, and values that are neither text nor number. */
export function textField(value: unknown, max = MAX_NAME): string {
  const found = typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : '';
  // The PBX may send half of a surrogate pair, and cutting may create one.
  return found.slice(0, max).toWellFormed().trim();
}

/** Reads a session ID. It is opaque, so it is neither trimmed nor cut. null when there is none. */
export function idField(value: unknown): string | null {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID && id.isWellFormed() ? id : null;
}

/** Reads the number of a SIP address: "Ada" <sip:101@dom;x=y> and sip:101@dom are 101. '' when missing. */
export function numberField(value: unknown): string {
  const text = textField(value, 2 * MAX_NUMBER);
  const address = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  const [user = ''] = address
    .trim()
    .replace(/^(?:sips?|tel):/i, '')
    .split(/[@;]/, 1);
  // Of the characters that may be escaped in a SIP user part (RFC 3261 25.1), only these occur in numbers.
  return textField(user.replace(/%(?:2B|23|2A)/gi, decodeURIComponent), MAX_NUMBER);
}

/** Reads a whole number, or digits in a string; null for anything else. */
export function integerField(value: unknown): number | null {
  const found = typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : null;
}

/** The documents contain ON_CALL, "On Call" and the typing error ON_ACLL. */
const ACTIVITIES: Record<string, ExtensionActivity> = {
  '': 'idle',
  idle: 'idle',
  ringing: 'ringing',
  oncall: 'on-call',
  onacll: 'on-call',
  // The name in GET /user/status from 22.3 on.
  othercall: 'on-call',
};

/** Reads `call_status`. As everywhere in this API, null stands for the empty string, which here means idle. */
export function activityField(value: unknown): ExtensionActivity {
  if (value === null) return 'idle';
  if (typeof value !== 'string') return 'unknown';
  return Object.hasOwn(ACTIVITIES, folded(value)) ? (ACTIVITIES[folded(value)] ?? 'unknown') : 'unknown';
}

/** AVAILABLE until 22.2, ONLINE from 22.3 on. */
const CHOSEN: Record<string, ChosenPresence> = {
  available: 'available',
  online: 'available',
  donotdisturb: 'do-not-disturb',
  away: 'away',
  lunch: 'lunch',
  businesstrip: 'business-trip',
};

/** Reads `presence`. */
export function presenceField(value: unknown): ChosenPresence {
  const word = folded(textField(value, 64));
  return Object.hasOwn(CHOSEN, word) ? (CHOSEN[word] ?? 'unknown') : 'unknown';
}

/** The "Event reference" uses two sets of names, and the REST API a third. */
const DIRECTIONS: Record<string, PushDirection> = {
  internal: 'internal',
  ext: 'internal',
  extensioncall: 'internal',
  inbound: 'inbound',
  in: 'inbound',
  inboundcall: 'inbound',
  outbound: 'outbound',
  out: 'outbound',
  outboundcall: 'outbound',
  inboundoutbound: 'inbound-outbound',
  in2out: 'inbound-outbound',
  inboundoutboundcall: 'inbound-outbound',
};

/** Reads `direction`; null when missing (before 22.6 it may be) or unknown. */
export function directionField(value: unknown): PushDirection | null {
  const word = folded(textField(value, 64));
  return Object.hasOwn(DIRECTIONS, word) ? (DIRECTIONS[word] ?? null) : null;
}

const folded = (text: string): string =>
  text
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
