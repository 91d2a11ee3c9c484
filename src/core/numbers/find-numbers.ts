import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { markAfterAnswer } from './after-answer.ts';
import { isEmergency } from './emergency.ts';
import { identify, type IdentifiedNumber } from './found-number.ts';
import { looksLike } from './looks-like.ts';
import { HIDDEN, maskOthers, type Look } from './mask-others.ts';
import { readNational, type NumberPlace } from './national-number.ts';
import { planOf } from './numbering-plan.ts';
import { isValidGlobal, type PublicNumber } from './public-number.ts';
import { readWritten, type WrittenNumber } from './read-number.ts';
import { matchesExtension } from './extension-pattern.ts';
import { splitPiece, type SegmentOptions, type Span } from './segments.ts';
import { splitGroups } from './split-groups.ts';
import { cutAmerican, spellOut } from './vanity.ts';
import { areJoins, isPhoneWord, labelOf, wordsOf, type Label } from './words.ts';

export interface Found extends Span {
  /** As it was written, without separators. */
  written: Result<WrittenNumber>;
  plan: Result<IdentifiedNumber>;
  /** Letters were read as digits. */
  vanity: boolean;
  label: Label;
  /** Part of a word or a code, such as the digits in "AB-123456" or "24h". */
  glued: boolean;
}

export interface FoundNumbers {
  found: Found[];
  /** True where there are words that have nothing to do with phone numbers. */
  prose: boolean;
  /** What was passed over because it is something else, such as a date. */
  looks: Look[];
  /** The text as the numbers were looked for in it: words for "extension" and things passed over are marks. */
  marked: string;
}

// What numbers are written with, and the marks that the steps before leave.
const PIECE = /[0-9+*#(][0-9+*#() \-./,;\uE000]*/g;
const LETTER = /[\p{L}\p{M}]/u;
/** A text with more is a list for a machine; the rest of it is not looked at. */
const MAX_FOUND = 30;

/**
 * Everything in a folded text (see foldText) that could be a number, in order, each with what would be dialled for it
 * or why it cannot be.
 */
export function findNumbers(text: string, place: NumberPlace, declared = false): FoundNumbers {
  const options: SegmentOptions = {
    country: place.country,
    isWhole: (digits) => isWhole(digits, place),
    isWholeAlone: (digits) => isWhole(digits, { ...place, areaCode: '' }),
    isPossible: (digits) => nationalOf(digits, place) !== null,
    isEmergency: (digits) => isEmergency(digits, planOf(place.country) === null ? '' : place.country),
    isExtension: (digits) => matchesExtension(digits, place.extensions) && !digits.startsWith('0'),
    declared,
  };
  const inPairs = (piece: string): boolean =>
    /^[0-9]{2}(?:\.[0-9]{2}){3}$/.test(piece) && options.isWhole(piece.replaceAll('.', ''));
  const spelled = spellOut(tidySigns(text, place.country), place);
  const masked = maskOthers(spelled.text, inPairs, declared);
  const marked = markAfterAnswer(masked.text);
  const found: Found[] = [];
  for (const piece of marked.matchAll(PIECE)) {
    const cuts = splitPiece(piece[0], options).flatMap((span) => groupsWithin(span, piece[0], options));
    if (found.length >= MAX_FOUND) break;
    for (const cut of cuts.slice(0, MAX_FOUND - found.length)) {
      const span = trimmed(marked, { start: piece.index + cut.start, end: piece.index + cut.end });
      const written = marked.slice(span.start, span.end);
      if (!/[0-9*#+]/.test(written)) continue;
      const vanity = spelled.spans.some(([start, end]) => start < span.end && end > span.start);
      const label = labelBefore(marked, span, found.at(-1));
      const number = cut.several ? err(appError('number-several')) : read(written, options, vanity);
      const plan = number.ok ? identify(number.value, place, vanity ? ['vanity'] : []) : number;
      found.push({ ...span, written: number, plan, vanity, label, glued: isGlued(marked, span, label) });
    }
  }
  const words = wordsOf(marked.replaceAll(HIDDEN, ' '));
  return { found, prose: words.some((word) => !isPhoneWord(word)), looks: masked.looks, marked };
}

interface Cut extends Span {
  /** Several numbers, and nobody can tell where one ends. */
  several: boolean;
}

function groupsWithin(span: Span, text: string, options: SegmentOptions): Cut[] {
  const part = text.slice(span.start, span.end);
  const otherwise =
    !options.declared &&
    looksLike(part.trim(), options.country, () => options.isWhole(part.replace(/[^0-9]/g, ''))) !== null;
  const groups = otherwise ? [{ start: 0, end: part.length }] : splitGroups(part, options);
  if (groups === null) return [{ ...span, several: true }];
  return groups.map(({ start, end }) => ({ start: span.start + start, end: span.start + end, several: false }));
}

function read(written: string, options: SegmentOptions, vanity: boolean): Result<WrittenNumber> {
  const number = readWritten(written, { ...options, isKnown: options.isWhole });
  if (!number.ok || !vanity) return number;
  return ok({ ...number.value, number: cutAmerican(number.value.number) });
}

/** Signs that stand for others between digits, one for one so that places in the text stay the same. */
function tidySigns(text: string, country: string): string {
  const tidy = dividedList(text)
    .replace(/\[(\+?[0-9]{1,5})\]/g, '($1)')
    .replace(/(?<=[0-9)] ?)[·•∙⋅~_](?= ?[0-9(])/gu, '.')
    .replace(/(?<=[0-9])[ー─―](?=[0-9])/gu, '-')
    .replace(/\t/g, '\n')
    // "1. …" at the beginning of several lines.
    .replace(/(?<=^|\n) {0,4}[1-9][0-9]?[.)] (?=[+(0-9])/g, (mark) =>
      text.includes('\n') ? ' '.repeat(mark.length) : mark,
    );
  // Brazil: "0xx11" leaves the carrier open.
  return country === 'BR'
    ? tidy.replace(/(?<![\p{L}\p{N}])0 ?xx(?= ?[1-9]{2})/giu, (zero) => zero.replace(/x/gi, ' '))
    : tidy;
}

/** "1. … 2. … 3. …" in one line: every mark divides. */
function dividedList(text: string): string {
  if (!/^ *1[.)] /.test(text) || text.includes('\n')) return text;
  let next = 1;
  const divided = text.replace(/(?<![^ ,;])([1-9][0-9]?)[.)] (?=[+(0-9])/g, (mark, at: string) => {
    if (Number(at) !== next) return mark;
    next += 1;
    return '\n'.repeat(mark.length);
  });
  return next > 2 ? divided : text;
}

function isWhole(digits: string, place: NumberPlace): boolean {
  if (digits.startsWith('+')) return isValidGlobal(digits);
  return nationalOf(digits, place)?.warnings.includes('not-valid') === false;
}

/** The number that could be completed to a whole one; null otherwise. */
function nationalOf(digits: string, place: NumberPlace): PublicNumber | null {
  const national = readNational(digits, place);
  return national.ok && national.value.e164 !== null ? national.value : null;
}

/** Without separators and closing signs around it. */
function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end);
  const lead = /^[ ,;./)-]*/.exec(part)?.[0].length ?? 0;
  const body = part.slice(lead).trimEnd();
  // From the back by hand: a regular expression would try every place.
  let length = body.length;
  while (length > 0 && ' ,;./(-'.includes(body.charAt(length - 1))) length -= 1;
  if (body.charAt(length - 1) === ')' && !body.slice(0, length).includes('(')) length -= 1;
  return { start: start + lead, end: start + lead + length };
}

/** What the words in front say; words that only join two numbers hand on what was said of the one before. */
function labelBefore(text: string, { start, end }: Span, previous: Found | undefined): Label {
  const from = Math.max(previous?.end ?? 0, start - 80);
  const before = text.slice(from, start);
  const words = wordsOf(before.slice(before.lastIndexOf('\n') + 1));
  if (previous !== undefined && areJoins(words) && !before.includes('\n')) {
    // "Room 12, 201-555-0123": another number; "orders 4711, 4712": more of the same.
    const alike = end - start === previous.end - previous.start;
    return previous.label === 'other' && !alike ? 'none' : previous.label;
  }
  return labelOf(words);
}

function isGlued(text: string, { start, end }: Span, label: Label): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const left = LETTER.test(before.slice(-1)) || /[\p{L}\p{M}][-_/\\@=&%]$/u.test(before) || /[@=&%_]$/.test(before);
  const right = /[\p{L}\p{M}\p{No}]/u.test(text.charAt(end)) || /^[%@_=&]/.test(text.slice(end, end + 1));
  return right || (left && label !== 'phone' && label !== 'extension');
}

/** The refusal of the first piece that has one. */
export const firstRefusal = (found: readonly Found[]): AppError | null => {
  for (const { plan } of found) if (!plan.ok) return plan.error;
  return null;
};
