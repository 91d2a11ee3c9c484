import { foldText } from './fold-text.ts';

/** Fewer digits than this are an extension, a service or a short code: those are only ever compared exactly. */
const PUBLIC_DIGITS = 7;
/** Country calling codes have one to three digits (ITU-T E.164). */
const LONGEST_COUNTRY_CODE = 3;
const LONGEST_INPUT = 512;

const BARE = /^\+?[0-9*#]+$/;

/** What stands in place of a number when the caller hides it. */
const HIDDEN = new Set(['anonymous', 'unknown', 'unavailable', 'restricted', 'private', 'withheld']);

/**
 * A number in the form in which it can be compared: no separators, no sip: or tel: around it, no @host, lower case.
 * '' for a hidden or missing one. Text that is no number (a SIP user name) stays text.
 */
export function normaliseNumber(text: string): string {
  if (BARE.test(text) && text.length <= LONGEST_INPUT) return text;
  const folded = foldText(text.slice(0, LONGEST_INPUT)).trim().toLowerCase();
  const address = /<([^<>]*)>/.exec(folded)?.[1] ?? folded;
  const user = address.replace(/^(?:sips?|tel|callto):/, '').replace(/[@;].*$/s, '');
  const compact = user.replace(/[\s().\-/]/g, '');
  if (BARE.test(compact)) return compact;
  const name = user.trim();
  return HIDDEN.has(name) ? '' : name;
}

/**
 * Are these two spellings of one number? Exact for anything short. From seven digits on, "+" and "00" are alike and
 * may be missing, and a national number equals its international form when nothing but the country code (and the
 * national 0) makes the difference. Two numbers without "+" or "00" are never matched by their ends: that could as
 * well be two extensions.
 */
export function sameNumber(a: string, b: string): boolean {
  return sameNormalised(normaliseNumber(a), normaliseNumber(b));
}

/** `sameNumber` for what `normaliseNumber` gave. */
export function sameNormalised(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a === b) return true;
  // Spellings of one number end alike, and are no extensions; most numbers in a long list do not.
  if (a.length < PUBLIC_DIGITS || b.length < PUBLIC_DIGITS || a.at(-1) !== b.at(-1) || !a.endsWith(b.slice(-4))) {
    return false;
  }
  const left = international(a);
  const right = international(b);
  if (isPublic(left ?? a) && (left ?? a) === (right ?? b)) return true;
  if (left !== null && right === null) return nationalOf(b, left);
  if (right !== null && left === null) return nationalOf(a, right);
  return false;
}

/**
 * Could `dialled` have been sent out as `seen`? Beyond `sameNumber` this allows what dial rules put in front (an
 * outside line, 00, 011): good enough inside a session that is known to be the one, never to find out which it is.
 */
export function leadsTo(seen: string, dialled: string): boolean {
  const a = normaliseNumber(seen);
  const b = normaliseNumber(dialled);
  if (sameNormalised(a, b)) return true;
  const [long, short] = [a, b].map((number) => number.replace(/^\+?0{0,2}/, '')).sort((x, y) => y.length - x.length);
  if (long === undefined || short === undefined || !isPublic(long) || !isPublic(short)) return false;
  return long.endsWith(short) && long.length - short.length <= 4;
}

/** The digits after "+" or "00"; null for a number that does not say that it is international. */
function international(number: string): string | null {
  const digits = /^(?:\+|00)([0-9]+)$/.exec(number)?.[1];
  return digits === undefined || digits.length < PUBLIC_DIGITS ? null : digits;
}

function nationalOf(national: string, full: string): boolean {
  // Italy keeps the 0 after the country code, most others drop it.
  return [national, national.replace(/^0/, '')].some((digits) => {
    const countryCode = full.length - digits.length;
    return isPublic(digits) && countryCode <= LONGEST_COUNTRY_CODE && full.endsWith(digits);
  });
}

function isPublic(number: string): boolean {
  return number.length >= PUBLIC_DIGITS && /^[0-9]+$/.test(number);
}

/** The display name last seen with a number, however it was written; '' when there is none. */
export function nameFor(recents: readonly { name: string; number: string }[], number: string): string {
  return recents.find((recent) => recent.name !== '' && sameNumber(recent.number, number))?.name ?? '';
}
