import type { DialWarning } from '../../shared/dial.ts';
import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { lengthOf, parseGlobal, readByPlan } from './numbering-plan.ts';

/** A public number as it would be dialled without rules. */
export interface PublicNumber {
  dial: string;
  e164: string | null;
  warnings: DialWarning[];
}

/** The limit of E.164, with the country code. */
const MAX_GLOBAL_DIGITS = 15;
/** The shortest public numbers have this many digits with their country code. */
const MIN_GLOBAL_DIGITS = 7;

/** Calling codes whose numbers keep a leading 0 in international form: "+39 (0)6 …" is dialled as +3906…. */
const KEEPS_LEADING_ZERO: ReadonlySet<string> = new Set(['39', '378', '379', '225', '229', '241', '242']);

/** The national prefix (dialled before area codes inside the country) by calling code, where it is not 0. */
const OTHER_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['1', '1'],
  ['7', '8'],
  ['36', '06'],
]);

/** German mobile numbers have 10 or 11 digits after the country code. The German plan has no general limit. */
const GERMAN_MOBILE_TOO_LONG = /^\+491[5-7][0-9]{10,}$/;

/** True if a 0 in brackets after the calling code, as in "+44 (0)20", is only dialled inside the country. */
export function dropsNationalZero(callingCode: string): boolean {
  return !KEEPS_LEADING_ZERO.has(callingCode);
}

/**
 * Reads a number that consists of a + and digits, checks its length and looks it up in its country's numbering plan.
 * Three mistakes are corrected: "+00" for "+", the 1 that Mexican mobile numbers formerly had after +52, and a national
 * prefix after the country code ("+44 020 …").
 * Errors: number-invalid if there is no such country code, number-incomplete, number-too-long.
 */
export function readGlobal(dial: string): Result<PublicNumber> {
  const number = tidyGlobal(dial);
  const digits = number.slice(1);
  if (!/^[1-9]/.test(digits)) {
    return refuse(digits === '' ? 'number-incomplete' : 'number-invalid', 'no country code after the +');
  }
  const length = lengthOf(number);
  if (digits.length > MAX_GLOBAL_DIGITS || length === 'long') return refuse('number-too-long');
  if (length === 'short' || digits.length < MIN_GLOBAL_DIGITS) return refuse('number-incomplete');
  if (length === 'no-country') return refuse('number-invalid', 'no country has that code');
  const { parsed, valid } = readByPlan(number);
  if (!valid && GERMAN_MOBILE_TOO_LONG.test(number)) return refuse('number-too-long');
  const warnings: DialWarning[] = valid ? [] : ['not-valid'];
  if (parsed?.getType() === 'PREMIUM_RATE') warnings.push('premium-rate');
  return ok({ dial: number, e164: number, warnings });
}

/** True if the numbering plan of its country contains this number. `dial` begins with a +. */
export const isValidGlobal = (dial: string): boolean => readByPlan(dial).valid;

/** Corrects the three mistakes that readGlobal names. */
function tidyGlobal(dial: string): string {
  // "+0049 …" is a + before an international prefix, and "+52 1 …" a mobile number in Mexico's former format.
  const number = dial.replace(/^\+00(?=[1-9])/, '+').replace(/^\+521(?=[2-9][0-9]{9}$)/, '+52');
  const parsed = parseGlobal(number);
  if (parsed === undefined || isValidGlobal(number)) return number;
  const code = parsed.countryCallingCode;
  const rest = number.slice(1 + code.length);
  const prefix = OTHER_PREFIXES.get(code) ?? '0';
  if (!rest.startsWith(prefix) || !dropsNationalZero(code)) return number;
  // Where the national prefix is 0, no area code begins with a 0, so all leading zeros are removed.
  const without = `+${code}${prefix === '0' ? rest.replace(/^0+/, '') : rest.slice(prefix.length)}`;
  if (isValidGlobal(without)) return without;
  // For the same reason the 0 cannot be right even if the plan contains neither form.
  return prefix === '0' && lengthOf(without) === 'fits' ? without : number;
}

/**
 * Joins a local number to the global prefix of its `phone-context` (RFC 3966, 5.1.5). Tries prefix + number first. If
 * that is not valid, shortens the prefix from the right and accepts a result only if exactly one length is valid:
 * "863-1234" at +1-914-555 is +1-914-863-1234. Returns E.164, or null if there is no such number.
 */
export function joinPhoneContext(prefix: string, local: string): string | null {
  const whole = tidyGlobal(prefix + local);
  if (isValidGlobal(whole)) return whole;
  const code = parseGlobal(`${prefix}${local}`)?.countryCallingCode;
  if (code === undefined) return null;
  const found: string[] = [];
  // The country code and at least one digit after it always stay.
  for (let length = prefix.length - 1; length > code.length + 1; length -= 1) {
    const shorter = prefix.slice(0, length) + local;
    if (isValidGlobal(shorter)) found.push(shorter);
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

export const refuse = (code: ErrorCode, detail?: string): Result<never> =>
  err(appError(code, detail === undefined ? {} : { detail }));
