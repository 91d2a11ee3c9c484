/** Runs `task` once after `ms`; the function returned cancels it. */
type After = (ms: number, task: () => void) => () => void;

/** A one-shot timer. Starting it again replaces the pending task, for example to debounce a search. */
export class Timer {
  readonly #clock: { after: After };
  #cancel: (() => void) | null = null;

  constructor(clock: { after: After }) {
    this.#clock = clock;
  }

  get isRunning(): boolean {
    return this.#cancel !== null;
  }

  /** Runs `task` once after `ms`. A task that still waits is cancelled. */
  start(ms: number, task: () => void): void {
    this.stop();
    this.#cancel = this.#clock.after(ms, () => {
      this.#cancel = null;
      task();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
