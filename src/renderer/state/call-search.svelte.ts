import type { FoundCalls } from '../../shared/state.ts';
import type { Store } from './store.svelte.ts';
import { windowTimer } from './window-timer.ts';

const PAUSE_MS = 120;

/** Searches all live calls of colleagues in main, because the window has only the first hundred calls. */
export class CallSearch {
  #store: Store;
  readonly #timer = windowTimer();
  #round = 0;
  text = $state('');
  /** The result for the text, or for the previous text during a search; null if there is none. */
  found = $state.raw<FoundCalls | null>(null);

  constructor(store: Store) {
    this.#store = store;
  }

  type(text: string): void {
    this.text = text;
    this.#timer.stop();
    this.#round += 1;
    if (text.trim().length < 2) this.found = null;
    else this.#timer.start(PAUSE_MS, () => void this.#ask());
  }

  /** Must be called when the calls have changed. */
  refresh(): void {
    if (this.found !== null) void this.#ask();
  }

  stop(): void {
    this.type('');
  }

  async #ask(): Promise<void> {
    const round = ++this.#round;
    const answer = await this.#store.send('calls.find', { text: this.text });
    if (round !== this.#round || !answer.ok) return;
    this.#store.learn(answer.value.numbers);
    this.found = answer.value;
  }
}
