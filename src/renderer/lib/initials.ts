import { plainText } from '../../shared/plain-text.ts';

/** How many tints the circles come in; styles/rows.css has a rule for each. */
export const TINTS = 6;

/** One or two capital letters for a person's name; '' when the name holds no letter. */
export function initials(name: string): string {
  const words = plainText(name)
    .split(' ')
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '');
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** The same person gets the same tint every time: 0 to TINTS - 1. */
export function tintOf(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % TINTS;
}
