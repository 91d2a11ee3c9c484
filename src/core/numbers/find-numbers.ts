import type { DialWarning, NumberLabel } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { markAfterAnswer } from './after-answer.ts';
import { knownPlace } from './classify.ts';
import { isEmergencyCall } from './emergency.ts';
import { hideAddressDigits } from './hide-address-digits.ts';
import { completeEndings } from './short-endings.ts';
import { identify, type IdentifiedNumber } from './found-number.ts';
import { looksLike } from './looks-like.ts';
import { HIDDEN, maskOthers, type Look } from './mask-others.ts';
import { columnLabels, nameNumbers } from './name-numbers.ts';
import { readNational, type NumberPlace } from './national-number.ts';
import { isValidGlobal, type PublicNumber } from './public-number.ts';
import { readWritten, type WrittenNumber } from './read-number.ts';
import { matchesExtension } from './extension-pattern.ts';
import { splitPiece, type SegmentOptions, type Span } from './segments.ts';
import { splitGroups } from './split-groups.ts';
import { tidySigns } from './tidy-signs.ts';
import { cutService, spellOut } from './vanity.ts';
import { areJoins, isPhoneWord, labelOf, wordsOf, type Label } from './words.ts';

export interface Found extends Span {
  /** The number as it was written, without separators. */
  written: Result<WrittenNumber>;
  plan: Result<IdentifiedNumber>;
  /** Some of its digits were written as letters. */
  vanity: boolean;
  /** What the words before the number say about it. */
  label: Label;
  /** Phone, mobile or fax, if the text says so. */
  named: NumberLabel | null;
  /** The digits are part of a word or a code, as in "AB-123456" or "24h". */
  glued: boolean;
}

export interface FoundNumbers {
  found: Found[];
  /** The text contains words that have nothing to do with phone numbers. */
  prose: boolean;
  /** What the pieces that were left out look like, for example dates. */
  looks: Look[];
  /** The text that was searched. Marks replace the hidden pieces and the words for "extension". */
  marked: string;
}

// The characters of numbers, and the mark that markAfterAnswer inserts.
const PIECE = /[0-9+*#(][0-9+*#() \-./,;\uE000]*/g;
const LETTER = /[\p{L}\p{M}]/u;
/** Maximum length of digits before letters that stand for digits ("555-CALL-NOW"), in characters. */
const MAX_SHORT_DIGITS = 7;
/** Further numbers are ignored. */
const MAX_FOUND = 30;

/**
 * Finds everything in a folded text (see foldText) that may be a number, in order. Each has the number that would be
 * dialled, or the reason why it cannot be dialled. `isNumberOnly`: the text contains nothing but a number, as in a link.
 */
export function findNumbers(text: string, place: NumberPlace, { isNumberOnly = false } = {}): FoundNumbers {
  const options = segmentOptions(place, isNumberOnly);
  const spelled = spellOut(tidySigns(text, options), place);
  const isNumber = (piece: string, before: string): boolean => isNumberDespiteForm(piece, before, options);
  const masked = maskOthers(spelled.text, { isNumber, isNumberOnly });
  const withoutAddresses = isNumberOnly ? { text: masked.text, unclear: [] } : hideAddressDigits(masked.text, options);
  const marked = markAfterAnswer(withoutAddresses.text, place.country);
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
      // "555-CALL-NOW" does not mean extension 555.
      const spells =
        span.end - span.start <= MAX_SHORT_DIGITS && /^-[A-Za-z]{2}/.test(marked.slice(span.end, span.end + 3));
      const problem = cut.several ? 'number-several' : spells ? 'number-letters' : null;
      const number = problem === null ? read(written, options, vanity ? place : null) : err(appError(problem));
      const unclear = withoutAddresses.unclear.some((at) => at >= span.start && at <= span.end + 3);
      const noted: DialWarning[] = [
        ...(vanity ? (['vanity'] as const) : []),
        ...(unclear ? (['unclear-end'] as const) : []),
      ];
      const plan = number.ok ? identify(number.value, place, noted) : number;
      found.push({ ...span, written: number, plan, vanity, label, named: null, glued: isGlued(marked, span, label) });
    }
  }
  for (const [at, named] of (columnLabels(text, found) ?? nameNumbers(marked, found)).entries()) {
    const number = found[at];
    if (number !== undefined) found[at] = { ...number, named };
  }
  completeAllEndings(found, marked, place, options.isEmergency);
  const words = wordsOf(marked.replaceAll(HIDDEN, ' '));
  return { found, prose: words.some((word) => !isPhoneWord(word)), looks: masked.looks, marked };
}

function segmentOptions(place: NumberPlace, isNumberOnly: boolean): SegmentOptions {
  const known = knownPlace(place);
  return {
    country: place.country,
    isWhole: cached((digits) => isWhole(digits, place)),
    isWholeAlone: cached((digits) => isWhole(digits, { ...place, areaCode: '' })),
    isPossible: cached((digits) => nationalOf(digits, place) !== null),
    isEmergency: (digits) => isEmergencyCall(digits, known),
    isExtension: (digits) => matchesExtension(digits, place.extensions) && !digits.startsWith('0'),
    isNumberOnly,
  };
}

/** True for a number that has the form of a date, an IP address, or a house number with a postal code. */
function isNumberDespiteForm(piece: string, before: string, { isWhole: isWholeHere }: SegmentOptions): boolean {
  const digits = piece.replace(/[ .-]/g, '');
  const hasLabel = (): boolean => labelOf(before) === 'phone';
  // Digits in pairs look like a date, but are a number in countries where every number has this many digits.
  if (/^[0-9]{2}(?:[.-][0-9]{2}){3,4}$/.test(piece) && isWholeHere(digits) && !isWholeHere(`${digits}1`)) return true;
  // "Plaza Mayor, tel. 2233 4455 Ana": because of the label, this is not a house number with a postal code.
  if (/^[1-9][0-9]{3}[ -]{1,3}[0-9]{4}$/.test(piece) && hasLabel() && isWholeHere(digits)) return true;
  // Four groups with dots may also be an IP address. With groups of three digits, only a label makes them a number.
  const isInPairs = /^[0-9]{2}(?:\.[0-9]{2}){3}$/.test(piece);
  return (isInPairs || (/^[0-9]{2,3}(?:\.[0-9]{2,3}){3}$/.test(piece) && hasLabel())) && isWholeHere(digits);
}

/** Completes short endings with the number before them, in place. */
function completeAllEndings(
  found: Found[],
  marked: string,
  place: NumberPlace,
  isEmergency: (digits: string) => boolean,
): void {
  const numbers = found.map(({ start, end, plan }) => {
    if (!plan.ok || plan.value.kind !== 'public')
      return { start, end, dial: null, e164: null, digitsAfterAnswer: null };
    const { dial, e164, digitsAfterAnswer } = plan.value;
    return { start, end, dial, e164, digitsAfterAnswer };
  });
  const replaced = new Set<number>();
  const options = { country: place.country, isValid: isValidGlobal, isEmergency };
  for (const { at, main, whole, replaces, named } of completeEndings(marked, numbers, options)) {
    const ending = found[at];
    const label = found[main]?.label ?? 'none';
    if (ending === undefined) continue;
    // The first digits come from the number before it, which may have been written with letters.
    const vanity = found[main]?.vanity === true;
    const plan = whole.ok ? identify(whole.value, place, vanity ? ['vanity'] : []) : whole;
    // Completing the number has proved that it is a phone number, so it needs no label of its own.
    found[at] = {
      ...ending,
      written: whole,
      plan,
      vanity,
      label: label === 'other' ? 'other' : 'phone',
      named: named ?? ending.named,
    };
    if (replaces && plan.ok) replaced.add(main);
  }
  for (const main of [...replaced].sort((a, b) => b - a)) {
    const [whole] = found.splice(main, 1);
    const ending = found[main];
    if (whole !== undefined && ending !== undefined)
      found[main] = { ...ending, start: whole.start, named: whole.named };
  }
}

interface Cut extends Span {
  /** It contains several numbers, and it is unclear where each ends. */
  several: boolean;
}

function groupsWithin(span: Span, text: string, options: SegmentOptions): Cut[] {
  const part = text.slice(span.start, span.end);
  const otherwise =
    !options.isNumberOnly &&
    looksLike(part.trim(), options.country, () => options.isWhole(part.replace(/[^0-9]/g, ''))) !== null;
  const groups = otherwise ? [{ start: 0, end: part.length }] : splitGroups(part, options);
  if (groups === null) return [{ ...span, several: true }];
  return groups.map(({ start, end }) => ({ start: span.start + start, end: span.start + end, several: false }));
}

/** Reads one number. `spelled`: the user's place if some digits were written as letters, otherwise null. */
function read(written: string, options: SegmentOptions, spelled: NumberPlace | null): Result<WrittenNumber> {
  const number = readWritten(written, { ...options, isKnown: options.isWhole });
  if (!number.ok || spelled === null) return number;
  return ok({ ...number.value, number: cutService(number.value.number, spelled) });
}

/** Caches the results of `check`, because the same digits are checked many times and the library is slow. */
function cached(check: (digits: string) => boolean): (digits: string) => boolean {
  const results = new Map<string, boolean>();
  return (digits) => {
    const known = results.get(digits);
    if (known !== undefined) return known;
    const result = check(digits);
    results.set(digits, result);
    return result;
  };
}

function isWhole(digits: string, place: NumberPlace): boolean {
  if (digits.startsWith('+')) return isValidGlobal(digits);
  return nationalOf(digits, place)?.warnings.includes('not-valid') === false;
}

/** Completes digits to a public number, which need not exist; null if that is not possible. */
function nationalOf(digits: string, place: NumberPlace): PublicNumber | null {
  const national = readNational(digits, place);
  return national.ok && national.value.e164 !== null ? national.value : null;
}

/** The span without separators and unmatched brackets at its ends. */
function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end);
  const lead = /^[ ,;./)-]*/.exec(part)?.[0].length ?? 0;
  const body = part.slice(lead);
  // The bracket at the end is not part of the number if it was opened before it: "( Tel. +44 (0)20 … )".
  let unopened = body.split(')').length - body.split('(').length;
  // A loop, because a regular expression anchored at the end would be tried at every position.
  let length = body.length;
  for (; length > 0; length -= 1) {
    const last = body.charAt(length - 1);
    if (last === ')' ? unopened <= 0 : !' ,;./(-'.includes(last)) break;
    if (last === ')') unopened -= 1;
    if (last === '(') unopened += 1;
  }
  return { start: start + lead, end: start + lead + length };
}

/**
 * The label that the words before a number give it. After words that only join two numbers, the first one's label
 * applies.
 */
function labelBefore(text: string, { start, end }: Span, previous: Found | undefined): Label {
  const before = text.slice(Math.max(previous?.end ?? 0, start - 80), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (previous === undefined || !areJoins(wordsOf(line)) || before.includes('\n')) return labelOf(line);
  // In "orders 4711, 4712" the label applies to both; in "Room 12, 201-555-0123" only to the first.
  const alike = end - start === previous.end - previous.start;
  return previous.label === 'other' && !alike ? 'none' : previous.label;
}

function isGlued(text: string, { start, end }: Span, label: Label): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const left = LETTER.test(before.slice(-1)) || /[\p{L}\p{M}][-_/\\@=&%]$/u.test(before) || /[@=&%_]$/.test(before);
  const right = /[\p{L}\p{M}\p{No}]/u.test(text.charAt(end)) || /^[%@_=&]/.test(text.slice(end, end + 1));
  return right || (left && label !== 'phone' && label !== 'extension');
}

/** The first error among the numbers; null if there is none. */
export const firstRefusal = (found: readonly Found[]): AppError | null => {
  for (const { plan } of found) if (!plan.ok) return plan.error;
  return null;
};
