import type { Look } from './mask-others.ts';

const AMERICAN: ReadonlySet<string> = new Set(['', 'US', 'PR', 'GU', 'VI', 'AS', 'MP']);

/**
 * Recognises digits and separators that are something other than a phone number: "978-3-16-148410-0", "1.234.567",
 * "4111 1111 1111 1111". If `isKnown` returns true, the digits are also a number in the user's country. Then only a valid
 * check digit or the format of a card number counts. Returns null for what may be a phone number.
 */
export function looksLike(text: string, country: string, isKnown: () => boolean): Look | null {
  if ((/^[+(]/.test(text) && text.includes('+')) || /[*#]/.test(text)) return null;
  const digits = text.replace(/[^0-9]/g, '');
  if (isBook(text, digits) || isCard(text, digits)) return 'looks-reference';
  const look = byShape(text, digits, country);
  return look !== null && !isKnown() ? look : null;
}

function byShape(text: string, digits: string, country: string): Look | null {
  if (/^(?:19|20)[0-9]{2}[-/](?:19|20)[0-9]{2}$/.test(text)) return 'looks-date';
  if (/^[0-9]{1,2}[-/][0-9]{1,2}$/.test(text)) return 'looks-date';
  // ZIP+4 codes and social security numbers. Outside North America, phone numbers are grouped like this.
  if (AMERICAN.has(country) && /^[0-9]{5}-[0-9]{4}$/.test(text)) return 'looks-address';
  if (AMERICAN.has(country) && /^[0-9]{3}-[0-9]{2}-[0-9]{4}$/.test(text)) return 'looks-reference';
  if (/^[0-9]{1,3}(?:[.'][0-9]{3})+$/.test(text)) return 'looks-amount';
  if (/^[1-9][0-9]{0,2}(?: 000){2,4}$/.test(text)) return 'looks-amount';
  // A Brazilian tax number (CPF).
  if (/^[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}$/.test(text)) return 'looks-reference';
  if (!/^[0-9]+(?:\.[0-9]+)+$/.test(text)) return null;
  // Digits with dots are version numbers if they are few, or if a group has only one digit.
  const [first = '', ...others] = text.split('.');
  const single = others.some((group) => group.length === 1) && !first.startsWith('0');
  return digits.length <= 5 || single ? 'looks-reference' : null;
}

/** ISBN-13 and other EAN with their check digit, and ISBN-10 in four groups. */
function isBook(text: string, digits: string): boolean {
  if (/^97[89]/.test(digits) && digits.length === 13) return weigh(digits, (at) => (at % 2 === 0 ? 1 : 3)) % 10 === 0;
  const tenDigits = digits.length === 10 && /^[0-9]{1,5}-[0-9]{1,7}-[0-9]{1,7}-[0-9]$/.test(text);
  return tenDigits && weigh(digits, (at) => 10 - at) % 11 === 0;
}

const weigh = (digits: string, weight: (at: number) => number): number =>
  Array.from(digits).reduce((sum, digit, at) => sum + Number(digit) * weight(at), 0);

/** Payment cards: the usual grouping, or digits whose Luhn check digit (ISO/IEC 7812) is right. */
function isCard(text: string, digits: string): boolean {
  if (!/^[2-6]/.test(digits)) return false;
  if (/^[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}$/.test(text)) return true;
  if (/^3[0-9]{3}([ -])[0-9]{6}\1[0-9]{5}$/.test(text)) return true;
  return /^(?:3[47][0-9]{13}|[0-9]{16,19})$/.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  const doubled = Array.from(digits)
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) : Number(digit) * 2));
  return doubled.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
}
