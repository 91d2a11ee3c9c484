import { appError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { NumberPlace } from '../../numbers/national-number.ts';
import type { Person } from '../person.ts';
import { fieldOf } from './columns.ts';
import { decodeText, type DecodedText } from './decode-text.ts';
import { findColumns, MAX_HEADER_ROWS } from './find-columns.ts';
import { isMojibake } from './likely-text.ts';
import type { ImportProblem } from '../../../shared/contacts.ts';
import { readFormat, readRecords, type TableRecord } from './records.ts';
import { toPeople, type Column } from './table.ts';
import { readCards, type ReadRow } from './vcard.ts';
import type { CardText } from './vcard-lines.ts';

/** A file's format and its people, before they are stored. */
export interface ContactsFile {
  format: 'csv' | 'vcard';
  /** A name of the Encoding standard. */
  encoding: string;
  /** The delimiter of a table; '' for vCard. */
  delimiter: string;
  /** Empty for vCard. */
  columns: Column[];
  /** True if the first row has headers. */
  hasHeaders: boolean;
  /** Reads the people row by row, so that a long file can be read in slices. */
  rows: () => Generator<ReadRow>;
}

export interface ReadFileOptions {
  /** What to show as the people's source, usually the file's name. */
  source: string;
  place: NumberPlace;
}

const SAMPLE_ROWS = 200;
const SAMPLE_BYTES = 65_536;

/** Recognises the format of a file with contacts. Error: contacts-unreadable, also when it has no names and numbers. */
export function readContacts(bytes: Uint8Array, { source, place }: ReadFileOptions): Result<ContactsFile> {
  const { text, encoding, isMixed } = decodeText(bytes, likelihood, place.country);
  if (/^\s*BEGIN:VCARD/i.test(text)) {
    const card = cardText(bytes, { text, encoding, isMixed });
    return ok({
      format: 'vcard',
      encoding,
      delimiter: '',
      columns: [],
      hasHeaders: false,
      rows: () => readCards(card, source, place),
    });
  }
  if (text.includes('\u0000')) return unreadable('it is no text');
  const format = readFormat(text);
  const sample = sampleOf(readRecords(text, format.delimiter, format.start, format.firstLine));
  const table = findColumns(sample, place);
  if (table === null) return unreadable('no column of names and numbers was found');
  const { columns, parties, headerLine, unused } = table;
  return ok({
    format: 'csv',
    encoding,
    delimiter: format.delimiter,
    columns,
    hasHeaders: headerLine > 0,
    *rows() {
      if (unused.length > 0) yield { person: null, problems: unused.map((header) => unusedColumn(header, headerLine)) };
      for (const record of readRecords(text, format.delimiter, format.start, format.firstLine)) {
        if (record.line > headerLine) yield* toPeople(record, { columns, parties }, source, place);
      }
    },
  });
}

/** Reads a whole file at once. Error: contacts-unreadable. */
export function readAllContacts(
  bytes: Uint8Array,
  options: ReadFileOptions,
): Result<{ file: ContactsFile; people: Person[]; problems: ImportProblem[] }> {
  const file = readContacts(bytes, options);
  if (!file.ok) return file;
  const people: Person[] = [];
  const problems: ImportProblem[] = [];
  for (const row of file.value.rows()) {
    if (row.person !== null) people.push(row.person);
    problems.push(...row.problems);
  }
  return ok({ file: file.value, people, problems });
}

const unusedColumn = (column: string, line: number): ImportProblem => ({
  code: 'column-unused',
  line,
  column,
  text: '',
});

const unreadable = (detail: string): Result<never> => err(appError('contacts-unreadable', { detail }));

function sampleOf(records: Generator<TableRecord>): TableRecord[] {
  const sample: TableRecord[] = [];
  for (const record of records) {
    sample.push(record);
    if (sample.length >= SAMPLE_ROWS) break;
  }
  return sample;
}

/** Rates how likely a text was decoded correctly: known headers count for it, implausible letters against it. */
function likelihood(text: string): number {
  const sample = text.slice(0, SAMPLE_BYTES);
  const headers = Math.max(...sample.split('\n', MAX_HEADER_ROWS).map(knownHeaders));
  return headers * 20 - isMojibake(sample);
}

const knownHeaders = (line: string): number =>
  line.split(/[,;\t|]/).filter((header) => fieldOf(header.replace(/^"|"\s*$/g, '')) !== null).length;

/** Each value of a vCard may declare its own encoding. If the file is not Unicode, each value is decoded on its own. */
function cardText(bytes: Uint8Array, { text, encoding, isMixed }: DecodedText): CardText {
  const isBinary = isMixed || !encoding.startsWith('utf-');
  const decode = (value: Uint8Array, charset: string): string => {
    for (const name of [charset, 'utf-8']) {
      try {
        if (name !== '') return new TextDecoder(name, { fatal: true }).decode(value);
      } catch {
        // The declared encoding is wrong; the next one is tried.
      }
    }
    return new TextDecoder(encoding.startsWith('utf-16') || encoding === 'utf-8' ? 'windows-1252' : encoding).decode(
      value,
    );
  };
  return { text: isBinary ? asCharacters(bytes) : text, isBinary, decode };
}

const asCharacters = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
