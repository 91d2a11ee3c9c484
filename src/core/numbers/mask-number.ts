// A digit, also of other scripts, in full-width form or percent-escaped.
const DIGIT = '(?:\\p{Nd}|%3[0-9])';
// Separators inside one number, escaped or not: up to four such characters in a row.
const BETWEEN = '(?:%2[0-9a-f]|%c2%a0|[ \\t\\u00A0\\u2000-\\u2015\\u202F\\u2060-\\u2069\\uFF0B\\uFF0D+*#.()/-]){0,4}';
const NUMBER = `${DIGIT}(?:${BETWEEN}${DIGIT}){4,}`;
// Texts that a log needs and that cannot be phone numbers: times, server addresses, versions of the platform, and
// positions in source code.
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:\\d\\d)?(?![0-9])';
const SERVER = '(?:https?|wss?)://\\d{1,3}(?:\\.\\d{1,3}){3}(?![0-9.])(?::\\d{1,5}(?![0-9]))?';
const NAMES =
  'traydial|electron|node(?:\\.js)?|chrom(?:e|ium)|v8|openssl|undici|linux|darwin|windows|win32|macos|version';
const VERSION = `(?<![a-z])(?:${NAMES})[ /:="]{1,4}v?\\d{1,5}(?:\\.\\d{1,5}){1,3}(?![0-9])`;
const PLACE = '\\.[cm]?[jt]s:\\d{1,7}(?::\\d{1,7})?(?![0-9])';
const PATTERN = new RegExp(`(${TIME}|${SERVER}|${VERSION}|${PLACE})|${NUMBER}`, 'giu');

/**
 * For logs: masks everything that could be a phone number (5 digits or more, with separators, inside links too). Only
 * the last three digits stay, or two of a short number: "+12015550123" -> "+…123". Times (RFC 3339), http(s)/ws(s)
 * addresses of four numbers, versions after a known name ("Node 24.21.0") and lines of source files stay readable.
 * Passwords and tokens are not masked here.
 */
export function maskNumbers(text: string): string {
  return text.replace(PATTERN, (found, kept: string | undefined) => {
    if (kept !== undefined) return kept;
    const digits = found.replace(/%3([0-9])|%[0-9a-f]{2}/gi, '$1').match(/\p{Nd}/gu) ?? [];
    return `…${digits.slice(digits.length < 7 ? -2 : -3).join('')}`;
  });
}
