import type { SegmentOptions, Span } from './segments.ts';
import { cutCodes } from './split-codes.ts';
import { cutServices, type Group } from './split-services.ts';

/** No number that is written in groups is longer: 15 digits, a way out of the country and one for an outside line. */
const LONGEST_IN_GROUPS = 18;
const LONGEST_GLOBAL = 15;
const WHOLE_NUMBER = 7;
/** Behind fewer digits, two small numbers may as well be the end of a number. */
const WITH_AREA = 9;
/** "9-5" on a clock of twelve hours. */
const LATEST_HOUR = 8;
const MAX_GROUPS = 40;

/**
 * Where only spaces and hyphens stand between the digits of several numbers ("201 555 0123 201 555 0124"), the numbers;
 * one span for one number; null when they are several and nobody can tell where one ends.
 */
export function splitGroups(text: string, options: SegmentOptions): Span[] | null {
  const whole = [{ start: 0, end: text.length }];
  const groups = groupsOf(text);
  const digits = groups.map((group) => group.digits).join('');
  if (groups.length < 2 || groups.length > MAX_GROUPS || /[,;\uE000]/.test(text)) return whole;
  if (/[*#]/.test(text)) return splitCodes(text, options);
  const hours = options.declared ? null : beforeHours(text, options);
  if (hours !== null) return splitGroups(text.slice(0, hours), options);
  const plus = text.includes('+');
  const services = plus ? [] : cutServices(groups, options);
  if (services === null) return null;
  if (services.length > 0) return cutBefore(text, groups, services);
  // "116 117", "11 88 33" and their like are one number everywhere.
  if (/^11[68][0-9]{3}$/.test(digits)) return whole;
  if (!plus && options.isWhole(digits)) return repeatsArea(groups) ? cutBefore(text, groups, repeatAt(groups)) : whole;
  if (plus && (digits.length <= LONGEST_GLOBAL || options.declared)) return whole;
  const known = cutIntoWhole(groups, plus, options);
  if (known !== null) return cutBefore(text, groups, known);
  if (options.declared) return digits.length > LONGEST_IN_GROUPS ? null : whole;
  if (!plus && digits.length > LONGEST_GLOBAL) {
    const possible = cutIntoWhole(groups, plus, { ...options, isWhole: options.isPossible });
    if (possible !== null) return cutBefore(text, groups, possible);
  }
  if (!plus && standsBesideWhole(groups, options)) return null;
  const alike = cutAlike(text, groups, digits, options);
  if (alike !== null) return cutBefore(text, groups, alike);
  return digits.length > LONGEST_IN_GROUPS && digits.length <= 32 ? null : whole;
}

/** Where the number ends that opening hours stand behind ("201-555-0123 9-5"), which no call needs; null without. */
function beforeHours(text: string, options: SegmentOptions): number | null {
  const [tail = '', from = '', to = ''] =
    /(?<=[0-9)]) +(0?[6-9]|1[0-2]) ?- ?(0?[1-9]|1[0-9]|2[0-4])\s*$/.exec(text) ?? [];
  const head = text.slice(0, text.length - tail.length);
  const digits = head.replace(/[^0-9]/g, '');
  if (tail === '' || digits.length < WITH_AREA || (Number(to) < Number(from) && Number(to) > LATEST_HOUR)) return null;
  const plus = head.includes('+') ? '+' : '';
  const whole = options.isWhole(plus + digits);
  // Where numbers may be of any length, those with two digits more exist as well.
  if (digits.length === WITH_AREA && options.isWhole(plus + text.replace(/[^0-9]/g, ''))) return null;
  return whole || options.country === '' ? head.length : null;
}

const groupsOf = (text: string): Group[] =>
  [...text.matchAll(/[0-9]+/g)].map(({ 0: digits, index }) => ({ digits, start: index, end: index + digits.length }));

/** "*97 *98"; what stands beside a code may be several numbers itself. */
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

function cutBefore(text: string, groups: readonly Group[], firsts: readonly number[]): Span[] {
  const borders = [0, ...firsts.map((at) => groups[at]?.start ?? text.length), text.length];
  return borders.slice(1).map((end, at) => ({ start: borders[at] ?? 0, end }));
}

/** "030 1234 030 5678": the area code a second time, where the plan would take all of it for one number. */
function repeatAt(groups: readonly Group[]): number[] {
  const first = groups[0]?.digits ?? '';
  const at = groups.findIndex((group, index) => index > 1 && group.digits === first);
  return at < 0 ? [] : [at];
}

const repeatsArea = (groups: readonly Group[]): boolean =>
  /^0[0-9]{2,4}$/.test(groups[0]?.digits ?? '') && repeatAt(groups).length > 0;

/** The only way to read the groups as whole numbers of the user's country, as the groups that each begins with. */
function cutIntoWhole(groups: readonly Group[], plus: boolean, options: SegmentOptions): number[] | null {
  // ways[i]: how the groups from i on can be read; [] is "as one number".
  const ways: number[][][] = [];
  for (let from = groups.length - 1; from >= 0; from -= 1) {
    const found: number[][] = [];
    let digits = '';
    for (let to = from; to < groups.length && digits.length <= LONGEST_IN_GROUPS && found.length < 2; to += 1) {
      digits += groups[to]?.digits ?? '';
      if (digits.length < WHOLE_NUMBER || !options.isWhole((plus && from === 0 ? '+' : '') + digits)) continue;
      if (to === groups.length - 1) found.push([]);
      else for (const rest of ways[to + 1] ?? []) found.push([to + 1, ...rest]);
    }
    ways[from] = found.slice(0, 2);
  }
  const [only, ...others] = ways[0] ?? [];
  return only !== undefined && others.length === 0 && only.length > 0 ? only : null;
}

/** "2015550123 1001": an extension of that number, or one of the PBX. */
function standsBesideWhole(groups: readonly Group[], { isExtension, isWhole }: SegmentOptions): boolean {
  const digits = groups.map((group) => group.digits);
  const [first = '', last = ''] = [digits[0], digits.at(-1)];
  return (
    (isExtension(last) && isWhole(digits.slice(0, -1).join(''))) ||
    (isExtension(first) && isWhole(digits.slice(1).join('')))
  );
}

/** Without a country's plan to ask: pieces that look alike. */
function cutAlike(text: string, groups: readonly Group[], digits: string, options: SegmentOptions): number[] | null {
  for (const divider of [' ', '-']) {
    const starts = groups.flatMap(({ start }, at) => (at > 0 && text[start - 1] === divider ? [at] : []));
    const pieces = [0, ...starts].map((from, at) =>
      groups
        .slice(from, starts[at])
        .map((group) => group.digits)
        .join(''),
    );
    if (pieces.length > 1 && pieces.every((piece) => piece.length >= WHOLE_NUMBER)) return starts;
    if (pieces.length > 1 && areExtensions(pieces, options)) return starts;
  }
  const half = groups.length / 2;
  if (!Number.isInteger(half) || (digits.length <= LONGEST_GLOBAL && groups.length > 2)) return null;
  const lengths = groups.map((group) => group.digits.length);
  const same = lengths.slice(0, half).join() === lengths.slice(half).join();
  return same && digits.length >= 12 ? [half] : null;
}

/** "1001 1002": alike but for their last digits. "6123 4567" may as well be one number. */
function areExtensions(pieces: readonly string[], { isExtension }: SegmentOptions): boolean {
  const [first = ''] = pieces;
  if (first.length < 3) return false;
  const common = first.slice(0, first.length - 2);
  return pieces.every((piece) => piece.length === first.length && piece.startsWith(common) && isExtension(piece));
}
