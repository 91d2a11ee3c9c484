import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCdrs, decodeCreated, decodeSession, decodeSessions, decodeUser } from '../../../src/core/pbx/decode.ts';
import { parseJson } from '../../../src/core/pbx/json.ts';

const leg = {
  caller: '101',
  caller_display_name: 'Ada Lovelace',
  callee: '+12015550123',
  trunk: 'provider-1',
  started_at: '2026-11-23T09:00:00.123456Z',
  talking_time: 7,
};

test('reads a session list', () => {
  expect(decodeSessions({ count: 1, items: [{ id: '884757570370146304', calls: [leg] }] })).toEqual({
    dropped: 0,
    total: 1,
    sessions: [
      {
        id: '884757570370146304',
        legs: [
          {
            caller: '101',
            callerName: 'Ada Lovelace',
            callee: '+12015550123',
            trunk: 'provider-1',
            startedAt: Date.UTC(2026, 10, 23, 9, 0, 0, 123),
            talkingSeconds: 7,
          },
        ],
      },
    ],
  });
});

test('keeps all digits of an id that is an 18-digit number', () => {
  const body = parseJson('{"items": [{"id": 884757570370146304, "calls": []}, {"id": 12}]}');
  expect(decodeSessions(body)?.sessions.map(({ id }) => id)).toEqual(['884757570370146304', '12']);
  expect(decodeCreated(parseJson('{"id": 884757570370146305}'))).toBe('884757570370146305');
});

test('keeps all digits of a long number, whatever precedes it in the JSON', () => {
  for (const before of ['', '[', '[1,', '[ ', '{"a": ', '{"a":\n', '{"a":"x","b":-']) {
    const after = before.replace(/[^[{]/g, '').replace('[', ']').replace('{', '}');
    expect(JSON.stringify(parseJson(`${before}884757570370146304${after}`))).toContain('884757570370146304"');
  }
});

test('merges an id that is listed ten thousand times into one session with at most 1,000 legs', () => {
  const entries = Array.from({ length: 10_000 }, (_, index) => ({ id: 'x', calls: [{ caller: String(index) }] }));
  const [session] = decodeSessions({ items: entries })?.sessions ?? [];
  expect(session?.legs).toHaveLength(1_000);
  expect(session?.legs.at(-1)?.caller).toBe('999');
  const calls = entries.map(({ calls: [only] }) => only);
  expect(decodeSession({ id: 'y', calls })?.legs).toHaveLength(1_000);
});

test('treats null, an empty string and a missing field alike', () => {
  const empty = { caller: '', callerName: '', callee: '', trunk: '', startedAt: null, talkingSeconds: null };
  const fields = Object.keys(leg);
  const nulls = Object.fromEntries(fields.map((field) => [field, null]));
  const blanks = Object.fromEntries(fields.map((field) => [field, '']));
  expect(decodeSession({ id: 'x', calls: [{}, nulls, blanks] })?.legs).toEqual([empty, empty, empty]);
});

test.each([
  ['missing calls', { id: 'x' }],
  ['null instead of calls', { id: 'x', calls: null }],
  ['calls that are not objects', { id: 'x', calls: [null, 3, 'leg', []] }],
])('keeps a session with %s, without legs', (_what, value) => {
  expect(decodeSession(value)).toEqual({ id: 'x', legs: [] });
});

test.each([
  ['that is null', null],
  ['that is a string', 'x'],
  ['without an id', { calls: [leg] }],
  ['with an empty id', { id: '', calls: [leg] }],
  ['with an id that is an object', { id: {}, calls: [leg] }],
  ['with an id that is a fraction', { id: 1.5, calls: [leg] }],
  ['with an id that is too long', { id: 'x'.repeat(513), calls: [leg] }],
  ['with calls that are not a list', { id: 'x', calls: 'none' }],
])('drops and counts a session %s, and keeps the others', (_what, bad) => {
  const list = decodeSessions({ items: [{ id: 'a', calls: [leg] }, bad, { id: 'b', calls: [leg] }] });
  expect(list?.dropped).toBe(1);
  expect(list?.sessions.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('merges an id that is listed twice into one session, without duplicate legs', () => {
  const other = { ...leg, callee: '102' };
  const list = decodeSessions({
    items: [
      { id: 'a', calls: [leg] },
      { id: 'b', calls: [] },
      { id: 'a', calls: [leg, other] },
    ],
  });
  expect(list?.dropped).toBe(0);
  expect(list?.sessions.map(({ id, legs }) => [id, legs.map(({ callee }) => callee)])).toEqual([
    ['a', ['+12015550123', '102']],
    ['b', []],
  ]);
});

test.each([
  [{ items: [] }],
  [{ count: 0, items: null }],
  [{ count: 0 }],
  [{ items: null }],
  [{ count: 17, items: [] }],
])('reads %j as an empty list', (body) => {
  expect(decodeSessions(body)).toEqual({ sessions: [], dropped: 0, total: 0 });
});

test.each([
  [{}],
  [{ count: 3 }],
  [{ count: 3, items: null }],
  [{ count: { valueOf: 1, toString: 1 }, items: null }],
  [{ items: {} }],
  [[]],
  [null],
  [undefined],
  ['list'],
  [3],
])('does not read %j as a list', (body) => {
  expect(decodeSessions(body)).toBeNull();
  expect(decodeCdrs(body)).toBeNull();
});

test.each([
  [0, 0],
  [7.9, 7],
  ['7', 7],
  [' 42 ', 42],
  ['', null],
  ['seven', null],
  ['-1', null],
  [-1, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [1e300, null],
  [true, null],
  [[5], null],
])('reads a talking time of %j as %j seconds', (talking_time, seconds) => {
  expect(decodeSession({ id: 'x', calls: [{ talking_time }] })?.legs[0]?.talkingSeconds).toBe(seconds);
});

const NINE = Date.UTC(2026, 10, 23, 9);

test.each([
  ['2026-11-23T09:00:00Z', NINE],
  ['2026-11-23T09:00:00.000999Z', NINE],
  ['2026-11-23T10:00:00+01:00', NINE],
  ['2026-11-23T10:00:00+0100', NINE],
  ['2026-11-23 09:00:00', NINE],
  ['1795424400', NINE],
  [1_795_424_400, NINE],
  ['0001-01-01T00:00:00Z', null],
  ['1970-01-01T00:00:00Z', null],
  [0.0001, null],
  ['2026-13-45T09:00:00Z', null],
  ['yesterday 1', null],
  [{}, null],
  [Number.NaN, null],
])('reads a start of %j as %j', (started_at, time) => {
  expect(decodeSession({ id: 'x', calls: [{ started_at }] })?.legs[0]?.startedAt).toBe(time);
});

test('cuts names at 1,024 characters and numbers at 256, and never an emoji in half', () => {
  const [found] =
    decodeSession({ id: 'x', calls: [{ caller: '1'.repeat(300), caller_display_name: `${'x'.repeat(1023)}🙂` }] })
      ?.legs ?? [];
  expect(found?.caller).toHaveLength(256);
  expect(found?.callerName.length).toBeLessThanOrEqual(1024);
  expect(found?.callerName.isWellFormed()).toBe(true);
});

test('reads a caller that is a JSON number as its digits', () => {
  expect(decodeSession({ id: 'x', calls: [{ caller: 101 }] })?.legs[0]?.caller).toBe('101');
});

test('reads the user and their other numbers, without repetitions', () => {
  const body = {
    name: 'ada',
    display_name: 'Ada Lovelace',
    extension_number: '101',
    mobile_phone: '+12015550100',
    work_phone: '101',
    home_phone: null,
    outbound_caller_ids: [{ caller_id: '+12015550100' }, { caller_id: '+12015550123' }, null, { provider_id: 'x' }],
  };
  expect(decodeUser(body)).toEqual({
    username: 'ada',
    displayName: 'Ada Lovelace',
    extension: '101',
    otherNumbers: ['+12015550100', '+12015550123'],
    lineCountry: 'US',
    zoneCountry: '',
  });
  expect(decodeUser({ name: 'ada' })).toMatchObject({
    username: 'ada',
    displayName: '',
    extension: '',
    otherNumbers: [],
  });
  expect(decodeUser({})).toBeNull();
  expect(decodeUser('ada')).toBeNull();
});

test('sorts the call history newest first, whatever the order of the PBX', () => {
  const cdrs = decodeCdrs({
    items: [
      { caller: '101', callee: '102', started_at: '2026-11-23T09:00:00Z', answered_at: '', status_code: 486 },
      'not an entry',
      { caller: '103', started_at: '' },
      { caller: '102', started_at: '2026-11-23T10:00:00Z', end_reason: 'CALLER_DISCONNECT', status_code: '0' },
    ],
  });
  expect(cdrs?.map(({ caller, statusCode, answeredAt }) => [caller, statusCode, answeredAt])).toEqual([
    ['102', 0, null],
    ['101', 486, null],
    ['103', null, null],
  ]);
  expect(cdrs?.[0]?.endReason).toBe('CALLER_DISCONNECT');
});

test('never throws, and loses no valid session among invalid ones', () => {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.anything(),
    fc.record({ id: fc.constantFrom('', null, {}, [], Number.NaN), calls: fc.anything() }),
  );
  const goodOne = fc.record({
    id: fc.uuid(),
    calls: fc.array(fc.oneof(fc.constant(leg), fc.dictionary(fc.constantFrom(...Object.keys(leg)), fc.anything()))),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(junk, goodOne)), fc.anything(), (items, count) => {
      const list = decodeSessions({ items, count });
      const wanted = new Set(items.filter((item) => isGood(item)).map((item) => item.id));
      const found = new Set(list?.sessions.map(({ id }) => id));
      expect([...wanted].filter((id) => !found.has(id))).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      decodeSessions(anything);
      decodeSession(anything);
      decodeCreated(anything);
      decodeUser(anything);
      decodeCdrs(anything);
      decodeCdrs({ items: [anything] });
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void parseJson(text)));
});

const isGood = (item: unknown): item is { id: string } =>
  typeof item === 'object' &&
  item !== null &&
  'id' in item &&
  typeof item.id === 'string' &&
  /^[0-9a-f-]{36}$/.test(item.id);
