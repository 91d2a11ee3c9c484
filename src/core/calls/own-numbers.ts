import { normaliseNumber, sameNormalised } from '../../shared/same-number.ts';

/** Which phones are the user's. */
export interface OwnNumbers {
  /** The account's extension; '' when not known. */
  extension: string;
  /** Numbers beside it: DIDs, a mobile, a second phone. */
  numbers: readonly string[];
}

/** The user's numbers, ready to be compared with thousands of others. */
export class OwnPhones {
  /** Normalised. */
  readonly extension: string;
  readonly #numbers: readonly string[];
  readonly #written: string;

  constructor({ extension, numbers }: OwnNumbers) {
    this.extension = normaliseNumber(extension);
    this.#numbers = numbers.map(normaliseNumber);
    this.#written = written({ extension, numbers });
  }

  /** These, or others where the numbers differ. */
  readAnew(own: OwnNumbers): OwnPhones {
    return written(own) === this.#written ? this : new OwnPhones(own);
  }

  /**
   * Is this one of the user's numbers? The extension is compared exactly (extension 1001 is not +1 201 555 1001); the
   * others as `sameNumber` does. A hidden or missing number is nobody's.
   */
  has(number: string): boolean {
    return this.hasNormalised(normaliseNumber(number));
  }

  /** `has` for what `normaliseNumber` gave. */
  hasNormalised(number: string): boolean {
    if (number === '') return false;
    return number === this.extension || this.#numbers.some((other) => sameNormalised(other, number));
  }
}

const written = ({ extension, numbers }: OwnNumbers): string => JSON.stringify([extension, numbers]);
