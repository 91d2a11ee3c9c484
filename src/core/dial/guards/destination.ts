import parsePhoneNumber, { isSupportedCountry, type PhoneNumber } from 'libphonenumber-js/max';
import { numberOf, type DialFacts } from './facts.ts';

/**
 * Calling codes of no country whose calls cost a multiple of all others (ITU-T E.164, list of assigned codes):
 * Inmarsat, personal numbers, satellite networks, two of international networks, international premium rate.
 */
const COSTLY: ReadonlySet<string> = new Set(['870', '878', '881', '882', '883', '979']);

export function isCostly({ plan, country }: DialFacts): boolean {
  const number = parse(numberOf(plan), country);
  return number !== undefined && COSTLY.has(number.countryCallingCode);
}

/**
 * Another country than the own one, to which no call went yet. Countries that share a calling code are told apart: a
 * number that looks like one from next door may be an island's. Without an own country there is no other one.
 */
export function isNewCountry({ plan, country, recents, placements }: DialFacts): boolean {
  if (plan.kind !== 'public' || !isSupportedCountry(country)) return false;
  const there = parse(numberOf(plan), country)?.country;
  if (there === undefined || there === country) return false;
  const dialled = [
    ...placements.map(({ number }) => number),
    ...recents.filter(({ direction }) => direction === 'outgoing').map(({ number }) => number),
  ];
  return !dialled.some((number) => parse(number, country)?.country === there);
}

// `extract: false`: without it the library finds numbers in almost anything.
function parse(number: string, country: string): PhoneNumber | undefined {
  return parsePhoneNumber(number, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
}
