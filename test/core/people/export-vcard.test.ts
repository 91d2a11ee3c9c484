import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vCards } from '../../../src/core/people/export-vcard.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import type { Person } from '../../../src/core/people/person.ts';
import type { CallableKind } from '../../../src/shared/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';

const GERMANY = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const KINDS: CallableKind[] = ['work', 'mobile', 'home', 'main', 'extension', 'other'];

const person = (more: Partial<Person>): Person => ({
  id: '1',
  source: '',
  name: 'Anna Berg',
  company: '',
  department: '',
  email: '',
  numbers: [{ kind: 'work', written: '+49 30 901820' }],
  favourite: false,
  ...more,
});

const written = (people: readonly Person[]): string => [...vCards(people)].join('');
const readBack = (text: string): Person[] => {
  const read = readAllContacts(new TextEncoder().encode(text), { source: '', place: GERMANY });
  return read.ok ? read.value.people : [];
};

test('a contact is one card with name, company and numbers by kind', () => {
  const numbers = KINDS.map((kind, at) => ({ kind, written: `+49 30 90182${at}` }));
  expect(written([person({ company: 'Berg, Söhne; Partner', numbers })])).toBe(
    [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:1',
      'FN:Anna Berg',
      'N:;Anna Berg;;;',
      'ORG:Berg\\, Söhne\\; Partner',
      'TEL;TYPE=WORK,VOICE:+49 30 901820',
      'TEL;TYPE=CELL,VOICE:+49 30 901821',
      'TEL;TYPE=HOME,VOICE:+49 30 901822',
      'TEL;TYPE=WORK,X-COMPANY:+49 30 901823',
      'TEL;TYPE=WORK,X-EXTENSION:+49 30 901824',
      'TEL;TYPE=VOICE:+49 30 901825',
      'END:VCARD',
      '',
    ].join('\r\n'),
  );
});

test('no line is longer than 75 bytes, and no letter is cut', () => {
  const text = written([person({ name: 'Ä'.repeat(100) })]);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(readBack(text)[0]?.name).toBe('Ä'.repeat(100));
});

test('the import reads back what was exported', () => {
  const letters = fc.string({ unit: fc.constantFrom(...Array.from('aZäß,;:\\"\'-. 李')), maxLength: 40 });
  const name = letters.map((text) => `N${text.trim().replace(/\s+/g, ' ')}n`);
  const numbers = fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), written: fc.stringMatching(/^\+49 30 [1-9][0-9]{5,7}$/) }),
    { minLength: 1, maxLength: 6 },
  );
  const company = fc.oneof(fc.constant(''), name);
  const one = fc.record({ id: fc.uuid(), name, company, numbers });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 5 }), (made) => {
      const people = made.map((more) => person(more));
      expect(readBack(written(people))).toEqual(people);
    }),
  );
});
