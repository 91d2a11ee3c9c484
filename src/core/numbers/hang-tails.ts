import type { NumberLabel } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { isDialledThrough } from './dialled-through.ts';
import { areJoins, isPhoneWord, isThroughWord, kindNamed, wordsOf } from './words.ts';

/** A number in a text, as far as it matters for what hangs on it. */
export interface Tailed {
  start: number;
  end: number;
  /** E.164, for a public number whose country is certain and that has nothing to press behind it; else null. */
  e164: string | null;
}

export interface HungTail {
  /** Where it stands among the numbers. */
  at: number;
  /** The number that it is the end of. */
  main: number;
  /** The whole number, as digits with a +; an error where it makes none. */
  whole: Result<string>;
  /** The main number is not meant on its own: "53410 DW 805". */
  replaces: boolean;
  named: NumberLabel | null;
}

/** Longer ones are numbers of their own. */
const LONGEST_TAIL = 5;
const LONGEST_LOCAL = 8;
const LOOK_AHEAD = 40;
const MOST_NAMES = 4;
/** Words between the first and the last of several lines: "-14 bis -16". */
const RANGES: ReadonlySet<string> = new Set(['bis', 'to', 'through', 'u', 'à', 'a', 'do', 'tot', 'till', 'až']);
const isJoin = (word: string): boolean => areJoins([word]) || RANGES.has(word);

/**
 * Short digits behind a whole number that are the end of another number of the same place: "4404-0/-247", "6768 / 6769",
 * "53410 DW 805", "278-11-09, 278-11-10". They hang on the number before them and are no extension of the own PBX, nor
 * an emergency number. `isValid` tells whether a number (with its +) exists.
 */
export function hangTails(
  text: string,
  numbers: readonly Tailed[],
  country: string,
  isValid: (whole: string) => boolean,
): HungTail[] {
  const hung: HungTail[] = [];
  let main = -1;
  for (const [at, number] of numbers.entries()) {
    const previous = numbers[at - 1];
    const before = main >= 0 ? numbers[main] : undefined;
    const tail = text.slice(number.start, number.end).replace(/^-/, '');
    const isTail = before !== undefined && previous !== undefined && (at - 1 === main || hung.at(-1)?.at === at - 1);
    const found =
      isTail && number.e164 === null ? hang(text, before, previous.end, { ...number, tail }, country, isValid) : null;
    if (found !== null) hung.push({ ...found, at, main });
    else main = number.e164 === null ? -1 : at;
  }
  return hung;
}

type Found = Omit<HungTail, 'at' | 'main'>;

function hang(
  text: string,
  main: Tailed,
  from: number,
  { start, tail }: { start: number; tail: string },
  country: string,
  isValid: (whole: string) => boolean,
): Found | null {
  const between = text.slice(from, start);
  if (between.length > LOOK_AHEAD || between.includes('\n') || main.e164 === null) return null;
  const written = text.slice(main.start, main.end);
  const words = wordsOf(between);
  const through = words.some(isThroughWord);
  const hyphen = /(?:^|[^0-9])-$/.test(between) && !/^ ?- ?-?$/.test(between);
  const listed =
    words.length === 0 ? /^ ?[/|~] ?$/.test(between) : words.every(isJoin) && /^[ ,]*\p{L}+ $/u.test(between);
  const digits = tail.replace(/[^0-9]/g, '');
  if (/^[0-9]{1,5}$/.test(tail) && digits.length <= LONGEST_TAIL) {
    const open = isDialledThrough(written, country);
    // "Zentrale …-0, Frau Schulz -15": behind a hyphen, in a place where calls are dialled through.
    const named = hyphen && open && words.length <= MOST_NAMES;
    const direct = named || ((hyphen || (through && open)) && words.every((word) => isPhoneWord(word) || isJoin(word)));
    if (!direct && !listed) return null;
    const whole = (direct ? directNumbers : listedNumbers)(written, main.e164, digits, open).find(isValid);
    const replaces = through && !/[,;/|]/.test(between) && !hyphen && words.length === 1;
    return {
      whole: whole === undefined ? err(appError('number-several')) : { ok: true, value: whole },
      replaces,
      named: kindNamed(between),
    };
  }
  // The same town again, without its area code.
  const joined = words.every(isPhoneWord) && /^[ ,;/|.:\p{L}]+$/u.test(between) && between !== ' ';
  if (!joined || digits.length > LONGEST_LOCAL || !endsAlike(written, tail)) return null;
  const whole = replaced(main.e164, digits);
  return isValid(whole) ? { whole: { ok: true, value: whole }, replaces: false, named: kindNamed(between) } : null;
}

/** DIN 5008: what follows the hyphen is the extension; the 0 of the switchboard makes way for it. */
function directNumbers(written: string, e164: string, tail: string, open: boolean): string[] {
  const own = /- ?([0-9]{1,5})$/.exec(written)?.[1] ?? '';
  const root = own === '' ? null : e164.slice(0, e164.length - own.length) + tail;
  return [...(root === null ? [] : [root]), ...(open ? [e164 + tail] : [replaced(e164, tail)])];
}

/** "6768 / 6769": other last digits; where numbers have no fixed length, longer ones than the last group are put behind. */
function listedNumbers(written: string, e164: string, tail: string, open: boolean): string[] {
  const last = /[0-9]+$/.exec(written)?.[0] ?? '';
  if (/- ?0$/.test(written)) return [e164.slice(0, -1) + tail];
  return open && tail.length > last.length ? [e164 + tail] : [replaced(e164, tail)];
}

const replaced = (e164: string, tail: string): string => e164.slice(0, e164.length - tail.length) + tail;

const shapeOf = (text: string): string => text.replace(/[0-9]/g, '0');

/** Written in the same groups, with something more in front: an area code. */
const endsAlike = (written: string, tail: string): boolean =>
  /[0-9]/.test(written.slice(0, -tail.length)) &&
  /[^0-9]$/.test(written.slice(0, -tail.length)) &&
  shapeOf(written).endsWith(shapeOf(tail));
