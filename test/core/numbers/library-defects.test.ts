import parsePhoneNumber from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import { outcomeOf } from './corpus/outcome.ts';

const us = { provenance: 'typed', rules: { ...DEFAULT_DIAL_RULES, country: 'US' } } as const;
const read = (text: string): string => outcomeOf(readDial(text, us));
const library = (text: string): string | undefined => parsePhoneNumber(text, 'US')?.number;

// Each line has the result of the library, so that this test fails when a new release fixes it.
test.each([
  ['extensions become numbers of somebody else', '1001', '+11001', 'extension 1001'],
  ['stars get lost', '*97', '+197', 'feature-code *97'],
  ['hashes get lost', 'tel:%23123', '+123123', 'feature-code #123'],
  ['emergency numbers become numbers of somebody else', '911', '+1911', 'emergency 911'],
  ['escapes are not read', 'tel:+1%20201%20555%200123', undefined, 'public +12015550123'],
  [
    'post-dial digits make a number unreadable',
    'tel:+12015550123;postd=pp22',
    undefined,
    'public +12015550123 then 22 !then-press',
  ],
  [
    'a domain for a context makes a number unreadable',
    'tel:7042;phone-context=example.com',
    undefined,
    'extension 7042 !foreign-host',
  ],
  ['words on the keys are cut off', '1-800-FLOWERS', '+11800', 'public +18003569377 !vanity'],
  [
    'two numbers give none',
    '+49 30 123456 / +49 30 123457',
    undefined,
    'choose +4930123456 "+49 30 123456" | +4930123457 "+49 30 123457"',
  ],
  ['a number is found in nearly anything', 'sip:1001@pbx', '+11001', 'extension 1001 !foreign-host'],
])('%s: %s', (_defect, text, wrong, outcome) => {
  expect(library(text)).toBe(wrong);
  expect(read(text)).toBe(outcome);
});

test('a context is read the same every time, which the library does only every other time', () => {
  const text = 'tel:201-555-0123;phone-context=+1';
  const alternating = Array.from({ length: 4 }, () => parsePhoneNumber(text)?.number);
  expect(new Set(alternating).size).toBe(2);
  expect(Array.from({ length: 4 }, () => read(text))).toEqual(Array(4).fill('public +12015550123'));
});
