import { expect, test } from 'vitest';
import { readsAsName, suggest } from '../../../src/renderer/state/suggest.ts';
import type { Favourite } from '../../../src/shared/dial.ts';
import { recent } from '../support/samples.ts';

const grace = recent();
const tom = recent({ id: 'r2', name: 'Tom Berg', number: '104', provenance: 'caller' });
const bergmann: Favourite = { name: 'Ida Bergmann', number: '+4930901820', provenance: 'favourite' };
const numbers = (typed: string): string[] =>
  suggest({ favourites: [bergmann], recents: [grace, tom], people: [] }, typed).map(({ number }) => number);

test.each([
  ['gra', [grace.number]],
  ['g', [grace.number]],
  ['(201) 555', [grace.number]],
  ['104', [tom.number]],
  ['nobody', []],
  ['1', []],
  ['', []],
])('%j finds %j', (typed, found) => {
  expect(numbers(typed)).toEqual(found);
});

test('matches at the beginning come before those inside, and favourites before recent calls', () => {
  expect(numbers('berg')).toEqual([bergmann.number, tom.number]);
  expect(numbers('om')).toEqual([tom.number]);
});

test('a number is found once, as the favourite, however often it was called and however it is written', () => {
  const again = recent({ id: 'r3', name: 'I. Bergmann', number: '0049 30 901820' });
  const known = { favourites: [bergmann], recents: [again, again], people: [] };
  expect(suggest(known, 'bergm')).toEqual([{ ...bergmann, isFavourite: true, company: '', kind: null }]);
});

test('keeps the provenance of a number', () => {
  expect(suggest({ favourites: [], recents: [tom], people: [] }, 'tom')).toMatchObject([{ provenance: 'caller' }]);
});

test.each([
  ['anna', true],
  ['Jörg 2', true],
  ['1-800-FLOWERS', false],
  ['tel:+1201', false],
  ['104', false],
])('searches for %j as a name: %s', (typed, isName) => {
  expect(readsAsName(typed)).toBe(isName);
});

const mobile = {
  name: 'Ida Bergmann',
  company: 'Berg GmbH',
  department: '',
  number: '+491712345678',
  kind: 'mobile',
} as const;
const office = { ...mobile, number: '+49 30 901820', kind: 'work' } as const;

test('people come after favourites and recent calls; a number that is already listed gets its label from the directory', () => {
  const known = { favourites: [bergmann], recents: [tom], people: [office, mobile] };
  expect(suggest(known, 'berg').map(({ number, kind, provenance }) => [number, kind, provenance])).toEqual([
    [bergmann.number, 'work', 'favourite'],
    [tom.number, null, 'caller'],
    [mobile.number, 'mobile', 'directory'],
  ]);
});

test('at most twenty are listed', () => {
  const people = Array.from({ length: 40 }, (_, at) => ({ ...mobile, number: `+4917123456${10 + at}` }));
  expect(suggest({ favourites: [], recents: [], people }, 'ida')).toHaveLength(20);
});
