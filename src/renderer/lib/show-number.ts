import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { plainText } from './plain-text.ts';

const seen = new Map<string, string>();

/**
 * A number as people write it, e.g. "+1 201 555 0123". What is not a whole public number (an extension,
 * a feature code, anything else a PBX puts there) stays as it came.
 * @param country ISO 3166-1 alpha-2 for numbers without +, or ''.
 */
export function showNumber(number: string, country = ''): string {
  const key = `${country} ${number}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const shown = format(plainText(number, 64), country);
  // Lists are short; the limit only keeps a window that is open for weeks from growing.
  if (seen.size > 500) seen.clear();
  seen.set(key, shown);
  return shown;
}

function format(number: string, country: string): string {
  if (!/^\+?\d{7,15}$/u.test(number)) return number;
  // A country the library does not know only means that national numbers stay as they are.
  const parsed = parsePhoneNumberFromString(number, country === '' ? undefined : (country as CountryCode));
  return parsed?.isPossible() === true ? parsed.formatInternational() : number;
}
