/** A click that was meant for something else comes earlier than this. To read a number takes longer. */
const FIRST_MOMENT_MS = 500;

type Key = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Recognises clicks and keys that cannot be meant as the answer to a question, because it has only just appeared. `now`:
 * a monotonic clock, in ms.
 */
export class FirstMoment {
  readonly #now: () => number;
  #began: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** Must be called when the question appears or the window comes to the front. */
  begin(): void {
    this.#began = this.#now();
  }

  /** True for a click in the first moment. The moment then begins again, because more clicks may follow. */
  isEarly(): boolean {
    const early = this.#now() - this.#began < FIRST_MOMENT_MS;
    if (early) this.begin();
    return early;
  }

  /** True for a key that presses buttons, in the first moment or if it has been held since before. */
  isStrayKey({ key, repeat }: Key): boolean {
    if (key !== 'Enter' && key !== ' ') return false;
    return this.isEarly() || repeat;
  }
}

/** True for a key that types a character. A space may also press a button, so it does not count. */
export function isWriting({ key, ctrlKey, metaKey, altKey }: Key): boolean {
  return /^.$/u.test(key) && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
