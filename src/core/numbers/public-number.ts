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

/** E.164: at most 15 digits; the shortest public numbers have 7 with their country code. */
const MAX_GLOBAL = 15;
const MIN_GLOBAL = 7;

/** Calling codes whose numbers keep the 0 of their area code: "+39 (0)6 …" is dialled with it. */
const ZERO_BELONGS: ReadonlySet<string> = new Set(['39', '378', '379', '225', '229', '241', '242']);

/** Calling codes where something else than 0 is dialled in front of area codes inside the country. */
const OTHER_TRUNKS: ReadonlyMap<string, string> = new Map([
  ['1', '1'],
  ['7', '8'],
  ['36', '06'],
]);

/** Germany's mobile numbers have 10 or 11 digits, where its plan as a whole knows no such end. */
const GERMAN_MOBILE_TOO_LONG = /^\+491[5-7][0-9]{10,}$/;

/** True when "+CC (0)" means "dial the 0 only inside the country". */
export function dropsTrunkZero(callingCode: string): boolean {
  return !ZERO_BELONGS.has(callingCode);
}

/**
 * A number with its + and digits only. A national prefix left in after the country code (+44 020 …) is taken out, and so is
 * what Mexico's numbers no longer have; nothing else changes.
 * Errors: number-invalid for a + without a country, number-incomplete, number-too-long.
 */
export function readGlobal(dial: string): Result<PublicNumber> {
  const number = tidyGlobal(dial);
  const digits = number.slice(1);
  if (!/^[1-9]/.test(digits)) {
    return refuse(digits === '' ? 'number-incomplete' : 'number-invalid', 'no country code after the +');
  }
  const length = lengthOf(number);
  if (digits.length > MAX_GLOBAL || length === 'long') return refuse('number-too-long');
  if (length === 'short' || digits.length < MIN_GLOBAL) return refuse('number-incomplete');
  if (length === 'no-country') return refuse('number-invalid', 'no country has that code');
  const { parsed, valid } = readByPlan(number);
  if (!valid && GERMAN_MOBILE_TOO_LONG.test(number)) return refuse('number-too-long');
  const warnings: DialWarning[] = valid ? [] : ['not-valid'];
  if (parsed?.getType() === 'PREMIUM_RATE') warnings.push('premium-rate');
  return ok({ dial: number, e164: number, warnings });
}

/** True for a number with its + that its country's plan knows, as it stands. */
export const isValidGlobal = (dial: string): boolean => readByPlan(dial).valid;

function tidyGlobal(dial: string): string {
  // "+0049 …": somebody put the + in front of the way out of the country.
  const number = dial.replace(/^\+00(?=[1-9])/, '+').replace(/^\+521(?=[2-9][0-9]{9}$)/, '+52');
  const parsed = parseGlobal(number);
  if (parsed === undefined || isValidGlobal(number)) return number;
  const code = parsed.countryCallingCode;
  const rest = number.slice(1 + code.length);
  const trunk = OTHER_TRUNKS.get(code) ?? '0';
  const without = `+${code}${trunk === '0' ? rest.replace(/^0+/, '') : rest.slice(trunk.length)}`;
  if (!rest.startsWith(trunk) || !dropsTrunkZero(code)) return number;
  if (isValidGlobal(without)) return without;
  // No number begins with a 0 where it is the national prefix, not even a made-up one.
  return trunk === '0' && lengthOf(without) === 'fits' ? without : number;
}

/**
 * E.164 for a local number and the global prefix it is valid in (RFC 3966, 5.1.5), or null. The RFC warns that
 * putting the two together need not give a number at all, so only one that is valid counts: the prefix and the number,
 * or as much of the prefix as leaves room for it, since "863-1234" dialled at +1-914-555 is +1-914-863-1234.
 */
export function joinContext(prefix: string, local: string): string | null {
  const whole = tidyGlobal(prefix + local);
  if (isValidGlobal(whole)) return whole;
  const code = parseGlobal(`${prefix}${local}`)?.countryCallingCode;
  if (code === undefined) return null;
  const found: string[] = [];
  for (let length = prefix.length - 1; length > code.length + 1; length -= 1) {
    const shorter = prefix.slice(0, length) + local;
    if (isValidGlobal(shorter)) found.push(shorter);
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

export const refuse = (code: ErrorCode, detail?: string): Result<never> =>
  err(appError(code, detail === undefined ? {} : { detail }));
