import { messages } from './messages.svelte.ts';
import { windowTimer } from './window-timer.ts';

/** A screen reader reads every text to its end, so it gets at most this many texts within `PERIOD_MS`. The rest waits. */
const MAX_TEXTS = 3;
const PERIOD_MS = 5_000;
/** Of many sentences that waited, only the last ones are said. They are the most likely to be still true. */
const SAID_IN_FULL = 2;

/** What a screen reader says about changes, but no more than it can read out in time. */
export class ScreenReader {
  /** The latest text. The id changes even if the text is the same, so that it is read again. */
  said = $state.raw({ id: 0, text: '' });
  /** When the latest texts were said (ms since 1970). */
  #saidAt: number[] = [];
  #waiting: string[] = [];
  readonly #timer = windowTimer();

  say(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    this.#waiting.push(...sentences);
    if (!this.#timer.isRunning) this.#next();
  }

  #next(): void {
    const now = Date.now();
    this.#saidAt = this.#saidAt.filter((at) => at <= now && now - at < PERIOD_MS);
    const [oldest] = this.#saidAt;
    if (oldest !== undefined && this.#saidAt.length >= MAX_TEXTS) {
      this.#timer.start(oldest + PERIOD_MS - now, () => this.#next());
      return;
    }
    const sentences = summedUp(this.#waiting);
    this.#waiting = [];
    this.#saidAt.push(now);
    this.said = { id: this.said.id + 1, text: sentences.map(withStop).join(' ') };
  }
}

/** Adds a full stop, so that a screen reader pauses between two sentences. */
const withStop = (sentence: string): string => (/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);

function summedUp(sentences: readonly string[]): string[] {
  if (sentences.length <= MAX_TEXTS) return [...sentences];
  return [...sentences.slice(-SAID_IN_FULL), messages().frame.andMore(sentences.length - SAID_IN_FULL)];
}
