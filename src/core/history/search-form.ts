import { foldText } from '../../shared/fold-text.ts';

/** The form in which texts are compared by a search: lower case without accents, and only the digits of a number. */
export function searchForm(text: string): string {
  const isNumber = /^[+0-9()/.\s-]+$/.test(text);
  if (isNumber) return text.replace(/[^0-9]/g, '');
  const withoutAccents = foldText(text)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  return withoutAccents.toLowerCase().replaceAll('ß', 'ss');
}

/** The words of a search, in search form. An entry is found if it contains all of them. */
export const searchWords = (text: string): string[] =>
  text
    .split(/\s+/)
    .map(searchForm)
    .filter((word) => word !== '');
