import { maskNumbers } from '../core/numbers/mask-number.ts';

/** Names of secret fields as they appear in JSON, forms and headers. */
const SECRET = '(?:[a-z_]*(?:password|token|secret)|authorization|(?:set-)?cookie)';
const QUOTED = new RegExp(`("${SECRET}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'gi');
const IN_FORM = new RegExp(`(\\b${SECRET}=)[^&\\s]*`, 'gi');
const IN_HEADER = new RegExp(`(\\b${SECRET}:\\s*)[^\\r\\n]+`, 'gi');
const BEARER = /(\bbearer\s+)\S+/gi;

/** Removes everything that must not be logged: bearer tokens, values of secret fields, complete phone numbers. */
export function redact(text: string): string {
  const secretless = text
    .replace(QUOTED, '$1"…"')
    .replace(IN_FORM, '$1…')
    .replace(IN_HEADER, '$1…')
    .replace(BEARER, '$1…');
  return maskNumbers(secretless);
}
