import { randomUUID } from 'node:crypto';
import type { OwnContact, OwnContacts } from '../../shared/contacts.ts';
import { appError } from '../../shared/errors.ts';
import type { CallKind, NumberKind } from '../../shared/people.ts';
import { plainText } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { foldName } from './names.ts';
import type { Person } from './person.ts';

/** A list shows at most so many; a filter finds the others. */
const MAX_SHOWN = 100;
const MAX_CHARACTERS = 120;

/** A contact as it is stored. Errors: command-invalid for one without a name, number-empty for one without a number. */
export function personOfContact({ id, name, company, numbers }: OwnContact): Result<Person> {
  const firm = plainText(company, MAX_CHARACTERS);
  const called = plainText(name, MAX_CHARACTERS) || firm;
  if (called === '') return err(appError('command-invalid', { detail: 'a contact without a name' }));
  const written = numbers.filter(({ number }) => /[0-9]/.test(number));
  if (written.length === 0) return err(appError('number-empty'));
  return ok({
    id: id ?? randomUUID(),
    source: '',
    name: called,
    company: firm,
    department: '',
    email: '',
    numbers: written.map(({ kind, number }) => ({ kind, written: plainText(number, MAX_CHARACTERS) })),
    favourite: false,
  });
}

const callKindOf = (kind: NumberKind): CallKind => (kind === 'fax' || kind === 'sip' ? 'other' : kind);

const contactOf = ({ id, name, company, numbers }: Person): OwnContact => ({
  id,
  name,
  company,
  numbers: numbers.map(({ kind, written }) => ({ kind: callKindOf(kind), number: written })),
});

/** The contacts that have all words of a text in their name, company or numbers, by name; '' for all. */
export function filterContacts(people: Iterable<Person>, text: string): OwnContacts {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const found = [...people].filter((person) => {
    const texts = [person.name, person.company].map(foldName);
    const digits = person.numbers.map(({ written }) => written.replace(/[^0-9*#]/g, ''));
    return words.every((word) => {
      const [folded, dialled] = [foldName(word), word.replace(/[^0-9*#]/g, '')];
      return (
        texts.some((one) => one.includes(folded)) || (dialled !== '' && digits.some((one) => one.includes(dialled)))
      );
    });
  });
  const sorted = found.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  return { contacts: sorted.slice(0, MAX_SHOWN).map(contactOf), more: Math.max(0, sorted.length - MAX_SHOWN) };
}
