const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/** Marks that change the direction or the look of the text around them, and invisible fillers. */
const FORMATTING = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/gu;

/**
 * Text from a caller made safe to show on one line: no line breaks, no control or direction marks, at most
 * `max` characters (an ellipsis stands for the rest). Markup stays as the characters it is.
 */
export function plainText(text: string, max = 200): string {
  const clean = text.replace(CONTROLS, ' ').replace(FORMATTING, '').replace(/\s+/gu, ' ').trim();
  const characters = Array.from(clean.slice(0, max * 2 + 2));
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : clean;
}
