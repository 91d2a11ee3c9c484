/** Longer than a click or a key that was meant for something else; shorter than it takes to read a number. */
const FIRST_MOMENT_MS = 500;

type Key = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Distinguishes a click or a key in answer to a question from one that was on its way to something else when the question
 * came. `now`: ms on a clock that nobody sets.
 */
export class FirstMoment {
  readonly #now: () => number;
  #began: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** The question comes, or comes to the front. */
  begin(): void {
    this.#began = this.#now();
  }

  /** A click that was on its way to something else. One that came too early begins the moment anew. */
  isEarly(): boolean {
    const early = this.#now() - this.#began < FIRST_MOMENT_MS;
    if (early) this.begin();
    return early;
  }

  /** A key that presses buttons, in the first moment or held since before it. One that came too early begins it anew. */
  strays({ key, repeat }: Key): boolean {
    if (key !== 'Enter' && key !== ' ') return false;
    return this.isEarly() || repeat;
  }
}

/** A character that answers no question, so the user is typing a text. */
export function isWriting({ key, ctrlKey, metaKey, altKey }: Key): boolean {
  return /^.$/u.test(key) && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
