import parsePhoneNumber, {
  isSupportedCountry,
  Metadata,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';

/** What a country's numbers look like to somebody who dials there. */
export interface NumberingPlan {
  country: CountryCode;
  callingCode: string;
  /** The digits in front of an area code inside the country: 0, 1, 8, 06; '' where there are none. */
  trunk: string;
  /** Matches the way out of the country at the start of a number: 00, 011, 0011, 810. */
  wayOut: RegExp;
}

// `extract: false`: without it the library finds numbers in almost anything.
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
    wayOut: new RegExp(`^(?:${rules.IDDPrefix()})(?=[1-9])`),
  };
  plans.set(country, plan);
  return plan;
}

/** Methods that the library has and its types do not name. It answers 0 for "none". */
function stringFrom(rules: object, method: 'callingCode' | 'nationalPrefix'): string {
  const found: unknown = Reflect.get(rules, method);
  const value: unknown = typeof found === 'function' ? Reflect.apply(found, rules, []) : null;
  return typeof value === 'string' ? value : '';
}

export interface GlobalNumber {
  /** As the library reads it; undefined where it cannot. */
  parsed: PhoneNumber | undefined;
  /** True for a number that its country's plan knows just as it stands. */
  valid: boolean;
}

// One text is looked at from several sides, and the library takes its time.
const read = new Map<string, GlobalNumber>();
const MAX_READ = 200;

/** A number with its + (digits only) as the library reads it. Never throws. */
export function readByPlan(dial: string): GlobalNumber {
  const known = read.get(dial);
  if (known !== undefined) return known;
  if (read.size >= MAX_READ) read.clear();
  const parsed = parsePhoneNumber(dial, EXACT);
  // It also reads national habits into a number, and calls what comes out valid.
  const number = { parsed, valid: parsed?.isValid() === true && parsed.number === dial };
  read.set(dial, number);
  return number;
}

export const parseGlobal = (dial: string): PhoneNumber | undefined => readByPlan(dial).parsed;

/** Digits as they are dialled in a country; undefined where the library cannot read them. Never throws. */
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

/** What can be said of a number's length by the plan of the country that its calling code names. */
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
