import type { CallKind } from '../../shared/people.ts';
import type { Person } from './person.ts';

/** A line may have 75 bytes at most; a longer one goes on in the next, behind a space (RFC 2426, 2.6). */
const MAX_LINE_BYTES = 75;

/** What our own import, Outlook, Google and Thunderbird read as the kind of a number. */
const TYPES: Record<CallKind, string> = {
  work: 'WORK,VOICE',
  mobile: 'CELL,VOICE',
  home: 'HOME,VOICE',
  main: 'WORK,X-COMPANY',
  extension: 'WORK,X-EXTENSION',
  other: 'VOICE',
};

/**
 * Writes people as vCard 3.0, the version that most address books read, one card at a time. Our own import reads the
 * names, companies and numbers back as they are.
 */
export function* vCards(people: Iterable<Person>): Generator<string> {
  for (const person of people) yield cardOf(person);
}

function cardOf({ id, name, company, numbers }: Person): string {
  const calls = numbers.flatMap(({ kind, written }) =>
    kind === 'fax' || kind === 'sip' ? [] : [`TEL;TYPE=${TYPES[kind]}:${escaped(written)}`],
  );
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${escaped(id)}`,
    `FN:${escaped(name)}`,
    // It is required. Which part of the name is the last name is not known.
    `N:;${escaped(name)};;;`,
    ...(company === '' ? [] : [`ORG:${escaped(company)}`]),
    ...calls,
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
