import type { CallState } from '../shared/call.ts';
import type { PbxSession } from './pbx/types.ts';
import { LayeredMap } from './layered-map.ts';

/**
 * A session at rest: a call of colleagues in the first list, of which only the row of the list is kept. There may be
 * ten thousand of them, so the session is derived only when it changes or is shown. Comparing and sorting need only the
 * fields here.
 */
export interface Resting<S> {
  readonly id: string;
  readonly row: PbxSession;
  /** The state of the only leg in the row. */
  readonly state: CallState;
  /** When that leg was answered, monotonic ms; null if it does not talk. */
  readonly answeredAt: number | null;
  /** The same as in the session. */
  readonly sortAt: number;
  readonly derive: (resting: Resting<S>) => S;
  /** The derived session; null until then. */
  session: S | null;
}

export function isResting<S extends object>(entry: S | Resting<S>): entry is Resting<S> {
  return 'derive' in entry;
}

export function sessionOf<S extends object>(entry: S | Resting<S>): S {
  return isResting(entry) ? (entry.session ??= entry.derive(entry)) : entry;
}

type Entry<S> = S | Resting<S> | undefined;

/** Sessions by ID, some of them at rest. A copy costs time in proportion to the recent changes. */
export class Sessions<S extends object> {
  #awake = new LayeredMap<S>();
  /** Shared with the copies until one of them changes it. */
  #resting = new LayeredMap<Resting<S>>();
  #sharesResting = false;

  copy(): Sessions<S> {
    const copy = new Sessions<S>();
    copy.#awake = this.#awake.copy();
    copy.#resting = this.#resting;
    copy.#sharesResting = true;
    return copy;
  }

  get size(): number {
    return this.#awake.size + this.#resting.size;
  }

  get(id: string): S | undefined {
    const entry = this.entry(id);
    return entry === undefined ? undefined : sessionOf(entry);
  }

  /** Like `get`, but a session at rest stays at rest. */
  entry(id: string): Entry<S> {
    const resting = this.#resting.size === 0 ? undefined : this.#resting.get(id);
    return resting ?? this.#awake.get(id);
  }

  has(id: string): boolean {
    return this.entry(id) !== undefined;
  }

  set(id: string, session: S): void {
    this.#endRest(id);
    this.#awake.set(id, session);
  }

  /** Adds new sessions at rest. */
  rest(resting: readonly Resting<S>[]): void {
    if (this.#resting.size > 0) {
      for (const one of resting) this.#ownResting().set(one.id, one);
      return;
    }
    const all = new Map<string, Resting<S>>();
    for (const one of resting) all.set(one.id, one);
    this.#resting = new LayeredMap(all);
    this.#sharesResting = false;
  }

  delete(id: string): void {
    this.#awake.delete(id);
    this.#endRest(id);
  }

  #endRest(id: string): void {
    if (this.#resting.has(id)) this.#ownResting().delete(id);
  }

  #ownResting(): LayeredMap<Resting<S>> {
    if (this.#sharesResting) this.#resting = this.#resting.copy();
    this.#sharesResting = false;
    return this.#resting;
  }

  /** Yields each session that is not the same as in `before`, except those of `restingSince`. */
  *changesSince(before: Sessions<S>): Generator<[id: string, was: Entry<S>, is: Entry<S>]> {
    for (const [id, was, is] of this.#awake.changesSince(before.#awake)) yield [id, was ?? before.#resting.get(id), is];
    if (before.#resting.size === 0) return;
    for (const [id, was, is] of this.#resting.changesSince(before.#resting)) {
      if (was !== undefined && !this.#awake.has(id)) yield [id, was, is];
    }
  }

  /** The sessions that are new since `before`, and at rest. */
  restingSince(before: Sessions<S>): Resting<S>[] {
    if (before.#resting.size === 0) return [...this.#resting.values()];
    return [...this.#resting.changesSince(before.#resting)].flatMap(([, was, is]) =>
      was === undefined && is !== undefined ? is : [],
    );
  }

  *ids(): Generator<string> {
    for (const [id] of this.#awake) yield id;
    for (const [id] of this.#resting) yield id;
  }

  /** The sessions that are not at rest. A session that concerns me, or that push reported, is never at rest. */
  awake(): Iterable<S> {
    return this.#awake.values();
  }

  /** All sessions. This derives those at rest. */
  *values(): Generator<S> {
    yield* this.awake();
    for (const resting of this.#resting.values()) yield sessionOf(resting);
  }
}
