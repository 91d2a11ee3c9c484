import { isValidGlobal } from './public-number.ts';
import { isPhoneWord, wordsOf } from './words.ts';

export interface SignOptions {
  /** The user's country, or ''. */
  country: string;
  /** True for digits that form a complete number in the user's place. */
  isWhole: (digits: string) => boolean;
  isExtension: (digits: string) => boolean;
  /** The text contains nothing but a number, as in a link. So it has no footnotes. */
  isNumberOnly: boolean;
}

/** A piece of text with at least this many digits could be a complete number. */
const MIN_WHOLE_DIGITS = 7;
/** Maximum length of a number with its separators. */
const MAX_NUMBER_CHARACTERS = 30;

/** Replaces unusual signs between digits by usual ones. The length does not change, so that positions stay valid. */
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
  const apart = options.isNumberOnly ? tidy : withoutFootnotes(dividedFields(bareTails(withoutBold(tidy))), options);
  return plusInFront(joinedGroups(withoutCarrier(apart, options.country), options));
}

/** Removes the asterisks of Markdown around words and numbers: "**Tel:** …", "| **Puhelin** | …", "**030 1234567**". */
const withoutBold = (text: string): string =>
  text
    .replace(/\*{1,3}(?=\p{L})|(?<=[\p{L}\p{M}.:])\*{1,3}(?![0-9*#])/gu, (stars) => ' '.repeat(stars.length))
    .replace(/(?<![0-9*#])(\*{2})([+(]{0,2}[0-9][0-9 ()./-]{6,24})\1(?![0-9*#])/g, '  $2  ');

/** Removes the brackets around other endings of a number: "234567(/68/69)". */
const bareTails = (text: string): string => text.replace(/(?<=[0-9] ?)\(((?:\/[0-9]{1,4}){1,6})\)/g, ' $1 ');

/** Removes the "xx" in "0xx11", which stands for the code of any carrier in Brazil. */
const withoutCarrier = (text: string, country: string): string =>
  country === 'BR' ? text.replace(/(?<![\p{L}\p{N}])0 ?xx(?= ?[1-9]{2})/giu, (zero) => zero.replace(/x/gi, ' ')) : text;

/** Splits a list on one line ("1. … 2. … 3. …") into lines. */
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
 * Puts each field of a table's row on a line of its own, because the commas and semicolons there are not pauses. A row
 * has at least three fields, one of them a name: "Doe;John;2015550123;10001".
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

/** Joins groups of one number ("646'555'0156", "646,555,0156") by hyphens, unless they are a list of extensions. */
const joinedGroups = (text: string, { isWhole, isExtension }: SignOptions): string =>
  text.replace(
    /(?<![\p{L}\p{N}+,'|.])\(?[0-9]{2,4}\)?([,'|])[0-9]{2,4}(?:\1[0-9]{2,4}){1,4}(?![\p{L}\p{N},'|])/gu,
    (found, sign: string) => {
      const groups = found.split(sign).map((group) => group.replace(/[()]/g, ''));
      if (groups.every(isExtension) || !isWhole(groups.join(''))) return found;
      return found.replaceAll(sign, '-');
    },
  );

/** Moves the + to the front in "128-856-0000 (20)+", as copied from a right-to-left text with "+(20) 128-856-0000". */
const plusInFront = (text: string): string =>
  text.replace(
    /(?<![0-9+*#(.-])([0-9][0-9 .-]{4,16}[0-9])( ?)(\([1-9][0-9]{0,2}\)|(?<= )[1-9][0-9]{0,2})\+(?![0-9])/g,
    (found, number: string, gap: string, code: string) =>
      isValidGlobal(`+${(code + number.replace(/^0/, '')).replace(/[^0-9]/g, '')}`) ? `+${code}${gap}${number}` : found,
  );

/** Replaces a `*` or `#` by a line end if it divides a number from the next text or refers to a footnote. */
const withoutFootnotes = (text: string, { isWhole }: SignOptions): string =>
  text.replace(
    /(?<=[0-9)]) {0,2}(?:\*{1,3}(?=\)? *(?:\n|$))|#(?= *(?:\n|$))|[*#]{1,3}(?=\)? +(?:[^0-9*#+( ]|\((?![0-9+]))|\)? ?\p{L})| [*#] {1,2}(?=[+(0-9]{1,3}[0-9 ()./-]{6}))/gu,
    (found, at: number) => {
      const before =
        /[0-9+*#,;()./\p{L} -]*$/u.exec(text.slice(Math.max(0, at - MAX_NUMBER_CHARACTERS), at))?.[0] ?? '';
      const own = /[^,;*#]*$/.exec(before)?.[0] ?? '';
      const code = /[*#]/.test(before) || (found.includes('#') && /[,;]/.test(before));
      // "2015550123#": if the digits are a complete number, the # only ended the input on a phone, so it is removed.
      if (
        /# *$/.test(found) &&
        /^ *(?:\n|$)/.test(text.slice(at + found.length)) &&
        !isWhole(own.replace(/[^0-9+]/g, ''))
      )
        return found;
      return code || own.replace(/[^0-9]/g, '').length < MIN_WHOLE_DIGITS ? found : '\n'.repeat(found.length);
    },
  );
