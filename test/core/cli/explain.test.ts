import { expect, test } from 'vitest';
import { explain } from '../../../src/core/cli/explain.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';

const US = { ...DEFAULT_DIAL_RULES, country: 'US' };

test('a number is explained with what the PBX gets', () => {
  const { exit, text } = explain('(201) 555-0123', US);
  expect(exit).toBe(0);
  expect(text).toMatch(/public number/);
  expect(text).toMatch(/dials +\+12015550123$/);
});

test('digits for after the answer, the rule that wrote it, and several numbers are told', () => {
  expect(explain('(201) 555-0123,,45#', US).text).toMatch(/then +press 45#$/);
  const { text } = explain('(201) 555-0123 or (201) 555-0124', US);
  expect(text).toMatch(/^Several numbers/);
  expect(text).toContain('+12015550123');
  expect(text).toContain('+12015550124');
});

test('what is no number is refused with what to do', () => {
  expect(explain('hello', DEFAULT_DIAL_RULES).exit).toBe(1);
  expect(explain('hello', DEFAULT_DIAL_RULES).text).toMatch(/^That is not a phone number\./);
});

test('what is not certain of a number is told in words', () => {
  expect(explain('tel:555-0123;x=1', US).text).toMatch(/note +dialled as it stands: .*$/m);
  expect(explain('tel:555-0123;x=1', US).text).toMatch(/note +a parameter of the link was left out$/m);
  expect(explain('1-900-MIX-A-LOT', US).text).toMatch(
    /note +letters were read as digits\n +note +a premium-rate number$/,
  );
  expect(explain('(201) 555-0123,,45#', US).text).not.toMatch(/note/);
});
