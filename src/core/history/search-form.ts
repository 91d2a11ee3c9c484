import { foldText } from '../../shared/fold-text.ts';
import { withoutAccents } from '../people/without-accents.ts';

const IS_NUMBER = /^[+0-9()/.\s-]+$/;

/** The form in which texts are compared by a search: lower case without accents, and only the digits of a number. */
export const searchForm = (text: string): string =>
  IS_NUMBER.test(text) ? text.replace(/[^0-9]/g, '') : withoutMarks(text);

/** Unlike in names, the marks of all scripts are left out: a search that finds too much is better than none. */
const withoutMarks = (text: string): string =>
  withoutAccents(foldText(text))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss');

/**
 * The words of a search, each in the forms of which an entry must contain one. A date or a reference in a text is stored
 * as it was written, but looks like a number here.
 */
export const searchWords = (text: string): string[][] =>
  text.split(/\s+/).flatMap((word) => {
    const form = searchForm(word);
    return form === '' ? [] : [[...new Set([form, withoutMarks(word)])]];
  });
