import { expect, test } from 'vitest';
import { FavouriteList } from '../../../src/core/people/favourite-list.ts';
import { addFavourite, MAX_FAVOURITES, parseFavourites, removeFavourite } from '../../../src/core/people/favourites.ts';
import type { Favourite } from '../../../src/shared/dial.ts';
import { isFavourite } from '../../../src/shared/favourite.ts';
import type { Origin } from '../../../src/shared/provenance.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';

const anna: Favourite = { number: '+12015550123', name: 'Anna', provenance: 'favourite' };
const favourite = (number: string, name = ''): Favourite => ({ number, name, provenance: 'favourite' });
const many = Array.from({ length: MAX_FAVOURITES }, (_, index) => favourite(String(1000 + index)));

test('a new favourite comes last, and two spellings of a number are one favourite', () => {
  expect(addFavourite([favourite('1002')], anna)).toMatchObject({ value: [{ number: '1002' }, anna] });
  const renamed = favourite('+1 (201) 555-0123', 'Anna Berg');
  expect(addFavourite([anna, favourite('1002')], renamed)).toMatchObject({
    value: [renamed, { number: '1002' }],
  });
});

test('the twenty-first favourite is refused, but a known one can still be changed', () => {
  expect(addFavourite(many, anna)).toMatchObject({ ok: false, error: { code: 'favourites-full' } });
  expect(addFavourite(many, favourite('1003', 'Bo'))).toMatchObject({ ok: true });
});

test('a text without digits is refused', () => {
  expect(addFavourite([], favourite('anonymous'))).toMatchObject({ error: { code: 'number-empty' } });
});

test('a favourite is removed by its number, however it is written', () => {
  expect(removeFavourite([anna], { number: '+1-201-555-0123' })).toEqual([]);
});

test('favourites that can be read in a damaged file are kept', () => {
  const raw = [anna, null, { number: 5 }, { ...favourite('1002', 'Bo'), more: true }, anna];
  expect(parseFavourites(raw)).toEqual([anna, favourite('1002', 'Bo')]);
  expect(parseFavourites('x')).toEqual([]);
  expect(parseFavourites([...many, ...many.map(({ number }) => favourite(`9${number}`))])).toEqual(many);
});

test('the name of a favourite is one plain line, even if a caller chose it', () => {
  const added = addFavourite([], favourite('1002', `Bo\u202E\n${'x'.repeat(1000)}`));
  expect(added.ok && added.value[0]?.name).toMatch(/^Bo x+…$/);
  expect(added.ok && added.value[0]?.name.length).toBe(120);
});

test('each account has its own list, and that of the demo is not saved', () => {
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
  list.add(favourite('1002', 'Bo'));
  list.open(null);
  list.add(anna);
  expect(list.all).toEqual([anna]);
  list.open('a');
  list.remove(anna);
  expect(Object.fromEntries(saved)).toEqual({ a: [], b: [favourite('1002', 'Bo')] });
  list.forget('b');
  expect(saved.get('b')).toEqual([]);
});

test('a favourite that cannot be saved is neither added nor removed, and the answer has an error', () => {
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
  expect(list.add(favourite('1002', 'Bo'))).toMatchObject({ error: { code: 'storage-failed' } });
  expect(list.remove(anna)).toMatchObject({ error: { code: 'storage-failed' } });
  expect([list.all, changes]).toEqual([[anna], before]);
});

test.each(['1002', 'ext. 1002', 'sip:1002@pbx.example.com', '+1 (201) 555-0123', '0012015550123', '*97'])(
  'the window treats a saved favourite as one until it is removed: %s',
  (number) => {
    for (const [kept, shown] of [
      [number, number],
      [number.replace(/^ext\. /, ''), number],
      [number, number.replace(/^ext\. /, '')],
    ] as const) {
      const added = addFavourite([], favourite(kept));
      expect(added.ok && isFavourite(added.value, { number: shown })).toBe(true);
      expect(added.ok && removeFavourite(added.value, { number: shown })).toEqual([]);
    }
  },
);

test('a caller from outside with the number of an extension is not the colleague who is a favourite', () => {
  const outside = { ...favourite('1002', 'Somebody'), provenance: 'caller', external: true } as const;
  const added = addFavourite([favourite('1002', 'Bo')], outside);
  expect(added).toEqual({ ok: true, value: [favourite('1002', 'Bo'), outside] });
  expect(isFavourite([favourite('1002', 'Bo')], outside)).toBe(false);
  expect(removeFavourite([favourite('1002', 'Bo'), outside], outside)).toEqual([favourite('1002', 'Bo')]);
  expect(parseFavourites([outside])).toEqual([outside]);
});

test('two texts without digits are not the same favourite', () => {
  expect(isFavourite([favourite('anna')], { number: 'bo' })).toBe(false);
  expect(removeFavourite([favourite('anna')], { number: 'bo' })).toHaveLength(1);
});

test("a favourite made from a caller's number keeps that provenance; in an older file it is unknown", () => {
  const made = (provenance: Origin) => {
    const added = addFavourite([], { ...favourite('1002'), provenance });
    return added.ok ? added.value[0]?.provenance : null;
  };
  expect(made('dialled')).toBe('favourite');
  expect(made('typed')).toBe('favourite');
  expect(made('caller')).toBe('caller');
  expect(parseFavourites([{ number: '1002', name: 'Bo' }])).toEqual([
    { number: '1002', name: 'Bo', provenance: 'history' },
  ]);
});
