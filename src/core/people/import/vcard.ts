import type { NumberPlace } from '../../numbers/national-number.ts';
import type { NumberKind } from '../../../shared/people.ts';
import type { Person, PersonNumber } from '../person.ts';
import { kindOfLabel } from './columns.ts';
import { cleanName, joinName } from './make-name.ts';
import type { ImportProblem } from '../../../shared/contacts.ts';
import { cardLines, structured, unescaped, type CardLine, type CardText } from './vcard-lines.ts';
import { readNumber } from './read-number.ts';

export interface ReadRow {
  person: Person | null;
  problems: ImportProblem[];
}

/** Reads the cards of a file one by one: vCard 2.1, 3.0 and 4.0, and common deviations from them. */
export function* readCards(text: CardText, source: string, place: NumberPlace): Generator<ReadRow> {
  let card: CardLine[] | null = null;
  let depth = 0;
  let began = 1;
  for (const line of cardLines(text)) {
    if ('broken' in line) {
      if (card !== null && line.broken.trim() !== '' && depth === 1) card.push(brokenLine(line));
      continue;
    }
    const isCard = /^vcard$/i.test(line.value.trim());
    if (line.name === 'BEGIN' && isCard) {
      // A nested card is another person (AGENT in vCard 2.1). Otherwise the END of the card before it is missing.
      if (card !== null && !isNested(card)) {
        yield lost(began);
        depth = 0;
      }
      depth += 1;
      if (depth === 1) {
        card = [];
        began = line.line;
      }
    } else if (line.name === 'END' && isCard) {
      // One END may be too many.
      depth = Math.max(0, depth - 1);
      if (depth === 0 && card !== null) {
        yield toPerson(card, began, source, place);
        card = null;
      }
    } else if (depth === 1) card?.push(line);
  }
  if (card !== null) yield lost(began);
}

const isNested = (card: readonly CardLine[]): boolean => card.at(-1)?.name === 'AGENT';

const brokenLine = ({ broken, line }: { broken: string; line: number }): CardLine => ({
  name: '',
  group: '',
  types: [],
  params: new Map(),
  value: broken,
  line,
});

const lost = (line: number): ReadRow => ({
  person: null,
  problems: [{ code: 'broken-card', line, column: '', text: '' }],
});

function toPerson(card: readonly CardLine[], line: number, source: string, place: NumberPlace): ReadRow {
  const valueOf = (name: string): string => unescaped(card.find((one) => one.name === name)?.value ?? '');
  const [company = '', department = ''] = structured(card.find((one) => one.name === 'ORG')?.value ?? '').map(
    cleanName,
  );
  const [last = '', first = '', middle = ''] = structured(card.find((one) => one.name === 'N')?.value ?? '');
  const written = cleanName(valueOf('FN')) || joinName({ first, middle, last });
  const name = cleanName(written) || company || cleanName(valueOf('NICKNAME')) || valueOf('EMAIL');
  if (name === '') return { person: null, problems: [{ code: 'no-name', line, column: '', text: '' }] };
  const problems: ImportProblem[] = [];
  const numbers = card.flatMap((one): PersonNumber[] => {
    const kind = kindOf(one, card);
    if (kind === 'sip') return [{ kind, written: unescaped(one.value) }];
    if (kind === null) return [];
    const read = readNumber(numberIn(one), kind, place, { line: one.line, column: one.name }, false);
    problems.push(...read.problems);
    return read.numbers;
  });
  const isCompany = /^(?:org|company)/i.test(valueOf('KIND') || valueOf('X-ABSHOWAS')) || name === company;
  const person: Person = {
    id: valueOf('UID') || `${line}`,
    source,
    name,
    company: isCompany ? name : company,
    department,
    email: valueOf('EMAIL'),
    numbers,
    favourite: false,
  };
  return { person, problems };
}

/** The number with its extension, which may also be in a parameter: "+49 30 1234;ext=12" becomes "… ext. 12". */
function numberIn({ value, params }: CardLine): string {
  const text = unescaped(value);
  const extension = /^[+0-9()][^:]*;\s*ext=([0-9]+)$/i.exec(text)?.[1] ?? params.get('x-ext') ?? params.get('ext');
  const bare = text.replace(/;\s*ext=[0-9]*$/i, '');
  return extension === undefined || /^tel:/i.test(text) ? text : `${bare} ext. ${extension}`;
}

/** The kind of number in a property; null for properties without one. */
function kindOf({ name, types, value, group }: CardLine, card: readonly CardLine[]): NumberKind | null {
  const isSip = /^(?:sips?):/i.test(value);
  if (name === 'IMPP' || name === 'X-SIP' || name === 'X-IMPP') return isSip || name === 'X-SIP' ? 'sip' : null;
  if (name !== 'TEL' && name !== 'X-MS-TEL') return null;
  if (isSip) return 'sip';
  const label = group === '' ? '' : (card.find((one) => one.name === 'X-ABLABEL' && one.group === group)?.value ?? '');
  return kindOfLabel([...types, label].join(' '));
}
