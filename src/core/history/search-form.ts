import { foldText } from '../../shared/fold-text.ts';
import { withoutAccents } from '../people/without-accents.ts';

/** Also matches text without a digit, such as "-". */
const ONLY_NUMBER_CHARACTERS = /^[+0-9()/.\s-]+$/;

/** The form in which texts are compared by a search: lower case without accents, and only the digits of a number. */
export const searchForm = (text: string): string =>
  ONLY_NUMBER_CHARACTERS.test(text) ? text.replace(/[^0-9]/g, '') : withoutMarks(text);

/** Unlike `withoutAccents`, strips combining marks of every script: too many results are better than a missed one. */
const withoutMarks = (text: string): string =>
  withoutAccents(foldText(text))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss');

/**
 * For each query word, its alternative forms. An entry matches if it contains at least one form of every word. A word
 * such as "12.03." is reduced to its digits here, but inside a stored note it keeps its dots; so both forms are tried.
 */
export const searchWords = (text: string): string[][] =>
  text.split(/\s+/).flatMap((word) => {
    const form = searchForm(word);
    return form === '' ? [] : [[...new Set([form, withoutMarks(word)])]];
  });
