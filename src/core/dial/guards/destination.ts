import parsePhoneNumber, { getCountries, isSupportedCountry, type PhoneNumber } from 'libphonenumber-js/max';
import type { Destination, DialPlan, RecentCall } from '../../../shared/dial.ts';
import { DEFAULT_EXTENSIONS } from '../../../shared/dial-rules.ts';
import { isOwn } from '../../../shared/provenance.ts';
import { sameNumber } from '../../../shared/same-number.ts';
import { classify } from '../../numbers/classify.ts';
import { planOf } from '../../numbers/numbering-plan.ts';
import { readFeatureCode, withoutOneCallPrefixes } from '../feature-codes.ts';
import { numberOf, type DialSituation } from './situation.ts';

/**
 * Country codes that belong to no country and whose calls cost many times more than others (ITU-T E.164, list of assigned
 * codes): Inmarsat (870), Universal Personal Telecommunications (878), satellite networks (881), international networks
 * (882, 883) and international premium rate (979).
 */
const COSTLY_COUNTRY_CODES: ReadonlySet<string> = new Set(['870', '878', '881', '882', '883', '979']);
/** Directory enquiries in Europe. They can also connect the call and then charge for each minute. */
const DIRECTORY_ENQUIRIES = /^118[0-9]{2,3}$/;
/**
 * Minimum length, in characters with a leading +, of what is looked up as a number outside the PBX. Extensions may be as
 * long.
 */
const MIN_OUTSIDE_LENGTH = 7;
/** The most common international prefix. It is also read for countries with another one, so that no guard misses it. */
const COMMON_INTERNATIONAL_PREFIX = /^00(?=[1-9])/;

/**
 * The numbers that a call may reach: the number before dial rules, the number that the PBX gets after them, and the
 * numbers inside feature codes. A guard checks each of them and asks about the first one that gives it a reason.
 */
export function destinationsOf(plan: DialPlan, country: string): Destination[] {
  const { kind, number, e164, warnings, afterRules } = plan;
  const beforeRules: Destination = { kind, dial: number, e164, warnings };
  const numbers = afterRules === null ? [beforeRules] : [beforeRules, afterRules];
  return [...numbers, ...numbers.flatMap((destination) => numbersInFeatureCode(destination, country))];
}

/**
 * The numbers in a feature code: the number after prefixes such as the one that hides the caller's number, the number
 * that the feature code applies to, and the digits before a * or #, which some networks read as the whole number.
 */
function numbersInFeatureCode({ kind, dial }: Destination, country: string): Destination[] {
  if (kind !== 'feature-code') return [];
  const withoutPrefixes = withoutOneCallPrefixes(dial);
  const target = readFeatureCode(withoutPrefixes)?.to ?? '';
  const leadingDigits = /^[0-9]+/.exec(withoutPrefixes)?.[0] ?? '';
  return [...new Set([withoutPrefixes, target, leadingDigits])].flatMap((number) => {
    if (number === dial) return [];
    const read = classify(number, { country, areaCode: '', extensions: DEFAULT_EXTENSIONS });
    // The recursion ends, because `number` is shorter than `dial`.
    return read.ok ? [read.value, ...numbersInFeatureCode(read.value, country)] : [];
  });
}

/** The maximum number of digits of a feature code. */
const MAX_FEATURE_CODE_DIGITS = 4;

/**
 * The numbers that may follow a feature code that `readFeatureCode` does not know. How many of its digits belong to the
 * feature code is not known either, so this returns the rest for each possible number of digits. Most of these numbers
 * are wrong, so only the guards about the price use them.
 */
function possibleNumbersInUnknownCode({ plan, country }: DialSituation): Destination[] {
  if (plan.kind !== 'feature-code' || readFeatureCode(withoutOneCallPrefixes(plan.dial)) !== null) return [];
  return plan.dial
    .split(/[*#]+/)
    .flatMap((digits) =>
      Array.from({ length: MAX_FEATURE_CODE_DIGITS + 1 }, (_, codeDigits) => digits.slice(codeDigits)),
    )
    .filter((number) => number.length >= MIN_OUTSIDE_LENGTH)
    .flatMap((number) => {
      const read = classify(number, { country, areaCode: '', extensions: DEFAULT_EXTENSIONS });
      return read.ok ? [read.value] : [];
    });
}

/** The emergency number that would be called. */
export const emergencyNumberIn = ({ plan, country }: DialSituation): Destination | undefined =>
  destinationsOf(plan, country).find(({ kind }) => kind === 'emergency');

/** The number in a satellite or special network that would be called. */
export const costlyNumberIn = (situation: DialSituation): Destination | undefined =>
  [...destinationsOf(situation.plan, situation.country), ...possibleNumbersInUnknownCode(situation)].find(
    (destination) => isCostly(destination, situation.country),
  );

/** True for a number of a satellite or special network, even if the number does not exist. */
export const isCostly = (destination: Destination, country: string): boolean =>
  COSTLY_COUNTRY_CODES.has(/^\+([0-9]{3})/.exec(withCountryCode(destination, country))?.[1] ?? '');

/** A premium-rate number that would be called. */
export interface PremiumNumber {
  number: Destination;
  /** The countries (ISO 3166-1 alpha-2) where this is a premium-rate number, if the user's country is not known. */
  possibleCountries: readonly string[];
}

/**
 * Finds a premium-rate number that would be called. If the user's country is not known, a number that is premium-rate
 * in any country counts until the user has called it once.
 */
export function premiumNumberIn(situation: DialSituation): PremiumNumber | undefined {
  const { plan, country } = situation;
  const destinations = destinationsOf(plan, country);
  const wasPlanDialled = wasDialled(plan, situation);
  // An extension may look like directory enquiries. Once the user has called it, it gives no reason to ask.
  const isKnownExtension = ({ kind, dial }: Destination): boolean =>
    wasPlanDialled && kind === 'extension' && DIRECTORY_ENQUIRIES.test(dial);
  const premium = [...destinations, ...possibleNumbersInUnknownCode(situation)].find(
    (destination) => isPremium(destination, country) && !isKnownExtension(destination),
  );
  if (premium !== undefined) return { number: premium, possibleCountries: [] };
  if (isSupportedCountry(country) || wasPlanDialled) return undefined;
  for (const number of destinations) {
    const possibleCountries = isNationalForm(number) ? countriesWithPremium(number.dial) : [];
    if (possibleCountries.length > 0) return { number, possibleCountries };
  }
  return undefined;
}

/** True for a premium-rate number of the user's country, or of the country that the number's country code names. */
export function isPremium(destination: Destination, country: string): boolean {
  if (destination.warnings.includes('premium-rate')) return true;
  if (destination.kind === 'emergency' || destination.kind === 'feature-code') return false;
  if (DIRECTORY_ENQUIRIES.test(destination.dial)) return true;
  const number = withCountryCode(destination, country);
  if (number.startsWith('+')) return startsWithPremium(number);
  return isSupportedCountry(country) && startsWithPremium(number, country);
}

/** Networks ignore digits after a complete number, so a premium-rate number with extra digits still is one. */
function startsWithPremium(number: string, defaultCountry?: string): boolean {
  for (let length = number.length; length >= MIN_OUTSIDE_LENGTH; length -= 1) {
    const read = parse(number.slice(0, length), defaultCountry);
    if (read?.isValid() === true) return mayCostPremium(read);
  }
  return false;
}

/** National personal numbers (070 in the UK) count as well, because some networks charge a premium rate for them. */
const mayCostPremium = (number: PhoneNumber): boolean =>
  ['PREMIUM_RATE', 'PERSONAL_NUMBER'].includes(number.getType() ?? '');

const isNationalForm = ({ kind, dial, e164 }: Destination): boolean =>
  kind !== 'emergency' && e164 === null && dial.length >= MIN_OUTSIDE_LENGTH && /^[0-9]+$/.test(dial);

/**
 * The countries where these digits are a premium-rate number that is dialled with the national prefix, sorted by the
 * length of their country codes, the shortest first.
 */
function countriesWithPremium(digits: string): string[] {
  const numbers = getCountries().flatMap((country) => {
    const nationalPrefix = planOf(country)?.nationalPrefix ?? '';
    if (!digits.startsWith(nationalPrefix)) return [];
    const read = parse(digits, country);
    const isPremiumHere =
      read?.isValid() === true && digits.endsWith(read.nationalNumber) && read.getType() === 'PREMIUM_RATE';
    // Several countries may share a country code. Parsing the number in E.164 finds the one that it belongs to.
    return isPremiumHere ? (parse(read.number) ?? []) : [];
  });
  const sorted = numbers.toSorted((a, b) => a.countryCallingCode.length - b.countryCallingCode.length);
  return [...new Set(sorted.flatMap(({ country }) => country ?? []))];
}

/**
 * Finds a number in a foreign country that the user has not called yet. Countries that share a country code count as
 * different, because a number that looks like one from the US may belong to a Caribbean island. If the user's country is
 * not known, every country counts as foreign. Until the user has called the first one, their own numbers (`isOwn`) then
 * give no reason to ask.
 */
export function newCountryNumberIn(situation: DialSituation): Destination | undefined {
  const { plan, provenance, country } = situation;
  const called = countriesCalled(situation);
  if (!isSupportedCountry(country) && called.size === 0 && isOwn(provenance)) return undefined;
  return destinationsOf(plan, country).find((destination) => {
    if (destination.kind !== 'public') return false;
    const destinationCountry = parse(withCountryCode(destination, country), country)?.country;
    return destinationCountry !== undefined && destinationCountry !== country && !called.has(destinationCountry);
  });
}

/** The countries that the user has called. Unlike for `wasDialled`, calls that were made with a phone count as well. */
function countriesCalled({ country, recents, dialledNumbers }: DialSituation): ReadonlySet<string> {
  const numbers = [...dialledNumbers, ...recents.filter(({ direction }) => direction === 'outgoing')];
  return new Set(numbers.flatMap(({ number }) => parse(number, country)?.country ?? []));
}

/** Finds a number that is in no known numbering plan and was not dialled from here before. */
export function unassignedNumberIn(situation: DialSituation): Destination | undefined {
  if (wasDialled(situation.plan, situation)) return undefined;
  return destinationsOf(situation.plan, situation.country).find(
    ({ kind, warnings }) => kind === 'public' && warnings.includes('not-valid'),
  );
}

/** True for a number outside this PBX that a caller sent. Once the user has dialled it, its provenance is `dialled`. */
export const isCallersNumber = ({ plan, provenance }: DialSituation): boolean =>
  provenance === 'caller' && (plan.kind === 'public' || plan.kind === 'short-code');

/**
 * True if the number probably belongs to somebody outside (`external`, see Party), and a caller sent it or it would ring
 * an extension here. It does not matter whether that extension was dialled before.
 */
export const isNumberOfOutsider = ({ plan, provenance, external }: DialSituation): boolean =>
  external === true && (provenance === 'caller' || plan.kind === 'extension');

/**
 * True if this number was dialled from here, as far as the given numbers and recent calls show. Calls that were made with
 * a phone do not count: their provenance is `history`, because the user did not confirm the number here. A number in
 * international form does not match one in national form, which may belong to another person in another country.
 */
export function wasDialled(
  plan: DialPlan,
  { recents, dialledNumbers }: { recents: readonly RecentCall[]; dialledNumbers: readonly { number: string }[] },
): boolean {
  const dialled = [...dialledNumbers, ...recents.filter(({ provenance }) => provenance === 'dialled')];
  const planned = numberOf(plan);
  return dialled.some(
    ({ number }) => isInternationalForm(number) === isInternationalForm(planned) && sameNumber(number, planned),
  );
}

/** The number with + and country code if that is known, or if the number has an international prefix; else unchanged. */
const withCountryCode = ({ e164, dial }: Destination, country: string): string =>
  e164 ??
  dial
    .replace(planOf(country)?.internationalPrefix ?? COMMON_INTERNATIONAL_PREFIX, '+')
    .replace(COMMON_INTERNATIONAL_PREFIX, '+');

/** True for a number with + or 00. Other international prefixes depend on the country, so they do not count. */
const isInternationalForm = (number: string): boolean => /^(?:\+|00)/.test(number);

/** Reads a number. Without a default country, only a number with a + is read. */
function parse(number: string, defaultCountry = ''): PhoneNumber | undefined {
  return parsePhoneNumber(number, {
    // Otherwise the library finds numbers in almost any text.
    extract: false,
    ...(isSupportedCountry(defaultCountry) ? { defaultCountry } : {}),
  });
}
