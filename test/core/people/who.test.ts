import { expect, test } from 'vitest';
import { ContactList } from '../../../src/core/people/contact-list.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import { people as words } from '../../../src/messages/en/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';

const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };

function shownFrom(files: readonly string[], caller: string): string {
  const list = new ContactList(place);
  for (const [at, file] of files.entries()) {
    const read = readAllContacts(Buffer.from(file), { source: `${at}.csv`, place });
    if (!read.ok) throw new Error(read.error.code);
    for (const person of read.value.people) list.add(person);
  }
  return words.shown(list.find(caller, { matchLength: null, limit: 20 }).shown, place.country);
}

test('people of two files with the same id are two people', () => {
  const files = [
    'Name;Firma;Telefon\nAnna Berg;Berg AG;030 1234560\n',
    'Name;Firma;Telefon\nOtto Stein;Stein OHG;030 123456-7\n',
  ];
  expect(shownFrom(files, '0301234560')).toBe('Anna Berg');
  expect(shownFrom(files, '0301234567')).toBe('Otto Stein');
});
