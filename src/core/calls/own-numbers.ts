import { normaliseNumber, sameNormalised } from './same-number.ts';

/** Which phones are the user's. */
export interface OwnNumbers {
  /** The account's extension; '' when not known. */
  extension: string;
  /** Numbers beside it: DIDs, a mobile, a second phone. */
  numbers: readonly string[];
}

interface Known {
  extension: string;
  numbers: readonly string[];
  /** Numbers that were asked for before. */
  asked: Map<string, boolean>;
}

/** Twice the numbers of ten thousand calls. */
const MOST_ASKED = 40_000;
const LONGEST_ASKED = 64;

// A look at the session list asks for thousands of numbers, each several times, and the next look for the same ones.
const BY_OBJECT = new WeakMap<OwnNumbers, Known>();
let latest: { own: string; known: Known } | null = null;

/**
 * Is this one of the user's numbers? The extension is compared exactly (extension 1001 is not +1 201 555 1001); the
 * others as `sameNumber` does. A hidden or missing number is nobody's.
 */
export function isMine(own: OwnNumbers, number: string): boolean {
  const known = knownOf(own);
  const before = known.asked.get(number);
  if (before !== undefined) return before;
  const mine = compare(known, normaliseNumber(number));
  if (known.asked.size >= MOST_ASKED) known.asked.clear();
  if (number.length <= LONGEST_ASKED) known.asked.set(number, mine);
  return mine;
}

/** Are these the same phones? */
export function sameOwn(a: OwnNumbers, b: OwnNumbers): boolean {
  return a === b || knownOf(a) === knownOf(b);
}

function compare({ extension, numbers }: Known, candidate: string): boolean {
  if (candidate === '') return false;
  return candidate === extension || numbers.some((other) => sameNormalised(other, candidate));
}

function knownOf(own: OwnNumbers): Known {
  const found = BY_OBJECT.get(own);
  if (found !== undefined) return found;
  const written = JSON.stringify([own.extension, own.numbers]);
  if (latest?.own !== written) latest = { own: written, known: read(own) };
  BY_OBJECT.set(own, latest.known);
  return latest.known;
}

function read({ extension, numbers }: OwnNumbers): Known {
  return { extension: normaliseNumber(extension), numbers: numbers.map(normaliseNumber), asked: new Map() };
}
