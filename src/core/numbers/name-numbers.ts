import type { NumberLabel } from '../../shared/dial.ts';
import type { Span } from './segments.ts';
import { areJoins, isFaxWord, isPhoneWord, kindAfter, kindBefore, withoutBoth, wordsOf } from './words.ts';

/** Maximum distance of a label from its number, in characters. */
const MAX_DISTANCE = 80;
/** Dividers between numbers with labels. A sign inside a word, as in "TYPE=FAX,WORK", does not divide. */
const DIVIDER = /\n|(?<=^|[\s)])[,;|/*·•]|[,;|/*·•](?=\s|$)|(?<=^|[\s)])-(?=\s)|(?<=^|\s)\p{L}{1,5}(?=\s|$)/gu;

/** The label of a number; null for none. */
type Named = NumberLabel | null;

/** The labels in the text between two numbers. */
interface Gap {
  /** The label of the first number, which follows it. */
  after: Named;
  /** The label of the second number, which precedes it. */
  before: Named;
  /** A label that may belong to either number. */
  loose: Named;
  /** True if there are only signs and words such as "or", so that the first number's label also applies to the second. */
  joins: boolean;
}

/**
 * Finds the label (phone, mobile or fax) of each number in a text. Labels come before or after their numbers. If a
 * comma, a line end or the like separates a label from one number, it belongs to the other. Without such dividers, the
 * text before the first number and after the last one shows on which side the labels stand. If that is not clear either,
 * the numbers get no label. Only if the unclear label says fax, both numbers beside it may be the fax.
 */
export function nameNumbers(text: string, numbers: readonly Span[]): Named[] {
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  const head = headOf(text.slice(Math.max(0, first.start - MAX_DISTANCE), first.start));
  const tail = kindAfter(untilDivider(text.slice(last.end, last.end + MAX_DISTANCE)));
  const gaps = numbers.slice(1).map((number, at) => gapOf(text.slice(numbers[at]?.end ?? 0, number.start)));
  const front = [head, ...gaps.map((gap) => gap.before)];
  const back = [...gaps.map((gap) => gap.after), tail];
  const side = sideOf(head, front, back);
  const names: Named[] = [];
  for (const at of numbers.keys()) {
    const gap = gaps[at - 1];
    const before = front[at] ?? (side === 'before' ? gap?.loose : null) ?? null;
    const after = back[at] ?? (side === 'after' ? gaps[at]?.loose : null) ?? null;
    const inherited = gap?.joins === true && back[at - 1] === null ? (names[at - 1] ?? null) : null;
    names.push(combineLabels(before, after) ?? inherited);
  }
  return withDoubts(names, gaps, side, text);
}

/**
 * The labels of numbers in a table whose first line names the columns and has no digits. null for any other text, and
 * for a table without a column for phone, mobile or fax.
 */
export function columnLabels(text: string, numbers: readonly Span[]): Named[] | null {
  const [head = '', ...rows] = text.split('\n').filter((line) => line.trim() !== '');
  const divider = ['\t', ';', ','].find((sign) => head.includes(sign));
  if (divider === undefined || /[0-9]/.test(head)) return null;
  const labels = fieldsOf(head, divider).map(kindBefore);
  const isTable = rows.length > 0 && rows.every((row) => fieldsOf(row, divider).length === labels.length);
  if (!isTable || labels.every((label) => label === null)) return null;
  return numbers.map(({ start }) => {
    const before = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? '';
    return labels[fieldsOf(before, divider).length - 1] ?? null;
  });
}

/** Splits a line into fields. A divider between quotation marks is part of its field. */
const fieldsOf = (line: string, divider: string): string[] =>
  line.replace(/"[^"]*"?/g, (quoted) => quoted.replaceAll(divider, ' ')).split(divider);

/** Finds out if labels are before or after their numbers; null if the text does not show it. */
function sideOf(head: Named, front: readonly Named[], back: readonly Named[]): 'before' | 'after' | null {
  const inFront = front.filter((name) => name !== null).length;
  const after = back.filter((name) => name !== null).length;
  if (after === 0) return inFront > 0 ? 'before' : null;
  if (inFront === 0) return 'after';
  return head !== null && after <= inFront ? 'before' : null;
}

/** Combines the labels on both sides: "Tel. 0134 mobile" is a mobile phone, but "Tel. 0134 fax" is unclear. */
function combineLabels(before: Named, after: Named): Named {
  if (before === null || after === null || before === after) return before ?? after;
  if (before === 'fax' || after === 'fax') return 'maybe-fax';
  return 'mobile';
}

/** Labels numbers as `maybe-fax` if a word for a fax may belong to them. */
function withDoubts(names: readonly Named[], gaps: readonly Gap[], side: 'before' | 'after' | null, text: string) {
  const isOpen = (gap: Gap | undefined): boolean => side === null && gap?.loose === 'fax';
  const doubted = names.map((name, at) =>
    name === null && (isOpen(gaps[at - 1]) || isOpen(gaps[at])) ? 'maybe-fax' : name,
  );
  // A word for a fax that belongs to no number that was found.
  const lost =
    names.length > 1 &&
    !doubted.some((name) => name === 'fax' || name === 'maybe-fax') &&
    wordsOf(withoutBoth(text)).some(isFaxWord);
  return lost ? doubted.map((name) => name ?? ('maybe-fax' as const)) : doubted;
}

/** The label before the first number on its line. If the line has no text before it, a label alone on the line above. */
function headOf(before: string): Named {
  const lines = before.split('\n');
  const line = lines.at(-1) ?? '';
  return line.trim() === '' ? labelAlone(lines.at(-2) ?? '') : kindBefore(line);
}

function gapOf(full: string): Gap {
  const joins = !full.includes('\n') && areJoins(wordsOf(full));
  const gap = withoutBoth(
    full.length > 2 * MAX_DISTANCE ? `${full.slice(0, MAX_DISTANCE)}\n${full.slice(-MAX_DISTANCE)}` : full,
  );
  const dividers = dividersIn(gap);
  const first = dividers[0];
  const last = dividers.at(-1);
  if (first === undefined || last === undefined) {
    const inBrackets = /^ {0,2}[([]/.test(gap) ? kindAfter(gap) : null;
    if (inBrackets !== null) return { after: inBrackets, before: null, loose: null, joins };
    const named = kindBefore(gap);
    return /[:=] {0,2}$/.test(gap)
      ? { after: null, before: named, loose: null, joins }
      : { after: null, before: null, loose: named, joins };
  }
  const after = kindAfter(gap.slice(0, first.start));
  const before = kindBefore(gap.slice(last.end));
  const middle = gap.slice(first.end, last.start);
  return { after, before, loose: after === null && before === null ? labelAlone(middle) : null, joins };
}

const dividersIn = (gap: string): Span[] =>
  [...gap.matchAll(DIVIDER)]
    .filter(({ 0: sign }) => !/\p{L}/u.test(sign) || areJoins([sign.toLowerCase()]))
    .map(({ 0: sign, index }) => ({ start: index, end: index + sign.length }));

const untilDivider = (text: string): string => text.slice(0, dividersIn(text)[0]?.start);

const labelAlone = (text: string): Named => (wordsOf(text).every(isPhoneWord) ? kindBefore(text) : null);
