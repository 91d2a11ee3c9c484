import { MARK } from './after-answer.ts';

/** A range of the text: `start` inclusive, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface SegmentOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits that form a complete number in the user's place, with the area code added if needed. */
  isWhole: (digits: string) => boolean;
  /** True for digits that form a complete number in the user's place without adding the area code. */
  isWholeAlone: (digits: string) => boolean;
  /** True if a number may have this many digits. The number itself need not exist. */
  isPossible: (digits: string) => boolean;
  isExtension: (digits: string) => boolean;
  isEmergency: (digits: string) => boolean;
  /** The text contains nothing but a number, as in a link. Commas are pauses, and all groups belong together. */
  isNumberOnly: boolean;
}

/** From this many digits, a piece of text may be a complete number. */
const MIN_WHOLE_DIGITS = 7;

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');
const countDigits = (text: string): number => digitsOf(text).length;

/**
 * Splits a piece of digits and separators into numbers: at commas that are not pauses, at slashes, before a +, and
 * before an area code in brackets that follows a complete number. Digits of two numbers must never be dialled as one,
 * so unclear cases are split. splitGroups handles groups that are separated only by spaces.
 */
export function splitPiece(text: string, options: SegmentOptions): Span[] {
  return splitList(text, options)
    .flatMap((span) => within(span, text, splitAfterMark))
    .flatMap((span) => within(span, text, (part) => splitSlash(part, options)))
    .flatMap((span) => within(span, text, splitPlus));
}

function within(span: Span, text: string, split: (part: string) => Span[]): Span[] {
  return split(text.slice(span.start, span.end)).map(({ start, end }) => ({
    start: span.start + start,
    end: span.start + end,
  }));
}

/** Splits a text so that the character at each of `places` begins a new piece. */
function cutAt(text: string, places: readonly number[]): Span[] {
  const borders = [0, ...places, text.length];
  return borders.slice(1).map((end, at) => ({ start: borders[at] ?? 0, end }));
}

/** A comma or semicolon separates two numbers, or is a pause before digits to press after the answer. */
function splitList(text: string, options: SegmentOptions): Span[] {
  const places: number[] = [];
  let from = 0;
  for (const found of text.matchAll(/[,;][,; ]*/g)) {
    const left = text.slice(from, found.index);
    const right = /^[^,;]*/.exec(text.slice(found.index + found[0].length))?.[0] ?? '';
    if (countDigits(right) === 0 || isPause(left, found[0], right, options)) continue;
    places.push(found.index);
    from = found.index;
  }
  return cutAt(text, places);
}

function isPause(left: string, comma: string, right: string, options: SegmentOptions): boolean {
  const digits = countDigits(right);
  const code = /^[0-9*#][0-9*# -]*$/.test(right.trim());
  if (!code || countDigits(left) === 0) return false;
  // "*97;*98" are two feature codes: digits for a menu do not begin with one.
  if (comma.replaceAll(' ', '').length === 1 && isCode(left) && isCode(right)) return false;
  if (comma.replaceAll(' ', '').length > 1 || /#\s*$/.test(right)) return true;
  if (options.isNumberOnly) return digits < MIN_WHOLE_DIGITS;
  if (comma.includes(' ') || digits >= MIN_WHOLE_DIGITS) return false;
  return countDigits(left) >= MIN_WHOLE_DIGITS || !options.isExtension(digitsOf(right));
}

const isCode = (text: string): boolean => /^[,; ]*[*#]/.test(text);

/** Splits after an extension, because what follows it does not belong to the number: "… ext. 12 030 123". */
function splitAfterMark(text: string): Span[] {
  const mark = text.indexOf(MARK);
  if (mark < 0) return [{ start: 0, end: text.length }];
  const extension = new RegExp(`^${MARK}+[0-9]+#?(?:[,;]+[0-9*#]+)*`).exec(text.slice(mark))?.[0] ?? '';
  const end = mark + extension.length;
  return end >= text.length ? [{ start: 0, end }] : cutAt(text, [end]);
}

/** Splits at slashes, except at one that follows an area code: "030/1234567", "+49 30 / 1234567", "201/555-0123". */
function splitSlash(text: string, options: SegmentOptions): Span[] {
  const slashes = [...text.matchAll(/\//g)].map((found) => found.index);
  const parts = text.split('/').filter((part) => countDigits(part) > 0);
  if (parts.length < 2 || joinedBySlash(parts, text) || inPairs(parts, options))
    return [{ start: 0, end: text.length }];
  return cutAt(text, slashes);
}

/** True for one number that is written in pairs with slashes: "06/12/34/56/78". */
const inPairs = (parts: readonly string[], { isWhole, isPossible }: SegmentOptions): boolean => {
  if (parts.length < 4 || !parts.every((part) => /^ ?[0-9]{2,3} ?$/.test(part))) return false;
  const digits = digitsOf(parts.join(''));
  return isWhole(digits) || (parts.length > 4 && parts.every((part) => part.trim().length === 2) && isPossible(digits));
};

/** True for one number whose calling code or area code is followed by a slash. */
function joinedBySlash(parts: readonly string[], text: string): boolean {
  const [country = '', first = '', ...rest] = parts;
  // Country, area and subscriber number: "+49/30/12345678".
  const divided = parts.length === 3 && /^[ (]*\+[ (]*[1-9][0-9]{0,2}[ )]*$/.test(country);
  const [area = '', local = '', ...more] = divided ? [country + first, ...rest] : parts;
  const areaDigits = digitsOf(area);
  const localDigits = digitsOf(local);
  if (more.length > 0 || /[*#]/.test(text.replace(new RegExp(`[,;${MARK}].*$`), ''))) return false;
  const subscriber = digitsOf(local.replace(new RegExp(`[,;${MARK}].*$`), ''));
  if (!/^[1-9]/.test(localDigits)) return false;
  const national =
    /^(?:0[1-9][0-9]{0,4}|00[1-9][0-9]{2,6})$/.test(areaDigits) || (area.includes('+') && areaDigits.length <= 7);
  const american = /^[2-9][0-9]{2}$/.test(areaDigits) && !/^(?:911|999)$/.test(areaDigits);
  return national ? /^[0-9]{3,9}$/.test(subscriber) : american && subscriber.length === 7;
}

/** Splits before a +, and before an area code in brackets that follows a complete number. */
function splitPlus(text: string): Span[] {
  const places: number[] = [];
  let from = 0;
  let digits = 0;
  for (const found of text.matchAll(/\(?\+|\((?! ?0 ?\))/g)) {
    const before = text.slice(from, found.index);
    from = found.index;
    digits += countDigits(before);
    // "*31#+49 …", "*67 +1 …": a code before a number belongs to it.
    if (found[0].includes('+') && /^[^0-9+]*[*#]/.test(text)) continue;
    if (digits < (found[0].includes('+') ? 1 : MIN_WHOLE_DIGITS)) continue;
    places.push(found.index);
    digits = 0;
  }
  return cutAt(text, places);
}
