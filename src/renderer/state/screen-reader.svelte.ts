import { messages } from './messages.svelte.ts';
import { windowTimer } from './window-timer.ts';

/** A screen reader reads every text to its end, so it gets at most this many texts within `STORM_MS`. The rest waits. */
const STORM_LIMIT = 3;
const STORM_MS = 5_000;
/** Of many sentences that waited, only the last ones are said. They are the most likely to be still true. */
const SAID_IN_FULL = 2;

/** What a screen reader says about changes, not more than it can read. */
export class ScreenReader {
  /** The latest text. The id changes even if the text is the same, so that it is read again. */
  said = $state.raw({ id: 0, text: '' });
  /** When the latest texts were said (ms since 1970). */
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

/** Adds a full stop, so that a screen reader pauses between two sentences. */
const withStop = (sentence: string): string => (/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);

function summedUp(sentences: readonly string[]): string[] {
  if (sentences.length <= STORM_LIMIT) return [...sentences];
  return [...sentences.slice(-SAID_IN_FULL), messages().frame.andMore(sentences.length - SAID_IN_FULL)];
}
