import { foldText } from './fold-text.ts';

/** Numbers with fewer digits are extensions, services or short codes, and must be equal. */
const MIN_PUBLIC_DIGITS = 7;
/** Country calling codes have one to three digits (ITU-T E.164). */
const MAX_COUNTRY_CODE_DIGITS = 3;
const MAX_INPUT_LENGTH = 512;

const BARE = /^\+?[0-9*#]+$/;

/** Texts that the PBX sends if the caller hides the number. */
const HIDDEN = new Set(['anonymous', 'unknown', 'unavailable', 'restricted', 'private', 'withheld']);

/**
 * Brings a number into a form that can be compared: in lower case, without separators, sip: or tel:, and @host. Returns ''
 * for a hidden or missing number. Other text, such as a SIP user name, stays text.
 */
export function normaliseNumber(text: string): string {
  if (BARE.test(text) && text.length <= MAX_INPUT_LENGTH) return text;
  const folded = foldText(text.slice(0, MAX_INPUT_LENGTH)).trim().toLowerCase();
  const address = /<([^<>]*)>/.exec(folded)?.[1] ?? folded;
  const user = address.replace(/^(?:sips?|tel|callto):/, '').replace(/[@;].*$/s, '');
  const compact = user.replace(/[\s().\-/]/g, '');
  if (BARE.test(compact)) return compact;
  const name = user.trim();
  return HIDDEN.has(name) ? '' : name;
}

/**
 * Whether two texts are the same number. Short numbers must be equal. From seven digits on, "+" and "00" are equal and
 * may be missing, and a national number equals its international form if they differ only by the country code and the
 * national 0. Two numbers without "+" or "00" are never matched by their last digits, because they could be two
 * extensions.
 */
export function sameNumber(a: string, b: string): boolean {
  return sameNormalised(normaliseNumber(a), normaliseNumber(b));
}

/** `sameNumber` for two results of `normaliseNumber`. */
export function sameNormalised(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a === b) return true;
  // A quick check for long lists: the same number has the same last digits.
  if (
    a.length < MIN_PUBLIC_DIGITS ||
    b.length < MIN_PUBLIC_DIGITS ||
    a.at(-1) !== b.at(-1) ||
    !a.endsWith(b.slice(-4))
  ) {
    return false;
  }
  const left = international(a);
  const right = international(b);
  if (isPublic(left ?? a) && (left ?? a) === (right ?? b)) return true;
  if (left !== null && right === null) return isNationalFormOf(b, left);
  if (right !== null && left === null) return isNationalFormOf(a, right);
  return false;
}

/** Whether two texts mean the same party: they are the same number, or both are hidden or missing. */
export function sameParty(a: string, b: string): boolean {
  const [one, other] = [normaliseNumber(a), normaliseNumber(b)];
  return one === other || sameNormalised(one, other);
}

/**
 * Whether the PBX may show the number `dialled` as `seen`. Unlike `sameNumber`, this allows up to four more digits in
 * front, such as an outside line, 00 or 011. Use it only to check a session that is likely to be the right one.
 */
export function leadsTo(seen: string, dialled: string): boolean {
  const a = normaliseNumber(seen);
  const b = normaliseNumber(dialled);
  if (sameNormalised(a, b)) return true;
  const [long, short] = [a, b].map((number) => number.replace(/^\+?0{0,2}/, '')).sort((x, y) => y.length - x.length);
  if (long === undefined || short === undefined || !isPublic(long) || !isPublic(short)) return false;
  return long.endsWith(short) && long.length - short.length <= 4;
}

/** The digits after "+" or "00"; null for a number that is not in international form. */
function international(number: string): string | null {
  const digits = /^(?:\+|00)([0-9]+)$/.exec(number)?.[1];
  return digits === undefined || digits.length < MIN_PUBLIC_DIGITS ? null : digits;
}

function isNationalFormOf(national: string, full: string): boolean {
  // Italy keeps the 0 after the country code, but most countries drop it.
  return [national, national.replace(/^0/, '')].some((digits) => {
    const countryCode = full.length - digits.length;
    return isPublic(digits) && countryCode <= MAX_COUNTRY_CODE_DIGITS && full.endsWith(digits);
  });
}

function isPublic(number: string): boolean {
  return number.length >= MIN_PUBLIC_DIGITS && /^[0-9]+$/.test(number);
}

/**
 * The most recent display name of a number, however the number was written; '' when there is none. Names that a caller
 * sent do not count, nor those of outside callers that sent an extension.
 */
export function nameFor(
  recents: readonly { name: string; number: string; claimed?: boolean; external?: boolean }[],
  number: string,
): string {
  const named = recents.filter(({ name, claimed, external }) => name !== '' && claimed !== true && external !== true);
  return named.find((recent) => sameNumber(recent.number, number))?.name ?? '';
}
