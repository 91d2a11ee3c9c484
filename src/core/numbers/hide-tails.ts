import { HIDDEN } from './mask-others.ts';
import { isExtensionWord, isPhoneWord, wordsOf } from './words.ts';

export interface TailOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits (with their + where there is one) that are a whole number where the user is. */
  isWhole: (digits: string) => boolean;
}

export interface HiddenTails {
  /** As long as the text that was given. */
  text: string;
  /** Places in front of words that may have taken or left too many digits: the end of a number is not certain there. */
  unclear: number[];
}

const PIECE = /[+(]?[0-9][0-9() \-./,;]*(?=\p{L})/gu;
const WHOLE_NUMBER = 7;
/** Significant digits of the longest number that is given out where numbers have no fixed length. */
const LONGEST_OPEN = 11;
/** "110 00 Praha", "10115": so many groups and digits may belong to the words behind. */
const MOST_GROUPS = 3;
const LONGEST_TAIL = 6;
/** How many digits postal codes have that stand in front of a town. */
const POSTAL_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'DE FR ES IT FI SE EE HR GR CZ SK TR RS UA MX MY TH KR SM VA'.split(' ').map((country) => [country, 5] as const),
  ...'AT CH BE NL DK NO LU LI HU SI BG CY LV AU NZ ZA PT GE AM'.split(' ').map((country) => [country, 4] as const),
  ...'RU CN IN SG RO BY KZ VN'.split(' ').map((country) => [country, 6] as const),
]);
// What stands behind a number without taking its last digits along.
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'for in for from auf für im vom von bei mit pour per para con da do de dla z w since if ask ref voor och för til fra x e s t f p m'.split(
    ' ',
  ),
);

/**
 * Digits behind a number that belong to the words after them: "030 901820 10115 Berlin", "… 123 Main St". Where the
 * digits before them are a whole number and all together are none, the words have them. Where both are (numbers of no
 * fixed length), a postal code in front of a name has them, too; anything else is left, and said to be unclear.
 */
export function hideTails(text: string, options: TailOptions): HiddenTails {
  const unclear: number[] = [];
  const hidden = text.replace(PIECE, (piece: string, at: number) => {
    const [gap = ''] = /[^0-9)]*$/.exec(piece) ?? [];
    const [word = ''] = /^\p{L}[\p{L}\p{M}'’-]*/u.exec(text.slice(at + piece.length, at + piece.length + 40)) ?? [];
    if (
      !/ /.test(gap) ||
      /[-/,;+(]/.test(gap) ||
      !takesDigits(word, text.slice(at + piece.length + word.length, at + piece.length + word.length + 3))
    )
      return piece;
    const body = piece.slice(0, piece.length - gap.length);
    const cut = whereWordBegins(body, gap, word, options);
    if (cut === null) return piece;
    if (cut.unclear) unclear.push(at + cut.at, at + body.length);
    return cut.hide ? piece.slice(0, cut.at) + HIDDEN.repeat(body.length - cut.at) + gap : piece;
  });
  return { text: hidden, unclear };
}

function takesDigits(word: string, behind: string): boolean {
  const [first = ''] = wordsOf(word);
  if (STREETS.has(first) && /^ \p{Lu}/u.test(behind)) return true;
  return word.length > 1 && !isPhoneWord(first) && !isExtensionWord(first) && !SMALL_WORDS.has(first);
}

/** Words for phones that are names of streets as well: "123 Main St". */
const STREETS: ReadonlySet<string> = new Set(['main', 'home', 'ring', 'office', 'fire', 'police']);

interface TailCut {
  at: number;
  hide: boolean;
  unclear: boolean;
}

function whereWordBegins(body: string, gap: string, word: string, options: TailOptions): TailCut | null {
  const all = digitsOf(body);
  const ends = [...body.matchAll(/(?<=[0-9)])(?: ?[-/] | *[,;] +| +)(?=[0-9])/g)].slice(-MOST_GROUPS).reverse();
  const isName = /^\p{Lu}|^\p{Lo}/u.test(word);
  for (const { 0: divider, index } of ends) {
    const head = body.slice(0, index);
    const tail = digitsOf(body.slice(index));
    // Without a country nothing is known of numbers: what is too long for one, in front of a name.
    if (
      options.country === '' &&
      isName &&
      /^0[0-9]{7,11}$/.test(digitsOf(head)) &&
      all.length > 12 &&
      /^[0-9]{4,5}$/.test(tail)
    )
      return { at: index + divider.length, hide: true, unclear: true };
    const hyphened = /^[0-9]{2,5}-[0-9]{3,4}$/.test(body.slice(index + divider.length));
    if (
      tail.length > (hyphened ? LONGEST_TAIL + 2 : LONGEST_TAIL) ||
      !isLongEnough(digitsOf(head)) ||
      !options.isWhole(digitsOf(head))
    )
      continue;
    const at = index + divider.length;
    if (/[,;]/.test(divider)) return isName || gap.includes('.') ? { at, hide: true, unclear: false } : null;
    if (!options.isWhole(all) || gap.includes('.')) return { at, hide: true, unclear: false };
    if (!isName) return { at, hide: false, unclear: true };
    return betweenTwo(head, tail, all, at, options);
  }
  return null;
}

/** Both are whole numbers, with and without the tail. */
function betweenTwo(head: string, tail: string, all: string, at: number, { country }: TailOptions): TailCut | null {
  const groups = head.match(/[0-9]+/g) ?? [];
  const last = groups.at(-1)?.length ?? 0;
  const long = all.replace(/^\+[0-9]{2}|^0/, '').length > LONGEST_OPEN;
  if (tail.length === POSTAL_DIGITS.get(country)) {
    // Groups of one length are one number as well as they are a number and a postal code.
    return last === tail.length && groups.length > 1 && !long
      ? { at, hide: false, unclear: true }
      : { at, hide: true, unclear: false };
  }
  if (long) return { at, hide: true, unclear: true };
  // "030 90 18 20 Anna": digits in pairs throughout.
  return last === tail.length && groups.length > 1 ? null : { at, hide: false, unclear: true };
}

/** Luxembourg's numbers have six digits, and no 0 in front. */
const isLongEnough = (digits: string): boolean =>
  digits.length >= (/^[+0]/.test(digits) ? WHOLE_NUMBER + 1 : WHOLE_NUMBER - 1);

const digitsOf = (text: string): string => text.replace(/[^0-9+]/g, '');
