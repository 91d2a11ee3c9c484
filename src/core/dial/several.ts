/** Digits from which a piece of text could be a whole number of its own. */
const WHOLE_NUMBER = 7;
/** No number that is written in groups is longer: 15 digits, a way out of the country and one for an outside line. */
const LONGEST_IN_GROUPS = 18;

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

export const countDigits = (text: string): number => digitsOf(text).length;

/** The pieces that hold a digit. */
export const withDigits = (pieces: readonly string[]): string[] => pieces.filter((piece) => /[0-9]/.test(piece));

/**
 * True when a text (folded, without letters) holds the digits of more than one number. Digits of different numbers
 * must never end up in one call, so where it is not clear the answer is yes.
 */
export function holdsSeveral(text: string): boolean {
  if (withDigits(text.split(/[\n\t,;|&\\]/)).length > 1) return true;
  if (text.lastIndexOf('+') > text.search(/[0-9]/)) return true;
  if (slashDivides(text)) return true;
  // "(201) 555-0123 (201) 555-0124": an area code after a whole number.
  if (countDigits(text.slice(0, Math.max(0, text.lastIndexOf('(')))) >= WHOLE_NUMBER) return true;
  // "+1 201 555 0123 #45": an extension that is not part of the number.
  const [beforeCode = '', ...afterCode] = text.split(/[*#]/);
  if (countDigits(beforeCode) > 5 && withDigits(afterCode).length > 0) return true;
  if (afterCode.length > 0) return false;
  return hasWholeNumbers(text.split(' ')) || hasWholeNumbers(text.split(/[-.]/)) || looksDoubled(text);
}

const hasWholeNumbers = (pieces: readonly string[]): boolean =>
  pieces.filter((piece) => countDigits(piece) >= WHOLE_NUMBER).length > 1;

/** "201 555 0123 201 555 0124": groups that repeat themselves, or more digits than one number in groups has. */
function looksDoubled(text: string): boolean {
  const groups = (text.match(/[0-9]+/g) ?? []).map((group) => group.length);
  const digits = groups.reduce((sum, length) => sum + length, 0);
  if (groups.length < 2) return false;
  if (digits > LONGEST_IN_GROUPS && digits <= 32 && !text.includes('+')) return true;
  const half = groups.length / 2;
  return digits > 15 && Number.isInteger(half) && groups.slice(0, half).join() === groups.slice(half).join();
}

/**
 * A slash stands between two numbers, except after an area code: "030/1234567", "+49 30 / 1234567", "201/555-0123".
 * An area code is too short to be a number of its own, or it begins with a 0 as no extension does.
 */
function slashDivides(text: string): boolean {
  const parts = withDigits(text.split('/'));
  const [area, local] = parts;
  if (area === undefined || local === undefined) return false;
  if (parts.length > 2 || /[*#]/.test(text)) return true;
  const areaDigits = digitsOf(area);
  const localDigits = digitsOf(local);
  if (!/^[1-9]/.test(localDigits)) return true;
  const national =
    /^(?:0[1-9][0-9]{1,4}|00[1-9][0-9]{2,6})$/.test(areaDigits) || (area.includes('+') && areaDigits.length <= 7);
  const american = /^[2-9][0-9]{2}$/.test(areaDigits) && !/^(?:911|999)$/.test(areaDigits);
  return !(national ? /^[0-9]{3,9}$/.test(localDigits) : american && localDigits.length === 7);
}
