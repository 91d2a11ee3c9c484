import type { NumberPlace } from '../../numbers/national-number.ts';
import { readKeys } from '../number-keys.ts';
import { foldHeader } from './header-words.ts';
import { phoneHeader } from './phone-headers.ts';

export const MOSTLY = 0.6;
/** Fewer digits may also be an extension, a room or a count. */
const MIN_LONG = 7;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}|^[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}$|^(?:19|20)[0-9]{6}$/;

export const share = (values: readonly string[], test: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length;

/** Consists of the characters of a phone number, and is not a date. */
const mayBeNumber = (value: string): boolean => /^[+0-9("'=][0-9 ().\-/+"*#E]*$/i.test(value) && !DATE.test(value);

/** Looks like a phone number, and not like a date, an amount or a postal code. */
export const isNumber =
  (place: NumberPlace) =>
  (value: string): boolean =>
    mayBeNumber(value) && (/[E=]/i.test(value) || readKeys(value, place).length > 0);

/** A phone number of a country's plan, not only digits that could be one. */
export const isCertainNumber =
  (place: NumberPlace) =>
  (value: string): boolean =>
    isLong(value) && mayBeNumber(value) && readKeys(value, place)[0]?.certain === true;

export const isLong = (value: string): boolean => value.replace(/[^0-9]/g, '').length >= MIN_LONG;

/** The values of each column that are not empty. */
export function valuesOf(rows: readonly (readonly string[])[]): string[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: width }, (_, at) =>
    rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== ''),
  );
}

/**
 * True for each of these columns, whose headers speak of numbers, if its values can be phone numbers. The less clear the
 * header is, the more the values must look like it: "Nr." beside "Telefon" is the number of a row.
 */
export function arePhones(
  columns: readonly { header: string; values: readonly string[]; isExtension: boolean }[],
): boolean[] {
  const said = columns.map(({ header }) => phoneHeader(foldHeader(header)));
  const hasPhone = said.some((one) => one !== null && one.by !== 'nothing' && one.kind !== 'fax');
  return columns.map(({ header, values, isExtension }, at) => {
    if (values.length === 0) return true;
    const long = share(values, isLong) >= 0.5;
    switch (isExtension ? 'phone' : said[at]?.by) {
      case 'place':
        return (
          long || (!/off|uff|bür|bur|^port/i.test(header) && share(values, (value) => /[0-9]{2}/.test(value)) >= 0.5)
        );
      case 'number':
        return long || columns.length === 1;
      case 'nothing':
        return !hasPhone && (long || (columns.length === 1 && foldHeader(header).length > 3));
      default:
        return values.length < 3 || values.some((value) => /[0-9]/.test(value));
    }
  });
}
