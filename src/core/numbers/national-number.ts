import type { DialWarning } from '../../shared/dial.ts';
import { ok, type Result } from '../../shared/result.ts';
import { lengthOf, parseNational, planOf, type NumberingPlan } from './numbering-plan.ts';
import { dropsNationalZero, isValidGlobal, readGlobal, refuse, type PublicNumber } from './public-number.ts';

/** Where the user's phone is. */
export interface DialPlace {
  /** ISO 3166-1 alpha-2 in capitals; '' when not known. */
  country: string;
  /** Own area code without the national 0; '' when not known. */
  areaCode: string;
}

/** Where the user's phone is, with the extensions of this PBX. */
export interface NumberPlace extends DialPlace {
  /** A pattern, or the number of digits: see matchesExtension. */
  extensions: string;
  /** Digits dialled for an outside line, such as 0 or 9, if they are set. */
  outsideLines?: readonly string[];
}

/** Local numbers have at most this many digits; longer numbers include an area code. */
const MAX_LOCAL_DIGITS = 8;
/** In Germany and Austria extensions are appended to local numbers, which can then be as long as a complete number. */
const OPEN_PLANS: ReadonlySet<string> = new Set(['DE', 'AT']);
/** Countries with a national 0 whose numbers are always dialled with the area code, even in the same town. */
const ALWAYS_WHOLE: ReadonlySet<string> = new Set('FR GP GF MQ RE YT PM BL MF BE CH TH ZA VN'.split(' '));
/** The 15 digits of E.164 and the longest international prefix. */
const MAX_DIALLED_DIGITS = 20;
/** The 15 digits of E.164 and 00. */
const MAX_FOREIGN_DIGITS = 17;
const NORTH_AMERICA = '1';

/**
 * Reads a number without a + as it is dialled in a place. Returns E.164 if that is certain, otherwise the digits
 * unchanged with a warning. Two kinds of numbers are not certain: local numbers without an area code, which look like
 * complete numbers in some countries, and numbers that the library would rewrite instead of only completing them.
 * Errors: number-incomplete, number-too-long.
 */
export function readNational(digits: string, place: DialPlace): Result<PublicNumber> {
  const plan = planOf(place.country);
  if (digits.length > MAX_DIALLED_DIGITS || (digits.length > 15 && !/^0|^810/.test(digits)))
    return refuse('number-too-long');
  if (plan === null) return unchanged(digits);
  const text = currentForm(digits, plan);
  const foreign = readForeign(text, plan);
  if (foreign !== null) return foreign;
  const known = knownNational(text, plan);
  if (known !== null) return readGlobal(known);
  // The 0 for an outside line before an international number. No national number begins with 000.
  if (plan.nationalPrefix === '0' && text.startsWith('000')) return unchanged(digits);
  if (plan.nationalPrefix === '' || plan.callingCode === NORTH_AMERICA)
    return readWithoutPrefix(text, plan, place.areaCode);
  if (text.startsWith(plan.nationalPrefix)) return readWithPrefix(text, plan);
  return readLocal(text, plan, place.areaCode);
}

/** Removes prefixes that a country has abolished but that are still printed. */
function currentForm(digits: string, { country }: NumberingPlan): string {
  // Poland abolished the national 0 in 2009.
  if (country === 'PL') return digits.replace(/^0(?=[1-9][0-9]{8}$)/, '');
  // Mexico abolished 01, 044 and 045 in 2019.
  return country === 'MX' ? digits.replace(/^(?:01|04[45])(?=[2-9][0-9]{9}$)/, '') : digits;
}

/** Reads a number with the international prefix of the country or with 00. Returns null for other numbers. */
function readForeign(digits: string, plan: NumberingPlan): Result<PublicNumber> | null {
  for (const internationalPrefix of [plan.internationalPrefix, /^00(?=[1-9])/]) {
    const number = digits.replace(internationalPrefix, '+');
    if (number.startsWith('+') && isValidGlobal(number)) return readGlobal(number);
  }
  // Japan's 010 and Russia's 810 may also be the first digits of a number in the country.
  const own = digits.replace(plan.internationalPrefix, '+');
  return own.startsWith('+') && knownNational(digits, plan) === null ? readGlobal(own) : null;
}

/** E.164 of a number that is valid in the plan and is dialled in exactly this form; null otherwise. */
function knownNational(digits: string, plan: NumberingPlan): string | null {
  const number = parseNational(digits, plan.country);
  if (number?.isValid() !== true || !digits.endsWith(number.nationalNumber)) return null;
  if (number.countryCallingCode !== plan.callingCode) return null;
  const prefix = digits.slice(0, digits.length - number.nationalNumber.length);
  if (prefix === '') return isCertain(digits, number.formatNational(), plan) ? number.number : null;
  const withCarrier = number.carrierCode !== undefined && prefix === plan.nationalPrefix + number.carrierCode;
  return prefix === plan.nationalPrefix || prefix === plan.callingCode || withCarrier ? number.number : null;
}

/** A number without the national 0 may be local, unless it is too long or the country writes it without a 0. */
function isCertain(digits: string, national: string, plan: NumberingPlan): boolean {
  if (plan.nationalPrefix === '' || national.replace(/[^0-9]/g, '') === digits) return true;
  return digits.length > MAX_LOCAL_DIGITS && !OPEN_PLANS.has(plan.country);
}

/** Reads a number with the national 0 that is not in the plan: it may be new or invented, or a digit is missing. */
function readWithPrefix(digits: string, plan: NumberingPlan): Result<PublicNumber> {
  const rewritten = parseNational(digits, plan.country)?.isValid() === true;
  const whole = `+${plan.callingCode}${digits.slice(plan.nationalPrefix.length)}`;
  const length = lengthOf(whole);
  if (length === 'short') return refuse('number-incomplete');
  if (length === 'long') return rewritten ? unchanged(digits) : refuse('number-too-long');
  return rewritten || length === 'odd' ? unchanged(digits) : readGlobal(whole);
}

/** Reads a number of a country without a national 0. In North America it has ten digits, with or without a 1. */
function readWithoutPrefix(digits: string, plan: NumberingPlan, areaCode: string): Result<PublicNumber> {
  const american = plan.callingCode === NORTH_AMERICA;
  const national = american ? digits.replace(/^1(?=[0-9]{10}$)/, '') : digits;
  if (american && digits.length === 7) return readLocal(digits, plan, areaCode);
  const whole = `+${plan.callingCode}${national}`;
  const length = lengthOf(whole);
  // No number of this country begins with 0, so this is the national number of another country.
  const foreign = digits.startsWith('0') && dropsNationalZero(plan.callingCode) && !isValidGlobal(whole);
  if (foreign) return digits.length > MAX_FOREIGN_DIGITS ? refuse('number-too-long') : unchanged(digits);
  const local = american || isValidGlobal(whole) ? null : withArea(digits, plan, areaCode);
  if (local !== null) return ok(local);
  if (length === 'short') return refuse('number-incomplete');
  if (length === 'long') return beginsWithWhole(whole, plan) ? refuse('number-too-long') : readTooLong(digits);
  if (length === 'odd' || (american && !/^[2-9][0-9]{2}[2-9]/.test(national))) return unchanged(digits, 'not-valid');
  return readGlobal(whole);
}

/** True for a number of the user's country with extra digits: "201555012395" in the US is not a number of Egypt (+20). */
function beginsWithWhole(whole: string, plan: NumberingPlan): boolean {
  const minDigits = 1 + plan.callingCode.length + MAX_LOCAL_DIGITS;
  for (let length = whole.length - 1; length >= minDigits; length -= 1) {
    if (isValidGlobal(whole.slice(0, length))) return true;
  }
  return false;
}

/** "4930123456" may be a complete number of another country whose + is missing. */
const readTooLong = (digits: string): Result<PublicNumber> =>
  isValidGlobal(`+${digits}`) ? unchanged(digits) : refuse('number-too-long');

function readLocal(digits: string, plan: NumberingPlan, areaCode: string): Result<PublicNumber> {
  const whole = withArea(digits, plan, areaCode);
  if (whole !== null) return ok(whole);
  // Digits that are too long for a local number with an extension may begin with the country code, without its +.
  const global = `+${digits}`;
  const own = digits.length > MAX_LOCAL_DIGITS + 3 && digits.startsWith(plan.callingCode) && isValidGlobal(global);
  if (own) return readGlobal(global);
  const short = digits.length <= MAX_LOCAL_DIGITS && ALWAYS_WHOLE.has(plan.country);
  return short ? refuse('number-incomplete') : unchanged(digits);
}

/** Adds the user's area code; null if the result is no valid number. */
function withArea(digits: string, plan: NumberingPlan, areaCode: string): PublicNumber | null {
  if (areaCode === '' || digits.length > MAX_LOCAL_DIGITS + 4) return null;
  // Italy's area codes keep their 0, which people leave out of a setting that says "without the 0".
  for (const area of [areaCode, `0${areaCode}`]) {
    const whole = `+${plan.callingCode}${area}${digits}`;
    if (isValidGlobal(whole)) return { dial: whole, e164: whole, warnings: ['area-added'] };
  }
  return null;
}

function unchanged(digits: string, ...more: DialWarning[]): Result<PublicNumber> {
  return ok({ dial: digits, e164: null, warnings: ['not-completed', ...more] });
}
