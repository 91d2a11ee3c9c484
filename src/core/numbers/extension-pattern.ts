import type { RuleProblem } from '../../shared/rule-problem.ts';
import { compilePattern } from './compile-pattern.ts';

/** How many digits extensions have: "4" or "3-5". */
const COUNTS = /^([0-9]{1,2})(?: *- *([0-9]{1,2}))?$/;
/** The same written as a pattern, like the default setting. */
const COUNTS_AS_PATTERN = /^\[0-9\]\{([0-9]{1,2}),([0-9]{1,2})\}$/;
const MAX_DIGITS = 15;

/**
 * True if the digits are an extension of this PBX. `pattern` is in RE2 syntax and must match all digits; "4" and "3-5"
 * mean any number with that many digits, and '' means no extensions. An invalid pattern matches nothing.
 */
export function matchesExtension(digits: string, pattern: string): boolean {
  const read = readExtensions(pattern);
  return 'matches' in read && read.matches(digits);
}

/** The error in a pattern; null if it is valid. */
export function extensionProblem(pattern: string): RuleProblem | null {
  const read = readExtensions(pattern);
  return 'problem' in read ? read.problem : null;
}

type Extensions = { matches: (digits: string) => boolean } | { problem: RuleProblem };

function readExtensions(pattern: string): Extensions {
  const text = pattern.trim();
  if (text === '') return { matches: () => false };
  const counts = COUNTS.exec(text);
  if (counts !== null) return ofLength(Number(counts[1]), Number(counts[2] ?? counts[1]));
  const plain = COUNTS_AS_PATTERN.exec(text);
  const quick = plain === null ? null : ofLength(Number(plain[1]), Number(plain[2]));
  if (quick !== null && 'matches' in quick) return quick;
  const compiled = compilePattern(text);
  return 'problem' in compiled ? compiled : { matches: (digits) => compiled.pattern.match(digits) !== null };
}

/** Counts digits without compiling a pattern, because that would load the pattern library. */
function ofLength(min: number, max: number): Extensions {
  if (min < 1 || max > MAX_DIGITS || min > max) {
    return { problem: { code: 'extension-digits', params: { max: MAX_DIGITS } } };
  }
  return { matches: (digits) => /^[0-9]*$/.test(digits) && digits.length >= min && digits.length <= max };
}
