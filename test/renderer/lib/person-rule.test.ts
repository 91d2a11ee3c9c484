import { expect, test } from 'vitest';
import { ruleOf } from '../../../src/renderer/lib/person-rule.ts';

test.each([
  ['never', '1002', 'Bo Chen', 'never'],
  ['never', '1002', 'Otto Stein', undefined],
  ['never', '1002', '', 'never'],
  ['always', '1002', 'Otto Stein', 'always'],
  ['never', '+442079460010', 'Otto Stein', 'never'],
] as const)('the rule "%s" for %s of Bo Chen, where %s is shown: %s', (notify, number, name, found) => {
  expect(ruleOf([{ number, name: 'Bo Chen', notify }], number, name)?.notify).toBe(found);
});
