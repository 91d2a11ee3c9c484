import { hasDirectDialling } from './direct-dialling.ts';
import { EXTENSION_PATTERN, isDirectDialWord, wordsOf } from './words.ts';

/** Replaces each character of a word such as "ext." between a number and its extension. */
export const MARK = '\uE000';
const MIN_WHOLE_DIGITS = 7;
/** Maximum length of the text to press, in characters. It is enough for a conference code with pauses. */
const MAX_LENGTH_AFTER_ANSWER = 40;

const NUMBER_WORD = '(?:(?:no|nr|number|num|n°|nº|№)(?!\\p{L})[ .:=#]{0,3})?';
const WORD = new RegExp(
  `(?<=[0-9)])(?:[ ,;.([/-]{0,6}(?:to |then |zu |et )?(?<!\\p{L})(?:${EXTENSION_PATTERN})(?!\\p{L})[ .:=#-]{0,4}${NUMBER_WORD}|` +
    // "w." (Poland), "r." (Brazil) and "~" mean "extension".
    ' {0,2}[,(]? {0,2}(?:w\\. ?|r\\. ?|(?<= )~ ?))(?=[0-9]{1,7}(?![0-9]))',
  'giu',
);
const NOT_ONLY_EXTENSIONS: ReadonlySet<string> = new Set(['local', 'press', 'option', 'opt']);
const MAX_EXTENSION_DIGITS = 6;
/** Maximum distance of a calling code before the word, in characters. */
const LOOK_BACK = 30;
/** In China, the extension of a landline or the code of a privacy number follows a hyphen. */
const CHINESE =
  /(?<=(?<![0-9])(?:1[3-9][0-9]{9}|0[1-9][0-9]{1,2}[- ]?[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4}|[1-9][0-9]{1,2}[- ][0-9]{7,8}))-(?=[0-9]{1,6}(?![0-9-]))/g;
/** In Hungary the word follows the extension: "/12 mellék", "12-es mellék". */
const WORD_AFTER = /(?<=[0-9)])([ ,/(]{1,4})([0-9]{1,6})((?:-[aeoö]s)? ?mellék\)?)(?!\p{L})/giu;
const PAUSE_LETTERS = /(?<=[0-9)]) ?[pw]{1,8} ?(?=[0-9*#])/gi;

/**
 * Marks where the digits to press after the answer begin: words for "extension" become MARK, and the pauses p and w of
 * mobile phones become commas. The length does not change, so that positions stay valid.
 */
export function markAfterAnswer(text: string, country = ''): string {
  return text
    .replace(WORD, (found, at: number) => {
      const word = wordsOf(found)[0] ?? '';
      const before = text.slice(Math.max(0, at - LOOK_BACK), at);
      const isPartOfNumber = isDirectDialWord(word) && hasDirectDialling(before, country);
      return isPartOfNumber || isSize(text, found, at) || isNumberAhead(word, text.slice(at + found.length))
        ? found
        : MARK.repeat(found.length);
    })
    .replace(WORD_AFTER, (_, gap: string, digits: string, word: string) => {
      return MARK.repeat(gap.length) + digits + ' '.repeat(word.length);
    })
    .replace(CHINESE, (found, at: number) => (country === 'CN' || text.slice(0, at).includes('+86') ? MARK : found))
    .replace(PAUSE_LETTERS, (found) => ','.repeat(found.length));
}

/** In "local 555-0123" the digits are a local number, not an extension. */
const isNumberAhead = (word: string, after: string): boolean =>
  NOT_ONLY_EXTENSIONS.has(word) &&
  (/^[0-9]+(?:[ -][0-9]+)*/.exec(after)?.[0].replace(/[^0-9]/g, '').length ?? 0) > MAX_EXTENSION_DIGITS;

/** True for an x between two sizes: "1024x768". */
const isSize = (text: string, found: string, at: number): boolean =>
  /^x$/i.test(found) && /(?:^|[^0-9 ().-])[0-9]{1,6}$/.test(text.slice(Math.max(0, at - 20), at));

export interface SplitNumber {
  number: string;
  /** 0-9 * # and , for a pause; null if there is nothing to press. */
  digitsAfterAnswer: string | null;
}

/** Splits the digits to press after the answer from a number: `\uE000456`, `,,456#`, ` #456`. */
export function splitAfterAnswer(text: string): SplitNumber {
  const mark = text.indexOf(MARK);
  if (mark >= 0) return { number: text.slice(0, mark), digitsAfterAnswer: tidyDigitsAfterAnswer(text.slice(mark)) };
  const pause = /[,;]/.exec(text.trimEnd())?.index ?? -1;
  if (pause >= 0) return { number: text.slice(0, pause), digitsAfterAnswer: tidyDigitsAfterAnswer(text.slice(pause)) };
  const [, number, extension] = /^([^#*]*[0-9)]) ?# ?([0-9]{1,8})$/.exec(text) ?? [];
  if (number !== undefined && extension !== undefined && number.replace(/[^0-9]/g, '').length > 5) {
    return { number, digitsAfterAnswer: extension };
  }
  // "2125550155*101"
  const [, whole, afterStar] = /^([^#*]*[0-9)]) ?\* ?([0-9]{1,6})$/.exec(text) ?? [];
  if (whole !== undefined && afterStar !== undefined && whole.replace(/[^0-9]/g, '').length >= MIN_WHOLE_DIGITS) {
    return { number: whole, digitsAfterAnswer: afterStar };
  }
  return { number: text, digitsAfterAnswer: null };
}

/**
 * Returns the digits to press as in `DialPlan.digitsAfterAnswer`. Pauses before them are removed, because the user presses them after
 * the answer. Pauses between digits stay.
 */
export function tidyDigitsAfterAnswer(text: string): string | null {
  const digits = text
    .replace(/[;pw]/gi, ',')
    .replace(/[^0-9*#,]/g, '')
    .replace(/^,+|,+$/g, '');
  return digits === '' ? null : digits.slice(0, MAX_LENGTH_AFTER_ANSWER);
}

/** Joins several groups of digits to press, with a pause between them. */
export const joinDigitsAfterAnswer = (...parts: (string | null)[]): string | null => {
  const filled = parts.filter((part) => part !== null);
  return filled.length === 0 ? null : filled.join(',').slice(0, MAX_LENGTH_AFTER_ANSWER);
};
