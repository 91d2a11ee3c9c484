import type { Clock } from '../../src/core/clock.ts';
import type { SimClock } from '../fleet/sim-clock.ts';

interface Timer {
  /** On the monotonic clock. */
  due: number;
  task: () => void;
  cancel: () => void;
}

/**
 * The clock of one computer in a simulated world: its wall clock may be wrong and may jump; its timers stop during
 * sleep.
 */
export class DeskClock implements Clock {
  readonly #world: SimClock;
  readonly #timers = new Set<Timer>();
  #wrongBy = 0;
  #sleptFor = 0;
  #asleepSince: number | null = null;

  constructor(world: SimClock) {
    this.#world = world;
  }

  now(): number {
    return this.#world.now() + this.#wrongBy;
  }

  elapsed(): number {
    return this.#world.elapsed();
  }

  random(): number {
    return this.#world.random();
  }

  /** Monotonic ms awake, from an arbitrary start. */
  get monotonic(): number {
    return (this.#asleepSince ?? this.#world.now()) - this.#sleptFor;
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
    this.#asleepSince = this.#world.now();
    for (const timer of this.#timers) timer.cancel();
  }

  resume(): void {
    if (this.#asleepSince === null) return;
    this.#sleptFor += this.#world.now() - this.#asleepSince;
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
    timer.cancel = this.#world.after(timer.due - this.monotonic, () => {
      this.#timers.delete(timer);
      timer.task();
    });
  }
}
