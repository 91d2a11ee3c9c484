export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * A seeded random stream (FNV-1a over the stream's name, then mulberry32): the same seed and name give the same numbers
 * on every machine. Each part of the PBX has its own stream, so that a call placed by hand does not change the later
 * traffic.
 */
export class Random {
  #state: number;

  constructor(seed: number, stream: string) {
    let hash = 2_166_136_261;
    for (const unit of `${seed}/${stream}`) hash = Math.imul(hash ^ unit.charCodeAt(0), 16_777_619);
    this.#state = hash >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A random integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: NonEmpty<T>): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }

  /** A random item; null for an empty list. */
  pickSome<T>(items: readonly T[]): T | null {
    const [first, ...rest] = items;
    return first === undefined ? null : this.pick([first, ...rest]);
  }
}
