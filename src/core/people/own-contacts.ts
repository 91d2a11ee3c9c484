import { randomUUID } from 'node:crypto';
import type { OwnContact, OwnContacts } from '../../shared/contacts.ts';
import { appError } from '../../shared/errors.ts';
import type { CallableKind, NumberKind } from '../../shared/people.ts';
import { plainText } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { foldName } from './names.ts';
import type { Person } from './person.ts';

/** How many contacts are listed. The filter finds the others. */
const MAX_SHOWN = 100;
const MAX_CHARACTERS = 120;

/** Makes the person to be stored. Errors: command-invalid without a name, number-empty without a number. */
export function personOfContact({ id, name, company, numbers }: OwnContact): Result<Person> {
  const companyName = plainText(company, MAX_CHARACTERS);
  const personName = plainText(name, MAX_CHARACTERS) || companyName;
  if (personName === '') return err(appError('command-invalid', { detail: 'a contact without a name' }));
  const filledNumbers = numbers.filter(({ number }) => /[0-9]/.test(number));
  if (filledNumbers.length === 0) return err(appError('number-empty'));
  return ok({
    id: id ?? randomUUID(),
    // The store sets it.
    source: '',
    name: personName,
    company: companyName,
    department: '',
    email: '',
    numbers: filledNumbers.map(({ kind, number }) => ({ kind, written: plainText(number, MAX_CHARACTERS) })),
    favourite: false,
  });
}

const digitsOf = (text: string): string => text.replace(/[^0-9*#]/g, '');

const callableKindOf = (kind: NumberKind): CallableKind => (kind === 'fax' || kind === 'sip' ? 'other' : kind);

const contactOf = ({ id, name, company, numbers }: Person): OwnContact => ({
  id,
  name,
  company,
  numbers: numbers.map(({ kind, written }) => ({ kind: callableKindOf(kind), number: written })),
});

/** The contacts with every word of `text` in their name, company or numbers, sorted by name; '' finds all. */
export function filterContacts(people: Iterable<Person>, text: string): OwnContacts {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const found = [...people].filter((person) => {
    const names = [person.name, person.company].map(foldName);
    const numbers = person.numbers.map(({ written }) => digitsOf(written));
    return words.every((word) => {
      const [foldedWord, digits] = [foldName(word), digitsOf(word)];
      const isInName = names.some((name) => name.includes(foldedWord));
      return isInName || (digits !== '' && numbers.some((number) => number.includes(digits)));
    });
  });
  const sorted = found.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  return { contacts: sorted.slice(0, MAX_SHOWN).map(contactOf), more: Math.max(0, sorted.length - MAX_SHOWN) };
}
