import { expect, test } from 'vitest';
import { FavouriteList } from '../../../src/core/people/favourite-list.ts';
import { addFavourite, MAX_FAVOURITES, parseFavourites, removeFavourite } from '../../../src/core/people/favourites.ts';
import type { Favourite } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';

const anna = { number: '+12015550123', name: 'Anna' };
const many = Array.from({ length: MAX_FAVOURITES }, (_, index) => ({ number: String(1000 + index), name: '' }));

test('new ones stand last, and two ways of writing a number are one', () => {
  expect(addFavourite([{ number: '1002', name: '' }], anna)).toMatchObject({ value: [{ number: '1002' }, anna] });
  const renamed = { number: '+1 (201) 555-0123', name: 'Anna Berg' };
  expect(addFavourite([anna, { number: '1002', name: '' }], renamed)).toMatchObject({
    value: [renamed, { number: '1002' }],
  });
});

test('the twenty-first is refused, a known one is not', () => {
  expect(addFavourite(many, anna)).toMatchObject({ ok: false, error: { code: 'favourites-full' } });
  expect(addFavourite(many, { number: '1003', name: 'Bo' })).toMatchObject({ ok: true });
});

test('what holds no digit is no number', () => {
  expect(addFavourite([], { number: 'anonymous', name: '' })).toMatchObject({ error: { code: 'number-empty' } });
});

test('removing goes by the number, however it is written', () => {
  expect(removeFavourite([anna], '+1-201-555-0123')).toEqual([]);
});

test('of a damaged file the good ones are kept', () => {
  const raw = [anna, null, { number: 5 }, { number: '1002', name: 'Bo', more: true }, anna];
  expect(parseFavourites(raw)).toEqual([anna, { number: '1002', name: 'Bo' }]);
  expect(parseFavourites('x')).toEqual([]);
  expect(parseFavourites([...many, ...many.map(({ number }) => ({ number: `9${number}`, name: '' }))])).toEqual(many);
});

test('the name of a favourite is one plain line, also where a caller chose it', () => {
  const added = addFavourite([], { number: '1002', name: `Bo\u202E\n${'x'.repeat(1000)}` });
  expect(added.ok && added.value[0]?.name).toMatch(/^Bo x+…$/);
  expect(added.ok && added.value[0]?.name.length).toBe(120);
});

test('each account has its own list, and the demo keeps none', () => {
  const saved = new Map<string, Favourite[]>([['a', [anna]]]);
  const list = new FavouriteList({
    load: (account) => saved.get(account) ?? [],
    save: (account, favourites) => {
      saved.set(account, favourites);
      return ok(null);
    },
    forget: (account) => void saved.set(account, []),
    onChange: () => {},
  });
  list.open('a');
  expect(list.all).toEqual([anna]);
  list.open('b');
  expect(list.all).toEqual([]);
  list.add({ number: '1002', name: 'Bo' });
  list.open(null);
  list.add(anna);
  expect(list.all).toEqual([anna]);
  list.open('a');
  list.remove(anna.number);
  expect(Object.fromEntries(saved)).toEqual({ a: [], b: [{ number: '1002', name: 'Bo' }] });
  list.forget('b');
  expect(saved.get('b')).toEqual([]);
});

test('a favourite that cannot be saved is neither added nor removed, and the answer says so', () => {
  let full = false;
  let changes = 0;
  const list = new FavouriteList({
    load: () => [anna],
    save: () => (full ? err(appError('storage-failed')) : ok(null)),
    forget: () => {},
    onChange: () => changes++,
  });
  list.open('a');
  full = true;
  const before = changes;
  expect(list.add({ number: '1002', name: 'Bo' })).toMatchObject({ error: { code: 'storage-failed' } });
  expect(list.remove(anna.number)).toMatchObject({ error: { code: 'storage-failed' } });
  expect([list.all, changes]).toEqual([[anna], before]);
});
