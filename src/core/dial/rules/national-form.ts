import parsePhoneNumber, {
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  type CountryCode,
  type NumberingPlan,
  type PhoneNumber,
} from 'libphonenumber-js/min';

// Without `extract: false` the library finds numbers in almost any text.
const EXACT = { extract: false } as const;

/** Shorter numbers keep their country code. Without it, "+49 112" would become an emergency call. */
const MIN_DIGITS_WITHOUT_CODE = 4;

/** The library has this method, but its types do not. It returns a text, or another value if there is no prefix. */
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
 * Whether an E.164 number has the calling code of `country` (ISO 3166-1 alpha-2), so that it is dialled as a national
 * number. Countries such as the US and Canada share one. Null if the country or the calling code is not known.
 */
export function isNational(e164: string, country: string): boolean | null {
  if (!isSupportedCountry(country)) return null;
  const number = parsePhoneNumber(e164, EXACT);
  return number === undefined ? null : number.countryCallingCode === getCountryCallingCode(country);
}

/**
 * Writes an E.164 number as it is dialled inside `country`, with and without the national prefix: "03012345678" and
 * "3012345678". In Italy the 0 belongs to the number, so both forms have it. Returns null if the library does not read
 * the national form as the same number again.
 */
export function nationalForm(e164: string, country: string): { full: string; withoutPrefix: string } | null {
  const number = parsePhoneNumber(e164, EXACT);
  if (number === undefined || !isSupportedCountry(country)) return null;
  const prefix = nationalPrefix(country);
  const full = possibleForms(number, prefix).find((digits) => isReadAs(e164, digits, country));
  if (full === undefined) return null;
  const withoutPrefix = full === number.nationalNumber ? full : full.slice(prefix.length);
  return withoutPrefix.length < MIN_DIGITS_WITHOUT_CODE ? null : { full, withoutPrefix };
}

/** The forms in which the number may be dialled inside its country, the most likely one first. */
function possibleForms(number: PhoneNumber, prefix: string): string[] {
  const plain = prefix + number.nationalNumber;
  const formatted = number.formatNational().replace(/[^0-9]/g, '');
  // In Argentina a mobile number has other digits inside the country (011 15 …) than from abroad (+54 9 11 …).
  return formatted.endsWith(number.nationalNumber) ? [plain, formatted] : [formatted, plain];
}

const isReadAs = (e164: string, digits: string, country: CountryCode): boolean =>
  parsePhoneNumber(digits, { defaultCountry: country, ...EXACT })?.number === e164;
