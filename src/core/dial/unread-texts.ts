import type { ErrorCode } from '../../shared/errors.ts';
import type { Origin } from '../../shared/provenance.ts';

/** A text from elsewhere that is not a number in the country known so far. */
export interface UnreadText {
  text: string;
  provenance: Origin;
  /** It did not bring the window up. */
  quiet: boolean;
}

/** Refusals that another country may lift. */
const BY_COUNTRY: ReadonlySet<ErrorCode> = new Set([
  'number-incomplete',
  'number-invalid',
  'number-too-long',
  'number-too-short',
]);

export const mayReadElsewhere = (code: ErrorCode): boolean => BY_COUNTRY.has(code);

const MAX_UNREAD = 10;

/** Texts that are read again once the country is known, in the order in which they came. */
export class UnreadTexts {
  #texts: UnreadText[] = [];

  /** False when too many are kept already. */
  keep(unread: UnreadText): boolean {
    const isKnown = this.#texts.some(
      ({ text, provenance }) => text === unread.text && provenance === unread.provenance,
    );
    if (isKnown) return true;
    if (this.#texts.length >= MAX_UNREAD) return false;
    this.#texts.push(unread);
    return true;
  }

  /** Takes all of them away. */
  take(): readonly UnreadText[] {
    const texts = this.#texts;
    this.#texts = [];
    return texts;
  }

  drop(which: (unread: UnreadText) => boolean): void {
    this.#texts = this.#texts.filter((unread) => !which(unread));
  }
}
