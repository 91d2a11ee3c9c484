import type { CallableKind } from '../../shared/people.ts';
import type { Person } from './person.ts';

/** A longer line is continued on the next one, which then begins with a space (RFC 2426, 2.6). */
const MAX_LINE_BYTES = 75;

/** The types that our own import, Outlook, Google and Thunderbird understand. */
const TYPES: Record<CallableKind, string> = {
  work: 'WORK,VOICE',
  mobile: 'CELL,VOICE',
  home: 'HOME,VOICE',
  main: 'WORK,X-COMPANY',
  extension: 'WORK,X-EXTENSION',
  other: 'VOICE',
};

/** Writes each person as a card in vCard 3.0, the version that most address books read. */
export function* vCards(people: Iterable<Person>): Generator<string> {
  for (const person of people) yield cardOf(person);
}

function cardOf({ id, name, company, numbers }: Person): string {
  const phones = numbers.flatMap(({ kind, written }) =>
    kind === 'fax' || kind === 'sip' ? [] : [`TEL;TYPE=${TYPES[kind]}:${escaped(written)}`],
  );
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${escaped(id)}`,
    `FN:${escaped(name)}`,
    // N is required. The whole name is in the field of the first name, because the last name is not known.
    `N:;${escaped(name)};;;`,
    ...(company === '' ? [] : [`ORG:${escaped(company)}`]),
    ...phones,
    'END:VCARD',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > MAX_LINE_BYTES) {
      parts.push(part);
      [part, bytes] = [' ', 1];
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}
