import parsePhoneNumber, { getCountries, isSupportedCountry, type PhoneNumber } from 'libphonenumber-js/max';
import type { Destination, DialPlan, RecentCall } from '../../../shared/dial.ts';
import { DEFAULT_EXTENSIONS } from '../../../shared/dial-rules.ts';
import { isOwn } from '../../../shared/provenance.ts';
import { sameNumber } from '../../../shared/same-number.ts';
import { classify } from '../../numbers/classify.ts';
import { planOf } from '../../numbers/numbering-plan.ts';
import { readFeatureCode, withoutCallCodes } from '../feature-codes.ts';
import { numberOf, type DialFacts } from './facts.ts';

/**
 * Calling codes that belong to no country and whose calls cost many times more than others (ITU-T E.164, list of assigned
 * codes): Inmarsat, personal numbers, satellite networks, international networks (882, 883), international premium rate.
 */
const COSTLY_CALLING_CODES: ReadonlySet<string> = new Set(['870', '878', '881', '882', '883', '979']);
/** Directory enquiries in Europe. They can also connect the call and then charge for each minute. */
const DIRECTORY_ENQUIRIES = /^118[0-9]{2,3}$/;
/** Fewer digits are not looked up as a number outside the PBX. Extensions may have as many digits. */
const MIN_OUTSIDE_DIGITS = 7;
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
  return [...numbers, ...numbers.flatMap((destination) => numbersInCode(destination, country))];
}

/**
 * The numbers in a feature code: the number after a code that shows or hides the caller's number, the number that a code
 * forwards to, and the digits before a * or #, which some networks read as the whole number.
 */
function numbersInCode({ kind, dial }: Destination, country: string): Destination[] {
  if (kind !== 'feature-code') return [];
  const afterCode = withoutCallCodes(dial);
  const named = [afterCode, readFeatureCode(afterCode)?.to ?? '', /^[0-9]+/.exec(afterCode)?.[0] ?? ''];
  return [...new Set(named)].flatMap((number) => {
    const read = classify(number, { country, areaCode: '', extensions: DEFAULT_EXTENSIONS });
    // The recursion ends, because each number that is found is shorter than `dial`.
    return number === dial || !read.ok ? [] : [read.value, ...numbersInCode(read.value, country)];
  });
}

/** Feature codes have at most this many digits. */
const MAX_CODE_DIGITS = 4;

/**
 * The numbers that may follow a code whose meaning only this PBX knows. The length of the code is not known, so this
 * returns a number for every possible length. Most of them are wrong, so only the guards about the price use them.
 */
function possibleNumbersAfterCode({ plan, country }: DialFacts): Destination[] {
  if (plan.kind !== 'feature-code' || readFeatureCode(withoutCallCodes(plan.dial)) !== null) return [];
  return plan.dial
    .split(/[*#]+/)
    .flatMap((digits) => Array.from({ length: MAX_CODE_DIGITS + 1 }, (_, length) => digits.slice(length)))
    .filter((digits) => digits.length >= MIN_OUTSIDE_DIGITS)
    .flatMap((digits) => {
      const read = classify(digits, { country, areaCode: '', extensions: DEFAULT_EXTENSIONS });
      return read.ok ? [read.value] : [];
    });
}

/** The emergency number that would be called. */
export const emergencyNumberIn = ({ plan, country }: DialFacts): Destination | undefined =>
  destinationsOf(plan, country).find(({ kind }) => kind === 'emergency');

/** The number in a satellite or special network that would be called. */
export const costlyNumberIn = (facts: DialFacts): Destination | undefined =>
  [...destinationsOf(facts.plan, facts.country), ...possibleNumbersAfterCode(facts)].find((destination) =>
    isCostly(destination, facts.country),
  );

/** True for a number of a satellite or special network, even if the number does not exist. */
export const isCostly = (destination: Destination, country: string): boolean =>
  COSTLY_CALLING_CODES.has(/^\+([0-9]{3})/.exec(withCountryCode(destination, country))?.[1] ?? '');

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
export function premiumNumberIn(facts: DialFacts): PremiumNumber | undefined {
  const { plan, country } = facts;
  const all = destinationsOf(plan, country);
  const certain = [...all, ...possibleNumbersAfterCode(facts)].find(
    (destination) =>
      isPremium(destination, country) &&
      // An extension may look like directory enquiries. It no longer counts once the user has called it.
      !(destination.kind === 'extension' && DIRECTORY_ENQUIRIES.test(destination.dial) && wasDialled(plan, facts)),
  );
  if (certain !== undefined) return { number: certain, possibleCountries: [] };
  if (isSupportedCountry(country) || wasDialled(plan, facts)) return undefined;
  for (const number of all) {
    const possibleCountries = isNationalForm(number) ? countriesWithPremium(number.dial) : [];
    if (possibleCountries.length > 0) return { number, possibleCountries };
  }
  return undefined;
}

/** True for a premium-rate number of the user's country, or of the country that its calling code names. */
export function isPremium(destination: Destination, country: string): boolean {
  if (destination.warnings.includes('premium-rate')) return true;
  if (destination.kind === 'emergency' || destination.kind === 'feature-code') return false;
  if (DIRECTORY_ENQUIRIES.test(destination.dial)) return true;
  const number = withCountryCode(destination, country);
  if (number.startsWith('+')) return startsWithPremium(number, undefined);
  return number.length >= MIN_OUTSIDE_DIGITS && isSupportedCountry(country)
    ? startsWithPremium(number, country)
    : false;
}

/** Networks ignore digits after a complete number, so a premium-rate number with extra digits still is one. */
function startsWithPremium(number: string, country: string | undefined): boolean {
  for (let length = number.length; length >= MIN_OUTSIDE_DIGITS; length -= 1) {
    const read = parse(number.slice(0, length), country ?? '');
    if (read?.isValid() === true) return mayCostPremium(read);
  }
  return false;
}

/** Personal numbers (070 in the UK) count as well, because some networks charge a premium rate for them. */
const mayCostPremium = (number: PhoneNumber): boolean =>
  ['PREMIUM_RATE', 'PERSONAL_NUMBER'].includes(number.getType() ?? '');

const isNationalForm = ({ kind, dial, e164 }: Destination): boolean =>
  kind !== 'emergency' && e164 === null && dial.length >= MIN_OUTSIDE_DIGITS && /^[0-9]+$/.test(dial);

/**
 * The countries where these digits are a premium-rate number that is dialled with the national prefix, those with the
 * shortest calling codes first.
 */
function countriesWithPremium(digits: string): string[] {
  const numbers = getCountries().flatMap((country) => {
    if (!digits.startsWith(planOf(country)?.trunk ?? '')) return [];
    const read = parse(digits, country);
    const isPremiumHere =
      read?.isValid() === true && digits.endsWith(read.nationalNumber) && read.getType() === 'PREMIUM_RATE';
    // Several countries may share a calling code, but the complete number belongs to one of them.
    return isPremiumHere ? (parse(read.number, '') ?? []) : [];
  });
  const sorted = numbers.toSorted((a, b) => a.countryCallingCode.length - b.countryCallingCode.length);
  return [...new Set(sorted.flatMap(({ country }) => country ?? []))];
}

/**
 * Finds a number in a foreign country that was never called from here. Countries that share a calling code count as
 * different, because a number that looks like one from the US may belong to a Caribbean island. If the user's country is
 * not known, every country that was not called yet is foreign. But then a number that the user chose before the first
 * call gives no reason to ask.
 */
export function newCountryNumberIn(facts: DialFacts): Destination | undefined {
  const { plan, provenance, country } = facts;
  const called = countriesCalled(facts);
  if (!isSupportedCountry(country) && called.size === 0 && isOwn(provenance)) return undefined;
  return destinationsOf(plan, country).find((destination) => {
    const calledCountry =
      destination.kind === 'public' ? parse(withCountryCode(destination, country), country)?.country : undefined;
    return calledCountry !== undefined && calledCountry !== country && !called.has(calledCountry);
  });
}

function countriesCalled({ country, recents, dialledNumbers }: DialFacts): ReadonlySet<string> {
  const numbers = [...dialledNumbers, ...recents.filter(({ direction }) => direction === 'outgoing')];
  return new Set(numbers.flatMap(({ number }) => parse(number, country)?.country ?? []));
}

/** Finds a number that is in no known numbering plan and was not dialled from here before. */
export const unassignedNumberIn = (facts: DialFacts): Destination | undefined =>
  wasDialled(facts.plan, facts)
    ? undefined
    : destinationsOf(facts.plan, facts.country).find(
        ({ kind, warnings }) => kind === 'public' && warnings.includes('not-valid'),
      );

/** True for a number outside this PBX that a caller sent. Once the user has dialled it, its provenance is `dialled`. */
export const isCallersNumber = ({ plan, provenance }: DialFacts): boolean =>
  provenance === 'caller' && (plan.kind === 'public' || plan.kind === 'short-code');

/**
 * True if somebody outside sent the number, or it was outside in a call of the user's, but it would ring an extension
 * here. It does not matter whether that extension was dialled before.
 */
export const isOutsideCaller = ({ plan, provenance, external }: DialFacts): boolean =>
  external === true && (provenance === 'caller' || plan.kind === 'extension');

/**
 * True if this number was dialled from here, as far as the given numbers and recent calls show. A number with a country
 * code does not match one without it, because that may belong to another person in another country.
 */
export function wasDialled(
  plan: DialPlan,
  { recents, dialledNumbers }: { recents: readonly RecentCall[]; dialledNumbers: readonly { number: string }[] },
): boolean {
  const dialled = [...dialledNumbers, ...recents.filter(({ provenance }) => provenance === 'dialled')];
  const planned = numberOf(plan);
  return dialled.some(
    ({ number }) => hasCountryCode(number) === hasCountryCode(planned) && sameNumber(number, planned),
  );
}

/** The number with + and country code if that is known, or if the number has an international prefix; else unchanged. */
const withCountryCode = ({ e164, dial }: Destination, country: string): string =>
  e164 ??
  dial
    .replace(planOf(country)?.internationalPrefix ?? COMMON_INTERNATIONAL_PREFIX, '+')
    .replace(COMMON_INTERNATIONAL_PREFIX, '+');

const hasCountryCode = (number: string): boolean => /^(?:\+|00)/.test(number);

// Without `extract: false` the library finds numbers in almost any text.
function parse(number: string, country: string): PhoneNumber | undefined {
  return parsePhoneNumber(number, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
}
