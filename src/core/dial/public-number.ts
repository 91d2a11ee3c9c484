import parsePhoneNumber, { isSupportedCountry, type PhoneNumber } from 'libphonenumber-js/min';

// `extract: false`: without it the library finds numbers in almost anything.
const EXACT = { extract: false } as const;

/** Calling codes after which a 0 is part of the number: "+39 (0)6 …" is dialled with it. */
const ZERO_BELONGS: ReadonlySet<string> = new Set(['39', '378', '379', '225', '242']);

/** True when "+CC (0)" means "dial the 0 only inside the country". */
export function dropsTrunkZero(callingCode: string): boolean {
  return !ZERO_BELONGS.has(callingCode);
}

/** A number as `+` and digits. A trunk 0 left in after the country code (+44 020 …) is taken out, nothing else changes. */
export function tidyGlobal(dial: string): string {
  const number = parsePhoneNumber(dial, EXACT);
  if (number?.isValid() !== true) return dial;
  return dial === `+${number.countryCallingCode}0${number.nationalNumber}` ? number.number : dial;
}

/**
 * E.164 for digits typed as one dials them in `country` (ISO 3166-1 alpha-2), or null where that is not certain.
 * Not certain is a local number without its area code, which in some countries (DE, AT) looks like a whole one, and
 * every number that the library would rewrite rather than complete.
 */
export function nationalToGlobal(digits: string, country: string): string | null {
  if (!isSupportedCountry(country)) return null;
  const number = parsePhoneNumber(digits, { defaultCountry: country, ...EXACT });
  if (number?.isValid() !== true || !digits.endsWith(number.nationalNumber)) return null;
  const prefix = digits.slice(0, digits.length - number.nationalNumber.length);
  if (prefix === '') {
    const withTrunk = ['0', '8'].map((trunk) => parse(trunk + digits, country)?.number);
    return withTrunk.includes(number.number) ? null : number.number;
  }
  // One or two digits are the national prefix (0, 1, 8, 06); more must be the way out of the country.
  return prefix.length <= 2 || prefix.endsWith(number.countryCallingCode) ? number.number : null;
}

/**
 * E.164 for a local number and the global prefix it is valid in (RFC 3966, 5.1.5), or null. The RFC warns that
 * putting the two together need not give a number at all, so only one that is valid counts.
 */
export function joinContext(prefix: string, local: string): string | null {
  const whole = tidyGlobal(prefix + local);
  const number = parsePhoneNumber(whole, EXACT);
  return number?.isValid() === true && number.number === whole ? whole : null;
}

function parse(digits: string, country: string): PhoneNumber | undefined {
  return isSupportedCountry(country) ? parsePhoneNumber(digits, { defaultCountry: country, ...EXACT }) : undefined;
}
