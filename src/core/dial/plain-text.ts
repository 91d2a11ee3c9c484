// Control characters, line and paragraph separators, and everything that can turn the reading direction around.
const UNSAFE = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;

/** Hostile text for one line on the screen: no control or direction characters, at most `max` characters. */
export function plainText(text: string, max: number): string {
  // Cut first: what is thrown away need not be cleaned. 4 leaves room for what cleaning takes out.
  const line = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(UNSAFE, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}
