import { expect, test } from 'vitest';
import { ContactList } from '../../../src/core/people/contact-list.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import { people as words } from '../../../src/messages/en/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';

const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };

function listOf(files: readonly string[]): ContactList {
  const list = new ContactList(place);
  for (const [at, file] of files.entries()) {
    const read = readAllContacts(Buffer.from(file), { source: `${at}.csv`, place });
    if (!read.ok) throw new Error(read.error.code);
    for (const person of read.value.people) list.add(person);
  }
  return list;
}

const shownFrom = (files: readonly string[], caller: string): string =>
  words.shown(listOf(files).find(caller, { matchLength: null, limit: 20 }).shown, place.country);

test('people of two files with the same id are two people', () => {
  const files = [
    'Name;Firma;Telefon\nAnna Berg;Berg AG;030 1234560\n',
    'Name;Firma;Telefon\nOtto Stein;Stein OHG;030 123456-7\n',
  ];
  expect(shownFrom(files, '0301234560')).toBe('Anna Berg');
  expect(shownFrom(files, '0301234567')).toBe('Otto Stein');
});

test.each([
  ['1234567', ['Anna']],
  ['171 999', ['Otto']],
  ['0171 9998', ['Otto']],
  ['30123', ['Anna']],
  ['+49301234560', []],
])('a part of a number finds people, but shows no name: %s', (part, names) => {
  const list = listOf(['Name;Telefon\nAnna;+49 30 1234567\nOtto;0171 9998877\n']);
  const { matches, shown } = list.find(part, { matchLength: null, limit: 20 });
  expect(matches.map(({ person }) => person.name)).toEqual(names);
  expect(shown.kind).toBe('number');
});

test('reports digits that are not a number', () => {
  const read = readAllContacts(Buffer.from('Name;Telefon\nAnna;030/12/34/56/78/90/12\n'), { source: 'a', place });
  expect(read.ok && read.value.problems.map(({ code }) => code)).toEqual(['number-unreadable']);
});

test.each([
  ['00049301234567', 'Anna'],
  ['000493012 34567', 'Anna'],
  ['00301234567', 'Anna'],
  ['00033142685300', 'Jeanne'],
  ['0004315551234', 'Vinzenz'],
])('finds the name of a caller whom the PBX shows with the 0 for an outside line: %s is %s', (caller, name) => {
  const files = [
    'Name;Telefon\nAnna;030 1234567\nJeanne;+33 1 42685300\nVinzenz;+43 1 5551234\nKurt;0431 5551234\nPotsdam;0331 42685300\n',
  ];
  expect(shownFrom(files, caller)).toBe(name);
});

test.each([
  ['0043 1 5551234', '2 people'],
  ['004315551234', '2 people'],
  ['sip:004315551234@pbx', '2 people'],
  ['+43 1 5551234', 'Vinzenz'],
  ['0431 5551234', 'Kurt'],
  ['0033142685300', '2 people'],
  // Only one of the two readings is known.
  ['0043 1 5550000', 'Wilma'],
  ['00431 5559999', '+43 1 5559999'],
])(
  'digits that are another number behind the 0 for an outside line are either, if both are known: %s is %s',
  (caller, shown) => {
    const files = [
      'Name;Telefon\nVinzenz;+43 1 5551234\nKurt;0431 5551234\nJeanne;+33 1 42685300\nPotsdam;0331 42685300\nWilma;+43 1 5550000\nLinda;0431 5559999\n',
    ];
    expect(shownFrom(files, caller)).toBe(shown);
  },
);

test.each([
  'Nummer unterdrückt',
  'Rufnummer unbekannt',
  'Anrufer unbekannt',
  'Número privado',
  'Número oculto',
  'numéro masqué',
  'Numero privato',
  'No caller ID',
  'nummer onbekend',
])('a withheld number in any language is no name: %s', (word) => {
  const files = ['Name;Telefon\nAnna;030 5550101\n'];
  expect(shownFrom(files, word)).toBe('Hidden number');
  expect(shownFrom(files, `"${word}" <sip:anonymous@h>`)).toBe('Hidden number');
  expect(shownFrom(files, `"${word}" <sip:@10.0.0.1>`)).toBe('Hidden number');
  expect(shownFrom(files, `"${word}" <sip:+4930777777@h>`)).toBe('+49 30 777777');
});

test.each(['Berg GmbH', 'Anna Berg (Berg GmbH)', 'Anna Berg – Zentrale', 'Acme (Anna Berg)', 'Anna Вerg'])(
  'a claim to be somebody of the directory is not shown: %s',
  (claim) => {
    const files = ['Name;Firma;Telefon\nAnna Berg;Berg GmbH;030 5550101\n'];
    expect(shownFrom(files, `"${claim}" <sip:+4930777777@h>`)).toBe('+49 30 777777');
  },
);

test('a claimed name with marks of another script is shown as claimed', () => {
  const files = ['Name;Telefon\nAnna Berg;030 5550101\n'];
  expect(shownFrom(files, '"T\u0489ower" <sip:+4930777777@h>')).toContain('(says the caller)');
});
