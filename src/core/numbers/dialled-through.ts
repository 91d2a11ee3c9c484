import { planOf } from './numbering-plan.ts';

const CALLING_CODES: ReadonlySet<string> = new Set(['49', '43']);

/**
 * True where a call goes through to an extension whose digits follow the main number at once (DIN 5008, ÖNORM A 1080):
 * German and Austrian numbers. `before` is the text up to the extension, and what counts is a calling code in it.
 */
export function isDialledThrough(before: string, country: string): boolean {
  const code = /(?:\+|(?<![0-9])00)[ (]{0,2}([1-9][0-9]{0,2})/.exec(before)?.[1];
  return code === undefined ? CALLING_CODES.has(planOf(country)?.callingCode ?? '') : /^4[39]/.test(code);
}
