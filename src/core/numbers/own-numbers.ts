import { normaliseNumber, sameNormalised } from '../../shared/same-number.ts';

/** The user's phone numbers. */
export interface OwnNumbers {
  /** The account's extension; '' when not known. */
  extension: string;
  /** Other numbers: DIDs, a mobile, a second phone. */
  numbers: readonly string[];
}

/** The user's numbers, ready to be compared with thousands of others. */
export class OwnPhones {
  /** Normalised. */
  readonly extension: string;
  readonly #numbers: readonly string[];
  /** The numbers as they were passed to the constructor. */
  readonly #key: string;
  /** The last digits of each number, for a quick check in long lists. */
  readonly #endings: ReadonlySet<string>;

  constructor({ extension, numbers }: OwnNumbers) {
    this.extension = normaliseNumber(extension);
    this.#numbers = numbers.map(normaliseNumber);
    this.#key = keyOf({ extension, numbers });
    this.#endings = new Set([this.extension, ...this.#numbers].map(ending));
  }

  /** Returns an object with these numbers: this one if they are the same, otherwise a new one. */
  updated(own: OwnNumbers): OwnPhones {
    return keyOf(own) === this.#key ? this : new OwnPhones(own);
  }

  /**
   * Whether this is one of the user's numbers. The extension is compared exactly (extension 1001 is not +1 201 555 1001),
   * the others like `sameNumber` does. A hidden or missing number never matches.
   */
  has(number: string): boolean {
    return this.hasNormalised(normaliseNumber(number));
  }

  /** `has` for a result of `normaliseNumber`. */
  hasNormalised(number: string): boolean {
    if (number === '' || !this.#endings.has(ending(number))) return false;
    return number === this.extension || this.#numbers.some((other) => sameNormalised(other, number));
  }
}

const ending = (number: string): string => number.slice(-4);

const keyOf = ({ extension, numbers }: OwnNumbers): string => JSON.stringify([extension, numbers]);
