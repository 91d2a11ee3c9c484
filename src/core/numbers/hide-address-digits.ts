import { HIDDEN } from './mask-others.ts';
import { isExtensionWord, isPhoneWord, wordsOf } from './words.ts';

export interface AddressOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits (with a + if they have one) that are a complete number in the user's country. */
  isWhole: (digits: string) => boolean;
}

export interface HiddenAddressDigits {
  /** The text with address digits replaced by HIDDEN; its length does not change. */
  text: string;
  /** Positions where it is not certain which digits end the number and which belong to the address. */
  unclear: number[];
}

const PIECE = /[+(]?[0-9][0-9() \-./,;]*(?=\p{L})/gu;
const MIN_WHOLE_DIGITS = 7;
/** Maximum digits of a number without its country code or national 0, in countries without a fixed length. */
const MAX_VARIABLE_DIGITS = 11;
/** Maximum groups and digits of a postal code or house number: "110 00 Praha", "10115". */
const MAX_GROUPS = 3;
const MAX_ADDRESS_DIGITS = 6;
/** How many digits a postal code has, for countries that write it before the town. */
const POSTAL_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'DE FR ES IT FI SE EE HR GR CZ SK TR RS UA MX MY TH KR SM VA'.split(' ').map((country) => [country, 5] as const),
  ...'AT CH BE NL DK NO LU LI HU SI BG CY LV AU NZ ZA PT GE AM'.split(' ').map((country) => [country, 4] as const),
  ...'RU CN IN SG RO BY KZ VN'.split(' ').map((country) => [country, 6] as const),
]);
/** Words that often follow a number and do not begin an address. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'for in for from auf für im vom von bei mit pour per para con da do de dla z w since if ask ref voor och för til fra x e s t f p m'.split(
    ' ',
  ),
);

/**
 * Hides digits after a number that belong to an address: "030 901820 10115 Berlin", "… 123 Main St". They are hidden
 * when the digits before them form a complete number and all of them together do not. Where numbers have no fixed
 * length, both may be complete; then only a postal code before a capitalised word is hidden, and other digits are
 * reported as unclear.
 */
export function hideAddressDigits(text: string, options: AddressOptions): HiddenAddressDigits {
  const unclear: number[] = [];
  const hidden = text.replace(PIECE, (piece: string, at: number) => {
    const [gap = ''] = /[^0-9)]*$/.exec(piece) ?? [];
    const [word = ''] = /^\p{L}[\p{L}\p{M}'’-]*/u.exec(text.slice(at + piece.length, at + piece.length + 40)) ?? [];
    if (
      !/ /.test(gap) ||
      /[-/,;+(]/.test(gap) ||
      !isAddressWord(word, text.slice(at + piece.length + word.length, at + piece.length + word.length + 3))
    )
      return piece;
    const body = piece.slice(0, piece.length - gap.length);
    const cut = cutBeforeAddress(body, gap, word, options);
    if (cut === null) return piece;
    if (cut.unclear) unclear.push(at + cut.at, at + body.length);
    return cut.hide ? piece.slice(0, cut.at) + HIDDEN.repeat(body.length - cut.at) + gap : piece;
  });
  return { text: hidden, unclear };
}

function isAddressWord(word: string, after: string): boolean {
  const [first = ''] = wordsOf(word);
  if (STREET_WORDS.has(first) && /^ \p{Lu}/u.test(after)) return true;
  return word.length > 1 && !isPhoneWord(first) && !isExtensionWord(first) && !SMALL_WORDS.has(first);
}

/** Words that label phones but also occur in street names: "123 Main St". */
const STREET_WORDS: ReadonlySet<string> = new Set(['main', 'home', 'ring', 'office', 'fire', 'police']);

/** Where an address begins in a piece of digits. */
interface AddressCut {
  at: number;
  /** Whether to hide the digits from `at` on. */
  hide: boolean;
  /** Whether the digits from `at` on may also belong to the number. */
  unclear: boolean;
}

function cutBeforeAddress(body: string, gap: string, word: string, options: AddressOptions): AddressCut | null {
  const all = digitsOf(body);
  const ends = [...body.matchAll(/(?<=[0-9)])(?: ?[-/] | *[,;] +| +)(?=[0-9])/g)].slice(-MAX_GROUPS).reverse();
  const isName = /^\p{Lu}|^\p{Lo}/u.test(word);
  for (const { 0: divider, index } of ends) {
    const head = body.slice(0, index);
    const addressDigits = digitsOf(body.slice(index));
    // Without a country there is no numbering plan, so the last digits are hidden if all are too many for one number.
    if (
      options.country === '' &&
      isName &&
      /^0[0-9]{7,11}$/.test(digitsOf(head)) &&
      all.length > 12 &&
      /^[0-9]{4,5}$/.test(addressDigits)
    )
      return { at: index + divider.length, hide: true, unclear: true };
    const hyphened = /^[0-9]{2,5}-[0-9]{3,4}$/.test(body.slice(index + divider.length));
    if (
      addressDigits.length > (hyphened ? MAX_ADDRESS_DIGITS + 2 : MAX_ADDRESS_DIGITS) ||
      !isLongEnough(digitsOf(head)) ||
      !options.isWhole(digitsOf(head))
    )
      continue;
    const at = index + divider.length;
    if (/[,;]/.test(divider)) return isName || gap.includes('.') ? { at, hide: true, unclear: false } : null;
    if (!options.isWhole(all) || gap.includes('.')) return { at, hide: true, unclear: false };
    if (!isName) return { at, hide: false, unclear: true };
    return cutAmbiguous({ head, addressDigits, all, at }, options);
  }
  return null;
}

/** Decides about digits that are a complete number both with and without the last group. */
function cutAmbiguous(
  { head, addressDigits, all, at }: { head: string; addressDigits: string; all: string; at: number },
  { country }: AddressOptions,
): AddressCut | null {
  const groups = head.match(/[0-9]+/g) ?? [];
  const lastGroup = groups.at(-1)?.length ?? 0;
  const long = all.replace(/^\+[0-9]{2}|^0/, '').length > MAX_VARIABLE_DIGITS;
  if (addressDigits.length === POSTAL_DIGITS.get(country)) {
    // When the groups are equally long, this may be one number, or a number and a postal code.
    return lastGroup === addressDigits.length && groups.length > 1 && !long
      ? { at, hide: false, unclear: true }
      : { at, hide: true, unclear: false };
  }
  if (long) return { at, hide: true, unclear: true };
  // "030 90 18 20 Anna": when the groups are equally long, they are one number.
  return lastGroup === addressDigits.length && groups.length > 1 ? null : { at, hide: false, unclear: true };
}

/** Luxembourg has the shortest numbers: six digits without a leading 0. */
const isLongEnough = (digits: string): boolean =>
  digits.length >= (/^[+0]/.test(digits) ? MIN_WHOLE_DIGITS + 1 : MIN_WHOLE_DIGITS - 1);

const digitsOf = (text: string): string => text.replace(/[^0-9+]/g, '');
