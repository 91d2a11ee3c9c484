import type { NumberLabel } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MARK } from './after-answer.ts';
import { hasDirectDialling } from './direct-dialling.ts';
import type { WrittenNumber } from './read-number.ts';
import { areJoins, isExtensionWord, isPhoneWord, isDirectDialWord, kindBefore, wordsOf } from './words.ts';

/** A number that was found in a text, with what is needed to complete the short endings after it. */
export interface NumberInText {
  start: number;
  end: number;
  /** How a public number is dialled; null for other numbers. */
  dial: string | null;
  /** E.164 if the number is public and its country is certain; otherwise null. */
  e164: string | null;
  /** Digits to press after the answer; null for none. */
  digitsAfterAnswer: string | null;
}

export interface CompletedEnding {
  /** Index of the ending among the numbers. */
  at: number;
  /** Index of the number that it belongs to. */
  main: number;
  /** The completed number with its + and the digits to press after the answer; an error if there is no such number. */
  whole: Result<WrittenNumber>;
  /** True if the main number is only the first part of this one: "53410 DW 805". */
  replaces: boolean;
  named: NumberLabel | null;
}

export interface EndingOptions {
  /** The user's country, or ''. */
  country: string;
  /** Whether a number (with its +) exists. */
  isValid: (whole: string) => boolean;
  isEmergency: (digits: string) => boolean;
}

/** Endings with more digits are read as complete numbers. */
const MAX_ENDING_DIGITS = 5;
const MAX_LOCAL_DIGITS = 9;
/** Maximum number of characters between a number and its ending, and of words that may be a name. */
const MAX_GAP = 40;
const MAX_NAME_WORDS = 4;
/** A number in a list is at most this much higher than the one before it. */
const MAX_LIST_STEP = 9;
/** Words between the first and the last ending of a range: "-14 bis -16". */
const RANGE_WORDS: ReadonlySet<string> = new Set(['bis', 'to', 'through', 'u', 'à', 'a', 'do', 'tot', 'till', 'až']);
const isJoin = (word: string): boolean => areJoins([word]) || RANGE_WORDS.has(word);

/**
 * Completes short endings: a few digits after a complete number that replace its last digits ("4404-0/-247",
 * "6768 / 6769", "53410 DW 805 oder 806", "278-11-09, 278-11-10") or are a second extension ("555-0134 x204 or 205"). Such
 * digits are never read as an extension of this PBX or as an emergency number.
 */
export function completeEndings(
  text: string,
  numbers: readonly NumberInText[],
  options: EndingOptions,
): CompletedEnding[] {
  const completed: CompletedEnding[] = [];
  let main = -1;
  // In a list, an ending is a direct-dial extension if the one before it is.
  let direct = false;
  for (const [at, number] of numbers.entries()) {
    const previous = numbers[at - 1];
    const before = main >= 0 ? numbers[main] : undefined;
    const mayBeEnding =
      before !== undefined && previous !== undefined && (at - 1 === main || completed.at(-1)?.at === at - 1);
    const found: Found | null =
      mayBeEnding && number.e164 === null
        ? completeOne(text, before, { from: previous.end, ...number, direct }, options)
        : null;
    direct = found?.direct ?? false;
    if (found !== null) completed.push({ ...found, at, main });
    else main = number.dial === null ? -1 : at;
  }
  return completed;
}

type Found = Omit<CompletedEnding, 'at' | 'main'> & { direct: boolean };

interface EndingPlace {
  /** End of the number before it in the text. */
  from: number;
  start: number;
  end: number;
  /** The ending before it is a direct-dial extension: "DW 805". */
  direct: boolean;
}

function completeOne(text: string, main: NumberInText, place: EndingPlace, options: EndingOptions): Found | null {
  const between = text.slice(place.from, place.start);
  if (between.length > MAX_GAP || between.includes('\n') || main.dial === null) return null;
  const written = text.slice(main.start, main.end);
  const ending = text.slice(place.start, place.end);
  const [, marks = '', digits = ''] = SHORT_DIGITS.exec(ending) ?? [];
  const short = digits.replaceAll(' ', '');
  if (short === '' || short.length > MAX_ENDING_DIGITS)
    return completeLocal(written, main, { between, ending }, options);
  if (main.digitsAfterAnswer !== null)
    return isNextExtension(between + marks) ? secondExtension(main.dial, short) : null;
  return completeLast(written, main, { between, ending: short, direct: place.direct }, options);
}

/** Matches up to five digits, which may be in pairs: "2 47". */
const SHORT_DIGITS = new RegExp(`^([-${MARK}]*)([0-9]{1,5}|[0-9]{1,2}(?: [0-9]{2}){1,2})$`);

const isNextExtension = (between: string): boolean =>
  isList(between) ||
  between.includes(MARK) ||
  (wordsOf(between).length > 0 && wordsOf(between).every((word) => isJoin(word) || isExtensionWord(word)));

const secondExtension = (number: string, digitsAfterAnswer: string): Found => ({
  whole: ok({ number, digitsAfterAnswer }),
  replaces: false,
  named: null,
  direct: false,
});

/** True if there are only separators between two numbers, or one word that joins them. */
const isList = (between: string): boolean =>
  isSlash(between) || isComma(between) || (wordsOf(between).every(isJoin) && /^[ ,;/]*\p{L}+\.? $/u.test(between));

const isSlash = (between: string): boolean => /^ ?[/|~] ?$/.test(between);

const isComma = (between: string): boolean => /^ {0,2}[,;&+·•] {0,2}$/u.test(between);

function completeLast(
  written: string,
  main: NumberInText,
  { between, ending, direct }: { between: string; ending: string; direct: boolean },
  { country, isValid, isEmergency }: EndingOptions,
): Found | null {
  const words = wordsOf(between);
  const hasDirectWord = words.some(isDirectDialWord);
  const hyphen = (/(?:^|[^0-9])-$/.test(between) || /[/|,;] ?- $/.test(between)) && !/^ ?- ?-?$/.test(between);
  const isDirectlyDialled = hasDirectDialling(written, country);
  // "Zentrale …-0, Frau Schulz -15": a name and a hyphen, in a country with direct dialling to extensions.
  const byName = hyphen && isDirectlyDialled && words.length <= MAX_NAME_WORDS;
  const byWord =
    (hyphen || (hasDirectWord && isDirectlyDialled)) && words.every((word) => isPhoneWord(word) || isJoin(word));
  const isDirect = byName || byWord || (direct && isList(between));
  if (!isDirect && !isList(between)) return null;
  const { e164 } = main;
  const last = /[0-9]+$/.exec(written)?.[0] ?? '';
  const candidates = (): string[] => {
    if (e164 === null) return [];
    if (isDirect) return directNumbers(written, e164, ending, isDirectlyDialled);
    const own = isDirectlyDialled ? extensionOf(written) : '';
    if (own !== '') return [e164.slice(0, e164.length - own.length) + ending];
    // "231250 und 110" may be the emergency number or other last digits.
    if (words.length > 0 && isEmergency(ending) && ending.length !== last.length) return [];
    return isComma(between) && !startsAlike(last, ending)
      ? []
      : isSlash(between) && isAustrianExtension(e164, ending)
        ? [e164 + ending]
        : listedNumbers(written, e164, ending, isDirectlyDialled);
  };
  const number = candidates().find(isValid);
  return {
    whole: number === undefined ? err(appError('number-several')) : ok({ number, digitsAfterAnswer: null }),
    replaces: hasDirectWord && !/[,;/|]/.test(between) && !hyphen && words.length === 1,
    named: kindBefore(between),
    direct: isDirect,
  };
}

/** Completes a local number with the area code of the number before it. */
function completeLocal(
  written: string,
  { e164, digitsAfterAnswer }: NumberInText,
  { between, ending }: { between: string; ending: string },
  { isValid }: EndingOptions,
): Found | null {
  const joined =
    wordsOf(between).every(isPhoneWord) &&
    /^[ ,;/|.:\p{L}]+$/u.test(between) &&
    between !== ' ' &&
    digitsAfterAnswer === null;
  const digits = ending.replace(/[^0-9]/g, '');
  if (e164 === null || !joined || digits.length > MAX_LOCAL_DIGITS) return null;
  const local = /^\([0-9 ]+\)([0-9 -]+)$/.exec(written)?.[1]?.replace(/[^0-9]/g, '') ?? digits;
  if (!endsAlike(written, ending) && !(local !== digits && /^[0-9]{4,5}-[0-9]{4}$/.test(ending))) return null;
  const number = e164.slice(0, e164.length - local.length) + digits;
  const named = kindBefore(between);
  return isValid(number)
    ? { whole: ok({ number, digitsAfterAnswer: null }), replaces: false, named, direct: false }
    : null;
}

/** The digits after the last hyphen: "4404-110", "44 04 - 2 47". */
const extensionOf = (written: string): string =>
  /- ?([0-9]{1,5}|[0-9]{1,2}(?: [0-9]{2}){1,2})$/.exec(written)?.[1]?.replaceAll(' ', '') ?? '';

/** The numbers that an extension may mean. It replaces the digits after the hyphen, such as the 0 of a switchboard. */
function directNumbers(written: string, e164: string, ending: string, isDirectlyDialled: boolean): string[] {
  const own = extensionOf(written);
  const root = own === '' ? null : e164.slice(0, e164.length - own.length) + ending;
  return [...(root === null ? [] : [root]), ...(isDirectlyDialled ? [e164 + ending] : [withLastDigits(e164, ending)])];
}

/**
 * "6768 / 6769": the ending replaces the last digits. In countries without a fixed length, an ending that is longer than
 * the last group is appended instead.
 */
function listedNumbers(written: string, e164: string, ending: string, isDirectlyDialled: boolean): string[] {
  const last = /[0-9]+$/.exec(written)?.[0] ?? '';
  return isDirectlyDialled && ending.length > last.length ? [e164 + ending] : [withLastDigits(e164, ending)];
}

/**
 * "01 53410/112": in Austria a direct-dial extension follows a slash as often as a hyphen, unless it continues a
 * list: "53410/11".
 */
function isAustrianExtension(e164: string, ending: string): boolean {
  const step = Number(ending) - Number(e164.slice(-ending.length));
  return e164.startsWith('+43') && ending.length > 1 && (step < 1 || step > MAX_LIST_STEP);
}

/** True if both have the same length and the same first half. */
const startsAlike = (last: string, ending: string): boolean =>
  last.length === ending.length && ending.length > 1 && last.startsWith(ending.slice(0, Math.ceil(ending.length / 2)));

const withLastDigits = (e164: string, ending: string): string => e164.slice(0, e164.length - ending.length) + ending;

const shapeOf = (text: string): string => text.replace(/[0-9]/g, '0');

/** True if `written` has an area code and then groups of the same lengths as `ending`. */
const endsAlike = (written: string, ending: string): boolean =>
  /[0-9]/.test(written.slice(0, -ending.length)) &&
  /[^0-9]$/.test(written.slice(0, -ending.length)) &&
  shapeOf(written).endsWith(shapeOf(ending));
