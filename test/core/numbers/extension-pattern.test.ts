import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extensionProblem, matchesExtension } from '../../../src/core/numbers/extension-pattern.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';

test.each<[pattern: string, fits: string[], others: string[]]>([
  [DEFAULT_EXTENSIONS, ['101', '1001', '10001'], ['', '10', '100001', '*97', '+493012']],
  ['3-5', ['101', '10001'], ['10', '100001']],
  ['4', ['1001'], ['101', '10001', '4']],
  [' 2 - 3 ', ['10', '101'], ['1', '1001']],
  ['[1-4][0-9]{2}|7[0-9]{3}', ['101', '499', '7001'], ['501', '1010', '101 ']],
  ['', [], ['', '1', '1001']],
  ['(', [], ['(', '1001']],
  ['5-3', [], ['5-3', '1001']],
  ['0', [], ['', '0']],
])('the pattern %s matches %j and does not match %j', (pattern, fits, others) => {
  for (const digits of fits) expect(matchesExtension(digits, pattern), digits).toBe(true);
  for (const digits of others) expect(matchesExtension(digits, pattern), digits).toBe(false);
});

test('reports a problem for invalid patterns only', () => {
  for (const good of ['', '3-5', '4', '15', DEFAULT_EXTENSIONS]) expect(extensionProblem(good)).toBeNull();
  expect(extensionProblem('[0-9')).toEqual({
    code: 'pattern-invalid',
    params: { detail: 'missing closing ]: `[0-9`' },
  });
  for (const counts of ['5-3', '0', '3-16']) expect(extensionProblem(counts)?.code).toBe('extension-digits');
});

test('does not throw for any pattern', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (digits, pattern) => void matchesExtension(digits, pattern)));
});
