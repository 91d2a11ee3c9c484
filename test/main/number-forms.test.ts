import { expect, test } from 'vitest';
import { FormattedNumbers } from '../../src/main/number-forms.ts';
import { call, live, recent, SETTINGS, state } from '../renderer/support/samples.ts';

const GERMANY = { found: { code: 'DE', from: 'tenant' }, isNew: false } as const;

test('every number in the window has a display form, unless it is displayed unchanged', () => {
  const caller = { name: 'Maria Keller', number: '+4930901820' };
  const numbers = new FormattedNumbers().forState(
    state({
      calls: live(call({ caller, other: caller, callee: { name: '', number: '101' } })),
      recents: [recent({ number: '+12015550123' })],
      favourites: [{ number: '030901821', name: 'Bo', provenance: 'typed' }],
      settings: { ...SETTINGS, identity: { ...SETTINGS.identity, ownNumbers: ['+442079460018'] } },
      country: GERMANY,
    }),
  );
  expect(numbers).toEqual({
    '+4930901820': '+49 30 901820',
    '+12015550123': '+1 201 555 0123',
    '030901821': '030 901821',
    '+442079460018': '+44 20 7946 0018',
  });
});

test('the forms are the same object until a number or the country changes', () => {
  const formatted = new FormattedNumbers();
  const before = state({ recents: [recent({ number: '030901820' })] });
  const first = formatted.forState(before);
  expect(formatted.forState({ ...before, recents: [recent({ number: '030901820', name: 'Somebody else' })] })).toBe(
    first,
  );
  expect(formatted.forState({ ...before, country: GERMANY })).toEqual({ '030901820': '030 901820' });
  expect(formatted.forState({ ...before, country: GERMANY, recents: [] })).toEqual({});
});

test('a number that a PBX calls __proto__ is shown as it is', () => {
  const odd = { name: '', number: '__proto__' };
  const numbers = new FormattedNumbers().forState(state({ calls: live(call({ other: odd })) }));
  expect(Object.keys(numbers)).not.toContain('__proto__');
});
