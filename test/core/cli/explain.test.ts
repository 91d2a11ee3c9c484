import { expect, test } from 'vitest';
import { explain } from '../../../src/core/cli/explain.ts';
import { DEFAULT_DIAL_RULES } from '../../../src/shared/dial-rules.ts';

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
