import { isRecord } from './answer-errors.ts';

const MAX_ID = 512;
const MAX_SECONDS = 0xffff_ffff;

// Plain functions and no schemas: a list of ten thousand sessions is read every few seconds.

/** Text of at most `max` characters; '' for null, missing, and what is neither text nor number. */
export function textOf(value: unknown, max: number): string {
  const found = typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : '';
  // Half of a surrogate pair is not text, whether it was sent or a cut parted it.
  return found.slice(0, max).toWellFormed().trim();
}

/** Whole seconds, as a number or as digits in a string; null when missing, negative, or more than a uint32. */
export function secondsOf(value: unknown): number | null {
  const found = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof found === 'number' && found >= 0 && found <= MAX_SECONDS ? Math.floor(found) : null;
}

/**
 * Opaque, so never trimmed; null for what cannot be one. A number is taken for its digits; what it can hold exactly was
 * settled while parsing.
 */
export function idOf(value: unknown): string | null {
  const found = Number.isSafeInteger(value) ? String(value) : value;
  return typeof found === 'string' && found !== '' && found.length <= MAX_ID && found.isWellFormed() ? found : null;
}

/** The entries of a list that are objects, none for null and missing; null for what is no list. */
export function recordsOf(value: unknown): Record<string, unknown>[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.filter(isRecord) : null;
}
