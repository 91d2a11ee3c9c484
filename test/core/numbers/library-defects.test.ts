import parsePhoneNumber from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import { outcomeOf } from './corpus/outcome.ts';

const us = { provenance: 'typed', rules: { ...DEFAULT_DIAL_RULES, country: 'US' } } as const;
const read = (text: string): string => outcomeOf(readDial(text, us));
const library = (text: string): string | undefined => parsePhoneNumber(text, 'US')?.number;

// Each row has the result of the library, so that this test fails when a new release fixes the defect.
test.each([
  ['the library turns extensions into public numbers', '1001', '+11001', 'extension 1001'],
  ['the library drops stars', '*97', '+197', 'feature-code *97'],
  ['the library drops hashes', 'tel:%23123', '+123123', 'feature-code #123'],
  ['the library turns emergency numbers into public numbers', '911', '+1911', 'emergency 911'],
  ['the library does not decode escapes', 'tel:+1%20201%20555%200123', undefined, 'public +12015550123'],
  [
    'the library rejects numbers with post-dial digits',
    'tel:+12015550123;postd=pp22',
    undefined,
    'public +12015550123 then 22 !then-press',
  ],
  [
    'the library rejects numbers with a domain as their context',
    'tel:7042;phone-context=example.com',
    undefined,
    'extension 7042 !foreign-host',
  ],
  ['the library cuts vanity words off', '1-800-FLOWERS', '+11800', 'public +18003569377 !vanity'],
  [
    'the library finds none of two numbers',
    '+49 30 123456 / +49 30 123457',
    undefined,
    'choose +4930123456 "+49 30 123456" | +4930123457 "+49 30 123457"',
  ],
  ['the library finds a number in a SIP address', 'sip:1001@pbx', '+11001', 'extension 1001 !foreign-host'],
])('%s: %s', (_defect, text, wrong, outcome) => {
  expect(library(text)).toBe(wrong);
  expect(read(text)).toBe(outcome);
});

test('reads a context every time, which the library does only every other time', () => {
  const text = 'tel:201-555-0123;phone-context=+1';
  const alternating = Array.from({ length: 4 }, () => parsePhoneNumber(text)?.number);
  expect(new Set(alternating).size).toBe(2);
  expect(Array.from({ length: 4 }, () => read(text))).toEqual(Array(4).fill('public +12015550123'));
});
