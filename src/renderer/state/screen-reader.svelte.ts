import { messages } from './messages.svelte.ts';
import { windowTimer } from './window-timer.ts';

/** A screen reader reads every text to its end, so more than this within `STORM_MS` waits and is summed up. */
const STORM_LIMIT = 3;
const STORM_MS = 5_000;
/** How many of those that waited are said in full: the last ones, as they may still be true. */
const SAID_IN_FULL = 2;

/** What a screen reader says, limited to what it can keep up with. */
export class ScreenReader {
  /** What was said last, numbered so that the same words can be said twice. */
  said = $state.raw({ id: 0, text: '' });
  /** When something was said lately, ms since 1970. */
  #lately: number[] = [];
  #waiting: string[] = [];
  readonly #timer = windowTimer();

  say(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    this.#waiting.push(...sentences);
    if (!this.#timer.isRunning) this.#next();
  }

  #next(): void {
    const now = Date.now();
    this.#lately = this.#lately.filter((at) => at <= now && now - at < STORM_MS);
    const [oldest] = this.#lately;
    if (oldest !== undefined && this.#lately.length >= STORM_LIMIT) {
      this.#timer.start(oldest + STORM_MS - now, () => this.#next());
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
  return [...sentences.slice(-SAID_IN_FULL), messages().frame.andMore(sentences.length - SAID_IN_FULL)];
}
