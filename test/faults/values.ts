import type { Outcome } from './expected.ts';
import type { AnsweredKind } from './requests.ts';

/** JSON values for a field; `null` leaves the field out. */
export const VALUES: Record<string, string | null> = {
  missing: null,
  null: 'null',
  true: 'true',
  false: 'false',
  0: '0',
  '-0': '-0',
  '-1': '-1',
  1.5: '1.5',
  '18 digits': '884757570370146304',
  '1e999': '1e999',
  '-1e999': '-1e999',
  NaN: 'NaN',
  'no text': '""',
  'a space': '" "',
  'a dot': '"."',
  '10,000 characters': JSON.stringify('x'.repeat(10_000)),
  '10,000 digits': JSON.stringify('9'.repeat(10_000)),
  'control characters': JSON.stringify('\u0000\u001b[2J\r\nX-Injected: 1'),
  'half a character': '"\\ud83d"',
  'a half character at the limit': JSON.stringify('x'.repeat(255) + '📞'.repeat(600)),
  'right to left': JSON.stringify('\u202e1001\u2066'),
  '1970': '"1970-01-01T00:00:00Z"',
  '9999': '"9999-12-31T23:59:59.999999Z"',
  'a year with six digits': '"+275760-09-13T00:00:01Z"',
  'the 31st of February': '"2026-02-31T25:61:61Z"',
  'Unix time': '1767603600',
  'Unix time in text': '"1767603600"',
  'infinity in text': '"Infinity"',
  'an empty list': '[]',
  'an empty object': '{}',
  'a list of everything': '[null,true,-1,1e999,"",[],{},{"id":0},{"id":[]},[[]]]',
  'an object with a prototype': '{"__proto__":{"id":"1"},"constructor":1,"toString":null,"length":-1}',
  'lists in lists, 100,000 deep': '['.repeat(100_000) + ']'.repeat(100_000),
};

/** Values that make the whole answer invalid JSON. */
export const UNREADABLE: readonly string[] = ['NaN'];

/** Values with which an answer may or may not be readable, depending on the rest. */
export const BARELY_READABLE: readonly string[] = ['lists in lists, 100,000 deep'];

/**
 * The required fields of an answer and the error without them; a strange value of any other field affects only that
 * field.
 */
export const NEEDED: Record<AnsweredKind, { fields: readonly string[]; else: Outcome }> = {
  probe: { fields: [''], else: 'not-portsip' },
  probe_tenant: { fields: [''], else: 'not-portsip' },
  sign_in: { fields: ['', 'access_token'], else: 'bad-answer' },
  sign_in_code: { fields: ['', 'two_factor_enabled', 'token'], else: 'bad-answer' },
  oauth: { fields: ['', 'access_token'], else: 'bad-answer' },
  v16: { fields: ['', 'access_token'], else: 'bad-answer' },
  send_code: { fields: [], else: 'good' },
  verify_code: { fields: ['', 'access_token'], else: 'bad-answer' },
  rights: { fields: [], else: 'good' },
  refresh: { fields: ['', 'access_token'], else: 'bad-answer' },
  refresh_oauth: { fields: ['', 'access_token'], else: 'bad-answer' },
  refresh_v16: { fields: ['', 'access_token'], else: 'bad-answer' },
  sign_out: { fields: [], else: 'good' },
  list: { fields: ['', 'items'], else: 'bad-answer' },
  get: { fields: ['', 'id', 'calls'], else: 'bad-answer' },
  create: { fields: ['', 'id'], else: 'dial-unanswered' },
  destroy: { fields: [''], else: 'bad-answer' },
  me: { fields: [''], else: 'bad-answer' },
  tenant: { fields: [''], else: 'bad-answer' },
  voicemails: { fields: ['', 'items'], else: 'bad-answer' },
  cdrs: { fields: ['', 'items'], else: 'bad-answer' },
  status: { fields: [''], else: 'bad-answer' },
  sync: { fields: ['', 'token'], else: 'bad-answer' },
  diff: { fields: ['', 'items'], else: 'bad-answer' },
};

/** The paths of all values in an answer, outermost first: '' is the whole, then "items", "items.0", "items.0.id"… */
export function placesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, path === '' ? key : `${path}.${key}`)),
  ];
}

/** The JSON of `answer` with `value` at one path. */
export function withValue(answer: unknown, place: string, value: string | null): string {
  if (place === '') return value ?? '';
  const changed: unknown = JSON.parse(JSON.stringify(answer), (key, inner: unknown) => inner);
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let holder = changed as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  if (value === null) Reflect.deleteProperty(holder, last);
  else holder[last] = MARK;
  // A removed list entry leaves null.
  return JSON.stringify(changed).replace(JSON.stringify(MARK), () => value ?? '');
}

const MARK = '\u0001here\u0001';
