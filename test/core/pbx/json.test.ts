import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../src/core/pbx/json.ts';

test('keeps the digits of an integer that JavaScript cannot represent, at any position', () => {
  expect(parseJson('{"id":123456789012345678,"more":[-9007199254740993, 1234567890123456789]}')).toEqual({
    id: '123456789012345678',
    more: ['-9007199254740993', '1234567890123456789'],
  });
});

test('leaves other numbers and digits in strings unchanged', () => {
  const text = String.raw`{"a":"1:1234567890123456789","b\\":"\"9,12345678901234567","c":[9007199254740991,1e30,1.25,-0.1234567890123456789],"d":true}`;
  expect(parseJson(`[1234567890123456789,${text}]`)).toEqual(['1234567890123456789', JSON.parse(text)]);
});

test('parses any JSON like JSON.parse with a reviver that sees the digits', () => {
  const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  fc.assert(
    fc.property(fc.json(), (json) => {
      const text = `[12345678901234567,${json}]`;
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text, exact)));
    }),
  );
});

test('does not turn invalid JSON into valid JSON', () => {
  for (const text of [
    '',
    '{',
    '[0123456789012345678]',
    '[1234567890123456789 1]',
    '"1234567890123456789',
    '[12345678901234567-]',
  ])
    expect(parseJson(text)).toBeUndefined();
});

test('refuses millions of objects in few bytes', () => {
  expect(parseJson(`{"count":1234567890123456789,"items":[${'{},'.repeat(2_600_000)}{}]}`)).toBeUndefined();
  expect(parseJson(`[${'[],'.repeat(300_000)}[]]`)).toBeUndefined();
  expect(parseJson(`[${'{},'.repeat(200_000)}{}]`)).toHaveLength(200_001);
});
