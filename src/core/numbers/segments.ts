import { MARK } from './after-answer.ts';

/** From `start` to before `end` in the text it was found in. */
export interface Span {
  start: number;
  end: number;
}

export interface SegmentOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits that are a whole number where the user is. */
  isWhole: (digits: string) => boolean;
  /** The same without completing it with the own area code. */
  isWholeAlone: (digits: string) => boolean;
  /** True for digits as many as a whole number has there, though it need not exist. */
  isPossible: (digits: string) => boolean;
  isExtension: (digits: string) => boolean;
  isEmergency: (digits: string) => boolean;
  /** True for a link: commas are pauses, and groups of digits belong together. */
  declared: boolean;
}

/** Digits from which a piece of text could be a whole number of its own. */
const MIN_WHOLE_DIGITS = 7;

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');
const countDigits = (text: string): number => digitsOf(text).length;

/**
 * Cuts a piece of digits and separators into the numbers it holds: at commas that are not pauses, slashes, a + and an
 * area code after a whole number. Digits of different numbers must never end up in one call, so unclear
 * cases are cut. Groups that only spaces divide are left to splitGroups.
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

/** Cuts at every place, which stays with the piece behind it. */
function cutAt(text: string, places: readonly number[]): Span[] {
  const borders = [0, ...places, text.length];
  return borders.slice(1).map((end, at) => ({ start: borders[at] ?? 0, end }));
}

/** A comma or semicolon divides numbers, or it is a pause in front of digits for after the answer. */
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
  // "*97;*98": digits for a menu do not begin with a feature code.
  if (comma.replaceAll(' ', '').length === 1 && isCode(left) && isCode(right)) return false;
  if (comma.replaceAll(' ', '').length > 1 || /#\s*$/.test(right)) return true;
  if (options.declared) return digits < MIN_WHOLE_DIGITS;
  if (comma.includes(' ') || digits >= MIN_WHOLE_DIGITS) return false;
  return countDigits(left) >= MIN_WHOLE_DIGITS || !options.isExtension(digitsOf(right));
}

const isCode = (text: string): boolean => /^[,; ]*[*#]/.test(text);

/** An extension ends the number: "… ext. 12 030 123". */
function splitAfterMark(text: string): Span[] {
  const mark = text.indexOf(MARK);
  if (mark < 0) return [{ start: 0, end: text.length }];
  const extension = new RegExp(`^${MARK}+[0-9]+#?(?:[,;]+[0-9*#]+)*`).exec(text.slice(mark))?.[0] ?? '';
  const end = mark + extension.length;
  return end >= text.length ? [{ start: 0, end }] : cutAt(text, [end]);
}

/**
 * A slash divides two numbers, except after an area code: "030/1234567", "+49 30 / 1234567", "201/555-0123".
 * An area code is too short to be a number of its own, or it begins with a 0, which extensions do not.
 */
function splitSlash(text: string, options: SegmentOptions): Span[] {
  const slashes = [...text.matchAll(/\//g)].map((found) => found.index);
  const parts = text.split('/').filter((part) => countDigits(part) > 0);
  if (parts.length < 2 || joinedBySlash(parts, text) || inPairs(parts, options))
    return [{ start: 0, end: text.length }];
  return cutAt(text, slashes);
}

/** "06/12/34/56/78" */
const inPairs = (parts: readonly string[], { isWhole, isPossible }: SegmentOptions): boolean => {
  if (parts.length < 4 || !parts.every((part) => /^ ?[0-9]{2,3} ?$/.test(part))) return false;
  const digits = digitsOf(parts.join(''));
  return isWhole(digits) || (parts.length > 4 && parts.every((part) => part.trim().length === 2) && isPossible(digits));
};

function joinedBySlash(parts: readonly string[], text: string): boolean {
  const [country = '', first = '', ...rest] = parts;
  // "+49/30/12345678"
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

/** A + begins a number, and so does an area code in brackets after a whole number. */
function splitPlus(text: string): Span[] {
  const places: number[] = [];
  let from = 0;
  let digits = 0;
  for (const found of text.matchAll(/\(?\+|\((?! ?0 ?\))/g)) {
    const before = text.slice(from, found.index);
    from = found.index;
    digits += countDigits(before);
    // "*31#+49 …", "*67 +1 …": a code and its number, which belong together.
    if (found[0].includes('+') && /^[^0-9+]*[*#]/.test(text)) continue;
    if (digits < (found[0].includes('+') ? 1 : MIN_WHOLE_DIGITS)) continue;
    places.push(found.index);
    digits = 0;
  }
  return cutAt(text, places);
}
