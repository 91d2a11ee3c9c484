import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCaller } from '../../../src/core/people/caller.ts';
import { nameKey } from '../../../src/core/people/names.ts';
import type { Person } from '../../../src/core/people/person.ts';
import { PeopleStore } from '../../../src/core/people/store/people-store.ts';
import { whoIs } from '../../../src/core/people/who.ts';
import { people as words } from '../../../src/messages/en/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { silentLog } from '../../support/silent-log.ts';
import { callerOf, manyPeople } from './support/many-people.ts';

const GERMANY = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const NOW = Date.UTC(2026, 0, 5, 9);
let folder = '';
let open: PeopleStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-store-'));
  open = [];
});
afterEach(async () => {
  for (const store of open) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function openStore(name = 'people.db', place = GERMANY) {
  const opened = PeopleStore.open({ path: join(folder, name), place, clock: new ManualClock(NOW), log: silentLog });
  if (opened.opened !== 'ready') throw new Error(opened.why);
  open.push(opened.store);
  return opened;
}

function shownFor(store: PeopleStore, line: string, country = 'DE'): string {
  const place = { ...GERMANY, country };
  const isKnownName = (key: string) => store.isKnownName(key);
  return words.shown(
    whoIs(readCaller(line, place), { index: store.index, place, matchLength: null, isKnownName }).shown,
    country,
  );
}

const person = (id: string, name: string, number: string, more: Partial<Person> = {}): Person => ({
  id,
  source: 's',
  name,
  company: '',
  department: '',
  email: '',
  numbers: [{ kind: 'work', written: number }],
  favourite: false,
  ...more,
});

describe('people are kept', () => {
  test('finds by number and by words after a restart', async () => {
    const { store } = openStore();
    await store.replace('file:a', manyPeople(1_000), 'token 1');
    await store.close();
    const again = openStore().store;
    expect(shownFor(again, callerOf(217))).toBe('Rósa Kowalski-217');
    expect(again.search('kowalski 217', 5).map(({ name }) => name)).toContain('Rósa Kowalski-217');
    expect(again.tokenOf('file:a')).toBe('token 1');
    expect(again.counts()).toEqual([{ source: 'file:a', people: 1_000 }]);
  });

  test('reading a source again replaces only its own people', async () => {
    const { store } = openStore();
    await store.replace('one', [person('1', 'Anna', '030 1111111')]);
    await store.replace('two', [person('1', 'Bo', '030 2222222')]);
    await store.replace('one', [person('2', 'Clara', '030 3333333')]);
    expect(['0301111111', '0302222222', '0303333333'].map((number) => shownFor(store, number))).toEqual([
      '+49 30 1111111',
      'Bo',
      'Clara',
    ]);
    expect(store.search('anna', 5)).toEqual([]);
  });

  test('an error while a source is read keeps its known people', async () => {
    const { store } = openStore();
    await store.replace('one', [person('1', 'Anna', '030 1111111')], 'old');
    const failing = function* (): Generator<Person> {
      yield* manyPeople(500);
      throw new Error('the connection was lost');
    };
    await expect(store.replace('one', failing(), 'new')).rejects.toThrow('connection');
    expect(shownFor(store, '0301111111')).toBe('Anna');
    expect(shownFor(store, callerOf(3))).not.toContain('Dörte');
    expect(store.tokenOf('one')).toBe('old');
  });

  test('changes are applied once, however often they arrive', async () => {
    const { store } = openStore();
    await store.replace('one', [person('1', 'Anna', '030 1111111'), person('2', 'Bo', '030 2222222')], 't1');
    const changes = [
      { change: 'set', person: person('1', 'Anna Neu', '030 4444444') },
      { change: 'deleted', id: '2' },
      { change: 'set', person: person('3', 'Clara', '030 3333333') },
    ] as const;
    for (const token of ['t2', 't3']) await store.change('one', changes, token);
    expect([...store.people('one')].map(({ name }) => name).sort()).toEqual(['Anna Neu', 'Clara']);
    expect(shownFor(store, '0301111111')).toBe('+49 30 1111111');
    expect(shownFor(store, '0304444444')).toBe('Anna Neu');
    expect(store.tokenOf('one')).toBe('t3');
  });

  test('numbers are read again when the country changes', async () => {
    const { store } = openStore();
    await store.tidy();
    await store.replace('one', [person('1', 'Anna', '030 1111111')]);
    await store.tidy({ ...GERMANY, country: 'AT' });
    expect(shownFor(store, '+43301111111', 'AT')).toBe('Anna');
    expect(shownFor(store, '+49301111111', 'AT')).toBe('+49 30 1111111');
    expect(['+4330111', '4330111', '0301', '+4930111'].map((text) => store.search(text, 5).length)).toEqual([
      1, 1, 1, 0,
    ]);
  });

  test('names and numbers that an older version read are read again', async () => {
    const { store } = openStore();
    await store.tidy();
    await store.replace('one', [person('1', "Jürgen O'Weiß", '030 1111111', { company: 'Weiß AG' })]);
    await store.close();
    const database = new DatabaseSync(join(folder, 'people.db'));
    database.exec(`UPDATE meta SET value = '[1,"DE","",""]' WHERE key = 'reading'; UPDATE person SET namekey = 'old', companykey = '';
      DELETE FROM words; DELETE FROM digits; DELETE FROM number;`);
    database.close();
    const again = openStore().store;
    await again.tidy();
    expect(shownFor(again, '0301111111')).toBe("Jürgen O'Weiß");
    expect(['oweiss', '1111', 'jow'].map((text) => again.search(text, 5).length)).toEqual([1, 1, 1]);
    expect(again.isKnownName(nameKey('OWeiss, Juergen'))).toBe(true);
    expect(again.isKnownName(nameKey('Weiß AG'))).toBe(true);
    expect(again.isKnownName('')).toBe(false);
  });

  test('people are found by last digits in both stores', async () => {
    const { store } = openStore();
    await store.replace('one', [person('1', 'Anna', '1111111'), person('2', 'Bo', '030 22-0', { company: 'Bo AG' })]);
    const place = GERMANY;
    const who = whoIs(readCaller('+49301111111', place), {
      index: store.index,
      place,
      matchLength: 7,
      isKnownName: () => false,
    });
    expect(who.shown).toEqual({ kind: 'person', name: 'Anna', company: '' });
  });
});

describe('search', () => {
  test('favourites come first, then people who were called, then better matches of the words', async () => {
    const { store } = openStore();
    await store.replace('one', [
      person('1', 'Karl Adler', '030 1000001'),
      person('2', 'Adler Apotheke', '030 1000002'),
      person('3', 'Zoe Zander', '030 1000003', { company: 'Adler GmbH' }),
      person('4', 'Bernd Adler', '030 1000004', { favourite: true }),
      person('5', 'Doris Adler', '030 1000005'),
    ]);
    store.countCall('+49301000005', Date.now());
    expect(store.search('adler', 10).map(({ id }) => id)).toEqual(['4', '5', '2', '1', '3']);
  });

  test.each([
    ['müller', 'Jürgen Müller'],
    ['mueller', 'Jürgen Müller'],
    ['muller jurgen', 'Jürgen Müller'],
    ['JM', 'Jürgen Müller'],
    ['gross', 'Groß & Co'],
    ['groß', 'Groß & Co'],
    ['kaufmann', 'Aase Kaufmann'],
    ['åse', 'Aase Kaufmann'],
    ['555 12', 'Jürgen Müller'],
    ['0305551', 'Jürgen Müller'],
    ['+493055512', 'Jürgen Müller'],
    ['jürgen 5512', 'Jürgen Müller'],
    ['vertrieb', 'Jürgen Müller'],
    ['花', '山田 花子'],
    ['101', 'Aase Kaufmann'],
    ['10', 'Aase Kaufmann'],
  ])('%s finds %s', async (text, name) => {
    const { store } = openStore();
    await store.replace('one', [
      person('1', 'Jürgen Müller', '030 55512', { department: 'Vertrieb' }),
      person('2', 'Groß & Co', '040 7777777'),
      person('3', 'Aase Kaufmann', '101'),
      person('4', '山田 花子', '+81 3 1234 5670'),
    ]);
    expect(store.search(text, 5).map((found) => found.name)).toEqual([name]);
  });

  test('no query throws', async () => {
    const { store } = openStore();
    await store.replace('one', [person('1', 'Anna "Quote" O\'Hara', '030 1111111')]);
    for (const text of ['"', '*', 'AND', 'anna OR', 'name:', '^', '()', '-', '\u0000', "o'hara", 'NEAR(a b)'])
      expect(() => store.search(text, 5)).not.toThrow();
    expect(store.search("o'hara", 5)).toHaveLength(1);
  });
});

describe('a file that cannot be used', () => {
  test('is moved aside if it is damaged, and a new file is started', async () => {
    writeFileSync(join(folder, 'people.db'), 'not a database, but long enough to have a header of its own');
    const { store, aside } = openStore();
    expect(aside).toContain('people.db.broken-2026-01-05T09-00-00');
    await store.replace('one', [person('1', 'Anna', '030 1111111')]);
    expect(shownFor(store, '0301111111')).toBe('Anna');
    expect(readdirSync(folder)).toContain('people.db.broken-2026-01-05T09-00-00');
  });

  test('is not changed if a later version wrote it', () => {
    const database = new DatabaseSync(join(folder, 'people.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(
      PeopleStore.open({
        path: join(folder, 'people.db'),
        place: GERMANY,
        clock: new ManualClock(NOW),
        log: silentLog,
      }),
    ).toEqual({
      opened: 'not',
      why: 'newer',
    });
  });

  test('is reported as unusable if a folder has its path', () => {
    expect(PeopleStore.open({ path: folder, place: GERMANY, clock: new ManualClock(NOW), log: silentLog })).toEqual({
      opened: 'not',
      why: 'unusable',
    });
  });
});

test('writing lets other work run after each slice', async () => {
  const { store } = openStore();
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await store.replace('one', manyPeople(3_000));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});
