import type { Clock } from '../../src/core/clock.ts';
import type { SimClock } from '../fleet/sim-clock.ts';

interface Timer {
  /** On the monotonic clock. */
  due: number;
  task: () => void;
  cancel: () => void;
}

/**
 * The clock of one simulated computer: its wall clock may be wrong and may jump; its timers stop during
 * sleep.
 */
export class DeskClock implements Clock {
  readonly #clock: SimClock;
  readonly #timers = new Set<Timer>();
  #wrongBy = 0;
  #sleptFor = 0;
  #asleepSince: number | null = null;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() + this.#wrongBy;
  }

  elapsed(): number {
    return this.#clock.elapsed();
  }

  random(): number {
    return this.#clock.random();
  }

  /** Monotonic ms awake, from an arbitrary start. */
  get monotonic(): number {
    return (this.#asleepSince ?? this.#clock.now()) - this.#sleptFor;
  }

  get asleep(): boolean {
    return this.#asleepSince !== null;
  }

  /** Pending timers. */
  get pending(): number {
    return this.#timers.size;
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { due: this.monotonic + Math.max(0, Math.ceil(ms)), task, cancel: () => {} };
    this.#timers.add(timer);
    if (!this.asleep) this.#arm(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  sleep(): void {
    if (this.asleep) return;
    this.#asleepSince = this.#clock.now();
    for (const timer of this.#timers) timer.cancel();
  }

  resume(): void {
    if (this.#asleepSince === null) return;
    this.#sleptFor += this.#clock.now() - this.#asleepSince;
    this.#asleepSince = null;
    for (const timer of this.#timers) this.#arm(timer);
  }

  /** Changes the wall clock. */
  jump(ms: number): void {
    this.#wrongBy += ms;
  }

  get wrongBy(): number {
    return this.#wrongBy;
  }

  #arm(timer: Timer): void {
    timer.cancel = this.#clock.after(timer.due - this.monotonic, () => {
      this.#timers.delete(timer);
      timer.task();
    });
  }
}
