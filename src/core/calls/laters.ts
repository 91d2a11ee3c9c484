import type { Clock } from '../clock.ts';

/** Runs one task at times that were asked for, one waiting for each reason. */
export class Laters {
  readonly #clock: Clock;
  readonly #task: () => void;
  readonly #waiting = new Map<string, () => void>();

  constructor(clock: Clock, task: () => void) {
    this.#clock = clock;
    this.#task = task;
  }

  /** In `ms`, unless it is waited for already. */
  once(reason: string, ms: number): void {
    if (!this.#waiting.has(reason)) this.again(reason, ms);
  }

  /** In `ms` from now, whatever was asked for before. */
  again(reason: string, ms: number): void {
    this.#waiting.get(reason)?.();
    const cancel = this.#clock.after(ms, () => {
      this.#waiting.delete(reason);
      this.#task();
    });
    this.#waiting.set(reason, cancel);
  }

  clear(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
