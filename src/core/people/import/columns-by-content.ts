import type { NumberPlace } from '../../numbers/national-number.ts';
import { readKeys } from '../number-keys.ts';
import type { Field } from './columns.ts';

const MOSTLY = 0.6;
const IGNORED: Field = { is: 'ignored' };

/**
 * Works out from the values what columns without headers contain; null without a column of names and one of numbers.
 */
export function columnsByContent(rows: readonly (readonly string[])[], place: NumberPlace): Field[] | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) =>
    rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== ''),
  );
  const fields: Field[] = columns.map((values) => {
    if (share(values, isNumber(place)) > MOSTLY) return { is: 'number', kind: 'other' };
    return share(values, isMail) > MOSTLY ? { is: 'email' } : IGNORED;
  });
  if (!fields.some(({ is }) => is === 'number')) return null;
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

const share = (values: readonly string[], test: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length;

const isMail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
const isText = (value: string): boolean => /\p{L}/u.test(value) && !/^[^\s]+\.[a-z]{2,}\//i.test(value);
const isOneWord = (value: string): boolean => !/\s/.test(value);

/** Looks like a phone number, and not like a date, an amount or a postal code. */
const isNumber =
  (place: NumberPlace) =>
  (value: string): boolean =>
    /^[+0-9("'=][0-9 ().\-/+"*#E]*$/i.test(value) &&
    !/^[0-9]{4}-[0-9]{2}-[0-9]{2}|^[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}$/.test(value) &&
    (/[E=]/i.test(value) || readKeys(value, place).length > 0);
