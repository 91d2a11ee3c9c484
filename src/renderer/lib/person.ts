import type { Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { NumberForms } from '../../shared/state.ts';
import { messages } from '../state/messages.svelte.ts';

/** The texts that show a person. */
export interface Person {
  /** The name, or else the number or "Unknown number". Never ''. */
  title: string;
  /** '' if it is the title. */
  number: string;
  /** '' if not known. */
  company: string;
  /** The caller sent this name, and no directory confirms it. */
  claimed: boolean;
  /** For the initials; '' if not known. */
  name: string;
}

/** How to show a party of a call. `forms`: the formatted numbers that main sent. */
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

/** A number as main formatted it, or else as it is. */
export const numberFrom = (forms: NumberForms, number: string): string =>
  (Object.hasOwn(forms, number) ? forms[number] : undefined) ?? plainText(number, 64);

/** A person for labels and screen readers: "Maria Keller, +49 30 901820". */
export function spoken(person: Person): string {
  return person.number === '' ? person.title : `${person.title}, ${person.number}`;
}
