import { expect, test } from 'vitest';
import { compilePattern } from '../../../src/core/numbers/compile-pattern.ts';
import type { RuleProblem } from '../../../src/shared/rule-problem.ts';

function match(source: string, text: string): string[] | null {
  const compiled = compilePattern(source);
  if ('problem' in compiled) throw new Error(compiled.problem.code);
  return compiled.pattern.match(text);
}

function problem(source: string): RuleProblem | null {
  const compiled = compilePattern(source);
  return 'problem' in compiled ? compiled.problem : null;
}

test.each<[source: string, text: string, groups: string[] | null]>([
  ['\\+49([0-9]+)', '+4930123', ['+4930123', '30123']],
  ['\\+49([0-9]+)', '0049+4930123', null],
  ['49', '4930', null],
  ['30|3012', '3012', ['3012']],
  ['(1)?(2)', '2', ['2', '', '2']],
  ['(?P<area>30)1', '301', ['301', '30']],
  ['', '', ['']],
  ['.*', '1\n2', null],
  ['[0-9]{3,5}', '123456', null],
  ['[0-9]*', '1'.repeat(65), null],
])('%s on %s gives %j', (source, text, groups) => {
  expect(match(source, text)).toEqual(groups);
});

test.each([
  ['(', { code: 'pattern-invalid', params: { detail: 'missing closing ): `(`' } }],
  ['(1)\\1', { code: 'pattern-invalid', params: { detail: 'invalid escape sequence: `\\1`' } }],
  ['(?=1)1', { code: 'pattern-invalid', params: { detail: 'invalid or unsupported Perl syntax: `(?=`' } }],
  ['1'.repeat(201), { code: 'too-long', params: { max: 200 } }],
  ['[0-9]{0,1000}', { code: 'pattern-too-large' }],
  ['(?:(?:1{10}){20}){20}', { code: 'pattern-too-large' }],
])('refuses the pattern %s', (source, expected) => {
  expect(problem(source)).toEqual(expected);
});

test.each([
  ['nested repeats', '(([0-9]+)+)+x'],
  ['alternatives that overlap', '(1|1|11)*x'],
  ['many optional parts', `${'1?'.repeat(48)}${'1'.repeat(48)}`],
  ['counts within counts', '(?:[0-9]{0,4}){0,4}x'],
])('matches %s in linear time', (_what, source) => {
  // An engine with backtracking would not end.
  expect(match(source, `${'1'.repeat(63)}y`)).toBeNull();
});

test('refuses a pattern that would take long to compile, before compiling it', () => {
  expect(problem(`(?:${'[0-9]?'.repeat(31)}){1000}`)).toEqual({ code: 'pattern-too-large' });
  expect(problem(`(?:${'1'.repeat(150)}){20}(?:1){900}`)).toEqual({ code: 'pattern-too-large' });
});

test('caches a compiled pattern until 500 others were compiled', () => {
  const first = compilePattern('1(2)3');
  for (let index = 0; index < 400; index++) compilePattern(`1(2)3${index}`);
  expect(compilePattern('1(2)3')).toBe(first);
  for (let index = 0; index < 500; index++) compilePattern(`3(2)1${index}`);
  expect(compilePattern('1(2)3')).not.toBe(first);
});
