import type { Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { NumberForms } from '../../shared/state.ts';
import { messages } from '../state/messages.svelte.ts';

/** A person as shown: `title` in the first weight, `number` below it ('' when it is the title already). */
export interface Person {
  title: string;
  number: string;
  /** '' if none is known. */
  company: string;
  /** The name is what the caller sent. */
  claimed: boolean;
  /** The name alone, for the initials; '' when unknown. */
  name: string;
}

/** Who a party is, in words that are never empty. `forms`: how main writes numbers. */
export function personOf(party: Party, forms: NumberForms = {}): Person {
  const name = plainText(party.name);
  const number = numberFrom(forms, party.number);
  const company = plainText(party.company ?? '');
  if (party.several !== undefined)
    return { title: messages().live.people(party.several), number, company, claimed: false, name: '' };
  if (name !== '' && name !== plainText(party.number))
    return { title: name, number, company, claimed: party.claimed === true, name };
  const title = number === '' ? messages().live.unknownNumber : number;
  return { title, number: '', company, claimed: false, name: '' };
}

/** The second line of a row: "Berg GmbH · +49 30 901820". */
export const details = ({ company, number }: Person): string =>
  [company, number].filter((part) => part !== '').join(' · ');

/** A number as main writes it, otherwise as it is, on one line. */
export const numberFrom = (forms: NumberForms, number: string): string =>
  (Object.hasOwn(forms, number) ? forms[number] : undefined) ?? plainText(number, 64);

/** For labels and screen readers: "Maria Keller, +49 30 901820". */
export function spoken(person: Person): string {
  return person.number === '' ? person.title : `${person.title}, ${person.number}`;
}
