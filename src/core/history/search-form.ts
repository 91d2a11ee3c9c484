import { foldText } from '../../shared/fold-text.ts';

const IS_NUMBER = /^[+0-9()/.\s-]+$/;

/** The form in which texts are compared by a search: lower case without accents, and only the digits of a number. */
export const searchForm = (text: string): string =>
  IS_NUMBER.test(text) ? text.replace(/[^0-9]/g, '') : withoutAccents(text);

function withoutAccents(text: string): string {
  const plain = foldText(text)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replaceAll('ß', 'ss');
}

/**
 * The words of a search, each in the forms of which an entry must contain one. A date or a reference in a text is stored
 * as it was written, but looks like a number here.
 */
export const searchWords = (text: string): string[][] =>
  text
    .split(/\s+/)
    .filter((word) => searchForm(word) !== '')
    .map((word) => [...new Set([searchForm(word), withoutAccents(word)])]);
