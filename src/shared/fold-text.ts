// Invisible code points that copied text often contains: soft hyphen, zero-width characters, marks and isolates of
// writing direction, variation selectors, the frame of a keycap.
const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\uFE0E|\uFE0F|\u20E3/gu;
const SPACES = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu;
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/gu;
const HYPHENS = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/gu;
// Full-width forms of the characters that numbers and labels are written with.
const FULL_WIDTH = /[\uFF03\uFF08-\uFF0C\uFF0E-\uFF1B\uFF1D\uFF20-\uFF3A\uFF41-\uFF5A]/gu;
const OTHER_DIGITS = /[^\P{Nd}0-9]/gu;
/** Every script has its ten digits in order, beginning with zero. */
const DIGITS_PER_BLOCK = 10;

/**
 * Rewrites a text so that a number in it is plain ASCII. It replaces digits of other scripts, full-width forms, and
 * unusual spaces and hyphens, and removes invisible characters. Superscripts stay as they are, because in "1234²" the 2
 * is a footnote, not a digit.
 */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(LINE_BREAKS, '\n')
    .replace(HYPHENS, '-')
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(OTHER_DIGITS, decimalOf);
}

/** The value of a digit, from its distance to the start of a row of digits, which has one or more blocks of ten. */
function decimalOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (isDigit(zero - 1)) zero -= 1;
  return String((point - zero) % DIGITS_PER_BLOCK);
}

const isDigit = (point: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(point));

/** The digits, `*`, `#` and a leading `+` of a text. Use it to compare numbers, not to dial them. */
export function dialableOf(number: string): string {
  const folded = foldText(number);
  return (/^[^0-9*#]*\+/.test(folded) ? '+' : '') + folded.replace(/[^0-9*#]/g, '');
}
