import { inTransaction, nextTransaction, type Database } from '../../store/database.ts';

export interface SliceOptions {
  /** Maximum time of one slice, in ms. */
  sliceMs: number;
  /** A monotonic clock, in ms. */
  now: () => number;
  /** Lets other work run. */
  pause: (database: Database) => Promise<void>;
}

export const SLICES: SliceOptions = {
  sliceMs: 4,
  now: () => performance.now(),
  pause: nextTransaction,
};

/**
 * Runs `step` for all items, in slices of one transaction each. Reads the clock after each step, as one may be long.
 */
export async function inSlices<T>(
  database: Database,
  items: Iterable<T>,
  step: (item: T) => void,
  { sliceMs, now, pause }: SliceOptions,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  /** False when all items are done. */
  const slice = (): boolean => {
    const started = now();
    for (;;) {
      const next = iterator.next();
      if (next.done === true) return false;
      step(next.value);
      if (now() - started >= sliceMs) return true;
    }
  };
  while (inTransaction(database, slice)) await pause(database);
}
