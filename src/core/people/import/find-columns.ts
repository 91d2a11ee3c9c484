import type { NumberPlace } from '../../numbers/national-number.ts';
import { columnsByContent } from './columns-by-content.ts';
import { columnsByHeader, fieldOf, isName, type Field } from './columns.ts';
import { partiesOf, type RowParty } from './parties.ts';
import { arePhones, isCertainNumber, MOSTLY, share, valuesOf } from './phone-values.ts';
import type { TableRecord } from './records.ts';
import type { Column } from './table.ts';

export interface FoundColumns {
  columns: Column[];
  /** Whom a row names; mostly one person. */
  parties: RowParty[];
  /** The line of the headers; 0 without headers. */
  headerLine: number;
  /** Headers of columns that are not used, although their values look like phone numbers. */
  unused: string[];
}

/** The headers are searched in this many rows, because titles may stand above them. */
export const MAX_HEADER_ROWS = 5;
const IGNORED: Field = { is: 'ignored' };

/** What the columns of a table contain, by their headers and values; null without names and numbers. */
export function findColumns(sample: readonly TableRecord[], place: NumberPlace): FoundColumns | null {
  const table = byHeaders(sample) ?? byContent(sample, place);
  if (table === null) return null;
  const values = valuesOf(rowsBelow(sample, table.headerLine));
  const unused = table.columns.filter(
    ({ header, field }, at) =>
      header !== '' && field.is === 'ignored' && share(values[at] ?? [], isCertainNumber(place)) > MOSTLY,
  );
  return { ...table, unused: unused.map(({ header }) => header) };
}

type Table = Omit<FoundColumns, 'unused'>;

function byHeaders(sample: readonly TableRecord[]): Table | null {
  const header = headerOf(sample);
  if (header === null) return null;
  const { record, fields } = header;
  const values = valuesOf(rowsBelow(sample, record.line));
  const named = withWholeNames(fields, rowsBelow(sample, record.line));
  const checked = withoutOtherNumbers(record.fields, named, values);
  if (!checked.some(isNumberField)) return null;
  const parties = partiesOf(record.fields, checked, values);
  return parties.length === 0 ? null : tableOf(record.fields, parties, record.line);
}

/** Of the first rows, the one with the most headers that are known. */
function headerOf(sample: readonly TableRecord[]): { record: TableRecord; fields: Field[] } | null {
  let best: { record: TableRecord; fields: Field[] } | null = null;
  let most = 0;
  for (const record of sample.slice(0, MAX_HEADER_ROWS)) {
    const fields = record.broken ? null : columnsByHeader(record.fields);
    if (fields === null) continue;
    const known = fields.filter((field) => isNumberField(field) || isName(field)).length;
    const hasCells = record.fields.filter((cell) => cell.trim() !== '').length > 1;
    if (!fields.some(isNumberField) || !hasCells || known <= most) continue;
    best = { record, fields };
    most = known;
  }
  return best;
}

/** "Name" beside "First Name" is the last name, or the whole one if its values mostly begin or end with the first name. */
function withWholeNames(fields: readonly Field[], rows: readonly (readonly string[])[]): Field[] {
  const first = fields.findIndex(({ is }) => is === 'first');
  const last = fields.findIndex(({ is }) => is === 'last');
  const both = rows
    .map((row) => [row[first] ?? '', row[last] ?? ''].map((value) => value.trim().toLowerCase()))
    .filter(([given, family]) => given !== '' && family !== '');
  const isWhole = ([given = '', family = '']: readonly string[]): boolean =>
    family.startsWith(given) || family.endsWith(` ${given}`);
  const isMostly = both.length > 0 && both.filter(isWhole).length / both.length > MOSTLY;
  return isMostly ? fields.with(last, { is: 'reversed' }) : [...fields];
}

/** Ignores columns of numbers that cannot be phone numbers. */
function withoutOtherNumbers(
  headers: readonly string[],
  fields: readonly Field[],
  values: readonly (readonly string[])[],
): Field[] {
  const numbers = fields.flatMap((field, at) => (isNumberField(field) ? [at] : []));
  const isExtension = (field: Field | undefined): boolean => field?.is === 'number' && field.kind === 'extension';
  const phones = arePhones(
    numbers.map((at) => ({
      header: headers[at] ?? '',
      values: values[at] ?? [],
      isExtension: isExtension(fields[at]),
    })),
  );
  return fields.map((field, at) => (numbers.includes(at) && phones[numbers.indexOf(at)] !== true ? IGNORED : field));
}

function byContent(sample: readonly TableRecord[], place: NumberPlace): Table | null {
  const rows = sample.filter(({ broken }) => !broken).map(({ fields }) => fields);
  const found = columnsByContent(rows, place);
  if (found !== null && isData(rows[0] ?? [], found)) return tableOf([], [{ fields: found, isSecond: false }], 0);
  // Headers in an unknown language: the values below them show what the columns contain.
  const header = headerOf(sample)?.record ?? sample[0];
  if (header === undefined) return null;
  const known = header.fields.map(fieldOf);
  const taken = known.map((field) => field !== null && !isName(field));
  const below = columnsByContent(rowsBelow(sample, header.line), place, taken);
  if (below === null) return null;
  const fields = below.map((field, at): Field => (field.is === 'number' ? field : (nameIn(known[at]) ?? field)));
  return tableOf(header.fields, [{ fields, isSecond: false }], header.line);
}

/** A column of several parties, such as the company, is listed once. */
function tableOf(headers: readonly string[], parties: RowParty[], headerLine: number): Table {
  const width = Math.max(headers.length, ...parties.map(({ fields }) => fields.length));
  const columns = Array.from({ length: width }, (_, at): Column => {
    const field = parties.map(({ fields }) => fields[at]).find((one) => one !== undefined && one.is !== 'ignored');
    return { header: (headers[at] ?? '').trim(), field: field ?? IGNORED };
  });
  return { columns, parties, headerLine };
}

const nameIn = (field: Field | null | undefined): Field | null =>
  field === null || field === undefined || isNumberField(field) ? null : field;

const isNumberField = ({ is }: Field): boolean => is === 'number';

const rowsBelow = (sample: readonly TableRecord[], line: number): string[][] =>
  sample.filter((record) => !record.broken && record.line > line).map(({ fields }) => fields);

/** True if the first row also has numbers in the columns of numbers, so that it is not a row of headers. */
const isData = (row: readonly string[], fields: readonly Field[]): boolean =>
  fields.some(({ is }, at) => is === 'number' && /[0-9]{2}/.test(row[at] ?? ''));
