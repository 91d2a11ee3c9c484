import { plainText } from '../../shared/plain-text.ts';

/** How many tints there are for the circles of people. styles/rows.css has a rule for each. */
export const TINTS = 6;

/** One or two capital letters for a person's name; '' if the name has no letter. */
export function initials(name: string): string {
  const words = plainText(name)
    .split(' ')
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '');
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A tint for a name or number, from 0 to TINTS - 1. It is always the same for the same text. */
export function tintOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % TINTS;
}
