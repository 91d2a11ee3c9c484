import { compilePattern, type LinearPattern } from './compile-pattern.ts';

/** "4" or "3-5": so many digits. */
const COUNTS = /^([0-9]{1,2})(?: *- *([0-9]{1,2}))?$/;
const MOST_DIGITS = 15;

/**
 * Whether digits are an extension of the own PBX. `pattern` is in RE2 syntax and matched against all digits; "4" and
 * "3-5" stand for so many digits, and '' for none at all. A broken pattern matches nothing.
 */
export function matchesExtension(digits: string, pattern: string): boolean {
  const read = readExtensions(pattern);
  return read !== null && 'pattern' in read && read.pattern.match(digits) !== null;
}

/** What is wrong with such a pattern, as a sentence; null when nothing is. */
export function extensionProblem(pattern: string): string | null {
  const read = readExtensions(pattern);
  return read !== null && 'problem' in read ? read.problem : null;
}

function readExtensions(pattern: string): { pattern: LinearPattern } | { problem: string } | null {
  const text = pattern.trim();
  if (text === '') return null;
  const counts = COUNTS.exec(text);
  if (counts === null) return compilePattern(text);
  const least = Number(counts[1]);
  const most = Number(counts[2] ?? counts[1]);
  if (least < 1 || most > MOST_DIGITS || least > most) {
    return { problem: `Write how many digits, from 1 to ${MOST_DIGITS}, the smaller number first: 3-5.` };
  }
  return compilePattern(`[0-9]{${least},${most}}`);
}
