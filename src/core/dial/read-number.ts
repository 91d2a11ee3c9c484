import { appError, type AppError, type ErrorCode } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { foldText } from './fold-text.ts';
import { dropsTrunkZero } from './public-number.ts';
import { countDigits, holdsSeveral, withDigits } from './several.ts';

/** What the API takes is far more (256); no number that a person dials is. */
const MAX_DIALLED = 32;
/** E.164: at most 15 digits; the shortest public numbers have 7 with their country code. */
const MAX_GLOBAL = 15;
const MIN_GLOBAL = 7;
/** A `*` or `#` after more digits than an extension has is no feature code. */
const MAX_BEFORE_CODE = 5;

// Quotes and brackets that come along when a number is copied out of a sentence or a mail address list.
const WRAPPING = /^[\s"'<>[\]‘’“”«»„]+|[\s"'<>[\]‘’“”«»„]+$/gu;
const LETTER = /[\p{L}\p{M}]/u;
const ALLOWED = /^[0-9+*# \-.()/\n\t,;|&\\]*$/;
const TRUNK_ZERO = /\( *0 *\)/g;
const EXTENSION_WORDS = new Set(
  'ext extn extension x xt durchwahl dw nebenstelle poste anexo interno int app p w'.split(' '),
);
const OR_WORDS = new Set('or and oder und od bzw ou et o y e u'.split(' '));

/** Folds a text (see foldText) and takes off spaces, quotes and angle brackets around it. */
export const unwrap = (text: string): string => foldText(text).replace(WRAPPING, '');

/**
 * Reads the one number in a text: 1 to 32 characters of 0-9 * # with a leading + where there was one.
 * Errors: number-empty, -letters, -several, -too-long, -too-short, -invalid. Never guesses at what to leave out.
 */
export function readNumber(text: string): Result<string> {
  const whole = unwrap(text);
  const problem = judge(whole);
  if (problem !== null) return err(problem);
  const part = settleTrunkZero(whole);
  if (part === null) return refuse('number-invalid', 'a (0) in a place where it is not clear');
  const plus = part.includes('+');
  const dialled = part.replace(/[^0-9*#]/g, '');
  if (dialled.length > MAX_DIALLED) return refuse('number-too-long');
  if (plus) return readGlobal(dialled);
  const code = dialled.search(/[*#]/);
  return code > MAX_BEFORE_CODE ? refuse('number-invalid', '* or # after a number') : ok(dialled);
}

/** What can be said against a text before it is taken apart. */
function judge(text: string): AppError | null {
  if (!/[0-9]/.test(text)) return appError(withoutDigits(text));
  if (LETTER.test(text)) return judgeLetters(text);
  if (!ALLOWED.test(text)) return appError('number-invalid', { detail: 'a character that no number has' });
  if (plusMisplaced(text)) return appError('number-invalid', { detail: 'a + inside the number' });
  return holdsSeveral(text) ? appError('number-several') : null;
}

/** "++49", "*31#+49…", "030 1234+": no second number, yet nothing that can be dialled. */
function plusMisplaced(text: string): boolean {
  const [before = '', ...after] = text.split('+');
  if (after.length === 0) return false;
  if (!/[0-9*#]/.test(before)) return !/[0-9*#]/.test(after[0] ?? '');
  return /[*#]/.test(before) || withDigits(after).length === 0;
}

function withoutDigits(text: string): ErrorCode {
  if (LETTER.test(text)) return 'number-letters';
  if (/[*#]/.test(text) && ALLOWED.test(text)) return 'number-too-short';
  return /^[ \-.()/\n\t,;|&\\]*$/.test(text) ? 'number-empty' : 'number-invalid';
}

/** Letters are never dialled; which sentence helps depends on what they stand between. */
function judgeLetters(text: string): AppError {
  const pieces = withDigits(text.split(/[\p{L}\p{M}]+/u));
  const words = (text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());
  const [word = '', ...moreWords] = words;
  const isExtension = pieces.length === 2 && moreWords.length === 0 && EXTENSION_WORDS.has(word);
  if (isExtension && countDigits(pieces[0] ?? '') >= MAX_BEFORE_CODE) {
    return appError('number-several', { detail: 'An extension after a number cannot be dialled along with it.' });
  }
  const between = pieces.length > 1 && words.some((each) => OR_WORDS.has(each));
  const numbers = pieces.filter((piece) => countDigits(piece) >= (between ? 3 : MAX_BEFORE_CODE));
  return appError(numbers.length > 1 ? 'number-several' : 'number-letters');
}

/** Takes the "(0)" out of "+44 (0)20 …"; null where it stands in a place that makes no sense. */
function settleTrunkZero(text: string): string | null {
  const zeros = [...text.matchAll(TRUNK_ZERO)];
  const zero = zeros[0];
  if (zero === undefined) return text;
  const before = text.slice(0, zero.index).replace(/[^0-9+*#]/g, '');
  if (zeros.length > 1) return null;
  if (before === '') return text;
  const callingCode = /^(?:\+|00|011)([1-9][0-9]{0,2})$/.exec(before)?.[1];
  if (callingCode === undefined) return null;
  return dropsTrunkZero(callingCode) ? text.replace(TRUNK_ZERO, ' ') : text;
}

function readGlobal(digits: string): Result<string> {
  if (!/^[1-9][0-9]*$/.test(digits)) return refuse('number-invalid', 'no country code after the +');
  if (digits.length > MAX_GLOBAL) return refuse('number-too-long', `more than ${MAX_GLOBAL} digits after the +`);
  if (digits.length < MIN_GLOBAL) return refuse('number-too-short');
  return ok(`+${digits}`);
}

const refuse = (code: ErrorCode, detail?: string): Result<never> =>
  err(appError(code, detail === undefined ? {} : { detail }));
