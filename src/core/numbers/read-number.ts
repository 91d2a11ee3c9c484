import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { splitAfterAnswer } from './after-answer.ts';
import { dropsNationalZero, refuse } from './public-number.ts';
import { looksLike } from './looks-like.ts';

/** A number as it was written, without its separators. */
export interface WrittenNumber {
  /** 0-9 * # and a leading + if there was one. */
  number: string;
  /** Digits to press after the answer: 0-9 * # and , for a pause; null if there are none. */
  digitsAfterAnswer: string | null;
}

/** A `*` or `#` after more digits than this is not part of a feature code. */
const MAX_DIGITS_BEFORE_SIGN = 5;
/** A number with a hyphen is refused if it has at most this many digits, because it may be a range. */
const MAX_RANGE_DIGITS = 5;
const ALLOWED = /^[0-9+*# \-.()/]*$/;
const SEPARATORS_BEFORE = /^[ ,;./)-]+/;
const SEPARATORS_AFTER = /[ ,;./(-]+$/;
/** "(0)": the national prefix, in a number that is written with its country code. */
const BRACKETED_ZERO = /\( ?0 ?\)/g;

export interface ReadOptions {
  /** The user's country, or ''. */
  country: string;
  /** Whether digits are a number that exists where the user is. */
  isKnown: (digits: string) => boolean;
  /** True for an emergency number, with or without the digits for an outside line. */
  isEmergency: (digits: string) => boolean;
  /** The text contains nothing but a number, as in a link: "tel:10-01" is not a range. */
  isNumberOnly: boolean;
}

/**
 * Reads a text with one number and perhaps digits to press after the answer. It refuses a text rather than ignore digits.
 * Errors: number-too-short for * or # without digits, number-incomplete for other texts without digits, number-invalid,
 * looks-*.
 */
export function readWritten(
  source: string,
  { country, isKnown, isEmergency, isNumberOnly }: ReadOptions,
): Result<WrittenNumber> {
  const { number: written, digitsAfterAnswer } = splitAfterAnswer(source);
  // An opening bracket in front and a closing one at the end may belong to the number: "(030) 1234".
  const text = written.replace(SEPARATORS_BEFORE, '').replace(SEPARATORS_AFTER, '');
  if (!ALLOWED.test(text)) return refuse('number-invalid', 'a character that no number has');
  // "**" and the like are feature codes without digits.
  if (/^[*#]{2}$/.test(text) && digitsAfterAnswer === null) return ok({ number: text, digitsAfterAnswer });
  if (!/[0-9]/.test(text)) return refuse(/[*#]/.test(text) ? 'number-too-short' : 'number-incomplete');
  const plusProblem = plusProblemIn(text);
  if (plusProblem !== null) return refuse('number-invalid', plusProblem);
  if (!isNumberOnly) {
    const lookError = looksLike(text, country, () => isKnown(text.replace(/[^0-9]/g, '')));
    if (lookError !== null) return err(appError(lookError));
    if (mayBeRange(text, isEmergency)) return refuse('number-invalid', 'a hyphen in a short number');
  }
  const withoutZero = removeBracketedZero(text);
  if (withoutZero === null) return refuse('number-invalid', 'a (0) in a place where it is not clear');
  const digitsAndSigns = withoutZero.replace(/[^0-9*#]/g, '');
  if (withoutZero.includes('+')) return ok({ number: `+${digitsAndSigns}`, digitsAfterAnswer });
  const digitsBeforeSign = digitsAndSigns.search(/[*#]/);
  if (digitsBeforeSign > MAX_DIGITS_BEFORE_SIGN) return refuse('number-invalid', '* or # after a number');
  return ok({ number: digitsAndSigns, digitsAfterAnswer });
}

/** Explains why a text with a + cannot be dialled ("++49", "*31#+49…", "030 1234+"); null if it can. */
function plusProblemIn(text: string): string | null {
  const [before = '', after, ...more] = text.split('+');
  if (after === undefined) return null;
  if (/[*#]/.test(text)) return 'a + together with * or #: type the number after the code without its +';
  return more.length > 0 || /[0-9]/.test(before) || !/[0-9]/.test(after) ? 'a + inside the number' : null;
}

/**
 * True for a short number with a hyphen beside two or more digits, such as "10-115": it may be a range or a part of
 * something. "9-1-1" is a number that is spelled out, and "9-911" may be an emergency number with an outside line.
 */
function mayBeRange(text: string, isEmergency: ReadOptions['isEmergency']): boolean {
  const isShort = text.replace(/[^0-9]/g, '').length <= MAX_RANGE_DIGITS && !/[+*#]/.test(text);
  const isEmergencyWithPrefix = /^[0-9]-[0-9]{2,3}$/.test(text) && isEmergency(text.replace('-', ''));
  return isShort && !isEmergencyWithPrefix && /[0-9]{2}-|-[0-9]{2}/.test(text);
}

/**
 * Removes the "(0)" from "+44 (0)20 …". The text stays as it is if it has no "(0)", if it begins with one, or if the
 * country's numbers keep their 0 ("+39 (0)6 …"). Returns null if the meaning of a "(0)" is not clear.
 */
function removeBracketedZero(text: string): string | null {
  const [zero, ...more] = text.matchAll(BRACKETED_ZERO);
  if (zero === undefined) return text;
  if (more.length > 0) return null;
  const before = text.slice(0, zero.index).replace(/[^0-9+*#]/g, '');
  if (before === '') return text;
  const callingCode = /^(?:\+|00|011|0011|\+00)([1-9][0-9]{0,2})$/.exec(before)?.[1];
  if (callingCode === undefined) return null;
  return dropsNationalZero(callingCode) ? text.replace(BRACKETED_ZERO, ' ') : text;
}
