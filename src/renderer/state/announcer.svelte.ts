/** A screen reader says what it is given to the end, so more than this within `STORM_MS` waits and is summed up. */
const STORM_LIMIT = 3;
const STORM_MS = 5_000;
/** How many of those that waited are said in full: the last ones, as they may still be true. */
const SAID_IN_FULL = 2;

/** What a screen reader is to say, never more than it can keep up with. */
export class Announcer {
  /** What was said last, numbered so that the same words can be said twice. */
  said = $state.raw({ id: 0, text: '' });
  /** When something was said lately, ms since 1970. */
  #lately: number[] = [];
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  say(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    this.#waiting.push(...sentences);
    if (this.#timer === null) this.#next();
  }

  #next(): void {
    this.#timer = null;
    const now = Date.now();
    this.#lately = this.#lately.filter((at) => at <= now && now - at < STORM_MS);
    const [oldest] = this.#lately;
    if (oldest !== undefined && this.#lately.length >= STORM_LIMIT) {
      this.#timer = setTimeout(() => this.#next(), oldest + STORM_MS - now);
      return;
    }
    const sentences = summedUp(this.#waiting);
    this.#waiting = [];
    this.#lately.push(now);
    this.said = { id: this.said.id + 1, text: sentences.map(withStop).join(' ') };
  }
}

/** So that a screen reader pauses between two. */
const withStop = (sentence: string): string => (/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);

function summedUp(sentences: readonly string[]): string[] {
  if (sentences.length <= STORM_LIMIT) return [...sentences];
  return [...sentences.slice(-SAID_IN_FULL), `And ${sentences.length - SAID_IN_FULL} more.`];
}
