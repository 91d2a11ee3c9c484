import type { RuleFault } from '../../shared/rule-fault.ts';
import { compilePattern, type LinearPattern } from './compile-pattern.ts';

/** A number of digits: "4" or "3-5". */
const COUNTS = /^([0-9]{1,2})(?: *- *([0-9]{1,2}))?$/;
const MAX_DIGITS = 15;

/**
 * True if the digits are an extension of this PBX. `pattern` is in RE2 syntax and must match all digits; "4" and "3-5"
 * mean any number with that many digits, and '' means no extensions. An invalid pattern matches nothing.
 */
export function matchesExtension(digits: string, pattern: string): boolean {
  const read = readExtensions(pattern);
  return read !== null && 'pattern' in read && read.pattern.match(digits) !== null;
}

/** The error in a pattern; null if it is valid. */
export function extensionProblem(pattern: string): RuleFault | null {
  const read = readExtensions(pattern);
  return read !== null && 'problem' in read ? read.problem : null;
}

function readExtensions(pattern: string): { pattern: LinearPattern } | { problem: RuleFault } | null {
  const text = pattern.trim();
  if (text === '') return null;
  const counts = COUNTS.exec(text);
  if (counts === null) return compilePattern(text);
  const min = Number(counts[1]);
  const max = Number(counts[2] ?? counts[1]);
  if (min < 1 || max > MAX_DIGITS || min > max) {
    return { problem: { code: 'extension-digits', params: { max: MAX_DIGITS } } };
  }
  return compilePattern(`[0-9]{${min},${max}}`);
}
