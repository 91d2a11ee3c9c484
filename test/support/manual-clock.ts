import type { Clock } from '../../src/core/clock.ts';

/** A clock that moves only when a test moves it. Its monotonic time begins at zero. */
export class ManualClock implements Clock {
  /** Wall time at monotonic zero, ms since 1970. */
  #origin: number;
  #elapsed = 0;
  #timers: { at: number; order: number; task: () => void }[] = [];
  #order = 0;
  /** The result of random(). */
  chance = 0.5;

  constructor(now = Date.UTC(2026, 0, 5, 9, 0, 0)) {
    this.#origin = now;
  }

  now(): number {
    return this.#origin + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, ms), order: this.#order++, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How long until each waiting task, in ms, soonest first. */
  pending(): number[] {
    return this.#timers.map((timer) => timer.at - this.#elapsed).sort((a, b) => a - b);
  }

  /** Moves time on and runs what is due, in order; promises get a turn after each task. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#elapsed = Math.max(this.#elapsed, due.at);
      due.task();
      await settle();
    }
    this.#elapsed = end;
    await settle();
  }

  /** Sets the wall clock, as a user can. */
  jump(ms: number): void {
    this.#origin += ms;
  }

  /** The computer sleeps: time passes and no timer counts it. */
  sleep(ms: number): void {
    this.#elapsed += ms;
    for (const timer of this.#timers) timer.at += ms;
  }
}

/** Lets all promises that are ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
