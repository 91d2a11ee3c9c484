import { planOf } from './numbering-plan.ts';

const CALLING_CODES: ReadonlySet<string> = new Set(['49', '43']);

/**
 * True for German and Austrian numbers, where the digits of an extension directly follow the main number (DIN 5008, ÖNORM
 * A 1080). `before` is the text up to the extension. If it has a calling code, that decides, otherwise the country.
 */
export function hasDirectDialling(before: string, country: string): boolean {
  const code = /(?:\+|(?<![0-9])00)[ (]{0,2}([1-9][0-9]{0,2})/.exec(before)?.[1];
  return code === undefined ? CALLING_CODES.has(planOf(country)?.callingCode ?? '') : /^4[39]/.test(code);
}
