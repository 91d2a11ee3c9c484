import { expect, test } from 'vitest';
import { sampleOf } from '../../../../src/core/dial/rules/sample-numbers.ts';
import { dialRules } from './support.ts';

const shown = (country: string, rules = dialRules([], { country })) =>
  sampleOf(rules, '1001').map(({ kind, text, reading, reasons }) => [
    kind,
    text,
    reading.found === 'one' ? reading.plan.dial : null,
    ...reasons,
  ]);

test.each([
  ['DE', '0202345678', '+49202345678', '112', '09001234567', '+499001234567'],
  ['US', '12012345678', '+12012345678', '911', '19002345678', '+19002345678'],
  ['ES', '602345678', '+34602345678', '112', '803123456', '+34803123456'],
])(
  'in %s the samples have a number of each kind as people there dial it',
  (country, national, full, emergency, premium, fullPremium) => {
    expect(shown(country, dialRules([], { country, areaCode: '' }))).toEqual([
      ['extension', '1001', '1001'],
      ['national', national, full],
      ['international', expect.stringMatching(/^\+/), expect.stringMatching(/^\+/)],
      ['emergency', emergency, emergency, 'emergency'],
      ['premium', premium, fullPremium, 'premium-rate'],
    ]);
  },
);

test('without a country the samples have no national number, and a premium number of another country', () => {
  expect(shown('').map(([kind]) => kind)).toEqual(['extension', 'international', 'emergency', 'premium']);
  expect(sampleOf(dialRules([], { country: '' }), '')[0]?.text).toBe('1001');
});

test('the samples have a reason to ask under a rule to a premium number, except the emergency number', () => {
  const rules = dialRules([
    { target: 'pattern', pattern: '.*', form: 'replacement', replacement: '+19005551234', outsidePrefix: '' },
  ]);
  for (const [kind, , dial, ...reasons] of shown('DE', rules)) {
    expect([kind, dial, ...reasons]).toEqual(
      kind === 'emergency' ? [kind, '112', 'emergency'] : [kind, '+19005551234', 'rewritten', 'premium-rate'],
    );
  }
});
