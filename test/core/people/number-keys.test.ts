import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from '../../../src/core/numbers/classify.ts';
import { otherForms, readKeys } from '../../../src/core/people/number-keys.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';
import { sameNumber } from '../../../src/shared/same-number.ts';

const place = (country: string) => ({ country, areaCode: '', extensions: DEFAULT_EXTENSIONS });

test('the fast path computes the same key of a number as core/numbers', () => {
  const digits = fc.stringMatching(/^(?:\+|0|00)?[1-9][0-9]{5,12}$/);
  fc.assert(
    fc.property(
      digits,
      fc.constantFrom('DE', 'US', 'FR', 'IT', 'GB', 'CH', 'MX', 'BR', 'PL', 'JP', ''),
      (number, country) => {
        const read = classify(number, place(country));
        const [found] = readKeys(number, place(country));
        if (!read.ok || read.value.kind !== 'public' || read.value.e164 === null) return;
        // The digit of mobile numbers in Argentina and Mexico is left out of a key.
        if (/^\+(?:549|521)/.test(read.value.e164)) return;
        expect(found?.key).toBe(read.value.e164);
      },
    ),
    { numRuns: 500 },
  );
});

test('two spellings with the same key are also the same number for calls', () => {
  const number = fc.stringMatching(/^0[1-9][0-9]{7,9}$/);
  fc.assert(
    fc.property(number, (digits) => {
      const [national] = readKeys(digits, place('DE'));
      if (national?.certain !== true) return;
      expect(sameNumber(national.key, digits)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe('several numbers in one field', () => {
  test.each([
    ['030 2345700 / 030 2345701', ['+49302345700', '+49302345701']],
    ['030 2345700, 0171 2345678', ['+49302345700', '+491712345678']],
    ['Tel. 030 2345700', ['+49302345700']],
    ['030/2345700', ['+49302345700']],
    ['keine', []],
    ['*97', ['*97']],
    ['12', ['12']],
  ])('%s', (written, keys) => {
    expect(readKeys(written, place('DE')).map(({ key }) => key)).toEqual(keys);
  });
});

/** Ranges that the library does not know, as new ones are at first. */
test.each([
  ['GB', '447700900123', '+447700900123'],
  ['FR', '33639981234', '+33639981234'],
  ['BE', '3221234567', '+3221234567'],
  // As long as a national number, which it can be, too.
  ['NZ', '6491234567', null],
  ['DE', '4930000000', null],
  ['GB', '33639981234', null],
])('in %s, %s without its + is %s if its length allows nothing else', (country, digits, form) => {
  const inCountry = place(country);
  const [key] = readKeys(digits, inCountry);
  expect(key === undefined ? [] : otherForms(key, inCountry, true)).toEqual(form === null ? [] : [form]);
});
