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

/** A piece of text with at least this many digits could be a complete number. */
const MIN_WHOLE_DIGITS = 7;
/** Maximum length of a number with its separators. */
const MAX_NUMBER_CHARACTERS = 30;

/** Replaces variants of signs between digits by one form. The length does not change, so that positions stay valid. */
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
  const apart = options.declared ? tidy : withoutFootnotes(dividedFields(bareTails(withoutBold(tidy))), options);
  return plusInFront(joinedGroups(withoutCarrier(apart, options.country), options));
}

/** "**Tel:** …", "| **Puhelin** | …", "**030 1234567**": the asterisks of Markdown around words and whole numbers. */
const withoutBold = (text: string): string =>
  text
    .replace(/\*{1,3}(?=\p{L})|(?<=[\p{L}\p{M}.:])\*{1,3}(?![0-9*#])/gu, (stars) => ' '.repeat(stars.length))
    .replace(/(?<![0-9*#])(\*{2})([+(]{0,2}[0-9][0-9 ()./-]{6,24})\1(?![0-9*#])/g, '  $2  ');

/** "234567(/68/69)": other ends of a number in brackets; they may follow a number without brackets as well. */
const bareTails = (text: string): string => text.replace(/(?<=[0-9] ?)\(((?:\/[0-9]{1,4}){1,6})\)/g, ' $1 ');

/** In Brazil, "xx" in "0xx11" stands for the code of any carrier. */
const withoutCarrier = (text: string, country: string): string =>
  country === 'BR' ? text.replace(/(?<![\p{L}\p{N}])0 ?xx(?= ?[1-9]{2})/giu, (zero) => zero.replace(/x/gi, ' ')) : text;

/** In "1. … 2. … 3. …" on one line, each mark divides. */
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
 * A row has at least three fields, one of them a name: "Doe;John;2015550123;10001". Its commas and semicolons divide
 * fields and are not pauses.
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
      isValidGlobal(`+${(code + number.replace(/^0/, '')).replace(/[^0-9]/g, '')}`) ? `+${code}${gap}${number}` : found,
  );

/** A `*` or `#` right behind a number, with a blank, a word or nothing behind it, divides or points to a footnote. */
const withoutFootnotes = (text: string, { isWhole }: SignOptions): string =>
  text.replace(
    /(?<=[0-9)]) {0,2}(?:\*{1,3}(?=\)? *(?:\n|$))|#(?= *(?:\n|$))|[*#]{1,3}(?=\)? +(?:[^0-9*#+( ]|\((?![0-9+]))|\)? ?\p{L})| [*#] {1,2}(?=[+(0-9]{1,3}[0-9 ()./-]{6}))/gu,
    (found, at: number) => {
      const before =
        /[0-9+*#,;()./\p{L} -]*$/u.exec(text.slice(Math.max(0, at - MAX_NUMBER_CHARACTERS), at))?.[0] ?? '';
      const own = /[^,;*#]*$/.exec(before)?.[0] ?? '';
      const code = /[*#]/.test(before) || (found.includes('#') && /[,;]/.test(before));
      // "2015550123#": the end of what was typed on a phone, where the digits before it are all of a number.
      if (
        /# *$/.test(found) &&
        /^ *(?:\n|$)/.test(text.slice(at + found.length)) &&
        !isWhole(own.replace(/[^0-9+]/g, ''))
      )
        return found;
      return code || own.replace(/[^0-9]/g, '').length < MIN_WHOLE_DIGITS ? found : '\n'.repeat(found.length);
    },
  );
