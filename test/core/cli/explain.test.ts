import { expect, test } from 'vitest';
import { explain } from '../../../src/core/cli/explain.ts';

test('a number is explained with what the PBX gets', () => {
  const { exit, text } = explain('(201) 555-0123', 'US');
  expect(exit).toBe(0);
  expect(text).toMatch(/public number/);
  expect(text).toMatch(/dials +\+12015550123$/);
});

test('what is no number is refused with what to do', () => {
  expect(explain('hello', '')).toEqual({ exit: 1, text: 'That is not a phone number. Type the number in digits.' });
});
