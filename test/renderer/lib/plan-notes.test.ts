import { expect, test } from 'vitest';
import { planNotes, thenPress } from '../../../src/renderer/lib/plan-notes.ts';

test('digits for after the answer are told first, in groups', () => {
  expect(planNotes({ then: '456#', kind: 'public', warnings: ['then-press', 'premium-rate'] })).toEqual([
    'Then press 456 #.',
    'Calls to this number cost extra.',
  ]);
  expect(thenPress('456,,*6')).toBe('Then press 456 wait * 6.');
});

test('a plan without anything to say says nothing', () => {
  expect(planNotes({ then: null, kind: 'public', warnings: ['parameter-ignored'] })).toEqual([]);
});

test('only of public numbers it is worth saying that the country is not certain', () => {
  expect(planNotes({ then: null, kind: 'public', warnings: ['not-completed'] })).toHaveLength(1);
  expect(planNotes({ then: null, kind: 'short-code', warnings: ['not-completed'] })).toEqual([]);
});
