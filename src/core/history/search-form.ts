import { foldText } from '../../shared/fold-text.ts';

/** The form in which texts are searched: lower case without accents, and numbers as digits only. */
export function searchForm(text: string): string {
  if (/^[+0-9()/.\s-]+$/.test(text)) return text.replace(/[^0-9]/g, '');
  const plain = foldText(text)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replaceAll('ß', 'ss');
}

/** The words of a query. An entry must contain all of them. */
export const searchWords = (text: string): string[] =>
  text
    .split(/\s+/)
    .map(searchForm)
    .filter((word) => word !== '');
