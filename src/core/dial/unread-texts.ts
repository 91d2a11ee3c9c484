import type { ErrorCode } from '../../shared/errors.ts';
import type { Origin } from '../../shared/provenance.ts';

/** A text from a link, a command or the clipboard that is not a number in the country known so far. */
export interface UnreadText {
  text: string;
  provenance: Origin;
  /** The text did not bring the window to the front. */
  inBackground: boolean;
}

/** Errors that depend on the country. */
const ERRORS_BY_COUNTRY: ReadonlySet<ErrorCode> = new Set([
  'number-incomplete',
  'number-invalid',
  'number-too-long',
  'number-too-short',
]);

/** True if the text may be a number in another country. */
export const mayBeNumberElsewhere = (code: ErrorCode): boolean => ERRORS_BY_COUNTRY.has(code);

const MAX_UNREAD = 10;

/** Keeps texts until the country is known and they can be read again, in the order in which they came. */
export class UnreadTexts {
  #texts: UnreadText[] = [];

  /** Returns false if too many texts are kept already. */
  keep(unread: UnreadText): boolean {
    const isKnown = this.#texts.some(
      ({ text, provenance }) => text === unread.text && provenance === unread.provenance,
    );
    if (isKnown) return true;
    if (this.#texts.length >= MAX_UNREAD) return false;
    this.#texts.push(unread);
    return true;
  }

  /** Returns all texts and forgets them. */
  takeAll(): readonly UnreadText[] {
    const texts = this.#texts;
    this.#texts = [];
    return texts;
  }

  drop(isDropped: (unread: UnreadText) => boolean): void {
    this.#texts = this.#texts.filter((unread) => !isDropped(unread));
  }
}
