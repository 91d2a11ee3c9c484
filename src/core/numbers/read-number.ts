import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { splitAfterAnswer } from './after-answer.ts';
import { dropsTrunkZero, refuse } from './public-number.ts';
import { looksLike } from './looks-like.ts';

/** A number as it was written, without its separators. */
export interface WrittenNumber {
  /** 0-9 * # and a leading + if there was one. */
  number: string;
  /** Digits to press after the answer: 0-9 * # and , for a pause; null if there are none. */
  then: string | null;
}

/** A `*` or `#` after more digits than this is not part of a feature code. */
const MAX_BEFORE_CODE = 5;
const ALLOWED = /^[0-9+*# \-.()/]*$/;
const TRUNK_ZERO = /\( ?0 ?\)/g;

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
 * Errors: number-invalid, number-too-short, looks-*.
 */
export function readWritten(
  piece: string,
  { country, isKnown, isEmergency, isNumberOnly }: ReadOptions,
): Result<WrittenNumber> {
  const { number: raw, then } = splitAfterAnswer(piece);
  const text = raw.replace(/^[ ,;./)-]+|[ ,;./(-]+$/g, '');
  if (!ALLOWED.test(text)) return refuse('number-invalid', 'a character that no number has');
  if (/^[*#]{2}$/.test(text) && then === null) return ok({ number: text, then });
  if (!/[0-9]/.test(text)) return refuse(/[*#]/.test(text) ? 'number-too-short' : 'number-incomplete');
  const plus = plusProblem(text);
  if (plus !== null) return refuse('number-invalid', plus);
  const look = isNumberOnly ? null : looksLike(text, country, () => isKnown(text.replace(/[^0-9]/g, '')));
  if (look !== null) return err(appError(look));
  // "10-115": a range or a part of something; "9-1-1" is spelled out.
  const short = text.replace(/[^0-9]/g, '').length <= MAX_BEFORE_CODE && !/[+*#]/.test(text);
  const outside = /^[0-9]-[0-9]{2,3}$/.test(text) && isEmergency(text.replace('-', ''));
  if (!isNumberOnly && short && !outside && /[0-9]{2}-|-[0-9]{2}/.test(text))
    return refuse('number-invalid', 'a hyphen in a short number');
  const settled = settleTrunkZero(text);
  if (settled === null) return refuse('number-invalid', 'a (0) in a place where it is not clear');
  const dialled = settled.replace(/[^0-9*#]/g, '');
  if (settled.includes('+')) return ok({ number: `+${dialled}`, then });
  const code = dialled.search(/[*#]/);
  return code > MAX_BEFORE_CODE ? refuse('number-invalid', '* or # after a number') : ok({ number: dialled, then });
}

/** Explains why a text with a + cannot be dialled ("++49", "*31#+49…", "030 1234+"); null if it can. */
function plusProblem(text: string): string | null {
  const [before = '', after, ...more] = text.split('+');
  if (after === undefined) return null;
  if (/[*#]/.test(text)) return 'a + together with * or #: type the number behind the code without its +';
  return more.length > 0 || /[0-9]/.test(before) || !/[0-9]/.test(after) ? 'a + inside the number' : null;
}

/** Removes the "(0)" from "+44 (0)20 …". Returns null if the meaning of a "(0)" is not clear. */
function settleTrunkZero(text: string): string | null {
  const zeros = [...text.matchAll(TRUNK_ZERO)];
  const zero = zeros[0];
  if (zero === undefined) return text;
  const before = text.slice(0, zero.index).replace(/[^0-9+*#]/g, '');
  if (zeros.length > 1) return null;
  if (before === '') return text;
  const callingCode = /^(?:\+|00|011|0011|\+00)([1-9][0-9]{0,2})$/.exec(before)?.[1];
  if (callingCode === undefined) return null;
  return dropsTrunkZero(callingCode) ? text.replace(TRUNK_ZERO, ' ') : text;
}
