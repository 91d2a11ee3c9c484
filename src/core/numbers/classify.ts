import type { Destination, DialKind, DialWarning } from '../../shared/dial.ts';
import { DEFAULT_EXTENSIONS } from '../../shared/dial-rules.ts';
import { ok, type Result } from '../../shared/result.ts';
import { isEmergencyCall } from './emergency.ts';
import { readNational, type NumberPlace } from './national-number.ts';
import { planOf } from './numbering-plan.ts';
import { readGlobal, refuse } from './public-number.ts';
import { matchesExtension } from './extension-pattern.ts';

/** The API accepts 256 characters, but no number that a person dials is that long. */
const MAX_DIALLED = 32;
const MIN_DIGITS = 3;
/** Longer numbers are public, except European services that begin with 11 (116 117, 118 118). */
const MAX_SHORT_CODE_DIGITS = 5;
const LONG_SHORT_CODE = /^11[0-9]{4}$/;
/** People enter only zeros in forms that require a number. */
const ONLY_ZEROS = /^0{6,}$/;
/** Short codes that need no warning: those that begin with 1, as in most countries, and N11 of North America. */
const CERTAIN_SHORT_CODE = /^1[0-9]{2,5}$|^[2-8]11$/;

/** Short numbers of public services that begin with a 0, as area codes do. */
const HELPLINES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ES', new Set('010 011 012 014 016 017 020 021 024 025 060'.split(' '))],
  ['MX', new Set('030 031 040 050 070 071 072 075 078 088 089 090'.split(' '))],
  ['RU', new Set(['04', '050'])],
]);

/**
 * Finds out what kind of number this is (0-9 * # and a leading +) before the phone number library reads it, because the
 * library would turn an extension or a code into another number. Emergency numbers come first, because extension
 * patterns also match them. Errors: number-too-short, -too-long, -incomplete, -invalid.
 */
export function classify(number: string, place: NumberPlace): Result<Destination> {
  const { country } = place;
  if (number.length > MAX_DIALLED) return refuse('number-too-long');
  if (number.startsWith('+')) return asPublic(readGlobal(number));
  if (isEmergencyCall(number, knownPlace(place))) return plain('emergency', number);
  if (/[*#]/.test(number)) {
    return /[0-9]|^[*#]{2}$/.test(number) ? plain('feature-code', number) : refuse('number-too-short');
  }
  if (isExtension(number, place.extensions)) return plain('extension', number);
  if (ONLY_ZEROS.test(number)) return refuse('number-invalid', 'nothing but zeros');
  if (number.length < MIN_DIGITS) return refuse('number-too-short');
  if (HELPLINES.get(country)?.has(number) === true) return plain('short-code', number);
  if (number.startsWith('0') && number.length <= MAX_SHORT_CODE_DIGITS + 1) return refuse('number-incomplete');
  if (number.length <= MAX_SHORT_CODE_DIGITS || LONG_SHORT_CODE.test(number)) {
    return plain('short-code', number, ...(CERTAIN_SHORT_CODE.test(number) ? [] : (['not-completed'] as const)));
  }
  return asPublic(readNational(number, place));
}

/** Removes the country from a place if there is no numbering plan for it. */
export const knownPlace = (place: NumberPlace): NumberPlace =>
  planOf(place.country) === null ? { ...place, country: '' } : place;

/** With the default pattern, an extension does not begin with a 0: "030" is an area code. */
function isExtension(digits: string, pattern: string): boolean {
  if (pattern === DEFAULT_EXTENSIONS && digits.startsWith('0')) return false;
  return matchesExtension(digits, pattern);
}

const plain = (kind: DialKind, dial: string, ...warnings: DialWarning[]): Result<Destination> =>
  ok({ kind, dial, e164: null, warnings });

const asPublic = (read: ReturnType<typeof readGlobal>): Result<Destination> =>
  read.ok ? ok({ kind: 'public', ...read.value }) : read;
