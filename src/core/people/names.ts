/** Spellings that are replaced on both sides of a comparison, after accents are removed. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ß|ẞ/gu, 's'],
  [/[æǽ]/gu, 'a'],
  [/[øǿ]/gu, 'o'],
  [/œ/gu, 'o'],
  [/ł/gu, 'l'],
  [/đ|ð/gu, 'd'],
  [/þ/gu, 'th'],
  [/ı/gu, 'i'],
  [/ss/gu, 's'],
  [/aa|ae/gu, 'a'],
  [/oe/gu, 'o'],
  [/ue/gu, 'u'],
];

/** A text in lower case without accents: "Müller" -> "muller". */
export const withoutAccents = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');

/** The form of a text for searching, with one spelling for ä and ae, ß and ss, ø and oe. */
export function foldName(text: string): string {
  let folded = withoutAccents(text);
  for (const [from, to] of SPELLINGS) folded = folded.replace(from, to);
  return folded;
}

/** Words of a folded text. */
export const nameWords = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * A key that is equal for two spellings of a name. It ignores case, accents, punctuation and the order of the words.
 */
export const nameKey = (name: string): string => nameWords(withoutAccents(name)).sort().join(' ');

/** The key of a company's name. It also ignores the legal form, which is often left out. */
export function companyKey(company: string): string {
  return nameWords(withoutAccents(company.replace(/[.']/g, ''))).join(' ');
}
