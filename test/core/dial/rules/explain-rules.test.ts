import { expect, test } from 'vitest';
import { explainRules } from '../../../../src/core/dial/rules/explain-rules.ts';
import { dialRules } from './support.ts';

const saved = dialRules([{ form: 'international-prefix', internationalPrefix: '00', outsidePrefix: '' }]);

test('reads each text by the saved rules and by the draft, in order', async () => {
  const draft = dialRules([{ name: 'Outside', form: 'national', internationalPrefix: '00', trunk: 'Main' }]);
  const { problems, lines } = await explainRules(['+49 30 12345678', '1001', 'call me'], {
    saved,
    draft,
    extension: '',
  });
  expect(problems).toEqual([]);
  expect(lines).toMatchObject([
    {
      saved: { found: 'one', plan: { dial: '00493012345678', rule: 'Outside line', trunk: '' } },
      draft: { found: 'one', plan: { dial: '003012345678', rule: 'Outside', trunk: 'Main' } },
    },
    { saved: { found: 'one', plan: { dial: '1001', rule: null } }, draft: { plan: { dial: '1001', rule: null } } },
    { saved: { found: 'none', refusal: { code: 'number-letters' } }, draft: { found: 'none' } },
  ]);
});

test('explains a draft that cannot be saved', async () => {
  const draft = dialRules([{ target: 'pattern', pattern: '(' }], { extensions: '(' });
  const { problems, lines } = await explainRules(['+493012345678'], { saved, draft, extension: '' });
  expect(problems.map(({ field }) => field)).toEqual(['extensions', 'pattern']);
  expect(lines).toMatchObject([{ draft: { plan: { dial: '+493012345678', rule: null } } }]);
});

test('lets other work run between two texts', async () => {
  let others = 0;
  const pass = (): void => {
    others += 1;
    next = setImmediate(pass);
  };
  let next = setImmediate(pass);
  await explainRules(
    Array.from({ length: 50 }, () => '1001'),
    { saved, draft: saved, extension: '' },
  );
  clearImmediate(next);
  expect(others).toBeGreaterThan(25);
});

test('explains the maximum of texts and rules with slow patterns', async () => {
  const slow = dialRules(
    Array.from({ length: 100 }, (_rule, index) => ({
      target: 'pattern' as const,
      pattern: `${'[0-9]?'.repeat(30)}[+]${index}`,
    })),
  );
  const found = await explainRules(
    Array.from({ length: 200 }, () => '+4930123456789'),
    { saved: slow, draft: slow, extension: '' },
  );
  expect(found.lines.length).toBe(200);
});
