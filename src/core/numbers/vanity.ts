import { readNational, type DialPlace } from './national-number.ts';
import { isValidGlobal } from './public-number.ts';
import { planOf } from './numbering-plan.ts';

/** The digit on a phone's keys (ITU-T E.161) for each letter from A to Z. */
const KEYS = '22233344455566677778889999';
/** Codes of free, shared-cost and personal numbers, which are often advertised as words. */
const SERVICE = /^(?:1?8(?:00|33|44|55|66|77|88)|1900|0508|0700|0800|0808|0300|0900|0500|1300|1800|13|1850|1890)/;
/** Digits first, then a word: 1-800-FLOWERS, (800) 4-MY-HELP, 0800 REVERSE. The counts bound the search. */
const SPELLED =
  /(?<![\p{L}\p{N}_@.+*#/-])(\+?(?:[0-9]{1,3}[-. ])?(?:\([0-9]{3,4}\) ?(?:[0-9]{3}(?=[-.]))?|[0-9]{2,4})(?:[-.][0-9]{1,4}){0,2})([-. ]?)((?:[0-9]{0,4}[A-Za-z]{1,15}[0-9]{0,4}[-.]?){1,5}(?:(?<=[-.])[0-9]{4})?)(?![\p{L}\p{N}_@])/gu;
/** Only this many candidates in a text are checked. */
const MAX_CANDIDATES = 20;
const EXTENSION_TAIL = /[0-9](?:ext?n?|xt?|p{1,4}|w{1,4})[0-9.]*$/i;

export interface SpelledText {
  /** The text with words as digits. Its length does not change. */
  text: string;
  /** The places where words were read as digits. */
  spans: [start: number, end: number][];
}

/**
 * Replaces letters by the digits on a phone's keys if they belong to a number: after a service code, or if digits and
 * word together are a valid number. A word alone or a word after a house number is not replaced.
 */
export function spellOut(text: string, place: DialPlace): SpelledText {
  const spans: SpelledText['spans'] = [];
  let candidates = 0;
  const spelled = text.replace(SPELLED, (found, head: string, gap: string, word: string, at: number) => {
    candidates += 1;
    if (candidates > MAX_CANDIDATES) return found;
    const whole = /[-.]$/.test(word) ? found.slice(0, -1) : found;
    if (!isSpelled(head, gap, word, whole, place)) return found;
    spans.push([at, at + whole.length]);
    return keysOf(whole) + found.slice(whole.length);
  });
  return { text: spans.reduce(withoutRepeat, spelled), spans };
}

/** Blanks out a repetition of the number in digits: "13 HEALTH (13 43 25 84)". */
function withoutRepeat(text: string, [start, end]: [number, number]): string {
  const repeat = /^ ?\([0-9 -]{6,20}\)/.exec(text.slice(end, end + 24))?.[0] ?? '';
  if (repeat === '' || digitsOf(repeat) !== digitsOf(text.slice(start, end))) return text;
  return text.slice(0, end) + ' '.repeat(repeat.length) + text.slice(end + repeat.length);
}

function isSpelled(head: string, gap: string, word: string, whole: string, place: DialPlace): boolean {
  const letters = word.replace(/[^A-Za-z]/g, '');
  if (letters.length < 3 || EXTENSION_TAIL.test(whole)) return false;
  // "1800 Main" has a house number. Only capitals, or a service code directly before the word, make it a number.
  if (/^[ ]?$/.test(gap) && !/^[A-Z]+$/.test(letters) && !(gap === '' && SERVICE.test(digitsOf(head)))) return false;
  const digits = digitsOf(keysOf(whole));
  const service = SERVICE.test(digits);
  if (head.startsWith('+')) return isValidGlobal(`+${digits}`) || isValidGlobal(`+${digits.slice(0, 11)}`);
  if (gap !== '-' && gap !== '.' && !service) return false;
  const plan = planOf(place.country);
  if (plan === null) return service ? digits.length >= 7 && digits.length <= 12 : isAmerican(digits);
  return (
    isWhole(cutService(digits, place), place) ||
    (service && isWhole(cutAmerican(digits), place)) ||
    (plan.callingCode === '1' && isAmerican(digits))
  );
}

function isWhole(digits: string, place: DialPlace): boolean {
  const read = readNational(digits, place);
  return read.ok && read.value.e164 !== null && !read.value.warnings.includes('not-valid');
}

/** True for a number of North America. It must begin with 1, so that the country is certain. */
const isAmerican = (digits: string): boolean => /^1[2-9]/.test(digits) && isValidGlobal(`+${cutAmerican(digits)}`);

/** Cuts words that are too long for a North American number. Networks there ignore the extra digits; a PBX may not. */
export const cutAmerican = (digits: string): string =>
  /^\+?1[2-9][0-9]{10,13}$/.test(digits)
    ? digits.slice(0, digits.startsWith('+') ? 12 : 11)
    : /^8(?:00|33|44|55|66|77|88)[0-9]{8,10}$/.test(digits)
      ? digits.slice(0, 10)
      : digits;

/** Service numbers with a fixed length: calling code, first digits and number of digits. */
const SERVICES: readonly (readonly [callingCode: string, begin: RegExp, length: number])[] = [
  ['61', /^1[389]00/, 10],
  ['61', /^13[1-9]/, 6],
  ['64', /^0508/, 10],
  ['64', /^0800/, 11],
  ['44', /^0800/, 11],
  ['353', /^1800/, 10],
];

/** Cuts words that are too long for a service number of the user's country. */
export function cutService(digits: string, place: DialPlace): string {
  const code = planOf(place.country)?.callingCode;
  const service = SERVICES.find(([callingCode, begin]) => callingCode === code && begin.test(digits));
  return service === undefined || digits.length <= service[2] ? cutAmerican(digits) : digits.slice(0, service[2]);
}

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

const keysOf = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => KEYS.charAt(letter.toUpperCase().charCodeAt(0) - 65));
