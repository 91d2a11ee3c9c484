import { expect, test } from 'vitest';
import { checkRules as check } from '../../../../src/core/dial/rules/check-rules.ts';
import { english } from '../../../../src/messages/en/rules.ts';
import { problemText } from '../../../../src/messages/rule-problems.ts';
import type { DialRule, DialRules } from '../../../../src/shared/dial-rules.ts';
import { dialRules } from './support.ts';

/** The problems, as the window shows them. */
const checkRules = (rules: DialRules) =>
  check(rules).map(({ problem, ...rest }) => ({ ...rest, message: problemText(english, problem) }));

const NEEDS_COUNTRY = 'Choose your country first: without it no number is national or international.';

test('reports no problem for valid rules', () => {
  const rules = dialRules([
    { target: 'pattern', pattern: '\\+49(30)[0-9]+', form: 'replacement', replacement: '+$1', outsidePrefix: '' },
    { target: 'national', form: 'national', outsidePrefix: '9' },
    { target: 'public', form: 'national', internationalPrefix: '00' },
    { target: 'extension', form: 'as-is', outsidePrefix: '8' },
  ]);
  expect(checkRules(rules)).toEqual([]);
});

test.each<[field: keyof DialRule, value: string, message: string]>([
  ['name', ' ', 'Give the rule a name.'],
  ['name', 'x'.repeat(81), 'Use at most 80 characters.'],
  ['replacement', '0-$1', 'Use digits, * and #, $1 to $9 for groups, $0 for the whole number, and a + only in front.'],
  ['replacement', '0+', 'Use digits, * and #, $1 to $9 for groups, $0 for the whole number, and a + only in front.'],
  ['internationalPrefix', '+', 'Use up to 8 digits, such as 00 or 011.'],
  ['outsidePrefix', '0,', 'Use up to 8 digits, such as 0 or 9.'],
  ['trunk', 'a\nb', 'Use one line without invisible characters.'],
  ['name', 'Office \u202E lennut', 'Use one line without invisible characters.'],
  ['pattern', '1\u200B.*', 'Use one line without invisible characters.'],
  ['callerId', '1'.repeat(17), 'Use at most 16 characters.'],
])('refuses the %s %j', (field, value, message) => {
  expect(checkRules(dialRules([{}, { [field]: value }]))).toEqual([{ rule: 'rule-2', field, message, blocks: true }]);
});

test.each([
  ['', 'Enter the pattern.'],
  ['(', "This pattern isn't valid: missing closing ): `(`."],
])('reports the pattern %j only in a rule with the target "pattern"', (pattern, message) => {
  expect(checkRules(dialRules([{ target: 'pattern', pattern }]))).toEqual([
    { rule: 'rule-1', field: 'pattern', message, blocks: true },
  ]);
  expect(checkRules(dialRules([{ pattern }]))).toEqual([]);
});

test.each<[changes: Partial<DialRules>, field: string, message: string, blocks: boolean]>([
  [{ country: 'Germany' }, 'country', 'Use the two capitals of a country, such as DE.', true],
  [{ areaCode: '3-0' }, 'areaCode', 'Use up to 8 digits.', true],
  [{ areaCode: '030' }, 'areaCode', 'Leave out the 0 in front.', false],
  [{ extensions: '(' }, 'extensions', "This pattern isn't valid: missing closing ): `(`.", true],
])('reports a problem with %j', (changes, field, message, blocks) => {
  expect(checkRules(dialRules([], changes))).toEqual([{ rule: null, field, message, blocks }]);
});

test('accepts an Italian area code with its 0', () => {
  expect(checkRules(dialRules([], { country: 'IT', areaCode: '06' }))).toEqual([]);
});

test('refuses more than 100 rules, and two rules with the same id', () => {
  const many = dialRules(Array.from({ length: 101 }, () => ({ target: 'pattern' as const, pattern: '1' })));
  expect(checkRules(many)).toEqual([{ rule: null, field: 'rules', message: 'Keep at most 100 rules.', blocks: true }]);
  expect(checkRules(dialRules([{ id: 'a' }, { id: 'a', target: 'extension' }]))).toEqual([
    { rule: 'a', field: 'id', message: 'Another rule has this id.', blocks: true },
  ]);
});

test.each<[changes: Partial<DialRule>, field: string, message: string]>([
  [{ form: 'as-is' }, 'form', 'Nothing can be dialled before a +. Choose a form without it.'],
  [{ form: 'national' }, 'internationalPrefix', 'Enter the digits that replace the + of other countries, such as 00.'],
  [{ form: 'international-prefix' }, 'internationalPrefix', 'Enter the digits that replace the +, such as 00.'],
  [{ form: 'replacement' }, 'replacement', 'Enter what is dialled instead.'],
  [
    { form: 'replacement', replacement: '0$1' },
    'replacement',
    'Without a pattern there is no group $1. $0 stands for the whole number.',
  ],
  [
    { target: 'pattern', pattern: '(1)2', form: 'replacement', replacement: '$1$2' },
    'replacement',
    'The pattern has no group $2. $0 stands for the whole number.',
  ],
])('warns about %j, which can still be saved', (changes, field, message) => {
  expect(checkRules(dialRules([changes]))).toEqual([{ rule: 'rule-1', field, message, blocks: false }]);
  expect(checkRules(dialRules([{ ...changes, enabled: false }]))).toEqual([]);
});

test.each<[changes: Partial<DialRule>, field: string]>([
  [{ target: 'national' }, 'target'],
  [{ target: 'international' }, 'target'],
  [{ target: 'public', form: 'national-without-zero', internationalPrefix: '00' }, 'form'],
])('warns about %j, which needs a country', (changes, field) => {
  expect(checkRules(dialRules([changes], { country: '' }))).toEqual([
    { rule: 'rule-1', field, message: NEEDS_COUNTRY, blocks: false },
  ]);
});

test('names a rule that is never reached, and the rule above that covers its numbers', () => {
  const rules = dialRules([
    { name: 'All' },
    { name: 'Germany', target: 'national' },
    { target: 'pattern', pattern: '1' },
    { target: 'pattern', pattern: '1' },
  ]);
  expect(checkRules(rules)).toEqual([
    {
      rule: 'rule-2',
      field: 'target',
      message: 'Never reached: “All” above is for the same numbers. Move this rule up.',
      blocks: false,
    },
  ]);
  const off = rules.rules.map((rule, index) => ({ ...rule, enabled: index !== 0 }));
  expect(checkRules({ ...rules, rules: off })).toEqual([]);
});
