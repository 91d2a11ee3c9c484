/**
 * The changes are merged into the base when there are more than `min` of them and more than this fraction of the base.
 * That bounds the cost of a copy and keeps merges rare.
 */
const MERGE_THRESHOLD = { min: 64, fraction: 1 / 16 };

/**
 * A map that shares its base with its copies: a copy costs time in proportion to the recent changes, not to the map's
 * size. Iterates in the order of a `Map`.
 */
export class LayeredMap<V extends object> {
  /** Shared with the copies, so never changed. */
  #base: ReadonlyMap<string, V>;
  #changed = new Map<string, V>();
  /** Keys of `#base` that were deleted. A key that was set again afterwards is also in `#changed`, and comes last. */
  #deleted = new Set<string>();
  #size: number;
  /** The last merge: the base before it, and the keys that it changed. */
  #merged: { from: ReadonlyMap<string, V>; keys: ReadonlySet<string> } | null = null;

  constructor(base: ReadonlyMap<string, V> = new Map()) {
    this.#base = base;
    this.#size = base.size;
  }

  copy(): LayeredMap<V> {
    const copy = new LayeredMap<V>();
    copy.#size = this.#size;
    const threshold = Math.max(MERGE_THRESHOLD.min, this.#base.size * MERGE_THRESHOLD.fraction);
    if (this.#changed.size + this.#deleted.size > threshold) {
      copy.#base = new Map(this);
      copy.#merged = { from: this.#base, keys: new Set([...this.#changed.keys(), ...this.#deleted]) };
    } else {
      copy.#base = this.#base;
      copy.#merged = this.#merged;
      copy.#changed = new Map(this.#changed);
      copy.#deleted = new Set(this.#deleted);
    }
    return copy;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const changed = this.#changed.size === 0 ? undefined : this.#changed.get(key);
    if (changed !== undefined || (this.#deleted.size > 0 && this.#deleted.has(key))) return changed;
    return this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): this {
    if (!this.has(key)) this.#size += 1;
    this.#changed.set(key, value);
    return this;
  }

  delete(key: string): boolean {
    if (!this.has(key)) return false;
    this.#size -= 1;
    this.#changed.delete(key);
    if (this.#base.has(key)) this.#deleted.add(key);
    return true;
  }

  /** Yields each key with a value that differs from the one in `before`, with both values, in no particular order. */
  *changesSince(before: LayeredMap<V>): Generator<[key: string, was: V | undefined, is: V | undefined]> {
    if (this === before) return;
    for (const key of this.#possiblyDifferingKeys(before)) {
      const [was, is] = [before.get(key), this.get(key)];
      if (was !== is) yield [key, was, is];
    }
  }

  #possiblyDifferingKeys(other: LayeredMap<V>): Iterable<string> {
    const merged = this.#base !== other.#base && this.#merged?.from === other.#base ? this.#merged.keys : null;
    const layers = [this.#changed, this.#deleted, other.#changed, other.#deleted];
    if (this.#base !== other.#base && merged === null)
      layers.push(this.#base as Map<string, V>, other.#base as Map<string, V>);
    const keys = new Set(merged);
    for (const layer of layers) for (const key of layer.keys()) keys.add(key);
    return keys;
  }

  /** Faster than the entries. */
  values(): Iterable<V> {
    if (this.#base.size === 0) return this.#changed.values();
    return this.#changed.size + this.#deleted.size === 0 ? this.#base.values() : Array.from(this, ([, value]) => value);
  }

  *[Symbol.iterator](): Generator<[string, V]> {
    for (const entry of this.#base) {
      const [key] = entry;
      if (this.#deleted.has(key)) continue;
      const changed = this.#changed.get(key);
      yield changed === undefined ? entry : [key, changed];
    }
    for (const entry of this.#changed) {
      const [key] = entry;
      if (!this.#base.has(key) || this.#deleted.has(key)) yield entry;
    }
  }
}

/** Deletes the oldest entry of a map that has more than `maxSize`. */
export function dropOldest(
  map: Iterable<[string, unknown]> & { size: number; delete: (key: string) => unknown },
  maxSize: number,
): void {
  if (map.size <= maxSize) return;
  for (const [oldest] of map) {
    map.delete(oldest);
    return;
  }
}
