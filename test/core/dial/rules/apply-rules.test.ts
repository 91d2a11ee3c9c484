import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RuleInput } from '../../../../src/core/dial/rules/apply-rules.ts';
import type { DialRule, RuleForm, RuleTarget } from '../../../../src/shared/dial-rules.ts';
import { dialRules, written } from './support.ts';

const publicNumber = (e164: string): RuleInput => ({ kind: 'public', dial: e164, e164 });
const BERLIN = publicNumber('+493012345678');
const LONDON = publicNumber('+442079460958');
const UNKNOWN: RuleInput = { kind: 'public', dial: '12345678', e164: null };
const EXTENSION: RuleInput = { kind: 'extension', dial: '1001', e164: null };
const SHORT_CODE: RuleInput = { kind: 'short-code', dial: '116117', e164: null };

test.each<[form: RuleForm, internationalPrefix: string, berlin: string, london: string, unknown: string]>([
  ['as-is', '', '+493012345678', '+442079460958', '12345678'],
  ['without-plus', '', '493012345678', '442079460958', '12345678'],
  ['international-prefix', '00', '00493012345678', '00442079460958', '12345678'],
  ['international-prefix', '', '+493012345678', '+442079460958', '12345678'],
  ['national', '00', '03012345678', '00442079460958', '12345678'],
  ['national', '', '03012345678', '+442079460958', '12345678'],
  ['national-without-zero', '011', '3012345678', '011442079460958', '12345678'],
])(
  'a rule with the form %s and the international prefix %j writes each number in that form',
  (form, internationalPrefix, ...expected) => {
    const rules = dialRules([{ form, internationalPrefix, outsidePrefix: '' }]);
    expect([BERLIN, LONDON, UNKNOWN].map((number) => written(number, rules))).toEqual(
      expected.map((dial) => ({ dial, rule: 'Outside line', trunk: '', callerId: '' })),
    );
  },
);

test('puts the outside prefix before every form, also of numbers without a country', () => {
  const rules = dialRules([{ form: 'national', internationalPrefix: '00', outsidePrefix: '9' }]);
  expect([BERLIN, LONDON, UNKNOWN].map((number) => written(number, rules).dial)).toEqual([
    '903012345678',
    '900442079460958',
    '912345678',
  ]);
});

test.each<[target: RuleTarget, numbers: RuleInput[]]>([
  ['public', [BERLIN, LONDON, UNKNOWN]],
  ['national', [BERLIN]],
  ['international', [LONDON]],
  ['extension', [EXTENSION]],
  ['short-code', [SHORT_CODE]],
])('a rule for %s applies only to such numbers', (target, numbers) => {
  const rules = dialRules([{ target }]);
  const matched = [BERLIN, LONDON, UNKNOWN, EXTENSION, SHORT_CODE].filter(
    (number) => written(number, rules).rule !== null,
  );
  expect(matched).toEqual(numbers);
});

test('applies no rule for national or international numbers without a country', () => {
  const rules = dialRules([{ target: 'national' }, { target: 'international' }], { country: '' });
  expect(written(BERLIN, rules).rule).toBeNull();
});

test.each<[pattern: string, replacement: string, dial: string]>([
  ['\\+49(30)([0-9]+)', '0$1*$2', '030*12345678'],
  ['\\+49([0-9]+)', '$0', '+493012345678'],
  ['\\+49([0-9]+)', '9$1$7', '93012345678'],
  ['\\+(49)(30)?([0-9]+)', '$3$2$1', '123456783049'],
])('the pattern %s with the replacement %s writes %s', (pattern, replacement, dial) => {
  const rules = dialRules([{ target: 'pattern', form: 'replacement', pattern, replacement, outsidePrefix: '' }]);
  expect(written(BERLIN, rules)).toMatchObject({ dial, rule: 'Outside line' });
});

test('a pattern also applies to extensions and short codes, as a whole', () => {
  const rules = dialRules([
    { target: 'pattern', pattern: '1[0-9]+', form: 'replacement', replacement: '8$0', outsidePrefix: '' },
  ]);
  expect([EXTENSION, SHORT_CODE, BERLIN].map((number) => written(number, rules).dial)).toEqual([
    '81001',
    '8116117',
    '+493012345678',
  ]);
});

test('never rewrites feature codes and emergency numbers', () => {
  const rules = dialRules([{ target: 'pattern', pattern: '.*', form: 'replacement', replacement: '1', trunk: 'Main' }]);
  for (const kind of ['feature-code', 'emergency'] as const) {
    const dial = kind === 'emergency' ? '112' : '*97';
    expect(written({ kind, dial, e164: null }, rules)).toEqual({ dial, rule: null, trunk: '', callerId: '' });
  }
});

test('only the first enabled rule that matches writes the number', () => {
  const rules = dialRules([
    { name: 'Off', enabled: false },
    { name: 'Broken', target: 'pattern', pattern: '(' },
    {
      name: 'London',
      target: 'international',
      form: 'as-is',
      outsidePrefix: '',
      trunk: 'UK',
      callerId: '+442079460000',
    },
    { name: 'Rest' },
  ]);
  expect(written(LONDON, rules)).toEqual({
    dial: '+442079460958',
    rule: 'London',
    trunk: 'UK',
    callerId: '+442079460000',
  });
  expect(written(BERLIN, rules)).toMatchObject({ dial: '0493012345678', rule: 'Rest' });
});

test.each<[why: string, changes: Partial<DialRule>]>([
  ['a + in the middle', { form: 'as-is', outsidePrefix: '0' }],
  ['no digits', { form: 'replacement', replacement: '', outsidePrefix: '' }],
  ['only a +', { form: 'replacement', replacement: '+', outsidePrefix: '' }],
  ['letters', { outsidePrefix: 'p' }],
  ['33 characters', { form: 'replacement', replacement: '1'.repeat(33), outsidePrefix: '' }],
  ['a line break at its end', { form: 'replacement', replacement: '1\n', outsidePrefix: '' }],
])('ignores a whole rule that would write a number with %s', (_why, changes) => {
  const rules = dialRules([{ ...changes, trunk: 'Main', callerId: '100' }, { name: 'Next' }]);
  expect(written(BERLIN, rules)).toEqual({ dial: '+493012345678', rule: null, trunk: '', callerId: '' });
});

test('returns a number that can be dialled for any rules', () => {
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('(', '.*', '[0-9]+', '$0$1', '+$1', '00', '9'));
  const anyRule = fc.record({
    target: fc.constantFrom<RuleTarget>('public', 'national', 'international', 'extension', 'short-code', 'pattern'),
    form: fc.constantFrom<RuleForm>(
      'as-is',
      'without-plus',
      'international-prefix',
      'national',
      'national-without-zero',
      'replacement',
    ),
    pattern: text,
    replacement: text,
    internationalPrefix: text,
    outsidePrefix: text,
  });
  const country = fc.constantFrom('', 'DE', 'US', 'IT', 'XX', '__proto__');
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 4 }),
      country,
      fc.constantFrom(BERLIN, LONDON, UNKNOWN, EXTENSION),
      (list, own, number) => {
        const { dial } = written(number, dialRules(list, { country: own }));
        expect(dial).toMatch(/^\+?[0-9*#]{1,32}$/u);
      },
    ),
    { numRuns: 2000 },
  );
});
