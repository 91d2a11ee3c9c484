import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePush } from '../../../../src/core/pbx/push/decode-push.ts';

const decode = (value: unknown) => decodePush(JSON.stringify(value));
const NINE = 1_795_424_400_000;
const TIME = '1795424400';

test('reads a call of the user’s extension', () => {
  const frame = { event_type: 'extension_call', extension: 'sip:101@office.test', call_status: 'RINGING', time: TIME };
  expect(decode({ ...frame, tenant_id: '1', extension_id: '2' })).toEqual([
    { type: 'extension', extension: '101', activity: 'ringing', at: NINE },
  ]);
});

test.each([
  ['RINGING', 'ringing'],
  ['ringing', 'ringing'],
  ['ON_CALL', 'on-call'],
  ['ON_ACLL', 'on-call'],
  ['On Call', 'on-call'],
  ['on-call', 'on-call'],
  ['OTHER_CALL', 'on-call'],
  ['', 'idle'],
  ['  ', 'idle'],
  [null, 'idle'],
  ['DREAMING', 'unknown'],
  ['constructor', 'unknown'],
  [7, 'unknown'],
  [{}, 'unknown'],
])('reads a call_status of %j as %s', (call_status, activity) => {
  expect(decode({ event_type: 'extension_call', extension: '101', call_status })).toMatchObject([{ activity }]);
});

test.each([
  ['sip:101@office.test', '101'],
  ['SIPS:101@office.test:5061;transport=tls', '101'],
  ['"Ada" <sip:101@office.test>;tag=1', '101'],
  ['tel:+12015550123;ext=5', '+12015550123'],
  ['sip:%2B12015550123@office.test', '+12015550123'],
  ['+1 201 555 0123', '+1 201 555 0123'],
  ['*97', '*97'],
  [101, '101'],
])('reads the number %j as %s', (caller, number) => {
  expect(decode({ event_type: 'call_start', session_id: '1', caller })).toMatchObject([{ caller: number }]);
});

test('reads the status after subscribing as one event per extension, without entries that lack one', () => {
  const status = [
    { extension: 'sip:101@dom', call_status: 'ON_CALL', online: true, time: TIME },
    { extension_id: '7', call_status: 'RINGING' },
    null,
    { extension: '102', call_status: '' },
  ];
  expect(decode({ event_type: 'extension_status', time: '1795424401', status })).toEqual([
    { type: 'extension', extension: '101', activity: 'on-call', at: NINE },
    { type: 'presence', extension: '101', chosen: 'unknown', online: true },
    { type: 'extension', extension: '102', activity: 'idle', at: NINE + 1_000 },
  ]);
});

test.each([
  [{ presence: 'AVAILABLE', online: true, push_online: false }, 'available', true],
  [{ presence: 'ONLINE', online: false, push_online: true }, 'available', true],
  [{ presence: 'DO_NOT_DISTURB', online: false, push_online: false }, 'do-not-disturb', false],
  [{ presence: 'BUSINESS_TRIP' }, 'business-trip', null],
  [{ presence: 'Elsewhere', online: 'yes' }, null, null],
])('reads the presence in %j', (fields, chosen, online) => {
  const events = decode({ event_type: 'extension_presence', extension: 'sip:102@dom', ...fields });
  expect(events).toEqual(chosen === null ? [] : [{ type: 'presence', extension: '102', chosen, online }]);
});

test('reads the beginning of a call', () => {
  const frame = {
    time: TIME,
    session_id: '884757570370146304',
    direction: 'inbound',
    caller_display_name: 'Ada Lovelace',
    caller: '+12015550123',
    callee_display_name: 'Grace',
    callee: 'sip:101@office.test',
  };
  const call = {
    type: 'call',
    sessionId: '884757570370146304',
    direction: 'inbound',
    caller: '+12015550123',
    callerName: 'Ada Lovelace',
    callee: '101',
    calleeName: 'Grace',
    at: NINE,
  };
  expect(decode({ event_type: 'call_start', ...frame })).toEqual([call]);
  expect(decode({ event_type: 'call_update_info', ...frame })).toEqual([call]);
});

test('keeps all digits of a session id that is an 18-digit number', () => {
  const frame = '{"event_type":"call_start","session_id":884757570370146304}';
  expect(decodePush(frame)).toMatchObject([{ sessionId: '884757570370146304' }]);
});

test.each([
  ['internal', 'internal'],
  ['ext', 'internal'],
  ['inbound', 'inbound'],
  ['in', 'inbound'],
  ['OUTBOUND', 'outbound'],
  ['out', 'outbound'],
  ['inbound_outbound', 'inbound-outbound'],
  ['in2out', 'inbound-outbound'],
  ['INBOUND_OUTBOUND_CALL', 'inbound-outbound'],
  ['sideways', null],
  ['', null],
  [undefined, null],
])('reads the direction %j as %j', (direction, expected) => {
  expect(decode({ event_type: 'call_start', session_id: '1', direction })).toMatchObject([{ direction: expected }]);
});

test.each(['add', 'ringing', 'answer', 'noanswer', 'fail', 'end'])('reads cdr_target_%s', (change) => {
  const frame = { time: TIME, session_id: '1', direction: 'in', caller: '102' };
  const target = {
    type: 'target',
    change,
    sessionId: '1',
    direction: 'inbound',
    caller: '102',
    destination: '101',
    at: NINE,
  };
  const destination = 'sip:101@192.168.0.18:5066';
  // The documents misspell it in one place and spell it right in another.
  expect(decode({ event_type: `cdr_target_${change}`, ...frame, destiantion: destination })).toEqual([target]);
  expect(decode({ event_type: `cdr_target_${change}`, ...frame, destination })).toEqual([target]);
  expect(decode({ event_type: `target_${change}`, ...frame, destination, destiantion: '' })).toEqual([target]);
});

test('reads the end of a call, with its numbers as text or as numbers', () => {
  const frame = {
    event_type: 'call_cdr',
    session_id: '1',
    caller: 'sip:102@dom',
    caller_display_name: 'Ada',
    callee: '101',
    trunk_name: 'provider-1:884757570370146304',
    answered_time: TIME,
    ended_time: 1_795_424_460,
    ended_reason: 'caller_disconnected',
    status_code: '200',
  };
  expect(decode(frame)).toEqual([
    {
      type: 'call-over',
      sessionId: '1',
      caller: '102',
      callerName: 'Ada',
      callee: '101',
      trunk: 'provider-1',
      answeredAt: NINE,
      endedAt: NINE + 60_000,
      endReason: 'caller_disconnected',
      callStatus: '',
      statusCode: 200,
      targets: [],
    },
  ]);
  const unanswered = { ...frame, answered_time: '', ended_reason: 'None', status_code: 486, trunk_name: null };
  expect(decode(unanswered)).toMatchObject([{ answeredAt: null, endReason: '', statusCode: 486, trunk: '' }]);
  expect(decode({ ...frame, answered_time: '0' })).toMatchObject([{ answeredAt: null }]);
});

test('reads the phones that a call was offered to, in the spelling of the sample', () => {
  const answered = { destination: 'sip:101@192.168.0.18:5066', answered_time: TIME, ended_time: 1_795_424_460 };
  const call_targets = [answered, { callee: '102', answered_time: '0', ended_time: '' }, null, 'nonsense'];
  expect(decode({ event_type: 'call_cdr', session_id: '1', call_targets })).toMatchObject([
    {
      targets: [
        { number: '101', answeredAt: NINE, endedAt: NINE + 60_000 },
        { number: '102', answeredAt: null, endedAt: null },
      ],
    },
  ]);
});

test.each(['call_start', 'cdr_target_ringing', 'call_cdr'])('drops %s without a session id', (event_type) => {
  for (const session_id of [undefined, null, '', {}, 1.5, 'x'.repeat(513)]) {
    expect(decode({ event_type, session_id, caller: '1' })).toEqual([]);
  }
});

test.each(['extension_presence', 'extension_agent_status', 'queue_status', 'call_established', 'cdr_target_dance'])(
  'drops the event %s',
  (event_type) => {
    expect(decode({ event_type, session_id: '1', extension: '101', call_status: 'RINGING' })).toEqual([]);
  },
);

test.each([
  [
    { command: 'auth', id: '1', status: 0 },
    { command: 'auth', id: '1', status: 0, error: '' },
  ],
  [
    { command: 'auth', error: 'wrong', id: 2, status: '-1' },
    { command: 'auth', id: '2', status: -1, error: 'wrong' },
  ],
  [{ command: 'Subscribe' }, { command: 'subscribe', id: '', status: null, error: '' }],
  [{ status: 0 }, { command: '', id: '', status: 0, error: '' }],
  [
    { command: 'auth', status: 'ok' },
    { command: 'auth', id: '', status: 0, error: '' },
  ],
  [
    { command: 'auth', status: false },
    { command: 'auth', id: '', status: -1, error: '' },
  ],
  [
    { command: 'auth', status: {} },
    { command: 'auth', id: '', status: null, error: '' },
  ],
])('reads the reply %j', (frame, reply) => {
  expect(decode(frame)).toEqual(reply);
});

test.each(['', 'hello', 'null', '1', '"auth"', '{}', '{"id":"1"}', '{"event_type":""}', '{"a":1', '\u0000'])(
  'reads nothing from the frame %j',
  (frame) => {
    expect(decodePush(frame)).toBeNull();
  },
);

test('reads a frame of exactly 1 MiB in UTF-8, and refuses one byte more', () => {
  const head = '{"event_type":"extension_call","extension":"101","x":"';
  const tail = '"}';
  const room = 1024 * 1024 - head.length - tail.length;
  expect(decodePush(`${head}${'x'.repeat(room)}${tail}`)).toHaveLength(1);
  expect(decodePush(`${head}${'x'.repeat(room + 1)}${tail}`)).toBeNull();
  expect(decodePush(`${head}${'é'.repeat(room / 2 + 1)}${tail}`)).toBeNull();
});

test('cuts long names and numbers, and no emoji in half', () => {
  const [event] = decode({
    event_type: 'call_start',
    session_id: '1',
    caller: '1'.repeat(300),
    caller_display_name: `${'x'.repeat(1023)}🙂`,
  }) as { caller: string; callerName: string }[];
  expect(event?.caller).toHaveLength(256);
  expect(event?.callerName.length).toBeLessThanOrEqual(1024);
  expect(event?.callerName.isWellFormed()).toBe(true);
});

test('removes half of an emoji, in every field', () => {
  const [event] = decode({
    event_type: 'call_start',
    session_id: '1',
    caller: '10\ud83d',
    caller_display_name: 'Ada \udcde',
  }) as { caller: string; callerName: string }[];
  expect(event).toMatchObject({ caller: '10\ufffd', callerName: 'Ada \ufffd' });
});

const KEYS = [
  'session_id',
  'caller',
  'callee',
  'direction',
  'time',
  'extension',
  'call_status',
  'status',
  'destiantion',
  'call_targets',
];
const TYPES = ['extension_call', 'extension_status', 'call_start', 'call_update_info', 'cdr_target_add', 'call_cdr'];

test('returns events of the declared types and does not throw, whatever the frame', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('sip:', '<>', '%2', '\ud800', TIME),
  );
  const frame = fc
    .tuple(fc.oneof(fc.constantFrom(...TYPES), fc.string()), fc.dictionary(fc.constantFrom(...KEYS), value))
    .map(([event_type, fields]) => ({ ...fields, event_type }));
  fc.assert(
    fc.property(fc.oneof(frame, fc.array(frame), value), (sent) => {
      const decoded = decode(sent);
      for (const event of Array.isArray(decoded) ? decoded : []) {
        if (event.type === 'extension' || event.type === 'presence') expect(event.extension).not.toBe('');
        else expect(event.sessionId).not.toBe('');
        const targets = event.type === 'call-over' ? event.targets : [];
        for (const [key, field] of [event, ...targets].flatMap((part) => Object.entries(part))) {
          if (key === 'targets') continue;
          const kinds = /At$|^at$|statusCode/.test(key)
            ? ['number', 'null']
            : key === 'direction'
              ? ['string', 'null']
              : ['string'];
          expect(kinds).toContain(field === null ? 'null' : typeof field);
        }
      }
    }),
    { numRuns: 1_000 },
  );
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void decodePush(text)));
});

test('reads an event whatever else is in its list', () => {
  const good = { event_type: 'extension_call', extension: '101', call_status: 'RINGING' };
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (before, after) => {
      expect(decode([...before, good, ...after])).toContainEqual(expect.objectContaining({ extension: '101' }));
    }),
  );
});
