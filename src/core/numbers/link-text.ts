import { foldText } from '../../shared/fold-text.ts';

const DECODABLE = /^(?:[^%]|%[0-9a-f]{2})*$/i;

/** Decodes percent-escapes once, so "%2520" becomes the text "%20", not a space. Returns null if an escape is broken. */
export function decodeOnce(piece: string): string | null {
  if (!DECODABLE.test(piece)) return null;
  try {
    const decoded = decodeURIComponent(piece);
    // Texts with line ends are not folded, because folding would join several line ends into one.
    return hasControls(decoded) ? decoded : foldText(decoded);
  } catch {
    return null;
  }
}

const hasControls = (text: string): boolean => /\p{Cc}|[\u2028\u2029]/u.test(text);

/**
 * True if a link contains more than a number: line ends, control characters, a switch ("--flag", "/account:"), a second
 * scheme, quotes, or an escape that was escaped twice.
 */
export function hasExtra(text: string): boolean {
  if (hasControls(text)) return true;
  if (/(?:^|[\s"'])--?[\p{L}_]/u.test(text) || /\s\/[\p{L}]/u.test(text)) return true;
  if (/[\p{L}][\p{L}\p{N}+.-]{1,20}:(?! ?[0-9])/iu.test(text) || /(?:tel|callto|sips?|https?):/i.test(text))
    return true;
  return /["'<>`$|\\{}^%!?&@=]/.test(text.replace(/(?:ext|extn|extension) ?=/i, ''));
}
