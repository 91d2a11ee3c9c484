import { isValidGlobal } from './public-number.ts';
import { isPhoneWord, wordsOf } from './words.ts';

export interface SignOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits that are a whole number where the user is. */
  isWhole: (digits: string) => boolean;
  isExtension: (digits: string) => boolean;
  /** True for a link, in which nothing is a footnote. */
  declared: boolean;
}

/** Digits from which a piece of text could be a whole number of its own. */
const WHOLE_NUMBER = 7;
/** No number with its separators is longer. */
const LOOK_BACK = 30;

/** Writes signs that stand for others between digits in one way, one for one so that places in the text stay the same. */
export function tidySigns(text: string, options: SignOptions): string {
  const tidy = dividedList(text)
    .replace(/\[(\+?[0-9]{1,5})\]/g, '($1)')
    .replace(/(?<=[0-9)] ?)[·•∙⋅・･_](?= ?[0-9(])/gu, '.')
    .replace(/(?<=[0-9])~(?=[0-9]{3})/g, '.')
    .replace(/(?<=[0-9])[ー─―](?=[0-9])/gu, '-')
    .replace(/\t/g, '\n')
    // "1. …" at the beginning of several lines.
    .replace(/(?<=^|\n) {0,4}[1-9][0-9]?[.)] (?=[+(0-9])/g, (mark) =>
      text.includes('\n') ? ' '.repeat(mark.length) : mark,
    );
  const apart = options.declared ? tidy : withoutFootnotes(dividedFields(tidy));
  return plusInFront(joinedGroups(withoutCarrier(apart, options.country), options));
}

/** Brazil: "0xx11" leaves the carrier open. */
const withoutCarrier = (text: string, country: string): string =>
  country === 'BR' ? text.replace(/(?<![\p{L}\p{N}])0 ?xx(?= ?[1-9]{2})/giu, (zero) => zero.replace(/x/gi, ' ')) : text;

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

/**
 * A row of fields ("Doe;John;2015550123;10001"): at least three, one of them a name. Its commas and semicolons divide,
 * and none of them is a pause.
 */
function dividedFields(text: string): string {
  if (!/[,;]/.test(text) || !/\p{L}/u.test(text)) return text;
  return text
    .split('\n')
    .map((line) => {
      const divider = [';', ','].find((sign) => isRow(line.split(sign)));
      return divider === undefined ? line : line.replaceAll(divider, '\n');
    })
    .join('\n');
}

const isRow = (fields: readonly string[]): boolean =>
  fields.length >= 3 &&
  !fields.some((field, at) => (at > 0 && field.startsWith(' ')) || /[=:]/.test(field)) &&
  fields.some((field) => /^["']?\p{L}[\p{L}\p{M} .'&-]*["']?$/u.test(field) && !wordsOf(field).every(isPhoneWord));

/** "646'555'0156", "646,555,0156": groups of one number, unless they are extensions in a list. */
const joinedGroups = (text: string, { isWhole, isExtension }: SignOptions): string =>
  text.replace(
    /(?<![\p{L}\p{N}+,'|.])\(?[0-9]{2,4}\)?([,'|])[0-9]{2,4}(?:\1[0-9]{2,4}){1,4}(?![\p{L}\p{N},'|])/gu,
    (found, sign: string) => {
      const groups = found.split(sign).map((group) => group.replace(/[()]/g, ''));
      if (groups.every(isExtension) || !isWhole(groups.join(''))) return found;
      return found.replaceAll(sign, '-');
    },
  );

/** "128-856-0000 (20)+": the order in which a text from right to left shows "+(20) 128-856-0000". */
const plusInFront = (text: string): string =>
  text.replace(
    /(?<![0-9+*#(.-])([0-9][0-9 .-]{4,16}[0-9])( ?)(\([1-9][0-9]{0,2}\)|(?<= )[1-9][0-9]{0,2})\+(?![0-9])/g,
    (found, number: string, gap: string, code: string) =>
      isValidGlobal(`+${(code + number).replace(/[^0-9]/g, '')}`) ? `+${code}${gap}${number}` : found,
  );

/** A `*` or `#` right behind a number, with a blank, a word or nothing behind it, divides or points to a footnote. */
const withoutFootnotes = (text: string): string =>
  text.replace(
    /(?<=[0-9)]) {0,2}(?:\*{1,3}(?=\)? *(?:\n|$))|[*#]{1,3}(?=\)? +(?:[^0-9*#+( ]|\((?![0-9+]))|\)? ?\p{L})| [*#] {1,2}(?=[+(0-9]{1,3}[0-9 ()./-]{6}))/gu,
    (found, at: number) => {
      const before = /[0-9+*#,;()./\p{L} -]*$/u.exec(text.slice(Math.max(0, at - LOOK_BACK), at))?.[0] ?? '';
      const own = /[^,;*#]*$/.exec(before)?.[0] ?? '';
      const code = /[*#]/.test(before) || (found.includes('#') && /[,;]/.test(before));
      return code || own.replace(/[^0-9]/g, '').length < WHOLE_NUMBER ? found : '\n'.repeat(found.length);
    },
  );
