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
  trunk: string;
  /** Matches the international prefix at the start of a number: 00, 011, 0011, 810. */
  internationalPrefix: RegExp;
}

// Without `extract: false` the library finds numbers in almost any text.
const EXACT = { extract: false } as const;

const plans = new Map<string, NumberingPlan>();

/** The plan of a country (ISO 3166-1 alpha-2 in capitals), or null for a text that is no country. */
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
    trunk: stringFrom(rules, 'nationalPrefix'),
    internationalPrefix: new RegExp(`^(?:${rules.IDDPrefix()})(?=[1-9])`),
  };
  plans.set(country, plan);
  return plan;
}

/** Calls methods that the library has but its types omit. The library returns 0 for "none". */
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

// Results are cached, because one text is checked in several ways and the library is slow.
const read = new Map<string, GlobalNumber>();
const MAX_READ = 200;

/** Reads a + and digits with the library. Never throws. */
export function readByPlan(dial: string): GlobalNumber {
  const known = read.get(dial);
  if (known !== undefined) return known;
  if (read.size >= MAX_READ) read.clear();
  const parsed = parsePhoneNumber(dial, EXACT);
  // The library also applies national dialling habits to a number and reports the changed number as valid.
  const number = { parsed, valid: parsed?.isValid() === true && parsed.number === dial };
  read.set(dial, number);
  return number;
}

export const parseGlobal = (dial: string): PhoneNumber | undefined => readByPlan(dial).parsed;

/** Reads digits as they are dialled in a country; undefined if the library cannot. Never throws. */
export function parseNational(digits: string, country: CountryCode): PhoneNumber | undefined {
  const key = `${country}${digits}`;
  const known = readNationally.get(key);
  if (known !== undefined) return known.parsed;
  if (readNationally.size >= MAX_READ) readNationally.clear();
  const parsed = parsePhoneNumber(digits, { defaultCountry: country, ...EXACT });
  readNationally.set(key, { parsed });
  return parsed;
}

const readNationally = new Map<string, Pick<GlobalNumber, 'parsed'>>();

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
