import type { DialWarning, NumberLabel } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { markAfterAnswer } from './after-answer.ts';
import { knownPlace } from './classify.ts';
import { isEmergencyCall } from './emergency.ts';
import { hideTails } from './hide-tails.ts';
import { hangTails } from './hang-tails.ts';
import { identify, type IdentifiedNumber } from './found-number.ts';
import { looksLike } from './looks-like.ts';
import { HIDDEN, maskOthers, type Look } from './mask-others.ts';
import { readNational, type NumberPlace } from './national-number.ts';
import { isValidGlobal, type PublicNumber } from './public-number.ts';
import { readWritten, type WrittenNumber } from './read-number.ts';
import { matchesExtension } from './extension-pattern.ts';
import { splitPiece, type SegmentOptions, type Span } from './segments.ts';
import { splitGroups } from './split-groups.ts';
import { tidySigns } from './tidy-signs.ts';
import { cutService, spellOut } from './vanity.ts';
import { areJoins, isPhoneWord, kindBehind, kindNamed, labelOf, wordsOf, type Label } from './words.ts';

export interface Found extends Span {
  /** As it was written, without separators. */
  written: Result<WrittenNumber>;
  plan: Result<IdentifiedNumber>;
  /** Letters were read as digits. */
  vanity: boolean;
  label: Label;
  /** Phone, mobile or fax, where the text says which. */
  named: NumberLabel | null;
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
/** The digits in front of a word that is spelled on the keys. */
const LONGEST_SHORT = 7;
/** A label in brackets behind a number is no longer. */
const LOOK_BEHIND = 16;
/** A text with more is a list for a machine; the rest of it is not looked at. */
const MAX_FOUND = 30;

/**
 * Everything in a folded text (see foldText) that could be a number, in order, each with what would be dialled for it
 * or why it cannot be.
 */
export function findNumbers(text: string, place: NumberPlace, declared = false): FoundNumbers {
  const known = knownPlace(place);
  const options: SegmentOptions = {
    country: place.country,
    isWhole: (digits) => isWhole(digits, place),
    isWholeAlone: (digits) => isWhole(digits, { ...place, areaCode: '' }),
    isPossible: (digits) => nationalOf(digits, place) !== null,
    isEmergency: (digits) => isEmergencyCall(digits, known),
    isExtension: (digits) => matchesExtension(digits, place.extensions) && !digits.startsWith('0'),
    declared,
  };
  // Four groups with dots are the address of a computer as well; then a label decides.
  const inPairs = (piece: string, before: string): boolean =>
    (/^[0-9]{2}(?:\.[0-9]{2}){3}$/.test(piece) ||
      (/^[0-9]{2,3}(?:\.[0-9]{2,3}){3}$/.test(piece) && labelOf(wordsOf(before)) === 'phone')) &&
    options.isWhole(piece.replaceAll('.', ''));
  const spelled = spellOut(tidySigns(text, options), place);
  const masked = maskOthers(spelled.text, inPairs, declared);
  const tails = declared ? { text: masked.text, unclear: [] } : hideTails(masked.text, options);
  const marked = markAfterAnswer(tails.text, place.country);
  const found: Found[] = [];
  for (const piece of marked.matchAll(PIECE)) {
    const cuts = splitPiece(piece[0], options).flatMap((span) => groupsWithin(span, piece[0], options));
    if (found.length >= MAX_FOUND) break;
    for (const cut of cuts.slice(0, MAX_FOUND - found.length)) {
      const span = trimmed(marked, { start: piece.index + cut.start, end: piece.index + cut.end });
      const written = marked.slice(span.start, span.end);
      if (!/[0-9*#+]/.test(written)) continue;
      const vanity = spelled.spans.some(([start, end]) => start < span.end && end > span.start);
      const { label, named } = labelBefore(marked, span, found.at(-1));
      // "555-CALL-NOW" is no extension 555.
      const spells =
        span.end - span.start <= LONGEST_SHORT && /^-[A-Za-z]{2}/.test(marked.slice(span.end, span.end + 3));
      const problem = cut.several ? 'number-several' : spells ? 'number-letters' : null;
      const number = problem === null ? read(written, options, vanity ? place : null) : err(appError(problem));
      const unclear = tails.unclear.some((at) => at >= span.start && at <= span.end + 3);
      const noted: DialWarning[] = [
        ...(vanity ? (['vanity'] as const) : []),
        ...(unclear ? (['unclear-end'] as const) : []),
      ];
      const plan = number.ok ? identify(number.value, place, noted) : number;
      found.push({ ...span, written: number, plan, vanity, label, named, glued: isGlued(marked, span, label) });
    }
  }
  hangAll(found, marked, place);
  const words = wordsOf(marked.replaceAll(HIDDEN, ' '));
  return { found, prose: words.some((word) => !isPhoneWord(word)), looks: masked.looks, marked };
}

/** Puts the ends of numbers that stand alone behind a whole one to that number. */
function hangAll(found: Found[], marked: string, place: NumberPlace): void {
  const numbers = found.map(({ start, end, plan }) => {
    const whole = plan.ok && plan.value.kind === 'public' && plan.value.then === null;
    return { start, end, e164: whole ? plan.value.e164 : null };
  });
  const replaced = new Set<number>();
  for (const { at, main, whole, replaces, named } of hangTails(marked, numbers, place.country, isValidGlobal)) {
    const tail = found[at];
    const label = found[main]?.label ?? 'none';
    if (tail === undefined) continue;
    const written: Found['written'] = whole.ok ? ok({ number: whole.value, then: null }) : whole;
    const plan = written.ok ? identify(written.value, place) : written;
    // Read as the number it belongs to, it needs no label of its own.
    found[at] = { ...tail, written, plan, label: label === 'other' ? 'other' : 'phone', named: named ?? tail.named };
    if (replaces && plan.ok) replaced.add(main);
  }
  for (const main of [...replaced].sort((a, b) => b - a)) {
    const [whole] = found.splice(main, 1);
    const tail = found[main];
    if (whole !== undefined && tail !== undefined) found[main] = { ...tail, start: whole.start, named: whole.named };
  }
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

/** `spelled` is the place where letters in it were read as digits; null without any. */
function read(written: string, options: SegmentOptions, spelled: NumberPlace | null): Result<WrittenNumber> {
  const number = readWritten(written, { ...options, isKnown: options.isWhole });
  if (!number.ok || spelled === null) return number;
  return ok({ ...number.value, number: cutService(number.value.number, spelled) });
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
function labelBefore(text: string, { start, end }: Span, previous: Found | undefined): Pick<Found, 'label' | 'named'> {
  const from = Math.max(previous?.end ?? 0, start - 80);
  const before = text.slice(from, start);
  const words = wordsOf(before.slice(before.lastIndexOf('\n') + 1));
  if (previous !== undefined && areJoins(words) && !before.includes('\n')) {
    // "Room 12, 201-555-0123": another number; "orders 4711, 4712": more of the same.
    const alike = end - start === previous.end - previous.start;
    return { label: previous.label === 'other' && !alike ? 'none' : previous.label, named: previous.named };
  }
  const named = kindBehind(text.slice(end, end + LOOK_BEHIND)) ?? kindNamed(before.slice(before.lastIndexOf('\n') + 1));
  return { label: labelOf(words), named };
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
