import { foldText } from '../../shared/fold-text.ts';

const DECODABLE = /^(?:[^%]|%[0-9a-f]{2})*$/i;

/**
 * Percent-escapes decoded, one round only: "%2520" is the text "%20", no space. An escape that is broken makes the
 * whole piece worthless: null.
 */
export function decodeOnce(piece: string): string | null {
  if (!DECODABLE.test(piece)) return null;
  try {
    const decoded = decodeURIComponent(piece);
    // Before folding, which would make one line end of several.
    return hasControls(decoded) ? decoded : foldText(decoded);
  } catch {
    return null;
  }
}

const hasControls = (text: string): boolean => /\p{Cc}|[\u2028\u2029]/u.test(text);

/**
 * True where something rides on a number: line ends and control characters, a switch ("--flag", "/account:"), a second
 * scheme, quotes, an escape that was escaped twice.
 */
export function hasExtra(text: string): boolean {
  if (hasControls(text)) return true;
  if (/(?:^|[\s"'])--?[\p{L}_]/u.test(text) || /\s\/[\p{L}]/u.test(text)) return true;
  if (/[\p{L}][\p{L}\p{N}+.-]{1,20}:(?! ?[0-9])/iu.test(text) || /(?:tel|callto|sips?|https?):/i.test(text))
    return true;
  return /["'<>`$|\\{}^%!?&@=]/.test(text.replace(/(?:ext|extn|extension) ?=/i, ''));
}
