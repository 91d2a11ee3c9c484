import parsePhoneNumber, {
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  type CountryCode,
  type NumberingPlan,
  type PhoneNumber,
} from 'libphonenumber-js/min';

// `extract: false`: without it the library finds numbers in almost anything.
const EXACT = { extract: false } as const;

/** Digits. Taken for a national number, "+49 112" would become an emergency call. */
const MIN_NATIONAL_DIGITS = 4;

/** The library's types leave out what its metadata hold. Anything but a text means that there is none. */
type FullPlan = NumberingPlan & { nationalPrefix?: () => unknown };

/**
 * The national prefix, dialled before an area code inside a country: 0 in most, 1 in the US, 8 in Russia, '' in Italy.
 */
export function nationalPrefix(country: string): string {
  if (!isSupportedCountry(country)) return '';
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan: FullPlan | undefined = metadata.numberingPlan;
  const prefix = plan?.nationalPrefix?.();
  return typeof prefix === 'string' ? prefix : '';
}

/**
 * Whether an E.164 number is dialled as a national one in `country` (ISO 3166-1 alpha-2): it has the same calling code,
 * as the US and Canada have. Null where that is not certain, because the country or the calling code is not known.
 */
export function isNational(e164: string, country: string): boolean | null {
  if (!isSupportedCountry(country)) return null;
  const number = parsePhoneNumber(e164, EXACT);
  return number === undefined ? null : number.countryCallingCode === getCountryCallingCode(country);
}

/**
 * An E.164 number of `country` as it is dialled there, e.g. "03012345678" and "3012345678", or null if none is
 * certain to lead back to the same number. A 0 that belongs to the number (Italy) is in both.
 */
export function nationalForm(e164: string, country: string): { full: string; withoutPrefix: string } | null {
  const number = parsePhoneNumber(e164, EXACT);
  if (number === undefined || !isSupportedCountry(country)) return null;
  const prefix = nationalPrefix(country);
  const full = candidates(number, prefix).find((digits) => leadsBack(digits, country, e164));
  if (full === undefined) return null;
  const withoutPrefix = full === number.nationalNumber ? full : full.slice(prefix.length);
  return withoutPrefix.length < MIN_NATIONAL_DIGITS ? null : { full, withoutPrefix };
}

function candidates(number: PhoneNumber, prefix: string): string[] {
  const plain = prefix + number.nationalNumber;
  const written = number.formatNational().replace(/[^0-9]/g, '');
  // Argentina dials its mobile phones otherwise than they are called from abroad: +54 9 11 …, 011 15 …
  return written.endsWith(number.nationalNumber) ? [plain, written] : [written, plain];
}

const leadsBack = (digits: string, country: CountryCode, e164: string): boolean =>
  parsePhoneNumber(digits, { defaultCountry: country, ...EXACT })?.number === e164;
