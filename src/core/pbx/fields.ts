import { isRecord } from './answer-errors.ts';

const MAX_ID = 512;
const MAX_UINT32 = 0xffff_ffff;

// Plain functions instead of schemas, for speed: a list of ten thousand sessions is read every few seconds.

/** A text or number as text of at most `max` characters; '' for any other value. */
export function textOf(value: unknown, max: number): string {
  if (typeof value === 'string' && value.length <= max && isPlain(value)) return value;
  const found = typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : '';
  // The PBX may send half of a surrogate pair, and cutting may create one.
  return found.slice(0, max).toWellFormed().trim();
}

/** The usual case: a text that needs no trimming and no repair. */
function isPlain(text: string): boolean {
  return (
    text === '' || (isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1)) && text.isWellFormed())
  );
}

const isVisible = (code: number): boolean => code > 0x20 && code < 0x7f;

/** A whole number, as a number or as digits in a string; null when missing, negative, or more than a uint32. */
export function wholeNumberOf(value: unknown): number | null {
  const found = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof found === 'number' && found >= 0 && found <= MAX_UINT32 ? Math.floor(found) : null;
}

/**
 * Reads an id, which is opaque and therefore not trimmed; null for other values. A number is converted to its digits;
 * the parser keeps numbers that JavaScript cannot hold exactly as text.
 */
export function idOf(value: unknown): string | null {
  const found = Number.isSafeInteger(value) ? String(value) : value;
  return typeof found === 'string' && found !== '' && found.length <= MAX_ID && found.isWellFormed() ? found : null;
}

/** The objects in a list; [] if the value is null or missing; null if it is not a list. */
export function recordsOf(value: unknown): Record<string, unknown>[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.filter(isRecord) : null;
}
