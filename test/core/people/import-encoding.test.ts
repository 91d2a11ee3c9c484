import { expect, test } from 'vitest';
import { CODE_PAGES, decodeText } from '../../../src/core/people/import/decode-text.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';

const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

function namesIn(...parts: (Buffer | string)[]): string[] {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const read = readAllContacts(bytes, { source: 'test', place });
  if (!read.ok) throw new Error(read.error.code);
  return read.value.people.map(({ name }) => name);
}

test('decodes one row in another code page and keeps the other rows in UTF-8', () => {
  const names = namesIn(
    'Name;Telefon\nJörg Müller;030 1234501\nZoë Weiß;030 1234502\n',
    latin1('Jürgen Groß;030 1234503\n'),
    'Łukasz Żak;030 1234504\n',
  );
  expect(names).toEqual(['Jörg Müller', 'Zoë Weiß', 'Jürgen Groß', 'Łukasz Żak']);
});

test('decodes a file that was cut within a letter as UTF-8', () => {
  const cut = Buffer.from('Name;Telefon\nJörg Müller;030 1234501\nZoë Weiß;030 1234502\nJü').subarray(0, -1);
  expect(namesIn(cut).slice(0, 2)).toEqual(['Jörg Müller', 'Zoë Weiß']);
});

test('decodes a file with a BOM and one row in another code page', () => {
  expect(namesIn('\uFEFFName;Telefon\nJörg Müller;030 1234501\n', latin1('Jürgen;030 1234502\n'))).toEqual([
    'Jörg Müller',
    'Jürgen',
  ]);
});

test('decodes each value of a vCard in its own encoding', () => {
  const names = namesIn(
    'BEGIN:VCARD\nVERSION:2.1\nFN:Jörg Müller Weiß\nTEL:030 1234501\nEND:VCARD\n',
    'BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1251:',
    Buffer.from([0xc8, 0xe2, 0xe0, 0xed]),
    '\nTEL:030 1234502\nEND:VCARD\n',
  );
  expect(names).toEqual(['Jörg Müller Weiß', 'Иван']);
});

test.each(CODE_PAGES.slice(1, 8))('decodes a file in %s as that, not as damaged UTF-8', (encoding) => {
  const bytes = Uint8Array.from([...Buffer.from('Name;Phone\n'), ...Array.from({ length: 24 }, (_, at) => 0xe1 + at)]);
  expect(decodeText(bytes, (text) => (text === new TextDecoder(encoding).decode(bytes) ? 2 : 0)).encoding).toBe(
    encoding,
  );
});

/** The bytes of a text in a code page of one byte for each letter. */
function bytesIn(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Buffer.from(Array.from(text, (letter) => table.get(letter) ?? 0));
}

test.each([
  ['ES', 'windows-1252', 'Íñigo Ibáñez'],
  ['ES', 'windows-1252', 'Peña Núñez'],
  ['FR', 'windows-1252', 'Hélène Lefèvre'],
  ['DE', 'windows-1252', 'Jörg Größler'],
  ['PL', 'windows-1250', 'Łukasz Żółć'],
  ['CZ', 'windows-1250', 'Jiří Dvořák'],
  ['HU', 'windows-1250', 'Győző Őry'],
  ['CZ', 'windows-1250', 'Jörg Größler'],
  ['TR', 'windows-1254', 'Çağrı Şahin'],
  ['TR', 'windows-1254', 'Jörg Größler'],
  ['LT', 'windows-1257', 'Šarūnas Jasikevičius'],
  ['RU', 'windows-1251', 'Пётр Иванов'],
  ['FR', 'macintosh', 'Hélène Zoé'],
])('a single name in the code page of its country is read: %s, %s, %s', (country, encoding, name) => {
  const card = bytesIn(`BEGIN:VCARD\nVERSION:2.1\nFN:${name}\nTEL:030 1234501\nEND:VCARD\n`, encoding);
  const read = readAllContacts(card, { source: 'test', place: { ...place, country } });
  expect(read.ok && read.value.people.map((person) => person.name)).toEqual([name]);
});
