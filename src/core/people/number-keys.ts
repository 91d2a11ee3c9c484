import type { DialWarning } from '../../shared/dial.ts';
import { foldText } from '../../shared/fold-text.ts';
import { classify } from '../numbers/classify.ts';
import { matchesExtension } from '../numbers/extension-pattern.ts';
import type { ReadNumber } from '../numbers/found-number.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { lengthOf, parseGlobal, parseNational, planOf } from '../numbers/numbering-plan.ts';
import { isValidGlobal } from '../numbers/public-number.ts';
import { readNumbers } from '../numbers/read-numbers.ts';
import { readWritten } from '../numbers/read-number.ts';

/** A number in the form in which it is compared. Two numbers with the same `key` are the same number. */
export interface NumberKey {
  /** E.164 with its + if the country is certain; otherwise the digits as written, with * and #. */
  key: string;
  /** The number as it would be dialled. */
  dial: string;
  /** True if `key` is E.164 and valid in the numbering plan of its country. */
  certain: boolean;
  /** True for a public number. All others, such as extensions, services and codes, are only compared in full. */
  isPublic: boolean;
  /** The extension that a caller has to press after the answer, as in "030 1234 ext. 12"; null if there is none. */
  digitsAfterAnswer: string | null;
  /** Of a caller: the key of the number if its first 0 is the digit for an outside line, "0043 1…" as "043 1…". */
  withoutOutsideLineDigit?: string;
}

/** Only digits and the characters between them. A slash may follow an area code. */
const ONE_NUMBER = /^[+0-9(][0-9 ().-]*(?:\/[0-9 ().-]*)?$/;
/** "App. 15", "Nst. 16": where direct dialling is usual, the same as "DW 15". */
const APPARATUS = /(?<=[0-9] ?-?)\b(?:app|nst|nbst)\b\.?(?= ?[0-9]{1,5}$)/i;
const MAX_DIGITS = 17;
const ARGENTINA = '54';
/** Longer numbers without a national 0 are not local numbers; see core/numbers. */
const MAX_LOCAL_DIGITS = 8;

/** The numbers in a field of a directory. There can be none, or several. */
export function readKeys(written: string, place: NumberPlace): NumberKey[] {
  const folded = withoutSlashes(
    foldText(written)
      .trim()
      .replace(/^'(?=[+0-9])/, '')
      .replace(/^\+(?: ?\+)+/, '+')
      .replace(APPARATUS, 'DW'),
    place,
  );
  const digits = folded.replace(/[^0-9]/g, '');
  if (ONE_NUMBER.test(folded) && digits.length <= MAX_DIGITS && (!folded.includes('/') || isAreaSlash(folded))) {
    const key = quickKey(folded, place) ?? keyOf(folded, place);
    return key === null ? [] : [key];
  }
  const reading = readNumbers(folded, { provenance: 'directory', place });
  if (reading.found === 'one') return [fromRead(reading.number, place)];
  if (reading.found === 'choose') return reading.candidates.map((number) => fromRead(number, place));
  const code = folded.replace(/[ ().-]/g, '');
  return /^[*#0-9+]{1,32}$/.test(code) && /[0-9]/.test(code) ? [plainKey(code)] : [];
}

/**
 * The key of a number that is valid as written, with a + or a national 0; null for all others, which need `keyOf`. It
 * calls the library once instead of five times, which matters in a directory of 50,000 numbers.
 */
function quickKey(text: string, place: NumberPlace): NumberKey | null {
  const digits = text.replace(/[ ().\-/]/g, '');
  const global = digits.startsWith('+') ? digits : inOwnCountry(digits, place);
  if (global === null || !/^\+[1-9][0-9]{7,14}$/.test(global) || global.startsWith(`+${ARGENTINA}`)) return null;
  return isValidGlobal(global)
    ? { key: global, dial: global, certain: true, isPublic: true, digitsAfterAnswer: null }
    : null;
}

/** The key of digits in international form if their first 0 is the digit for an outside line; see NumberKey. */
export function keyWithoutOutsideLineDigit(text: string, place: NumberPlace): string | null {
  const digits = /(?<![0-9+])00[1-9][0-9 ()./-]{5,}/.exec(text)?.[0].replace(/[^0-9]/g, '');
  return digits === undefined ? null : (quickKey(digits.slice(1), place)?.key ?? null);
}

/** "0301234567" -> "+49301234567", in countries where the national prefix is 0. */
function inOwnCountry(digits: string, { country, extensions }: NumberPlace): string | null {
  if (!/^0[1-9][0-9]{6,13}$/.test(digits)) return null;
  const plan = planOf(country);
  if (plan?.nationalPrefix !== '0' || matchesExtension(digits, extensions)) return null;
  return `+${plan.callingCode}${digits.slice(1)}`;
}

/** "030/1234567": an area code and its number. */
const isAreaSlash = (text: string): boolean => /^(?:\(?0[0-9 ]{1,5}\)?|\+[0-9 ()]{3,9})\/ ?[1-9]/.test(text);

/**
 * "030/123/4503" and "0049/30/1234503" are one number, unlike "030/1234503/04". Their slashes count as spaces if the
 * number is then valid.
 */
function withoutSlashes(text: string, place: NumberPlace): string {
  if (!/^\(?(?:0|\+)[0-9() ]{1,6}\/ ?[(0-9]{1,6}\)? ?\/ ?[0-9][0-9 -]{3,8}$/.test(text)) return text;
  const spaced = text.replaceAll('/', ' ');
  return keyOf(spaced, place)?.certain === true ? spaced : text;
}

/** A text that is one number as a whole; null for one without a digit. */
function keyOf(text: string, place: NumberPlace): NumberKey | null {
  const options = { country: place.country, isKnown: () => true, isEmergency: () => false, isNumberOnly: true };
  const written = readWritten(text, options);
  const digits = text.replace(/[^0-9+]/g, '');
  if (!/[0-9]/.test(digits)) return null;
  if (!written.ok) return plainKey(digits);
  const classified = classify(written.value.number, place);
  // A national number behind the 0 for an outside line looks like one of another country; see `otherForms`.
  if (!classified.ok)
    return { ...plainKey(written.value.number), isPublic: /^00[1-9][0-9]{6,}$/.test(written.value.number) };
  return fromRead({ ...classified.value, digitsAfterAnswer: written.value.digitsAfterAnswer }, place);
}

type Classified = Pick<ReadNumber, 'kind' | 'dial' | 'e164' | 'digitsAfterAnswer' | 'warnings'>;

function fromRead({ kind, dial, e164, digitsAfterAnswer, warnings }: Classified, place: NumberPlace): NumberKey {
  if (kind !== 'public') return { ...plainKey(dial), digitsAfterAnswer };
  const known = e164 ?? inArgentina(dial, place);
  if (known === null) return { key: dial, dial, certain: false, isPublic: true, digitsAfterAnswer };
  return { key: globalKey(known), dial: known, certain: isSure(warnings), isPublic: true, digitsAfterAnswer };
}

const isSure = (warnings: readonly DialWarning[]): boolean =>
  !warnings.includes('not-valid') && !warnings.includes('area-added');

/** A number or an address that is only compared in full. */
export const plainKey = (text: string): NumberKey => ({
  key: text,
  dial: text,
  certain: false,
  isPublic: false,
  digitsAfterAnswer: null,
});

/**
 * Removes the 9 of mobile numbers in Argentina, and the 15 that replaces it inside the country. They only concern
 * dialling: the ten other digits identify the subscriber.
 */
function globalKey(e164: string): string {
  if (!e164.startsWith(`+${ARGENTINA}`)) return e164;
  const parsed = parseGlobal(e164);
  const number = parsed?.isValid() === true ? parsed.number : e164;
  return number.replace(/^\+549(?=[0-9]{10}$)/, '+54');
}

/** E.164 of a number as written inside Argentina, such as "011 15 1234-5678"; null for any other number. */
function inArgentina(digits: string, { country }: NumberPlace): string | null {
  const plan = country === 'AR' ? planOf(country) : null;
  if (plan === null || !/^[0-9]{10,13}$/.test(digits)) return null;
  const parsed = parseNational(digits, plan.country);
  return parsed?.isValid() === true ? parsed.number : null;
}

/**
 * What else digits may be that a PBX or a phone book wrote in a form of its own: without the + of the country code, and
 * what a PBX passes on, without the national 0 or behind the digit for an outside line. Only forms of which one alone
 * makes a number count: "4315551234" is in Germany a number of Kiel without its 0 as well as one of Vienna without its
 * +, and "4941234567" one of Aurich without its 0 as well as one without its +. They are neither.
 */
export function otherForms(number: NumberKey, place: NumberPlace, passedOn: boolean): string[] {
  const { key } = number;
  if (number.certain || !number.isPublic || !/^[0-9]{7,17}$/.test(key)) return [];
  const plan = planOf(place.country);
  // No country begins its own numbers with 00.
  const withPlus = key.startsWith('0') && plan !== null ? null : validOr(`+${key.replace(/^00(?=[1-9])/, '')}`);
  if (plan === null) return withPlus === null ? [] : [withPlus];
  const national = key.length > MAX_LOCAL_DIGITS && !key.startsWith('0') ? validOr(`+${plan.callingCode}${key}`) : null;
  const line = passedOn && /^[09]/.test(key) ? keyOf(key.slice(1), place) : null;
  const withoutOutsideLineDigit = line?.certain === true ? line.key : null;
  const valid = [withPlus, national, withoutOutsideLineDigit].filter((reading) => reading !== null);
  // Numbering plans change: without any valid reading, the length may leave only one.
  const readings = valid.length > 0 ? valid : withOwnCode(key, plan.callingCode);
  const [only] = readings;
  return only === undefined || readings.length > 1 || (only === national && !passedOn) ? [] : [only];
}

/** A number with the user's country code, if it has the right length with a + and is too long for a national one. */
function withOwnCode(key: string, callingCode: string): string[] {
  const isWhole = key.startsWith(callingCode) && lengthOf(`+${key}`) === 'fits';
  return isWhole && lengthOf(`+${callingCode}${key}`) === 'long' ? [globalKey(`+${key}`)] : [];
}

const validOr = (e164: string): string | null => (e164.length <= 16 && isValidGlobal(e164) ? globalKey(e164) : null);

/** The national forms of an E.164 number, without and with a national 0. They are used if the country is not known. */
export function nationalForms(key: string): string[] {
  const parsed = key.startsWith('+') ? parseGlobal(key) : undefined;
  if (parsed === undefined) return [];
  const national = key.slice(1 + parsed.countryCallingCode.length);
  return national.length < 7 ? [] : [national, `0${national}`];
}

/**
 * "+49 30 12345-0": the switchboard of a company in Germany or Austria (DIN 5008, ÖNORM A 1080). "-00" must follow three
 * digits or more, because in "030 23 45-00" it is the last of several pairs.
 */
const SWITCHBOARD = /(?:[0-9] ?- ?(0)|[0-9]{3} ?- ?(00))$/;
/** "+49 30 12345-67": a direct number of such a company. There is one hyphen, and a separator before the stem. */
const DIRECT = /^[^-]*[ /)][0-9]{3,8}(?:-| ?-?(?:DW|Kl|Klappe|Durchwahl|App|Nst)\.? ?)([0-9]{1,4})$/i;

/** The numbers of one company, which begin with the same digits. */
export interface Block {
  /** The E.164 digits before the hyphen, with the +. */
  stem: string;
  /** True for the number of the switchboard. */
  main: boolean;
}

/** The block of a number, according to its hyphen; null if it is not written with one, and for a mobile number. */
export function blockOf(written: string, { key }: NumberKey): Block | null {
  if (!/^\+4[39][0-9]{6,}$/.test(key)) return null;
  const text = foldText(written).trim();
  const [, one, two] = SWITCHBOARD.exec(text) ?? [];
  const zeros = one ?? two ?? '';
  const last = zeros === '' ? (DIRECT.exec(text)?.[1] ?? '') : zeros;
  if (last === '' || !key.endsWith(last) || parseGlobal(key)?.getType() === 'MOBILE') return null;
  return { stem: key.slice(0, -last.length), main: zeros !== '' };
}
