import { readNational, type DialPlace } from './national-number.ts';
import { isValidGlobal } from './public-number.ts';
import { planOf } from './numbering-plan.ts';

/** Keys of a phone (ITU-T E.161), by letter from A on. */
const KEYS = '22233344455566677778889999';
/** Free, shared-cost and personal codes, which are what words are given out for. */
const SERVICE = /^(?:1?8(?:00|33|44|55|66|77|88)|1900|0508|0700|0800|0808|0300|0900|0500|1300|1800|13|1850|1890)/;
/** Digits first, then a word: 1-800-FLOWERS, (800) 4-MY-HELP, 0800 REVERSE. The counts bound the search. */
const SPELLED =
  /(?<![\p{L}\p{N}_@.+*#/-])(\+?(?:[0-9]{1,3}[-. ])?(?:\([0-9]{3,4}\) ?(?:[0-9]{3}(?=[-.]))?|[0-9]{2,4})(?:[-.][0-9]{1,4}){0,2})([-. ]?)((?:[0-9]{0,4}[A-Za-z]{1,15}[0-9]{0,4}[-.]?){1,5})(?![\p{L}\p{N}_@])/gu;
/** A text with more of what could be a number in words is none. */
const MAX_LOOKED = 20;
const EXTENSION_TAIL = /[0-9](?:ext?n?|xt?|p{1,4}|w{1,4})[0-9.]*$/i;

export interface SpelledText {
  /** As long as the text that was given, with the words as digits. */
  text: string;
  /** Where words were read as digits: start and end. */
  spans: [start: number, end: number][];
}

/**
 * Reads letters as the digits on a phone's keys where they belong to a number: behind a service code, or where number
 * and word together are a number that exists. Words alone are never read so, nor a word after a house number.
 */
export function spellOut(text: string, place: DialPlace): SpelledText {
  const spans: SpelledText['spans'] = [];
  let looked = 0;
  const spelled = text.replace(SPELLED, (found, head: string, gap: string, word: string, at: number) => {
    looked += 1;
    if (looked > MAX_LOOKED) return found;
    const tail = /[-.]$/.test(word) ? -1 : undefined;
    const whole = found.slice(0, tail);
    if (!isSpelled(head, gap, word, whole, place)) return found;
    spans.push([at, at + whole.length]);
    return keysOf(whole) + found.slice(whole.length);
  });
  return { text: spelled, spans };
}

function isSpelled(head: string, gap: string, word: string, whole: string, place: DialPlace): boolean {
  const letters = word.replace(/[^A-Za-z]/g, '');
  if (letters.length < 3 || EXTENSION_TAIL.test(whole)) return false;
  // "1800 Main": a house number. In capitals, and a service code, it is meant as a number.
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

/** With its 1 in front, so that the country is not in doubt. */
const isAmerican = (digits: string): boolean => /^1[2-9]/.test(digits) && isValidGlobal(`+${cutAmerican(digits)}`);

/** A word may be longer than a number in North America; exchanges ignore what is too much, other networks need not. */
export const cutAmerican = (digits: string): string =>
  /^\+?1[2-9][0-9]{10,13}$/.test(digits)
    ? digits.slice(0, digits.startsWith('+') ? 12 : 11)
    : /^8(?:00|33|44|55|66|77|88)[0-9]{8,10}$/.test(digits)
      ? digits.slice(0, 10)
      : digits;

/** Service numbers of a fixed length, by calling code: what begins them and how many digits they have. */
const SERVICES: readonly (readonly [callingCode: string, begin: RegExp, length: number])[] = [
  ['61', /^1[389]00/, 10],
  ['61', /^13[1-9]/, 6],
  ['64', /^0508/, 10],
  ['64', /^0800/, 11],
  ['44', /^0800/, 11],
  ['353', /^1800/, 10],
];

/** The same for other countries: a word longer than the number, of which the network takes what it needs. */
export function cutService(digits: string, place: DialPlace): string {
  const code = planOf(place.country)?.callingCode;
  const service = SERVICES.find(([callingCode, begin]) => callingCode === code && begin.test(digits));
  return service === undefined || digits.length <= service[2] ? cutAmerican(digits) : digits.slice(0, service[2]);
}

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

const keysOf = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => KEYS.charAt(letter.toUpperCase().charCodeAt(0) - 65));
