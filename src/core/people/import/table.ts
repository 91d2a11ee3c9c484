import type { NumberPlace } from '../../numbers/national-number.ts';
import type { Person, PersonNumber } from '../person.ts';
import { isName, kindOfLabel, type Field } from './columns.ts';
import { cleanName, joinName } from './make-name.ts';
import type { ImportProblem, ImportProblemCode } from '../../../shared/contacts.ts';
import type { RowParty } from './parties.ts';
import { readNumber } from './read-number.ts';
import type { TableRecord } from './records.ts';
import type { ReadRow } from './vcard.ts';

export interface Column {
  header: string;
  field: Field;
}

/** How Google separates several values in one field. */
const BETWEEN_VALUES = / ::: /;
const MAX_SHOWN = 80;

/** Reads one row of a table as the people whom it names; none, with the problem, if it cannot be read. */
export function* toPeople(
  record: TableRecord,
  { columns, parties }: { columns: readonly Column[]; parties: readonly RowParty[] },
  source: string,
  place: NumberPlace,
): Generator<ReadRow> {
  const { fields, line, broken } = record;
  if (broken) {
    yield leftOut('unclosed-quote', line, fields[0] ?? '');
    return;
  }
  // Extra empty fields do no harm. Otherwise fields have shifted, and a number may be in the wrong column.
  if (fields.slice(columns.length).some((value) => value.trim() !== '')) {
    yield leftOut('too-many-fields', line, fields.join(' '));
    return;
  }
  const columnsOf = (its: readonly Field[]): Column[] =>
    columns.map(({ header }, at) => ({ header, field: its[at] ?? IGNORED }));
  const [first, ...others] = parties;
  const isNamed = (party: RowParty): boolean =>
    party.fields.some((field, at) => isOwnName(field) && cleanName(fields[at] ?? '') !== '');
  // Without a second name, the second number is one more of the first person.
  const more = others
    .filter((party) => party.isSecond && !isNamed(party))
    .flatMap((party) => [...party.fields.entries()].filter(([, { is }]) => OF_NUMBERS.has(is)));
  const own = [...(first?.fields ?? [])];
  for (const [at, field] of more) own[at] = field;
  yield toPerson(record, columnsOf(own), source, place);
  for (const [index, party] of others.entries()) {
    if (!isNamed(party)) {
      if (!party.isSecond) yield { person: null, problems: ofNobody(record, columnsOf(party.fields)) };
      continue;
    }
    const { person, problems } = toPerson(record, columnsOf(party.fields), source, place);
    yield { person: person === null ? null : { ...person, id: `${person.id}.${index + 2}` }, problems };
  }
}

const IGNORED: Field = { is: 'ignored' };
const OF_NUMBERS: ReadonlySet<Field['is']> = new Set(['number', 'label', 'extension']);
const isOwnName = (field: Field): boolean => isName(field) && field.is !== 'company';

/** The numbers of a party that the row does not name. */
const ofNobody = ({ fields, line }: TableRecord, columns: readonly Column[]): ImportProblem[] =>
  columns.flatMap(({ header, field }, at): ImportProblem[] => {
    const text = (fields[at] ?? '').trim();
    return field.is === 'number' && text !== ''
      ? [{ code: 'number-of-others', line, column: header, text: text.slice(0, MAX_SHOWN) }]
      : [];
  });

/** Reads the person of these columns; null, with the problem, if it has no name. */
function toPerson(
  { fields, line }: TableRecord,
  columns: readonly Column[],
  source: string,
  place: NumberPlace,
): ReadRow {
  const all = (is: Field['is']): string[] =>
    columns.flatMap(({ field }, at) => (field.is === is ? [(fields[at] ?? '').trim()] : []));
  const first = (is: Field['is']): string => all(is).find((value) => value !== '') ?? '';
  const named = (is: Field['is']): string =>
    all(is)
      .map(cleanName)
      .find((value) => value !== '') ?? '';
  const problems: ImportProblem[] = [];
  const numbers: PersonNumber[] = [];
  for (const [at, { header, field }] of columns.entries()) {
    if (field.is !== 'number') continue;
    const label = columns.findIndex((other) => other.field.is === 'label' && other.field.of === at);
    const kind = label < 0 ? field.kind : kindOfLabel(fields[label] ?? '');
    if (kind === null) continue;
    const extension = columns.findIndex((other) => other.field.is === 'extension' && other.field.of === at);
    for (const value of (fields[at] ?? '').split(BETWEEN_VALUES)) {
      const read = readNumber(
        withExtension(value, fields[extension] ?? ''),
        kind,
        place,
        { line, column: header },
        true,
      );
      numbers.push(...read.numbers);
      problems.push(...read.problems);
    }
  }
  const company = named('company');
  const parts = joinName({ first: named('first'), middle: named('middle'), last: named('last') });
  const whole = named('name');
  // Some programs write the e-mail address for the name.
  const isAddress = whole.includes('@') && parts !== '';
  const name = isAddress
    ? parts
    : whole || inOrder(named('reversed')) || parts || company || named('nickname') || first('email');
  if (name === '') {
    // A row without any content is not reported.
    return numbers.length === 0 && problems.length === 0
      ? { person: null, problems: [] }
      : leftOut('no-name', line, fields.join(' '));
  }
  const person: Person = {
    id: String(line),
    source,
    name,
    company,
    department: named('department'),
    email: first('email'),
    numbers,
    favourite: false,
  };
  return { person, problems };
}

const withExtension = (number: string, extension: string): string =>
  /^[0-9]{1,6}$/.test(extension.trim()) && /[0-9]{4}/.test(number) ? `${number} ext. ${extension.trim()}` : number;

/** "Berg, Anna" -> "Anna Berg" */
function inOrder(name: string): string {
  const [last = '', first = '', ...more] = name.split(',').map((part) => part.trim());
  return first === '' || more.length > 0 ? name : joinName({ first, middle: '', last });
}

const leftOut = (code: ImportProblemCode, line: number, text: string): ReadRow => ({
  person: null,
  problems: [{ code, line, column: '', text: text.trim().slice(0, MAX_SHOWN) }],
});
