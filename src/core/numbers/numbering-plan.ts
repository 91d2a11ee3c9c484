import parsePhoneNumber, {
  isSupportedCountry,
  Metadata,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';

/** How numbers are dialled inside one country. */
export interface NumberingPlan {
  country: CountryCode;
  callingCode: string;
  /** The national prefix, dialled before an area code inside the country: 0, 1, 8, 06; '' if there is none. */
  nationalPrefix: string;
  /** Matches the international prefix at the start of a number: 00, 011, 0011, 810. */
  internationalPrefix: RegExp;
}

// Without `extract: false` the library finds numbers in almost any text.
const EXACT = { extract: false } as const;

const plans = new Map<string, NumberingPlan>();

/** The plan of a country (ISO 3166-1 alpha-2 in capitals); null for any other text. */
export function planOf(country: string): NumberingPlan | null {
  if (!isSupportedCountry(country)) return null;
  const known = plans.get(country);
  if (known !== undefined) return known;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const rules = metadata.numberingPlan;
  if (rules === undefined) return null;
  const plan: NumberingPlan = {
    country,
    callingCode: stringFrom(rules, 'callingCode'),
    nationalPrefix: stringFrom(rules, 'nationalPrefix'),
    internationalPrefix: new RegExp(`^(?:${rules.IDDPrefix()})(?=[1-9])`),
  };
  plans.set(country, plan);
  return plan;
}

/** Calls a method that the library has but its types omit. '' if the method returns no text. */
function stringFrom(rules: object, method: 'callingCode' | 'nationalPrefix'): string {
  const found: unknown = Reflect.get(rules, method);
  const value: unknown = typeof found === 'function' ? Reflect.apply(found, rules, []) : null;
  return typeof value === 'string' ? value : '';
}

export interface GlobalNumber {
  /** The number as the library reads it; undefined if it cannot. */
  parsed: PhoneNumber | undefined;
  /** True if the number is valid in its country's plan in exactly this form. */
  valid: boolean;
}

// Results are cached, because the same number is read many times and the library is slow.
const globalCache = new Map<string, GlobalNumber>();
const nationalCache = new Map<string, Pick<GlobalNumber, 'parsed'>>();
const MAX_CACHED = 200;

/** Reads a + and digits with the library. Never throws. */
export function readByPlan(dial: string): GlobalNumber {
  const known = globalCache.get(dial);
  if (known !== undefined) return known;
  if (globalCache.size >= MAX_CACHED) globalCache.clear();
  const parsed = parsePhoneNumber(dial, EXACT);
  // The library also applies national dialling habits to a number and reports the changed number as valid.
  const number = { parsed, valid: parsed?.isValid() === true && parsed.number === dial };
  globalCache.set(dial, number);
  return number;
}

export const parseGlobal = (dial: string): PhoneNumber | undefined => readByPlan(dial).parsed;

/** Reads digits as they are dialled in a country; undefined if the library cannot. Never throws. */
export function parseNational(digits: string, country: CountryCode): PhoneNumber | undefined {
  const key = `${country}${digits}`;
  const known = nationalCache.get(key);
  if (known !== undefined) return known.parsed;
  if (nationalCache.size >= MAX_CACHED) nationalCache.clear();
  const parsed = parsePhoneNumber(digits, { defaultCountry: country, ...EXACT });
  nationalCache.set(key, { parsed });
  return parsed;
}

/** `odd`: the plan has shorter and longer numbers, but none of this length. `no-country`: no country has this code. */
export type NumberLength = 'fits' | 'short' | 'long' | 'odd' | 'no-country';

/** Compares the length of a number with the plan of the country that its calling code names. */
export function lengthOf(dial: string): NumberLength {
  switch (validatePhoneNumberLength(dial)) {
    case undefined:
      return 'fits';
    case 'TOO_SHORT':
    case 'NOT_A_NUMBER':
      return 'short';
    case 'TOO_LONG':
      return 'long';
    case 'INVALID_LENGTH':
      return 'odd';
    case 'INVALID_COUNTRY':
      return 'no-country';
  }
}
