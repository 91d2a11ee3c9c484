import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSessions } from '../../../src/core/pbx/decode.ts';
import { parseJson } from '../../../src/core/pbx/json.ts';
import { ListReader } from '../../../src/core/pbx/list-reader.ts';

interface Leg {
  caller: string;
  callee?: string;
  caller_display_name?: string | null;
  started_at?: string;
  talking_time?: unknown;
}

const entry = (id: string, talking: unknown, more: Partial<Leg> = {}) => ({
  id,
  calls: [{ caller: '1', callee: '2', started_at: '2026-01-05T09:00:00Z', talking_time: talking, ...more }],
});
const list = (...items: unknown[]): string => JSON.stringify({ count: items.length, items });

/** Reads these texts one after the other with one reader. */
function readAll(...texts: string[]) {
  const reader = new ListReader();
  return texts.map((text) => structuredClone(reader.read(text)));
}

const readOnce = (text: string) => decodeSessions(parseJson(text));

test('keeps the session of an entry in which nothing or only the talking time changed', () => {
  const reader = new ListReader();
  const text = list(entry('a', 0), entry('b', 5), entry('c', '7'));
  reader.read(text);
  const before = reader.read(text)?.sessions;
  const after = reader.read(list(entry('a', 0), entry('b', 10), entry('c', '12')))?.sessions;
  for (const index of [0, 1, 2]) expect(after?.[index]).toBe(before?.[index]);
  expect(after?.map(({ legs }) => legs[0]?.talkingSeconds)).toEqual([0, 10, 12]);
});

test('keeps the other sessions when one ends, one begins and one changes', () => {
  const reader = new ListReader();
  const text = list(entry('a', 1), entry('b', 1), entry('c', 1), entry('d', 1));
  reader.read(text);
  const before = reader.read(text)?.sessions ?? [];
  const after = reader.read(list(entry('b', 2), entry('c', 2, { callee: '9' }), entry('d', 2), entry('e', 0)));
  expect(after?.sessions.map((session) => before.includes(session))).toEqual([true, false, true, false]);
});

const talkingTime = fc.oneof(
  fc.nat({ max: 700 }),
  fc.nat({ max: 700 }).map(String),
  fc.constantFrom(null, undefined, '', 1.5, 1e21, -1, 4_294_967_295, 42_949_672_960, 1_234_567_890_123, '07', true),
);
const leg = fc.record(
  {
    caller: fc.constantFrom('101', '+12015550123', '","talking_time":5,"x":"', '\\', '{', '}', 'ü'),
    callee: fc.constantFrom('102', '103'),
    caller_display_name: fc.constantFrom(null, 'Ada', '{"talking_time":7}', ']}'),
    talking_time: talkingTime,
    extra: fc.constantFrom({}, { talking_time: 3 }, [{}, 1]),
  },
  { requiredKeys: ['caller'] },
);
const session = fc.record({
  id: fc.oneof(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom(12, 884_757_570, null)),
  calls: fc.oneof({ weight: 9, arbitrary: fc.array(leg, { maxLength: 3 }) }, { weight: 1, arbitrary: fc.anything() }),
});
const space = fc.constantFrom(undefined, 1, '\t');
const answer = fc
  .tuple(fc.array(fc.oneof({ weight: 9, arbitrary: session }, { weight: 1, arbitrary: fc.anything() })), space)
  .map(([items, indent]) => JSON.stringify({ count: items.length, items }, null, indent));
const cut = fc
  .tuple(answer, fc.nat(), fc.constantFrom('', ',', ']', '}', '"', '\u0001', '0'))
  .map(([text, at, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + 1);
  });

test('reads each list like the first one, whatever changed and whatever is invalid', () => {
  const text = fc.oneof({ weight: 4, arbitrary: answer }, { weight: 1, arbitrary: cut });
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
      expect(readAll(...texts)).toEqual(texts.map(readOnce));
    }),
    { numRuns: 1_000 },
  );
});

test('reads a list like the first one when its sessions move, continue, end and reappear', () => {
  const calls = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), talking: fc.nat(2_000) }));
  fc.assert(
    fc.property(fc.array(calls, { minLength: 3, maxLength: 8 }), (polls) => {
      const texts = polls.map((some) => list(...some.map(({ id, talking }) => entry(id, talking))));
      expect(readAll(...texts)).toEqual(texts.map(readOnce));
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    'digits in a long id',
    '{"items":[{"id":884757570370146304,"calls":[]}]}',
    '{"items":[{"id":884757570370146305,"calls":[]}]}',
  ],
  ['a second list of items', '{"items":[{"id":"a","calls":[]}]}', '{"items":[{"id":"a","calls":[]}],"items":[]}'],
  ['an extra comma', list(entry('a', 1)), '{"count":1,"items":[{"id":"a","calls":[]},]}'],
  ['a missing comma', list(entry('a', 1)), '{"count":1,"items":[{"id":"a","calls":[]} {"id":"b","calls":[]}]}'],
  ['an invalid end', list(entry('a', 1)), '{"count":1,"items":[{"id":"a","calls":[]}],}'],
  ['a talking time that is cut', list(entry('a', 12)), '{"count":1,"items":[{"id":"a","calls":[{"talking_time":'],
])('reads a list with %s like the first one', (_what, first, second) => {
  expect(readAll(first, first, second, second, first)).toEqual([first, first, second, second, first].map(readOnce));
});
