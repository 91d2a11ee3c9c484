// Code points that copy and paste brings along and nobody sees: soft hyphen, zero-width characters, marks and
// isolates of writing direction, variation selectors.
const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\uFE0E|\uFE0F/gu;
const SPACES = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu;
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/gu;
const HYPHENS = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/gu;
// Full-width forms of the characters that numbers are written with.
const FULL_WIDTH = /[\uFF03\uFF08-\uFF0C\uFF0E-\uFF19\uFF1B]/gu;
const OTHER_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/gu;

/**
 * Rewrites a text so that a number in it is plain ASCII: digits of other scripts, full-width forms, odd spaces and
 * hyphens; invisible characters go. Superscripts stay as they are: in "1234²" the 2 is a footnote, no digit.
 */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(LINE_BREAKS, '\n')
    .replace(HYPHENS, '-')
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(OTHER_DIGITS, (character) => String(character.charCodeAt(0) & 0xf));
}

/** Only what can be dialled of a number: digits, `*`, `#` and a leading `+`. For comparing, not for dialling. */
export function dialableOf(number: string): string {
  const folded = foldText(number);
  return (/^[^0-9*#]*\+/.test(folded) ? '+' : '') + folded.replace(/[^0-9*#]/g, '');
}
