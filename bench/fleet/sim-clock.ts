import type { Clock } from '../../src/core/clock.ts';

interface Task {
  at: number;
  order: number;
  run: (() => void) | null;
}

/**
 * Virtual time: jumps from one due task to the next, so that a day passes as fast as its tasks run. Times are whole ms;
 * chance comes from the seed, so a run can be repeated exactly.
 */
export class SimClock implements Clock {
  #now: number;
  #order = 0;
  /** A binary heap, the next task on top. */
  readonly #heap: Task[] = [];
  #state: number;

  constructor(now: number, seed: number) {
    this.#now = now;
    this.#state = seed | 0;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  /** mulberry32: small, fast, and good enough for jitter and arrivals. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  after(ms: number, task: () => void): () => void {
    const entry: Task = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order++, run: task };
    this.#push(entry);
    return () => {
      entry.run = null;
    };
  }

  at(time: number, task: () => void): void {
    this.after(time - this.#now, task);
  }

  /** Runs all tasks that are due up to `end`; promises settle after each point in time. */
  async run(end: number): Promise<void> {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > end) break;
      this.#now = next.at;
      let ran = false;
      for (let due: Task | undefined = next; due?.at === this.#now; due = this.#heap[0]) {
        this.#pop();
        if (due.run === null) continue;
        due.run();
        ran = true;
      }
      if (ran) await new Promise(setImmediate);
    }
    this.#now = end;
  }

  #push(entry: Task): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      if (left === undefined) break;
      const right = heap[2 * index + 2];
      const [child, at] = right !== undefined && isBefore(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1];
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = at;
    }
    heap[index] = last;
  }
}

function isBefore(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** A waiting time of a Poisson process, in ms. */
export function exponential(clock: Clock, mean: number): number {
  return -mean * Math.log(1 - clock.random());
}

/** Log-normal: `median` ms, two thirds of all within a factor of `spread`. */
export function around(clock: Clock, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - clock.random())) * Math.cos(2 * Math.PI * clock.random());
  return median * spread ** normal;
}
