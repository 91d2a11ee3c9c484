import type { SegmentOptions, Span } from './segments.ts';
import { cutCodes } from './split-codes.ts';
import { cutServices, type Group } from './split-services.ts';

/** Maximum digits of one number: 15, two for an international prefix and one for an outside line. */
const MAX_DIGITS = 18;
const MAX_E164_DIGITS = 15;
const MIN_WHOLE_DIGITS = 7;
/** Opening hours are only recognised after this many digits; after fewer they may be the end of the number. */
const MIN_DIGITS_BEFORE_HOURS = 9;
/** A closing hour that is smaller than the opening hour is on a 12-hour clock ("9-5"). A larger one is no closing hour. */
const MAX_12_HOUR_CLOSING = 8;
const MAX_GROUPS = 40;
/** Maximum groups of one number: "00 33 1 99 00 12 34". */
const MAX_GROUPS_PER_NUMBER = 8;

/**
 * Finds the numbers in digits that only spaces and hyphens divide ("201 555 0123 201 555 0124"). Returns one span for each
 * number; null if there are several numbers and it is not clear where each one ends.
 */
export function splitGroups(text: string, options: SegmentOptions): Span[] | null {
  const whole = [{ start: 0, end: text.length }];
  const groups = groupsOf(text);
  const digits = groups.map((group) => group.digits).join('');
  if (groups.length < 2 || groups.length > MAX_GROUPS || /[,;\uE000]/.test(text)) return whole;
  if (/[*#]/.test(text)) return splitCodes(text, options);
  const hours = options.isNumberOnly ? null : endBeforeHours(text, options);
  if (hours !== null) return splitGroups(text.slice(0, hours), options);
  const hasPlus = text.includes('+');
  const services = hasPlus ? [] : cutServices(groups, options);
  if (services === null) return null;
  if (services.length > 0) return cutBeforeGroups(text, groups, services);
  // "116 117" and "11 88 33" are one number in every country.
  if (/^11[68][0-9]{3}$/.test(digits)) return whole;
  if (!hasPlus && options.isWhole(digits))
    return repeatsArea(groups) ? cutBeforeGroups(text, groups, repeatAt(groups)) : whole;
  if (hasPlus && (digits.length <= MAX_E164_DIGITS || options.isNumberOnly)) return whole;
  const numbers = cutIntoWhole(groups, hasPlus, options);
  if (numbers !== null) return cutBeforeGroups(text, groups, numbers);
  if (options.isNumberOnly) return digits.length > MAX_DIGITS ? null : whole;
  if (!hasPlus && digits.length > MAX_E164_DIGITS) {
    const possible = cutIntoWhole(groups, hasPlus, { ...options, isWhole: options.isPossible });
    if (possible !== null) return cutBeforeGroups(text, groups, possible);
  }
  if (!hasPlus && isNumberAndExtension(groups, options)) return null;
  const alike = cutAlike(text, groups, digits, options);
  if (alike !== null) return cutBeforeGroups(text, groups, alike);
  return digits.length > MAX_DIGITS && digits.length <= 32 ? null : whole;
}

/** The end of a number that opening hours follow ("201-555-0123 9-5"); null if there are no hours. */
function endBeforeHours(text: string, options: SegmentOptions): number | null {
  const [tail = '', from = '', to = ''] =
    /(?<=[0-9)]) +(0?[6-9]|1[0-2]) ?- ?(0?[1-9]|1[0-9]|2[0-4])\s*$/.exec(text) ?? [];
  const head = text.slice(0, text.length - tail.length);
  const digits = head.replace(/[^0-9]/g, '');
  if (
    tail === '' ||
    digits.length < MIN_DIGITS_BEFORE_HOURS ||
    (Number(to) < Number(from) && Number(to) > MAX_12_HOUR_CLOSING)
  )
    return null;
  const plus = head.includes('+') ? '+' : '';
  const whole = options.isWhole(plus + digits);
  // In countries without a fixed length, the digits of the hours may belong to the number.
  if (digits.length === MIN_DIGITS_BEFORE_HOURS && options.isWhole(plus + text.replace(/[^0-9]/g, ''))) return null;
  return whole || options.country === '' ? head.length : null;
}

const groupsOf = (text: string): Group[] =>
  [...text.matchAll(/[0-9]+/g)].map(({ 0: digits, index }) => ({ digits, start: index, end: index + digits.length }));

/** Splits at feature codes ("*97 *98"), and then the digits beside them. */
function splitCodes(text: string, options: SegmentOptions): Span[] | null {
  const borders = [0, ...cutCodes(text, options), text.length];
  const spans: Span[] = [];
  for (const [at, end] of borders.slice(1).entries()) {
    const start = borders[at] ?? 0;
    const part = text.slice(start, end);
    const within = /[*#]/.test(part) ? [{ start: 0, end: part.length }] : splitGroups(part, options);
    if (within === null) return null;
    spans.push(...within.map((span) => ({ start: start + span.start, end: start + span.end })));
  }
  return spans;
}

function cutBeforeGroups(text: string, groups: readonly Group[], firsts: readonly number[]): Span[] {
  const borders = [0, ...firsts.map((at) => groups[at]?.start ?? text.length), text.length];
  return borders.slice(1).map((end, at) => ({ start: borders[at] ?? 0, end }));
}

/** The index of a repeated area code ("030 1234 030 5678"), in a list; [] if there is none. */
function repeatAt(groups: readonly Group[]): number[] {
  const first = groups[0]?.digits ?? '';
  const at = groups.findIndex((group, index) => index > 1 && group.digits === first);
  return at < 0 ? [] : [at];
}

const repeatsArea = (groups: readonly Group[]): boolean =>
  /^0[0-9]{2,4}$/.test(groups[0]?.digits ?? '') && repeatAt(groups).length > 0;

/**
 * Reads the groups as complete numbers of the user's country. Returns the index of the first group of each number but the
 * first; null if there is no way or more than one.
 */
function cutIntoWhole(groups: readonly Group[], hasPlus: boolean, options: SegmentOptions): number[] | null {
  // ways[i]: up to two ways to read the groups from i on; [] means as one number.
  const ways: number[][][] = [];
  for (let from = groups.length - 1; from >= 0; from -= 1) {
    const found: number[][] = [];
    let digits = '';
    const end = Math.min(groups.length, from + MAX_GROUPS_PER_NUMBER);
    for (let to = from; to < end && digits.length <= MAX_DIGITS && found.length < 2; to += 1) {
      digits += groups[to]?.digits ?? '';
      if (digits.length < MIN_WHOLE_DIGITS || !options.isWhole((hasPlus && from === 0 ? '+' : '') + digits)) continue;
      if (to === groups.length - 1) found.push([]);
      else for (const rest of ways[to + 1] ?? []) found.push([to + 1, ...rest]);
    }
    ways[from] = found.slice(0, 2);
  }
  const [only, ...others] = ways[0] ?? [];
  return only !== undefined && others.length === 0 && only.length > 0 ? only : null;
}

/** True for digits such as "2015550123 1001", where 1001 may be an extension of that number or of this PBX. */
function isNumberAndExtension(groups: readonly Group[], { isExtension, isWhole }: SegmentOptions): boolean {
  const digits = groups.map((group) => group.digits);
  const [first = '', last = ''] = [digits[0], digits.at(-1)];
  return (
    (isExtension(last) && isWhole(digits.slice(0, -1).join(''))) ||
    (isExtension(first) && isWhole(digits.slice(1).join('')))
  );
}

/** Splits digits that are in no numbering plan into pieces of the same form; null if that is not possible. */
function cutAlike(text: string, groups: readonly Group[], digits: string, options: SegmentOptions): number[] | null {
  for (const divider of [' ', '-']) {
    const starts = groups.flatMap(({ start }, at) => (at > 0 && text[start - 1] === divider ? [at] : []));
    const pieces = [0, ...starts].map((from, at) =>
      groups
        .slice(from, starts[at])
        .map((group) => group.digits)
        .join(''),
    );
    if (pieces.length > 1 && pieces.every((piece) => piece.length >= MIN_WHOLE_DIGITS)) return starts;
    if (pieces.length > 1 && areExtensions(pieces, options)) return starts;
  }
  const half = groups.length / 2;
  if (!Number.isInteger(half) || (digits.length <= MAX_E164_DIGITS && groups.length > 2)) return null;
  const lengths = groups.map((group) => group.digits.length);
  const same = lengths.slice(0, half).join() === lengths.slice(half).join();
  return same && digits.length >= 12 ? [half] : null;
}

/** True for extensions that differ only in their last two digits ("1001 1002"); "6123 4567" may be one number. */
function areExtensions(pieces: readonly string[], { isExtension }: SegmentOptions): boolean {
  const [first = ''] = pieces;
  if (first.length < 3) return false;
  const common = first.slice(0, first.length - 2);
  return pieces.every((piece) => piece.length === first.length && piece.startsWith(common) && isExtension(piece));
}
