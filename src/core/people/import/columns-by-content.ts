import type { NumberPlace } from '../../numbers/national-number.ts';
import type { Field } from './columns.ts';
import { isCertainNumber, isLong, isNumber, MOSTLY, share, valuesOf } from './phone-values.ts';

const IGNORED: Field = { is: 'ignored' };

/**
 * Works out from the values what columns without headers contain; null without a column of names and one of numbers.
 * `taken`: columns that are known not to contain names or numbers.
 */
export function columnsByContent(
  rows: readonly (readonly string[])[],
  place: NumberPlace,
  taken: readonly boolean[] = [],
): Field[] | null {
  const columns = valuesOf(rows).map((values, at) => (taken[at] === true ? [] : values));
  const numbers = numberColumns(columns, place);
  if (numbers.length === 0) return null;
  const fields: Field[] = columns.map((values, at) => {
    if (numbers.includes(at)) return { is: 'number', kind: 'other' };
    return share(values, isMail) > MOSTLY ? { is: 'email' } : IGNORED;
  });
  return withNames(columns, fields);
}

/** Adds the columns of names by their values; null without one. */
export function withNames(columns: readonly (readonly string[])[], known: readonly Field[]): Field[] | null {
  const fields = [...known];
  const texts = columns.flatMap((values, at) =>
    fields[at]?.is === 'ignored' && share(values, isText) > MOSTLY ? [at] : [],
  );
  const [first, second, third] = texts;
  if (first === undefined) return null;
  // "Anna" and "Berg", mostly one word each, are a first and a last name; "Anna Berg" and "Berg GmbH" a name and a
  // company.
  const isSplit = second !== undefined && [first, second].every((at) => share(columns[at] ?? [], isOneWord) > 0.8);
  fields[first] = isSplit ? { is: 'first' } : { is: 'name' };
  if (second !== undefined) fields[second] = isSplit ? { is: 'last' } : { is: 'company' };
  if (isSplit && third !== undefined) fields[third] = { is: 'company' };
  return fields;
}

/**
 * The columns of phone numbers. Beside phone numbers that are certain, other digits are those of customers, and short
 * ones those of streets or rows; without them, the only column of short numbers is that of the extensions.
 */
function numberColumns(columns: readonly (readonly string[])[], place: NumberPlace): number[] {
  const all = columns.flatMap((values, at) => (share(values, isNumber(place)) > MOSTLY ? [at] : []));
  const those = (test: (value: string) => boolean): number[] =>
    all.filter((at) => share(columns[at] ?? [], test) > MOSTLY);
  const certain = those(isCertainNumber(place));
  if (certain.length > 0) return certain;
  const long = those(isLong);
  if (long.length > 0) return long;
  return all.length === 1 ? all : [];
}

const isMail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
const isText = (value: string): boolean => /\p{L}/u.test(value) && !/^[^\s]+\.[a-z]{2,}\//i.test(value);
const isOneWord = (value: string): boolean => !/\s/.test(value);
