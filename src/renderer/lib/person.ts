import type { Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';
import { showNumber } from '../../shared/show-number.ts';

/** A person as shown: `title` in the first weight, `number` below it ('' when it is the title already). */
export interface Person {
  title: string;
  number: string;
  /** The name alone, for the initials; '' when unknown. */
  name: string;
}

/** Who a party is, in words that are never empty. */
export function personOf(party: Party, country = ''): Person {
  const name = plainText(party.name);
  const number = showNumber(party.number, country);
  if (name !== '' && name !== plainText(party.number)) return { title: name, number, name };
  return { title: number === '' ? 'Unknown number' : number, number: '', name: '' };
}

/** For labels and announcements: "Maria Keller, +49 30 901820". */
export function spoken(person: Person): string {
  return person.number === '' ? person.title : `${person.title}, ${person.number}`;
}
