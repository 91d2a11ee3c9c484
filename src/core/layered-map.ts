/** Changes to the layers below: first `deleted` takes effect, then `changed`. */
interface Layer<V> {
  readonly changed: Map<string, V>;
  readonly deleted: Set<string>;
  /** The two layers that this one was merged from, so that it can be compared with a map that still has them. */
  merged: readonly [Layer<V>, Layer<V>] | null;
}

/**
 * A layer is merged with the one below it unless that one is more than this many times larger. So a map of ten thousand
 * has at most four layers, and a change costs about the same whatever the size.
 */
const GROWTH = 16;

/**
 * A map that shares its entries with its copies: a copy costs little, whatever the map's size. Iterates in the order of
 * a `Map`.
 */
export class LayeredMap<V extends object> {
  /** The oldest first. Shared with the copies, so never changed. */
  #layers: readonly Layer<V>[];
  #top: Layer<V> = emptyLayer();
  #size: number;

  constructor(base = new Map<string, V>()) {
    this.#layers = base.size === 0 ? [] : [{ ...emptyLayer<V>(), changed: base }];
    this.#size = base.size;
  }

  copy(): LayeredMap<V> {
    if (sizeOf(this.#top) > 0) {
      this.#layers = compact([...this.#layers, this.#top]);
      this.#top = emptyLayer();
    }
    const copy = new LayeredMap<V>();
    copy.#layers = this.#layers;
    copy.#size = this.#size;
    return copy;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const { changed, deleted } = this.#top;
    const value = changed.size === 0 ? undefined : changed.get(key);
    if (value !== undefined || (deleted.size > 0 && deleted.has(key))) return value;
    return lookUp(key, this.#layers, this.#layers.length);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): this {
    if (!this.has(key)) this.#size += 1;
    this.#top.changed.set(key, value);
    return this;
  }

  delete(key: string): boolean {
    if (!this.has(key)) return false;
    this.#size -= 1;
    this.#top.changed.delete(key);
    if (lookUp(key, this.#layers, this.#layers.length) !== undefined) this.#top.deleted.add(key);
    return true;
  }

  /** Yields each key with a value that differs from the one in `before`, with both values, in no particular order. */
  *changesSince(before: LayeredMap<V>): Generator<[key: string, was: V | undefined, is: V | undefined]> {
    if (this === before) return;
    const keys = new Set<string>();
    for (const { changed, deleted } of this.#layersSince(before)) {
      for (const key of changed.keys()) keys.add(key);
      for (const key of deleted) keys.add(key);
    }
    for (const key of keys) {
      const [was, is] = [before.get(key), this.get(key)];
      if (was !== is) yield [key, was, is];
    }
  }

  /** The layers that are not in both maps. */
  #layersSince(before: LayeredMap<V>): Layer<V>[] {
    let index = 0;
    const [mine, theirs] = [
      [...this.#layers, this.#top],
      [...before.#layers, before.#top],
    ];
    for (;;) {
      const [own, other] = [mine[index], theirs[index]];
      if (own === undefined || other === undefined) break;
      if (own === other) index += 1;
      else if (own.merged !== null) mine.splice(index, 1, ...own.merged);
      else break;
    }
    return [...mine.slice(index), ...theirs.slice(index)];
  }

  values(): Iterable<V> {
    const [only, ...more] = [...this.#layers, this.#top].filter((layer) => sizeOf(layer) > 0);
    if (only === undefined) return [];
    return more.length === 0 ? only.changed.values() : Array.from(this, ([, value]) => value);
  }

  /** The map may be copied during an iteration and, after that, changed. */
  *[Symbol.iterator](): Generator<[string, V]> {
    const layers = [...this.#layers, this.#top];
    for (const [index, { changed, deleted }] of layers.entries()) {
      const later = layers.slice(index + 1).filter((layer) => sizeOf(layer) > 0);
      for (const [key, value] of changed) {
        if (index > 0 && !deleted.has(key) && lookUp(key, layers, index) !== undefined) continue;
        if (later.some((layer) => layer.deleted.has(key))) continue;
        yield [key, later.length === 0 ? value : (this.get(key) ?? value)];
      }
    }
  }
}

function emptyLayer<V>(): Layer<V> {
  return { changed: new Map(), deleted: new Set(), merged: null };
}

/** The value in the first `count` layers. */
function lookUp<V>(key: string, layers: readonly Layer<V>[], count: number): V | undefined {
  for (let index = count - 1; index >= 0; index--) {
    const layer = layers[index] as Layer<V>;
    const value = layer.changed.size === 0 ? undefined : layer.changed.get(key);
    if (value !== undefined || (layer.deleted.size > 0 && layer.deleted.has(key))) return value;
  }
  return undefined;
}

function sizeOf({ changed, deleted }: Layer<unknown>): number {
  return changed.size + deleted.size;
}

/** Merges the last layers until each is much smaller than the one below it. */
function compact<V>(layers: Layer<V>[]): readonly Layer<V>[] {
  for (;;) {
    const [lower, upper] = layers.slice(-2);
    if (lower === undefined || upper === undefined || sizeOf(upper) * GROWTH < sizeOf(lower)) return layers;
    layers.splice(-2, 2, merge(lower, upper, layers.length === 2));
  }
}

function merge<V>(lower: Layer<V>, upper: Layer<V>, isLowest: boolean): Layer<V> {
  const changed = new Map(lower.changed);
  for (const key of upper.deleted) changed.delete(key);
  for (const [key, value] of upper.changed) changed.set(key, value);
  // Only the last merge is remembered, so that old entries are not kept.
  lower.merged = null;
  upper.merged = null;
  const deleted = isLowest ? new Set<string>() : new Set([...lower.deleted, ...upper.deleted]);
  return { changed, deleted, merged: [lower, upper] };
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
