import { normaliseNumber, sameNormalised } from './same-number.ts';

/** Which phones are the user's. */
export interface OwnNumbers {
  /** The account's extension; '' when not known. */
  extension: string;
  /** Numbers beside it: DIDs, a mobile, a second phone. */
  numbers: readonly string[];
}

// One object serves a whole look at the session list, which may hold thousands of legs.
const NORMALISED = new WeakMap<OwnNumbers, { extension: string; numbers: string[] }>();

/**
 * Is this one of the user's numbers? The extension is compared exactly (extension 1001 is not +1 201 555 1001); the
 * others as `sameNumber` does. A hidden or missing number is nobody's.
 */
export function isMine(own: OwnNumbers, number: string): boolean {
  const candidate = normaliseNumber(number);
  if (candidate === '') return false;
  const mine = normalised(own);
  return candidate === mine.extension || mine.numbers.some((other) => sameNormalised(other, candidate));
}

function normalised(own: OwnNumbers): { extension: string; numbers: string[] } {
  const known = NORMALISED.get(own);
  if (known !== undefined) return known;
  const fresh = { extension: normaliseNumber(own.extension), numbers: own.numbers.map(normaliseNumber) };
  NORMALISED.set(own, fresh);
  return fresh;
}
