import type { DialWarning } from '../../shared/dial.ts';
import { ok, type Result } from '../../shared/result.ts';
import { lengthOf, parseNational, planOf, type NumberingPlan } from './numbering-plan.ts';
import { dropsTrunkZero, isValidGlobal, readGlobal, refuse, type PublicNumber } from './public-number.ts';

/** Where the user's phone is. */
export interface DialPlace {
  /** ISO 3166-1 alpha-2 in capitals; '' when not known. */
  country: string;
  /** Own area code without the national 0; '' when not known. */
  areaCode: string;
}

/** The same, with what is an extension of the own PBX there. */
export interface NumberPlace extends DialPlace {
  /** A pattern for all digits, or how many: see matchesExtension. */
  extensions: string;
  /** What is dialled for an outside line, such as 0 or 9, where somebody set it. */
  outsideLines?: readonly string[];
}

/** No subscriber number of one town is longer, so more digits than this include an area code. */
const LONGEST_LOCAL = 8;
/** Germany and Austria append extensions to local numbers, which can then be as long as a whole one. */
const OPEN_PLANS: ReadonlySet<string> = new Set(['DE', 'AT']);
/** Countries with a national 0 whose numbers are always dialled whole, in the same town too. */
const ALWAYS_WHOLE: ReadonlySet<string> = new Set('FR GP GF MQ RE YT PM BL MF BE CH TH ZA VN'.split(' '));
/** 15 digits and the longest way out of a country. */
const LONGEST = 20;
/** 00 or a national 0, and at most 15 digits. */
const LONGEST_FOREIGN = 17;
const NORTH_AMERICA = '1';

/**
 * A number without +, as one dials it in a place: E.164 where that is certain, otherwise the digits as they stand with
 * a warning. Not certain is a local number without its area code, which in some countries looks like a whole one, and
 * every number that the library would rewrite rather than complete.
 * Errors: number-incomplete, number-too-long.
 */
export function readNational(digits: string, place: DialPlace): Result<PublicNumber> {
  const plan = planOf(place.country);
  if (digits.length > LONGEST || (digits.length > 15 && !/^0|^810/.test(digits))) return refuse('number-too-long');
  if (plan === null) return asItStands(digits);
  const text = currentForm(digits, plan);
  const abroad = outOfCountry(text, plan);
  if (abroad !== null) return abroad;
  const known = knownNational(text, plan);
  if (known !== null) return readGlobal(known);
  if (plan.trunk === '' || plan.callingCode === NORTH_AMERICA) return withoutTrunk(text, plan, place.areaCode);
  if (text.startsWith(plan.trunk)) return withTrunk(text, plan);
  return localNumber(text, plan, place.areaCode);
}

/** Numbers that changed by law and are still printed the old way; the digits that went carry no meaning. */
function currentForm(digits: string, { country }: NumberingPlan): string {
  // Mexico, 2019: no 01, 044 and 045 any more.
  // Poland, 2009: no 0 any more.
  if (country === 'PL') return digits.replace(/^0(?=[1-9][0-9]{8}$)/, '');
  return country === 'MX' ? digits.replace(/^(?:01|04[45])(?=[2-9][0-9]{9}$)/, '') : digits;
}

/** A number with the way out of the country. 00 is read everywhere: no country begins its own numbers with it. */
function outOfCountry(digits: string, plan: NumberingPlan): Result<PublicNumber> | null {
  for (const wayOut of [plan.wayOut, /^00(?=[1-9])/]) {
    const number = digits.replace(wayOut, '+');
    if (number.startsWith('+') && isValidGlobal(number)) return readGlobal(number);
  }
  // Japan's 010 and Russia's 810 may also begin a number of the country.
  const own = digits.replace(plan.wayOut, '+');
  return own.startsWith('+') && knownNational(digits, plan) === null ? readGlobal(own) : null;
}

/** E.164 of a number that the plan knows and that is dialled just so; null otherwise. */
function knownNational(digits: string, plan: NumberingPlan): string | null {
  const number = parseNational(digits, plan.country);
  if (number?.isValid() !== true || !digits.endsWith(number.nationalNumber)) return null;
  if (number.countryCallingCode !== plan.callingCode) return null;
  const prefix = digits.slice(0, digits.length - number.nationalNumber.length);
  if (prefix === '') return isCertain(digits, number.formatNational(), plan) ? number.number : null;
  const withCarrier = number.carrierCode !== undefined && prefix === plan.trunk + number.carrierCode;
  return prefix === plan.trunk || prefix === plan.callingCode || withCarrier ? number.number : null;
}

/** Without the national 0 a number may be a local one, unless it is too long for that or written without it anyway. */
function isCertain(digits: string, national: string, plan: NumberingPlan): boolean {
  if (plan.trunk === '' || national.replace(/[^0-9]/g, '') === digits) return true;
  return digits.length > LONGEST_LOCAL && !OPEN_PLANS.has(plan.country);
}

/** A number with the national 0 that the plan does not know: new, made up, or with a digit missing. */
function withTrunk(digits: string, plan: NumberingPlan): Result<PublicNumber> {
  const rewritten = parseNational(digits, plan.country)?.isValid() === true;
  const whole = `+${plan.callingCode}${digits.slice(plan.trunk.length)}`;
  const length = lengthOf(whole);
  if (length === 'short') return refuse('number-incomplete');
  if (length === 'long') return rewritten ? asItStands(digits) : refuse('number-too-long');
  return rewritten || length === 'odd' ? asItStands(digits) : readGlobal(whole);
}

/** Countries whose numbers have no national 0; in North America a number is ten digits, with or without a 1. */
function withoutTrunk(digits: string, plan: NumberingPlan, areaCode: string): Result<PublicNumber> {
  const american = plan.callingCode === NORTH_AMERICA;
  const national = american ? digits.replace(/^1(?=[0-9]{10}$)/, '') : digits;
  if (american && digits.length === 7) return localNumber(digits, plan, areaCode);
  const whole = `+${plan.callingCode}${national}`;
  const length = lengthOf(whole);
  // Another country's national number: no number of this one begins with 0.
  const foreign = digits.startsWith('0') && dropsTrunkZero(plan.callingCode) && !isValidGlobal(whole);
  if (foreign) return digits.length > LONGEST_FOREIGN ? refuse('number-too-long') : asItStands(digits);
  const local = american || isValidGlobal(whole) ? null : withArea(digits, plan, areaCode);
  if (local !== null) return ok(local);
  if (length === 'short') return refuse('number-incomplete');
  if (length === 'long') return beginsWithWhole(whole, plan) ? refuse('number-too-long') : tooLong(digits);
  if (length === 'odd' || (american && !/^[2-9][0-9]{2}[2-9]/.test(national))) return asItStands(digits, 'not-valid');
  return readGlobal(whole);
}

/** "201555012395": a number of the own country and something behind it, not one of a country that begins so. */
function beginsWithWhole(whole: string, plan: NumberingPlan): boolean {
  const shortest = 1 + plan.callingCode.length + LONGEST_LOCAL;
  for (let length = whole.length - 1; length >= shortest; length -= 1) {
    if (isValidGlobal(whole.slice(0, length))) return true;
  }
  return false;
}

/** "4930123456": a whole number of another country that only lacks its +. It might be, and nobody knows. */
const isOtherCountry = (digits: string): boolean => isValidGlobal(`+${digits}`);

const tooLong = (digits: string): Result<PublicNumber> =>
  isOtherCountry(digits) ? asItStands(digits) : refuse('number-too-long');

function localNumber(digits: string, plan: NumberingPlan, areaCode: string): Result<PublicNumber> {
  const whole = withArea(digits, plan, areaCode);
  if (whole !== null) return ok(whole);
  // Too long for a local number with an extension: the own country code, without its +.
  const global = `+${digits}`;
  const own = digits.length > LONGEST_LOCAL + 3 && digits.startsWith(plan.callingCode) && isValidGlobal(global);
  if (own) return readGlobal(global);
  const short = digits.length <= LONGEST_LOCAL && ALWAYS_WHOLE.has(plan.country);
  return short ? refuse('number-incomplete') : asItStands(digits);
}

function withArea(digits: string, plan: NumberingPlan, areaCode: string): PublicNumber | null {
  if (areaCode === '' || digits.length > LONGEST_LOCAL + 4) return null;
  // Italy's area codes keep their 0, which people leave out of a setting that says "without the 0".
  for (const area of [areaCode, `0${areaCode}`]) {
    const whole = `+${plan.callingCode}${area}${digits}`;
    if (isValidGlobal(whole)) return { dial: whole, e164: whole, warnings: ['area-added'] };
  }
  return null;
}

function asItStands(digits: string, ...more: DialWarning[]): Result<PublicNumber> {
  return ok({ dial: digits, e164: null, warnings: ['not-completed', ...more] });
}
