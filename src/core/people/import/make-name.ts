import { plainText } from '../../../shared/plain-text.ts';

export interface NameParts {
  first: string;
  middle: string;
  last: string;
}

const MAX_NAME_CHARACTERS = 120;
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u;

/** Joins the parts of a name in the usual order: last name first in East Asian scripts, otherwise first name first. */
export function joinName({ first, middle, last }: NameParts): string {
  const parts = [first, middle, last].map((part) => plainText(part, MAX_NAME_CHARACTERS));
  const [given = '', between = '', family = ''] = parts;
  if (given !== '' && family !== '' && EAST_ASIAN.test(given) && EAST_ASIAN.test(family)) {
    // A family name of one character is Chinese or Korean, and such names are written without a space.
    return Array.from(family).length === 1 ? family + given : `${family} ${given}`;
  }
  return plainText([given, between, family].filter((part) => part !== '').join(' '), MAX_NAME_CHARACTERS);
}

/** What programs write for an empty field. "Nan" and "Na" are names. */
const NO_NAME = /^(?:[nN]\/[aA]|NA|nan|NaN|[nN]one|null|NULL|undefined|[uU]nknown|[uU]nbekannt|UNKNOWN)$/;

/** The name in a field; '' if the field contains none, only digits, a dash or "n/a". */
export function cleanName(text: string): string {
  const name = plainText(text, MAX_NAME_CHARACTERS).replace(/^"([^"]*)"$|^'(.*)'$/, '$1$2');
  return /\p{L}/u.test(name) && !NO_NAME.test(name) ? name : '';
}
