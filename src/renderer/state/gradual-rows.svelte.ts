import { untrack } from 'svelte';
import type { Call } from '../../shared/call.ts';
import { nextRows } from './row-steps.ts';

/** A slow computer needs 2 ms for a row, and a key that is pressed meanwhile waits for the whole step. */
const ROWS_PER_FRAME = 8;

/**
 * The rows of a list that may change completely with a poll. They follow the calls in steps, one in each frame; a few
 * changes are one step. Create it while a component is initialised.
 */
export class GradualRows {
  #shown = $state.raw<readonly Call[]>([]);

  constructor(wanted: () => readonly Call[]) {
    let frame = 0;
    const step = (calls: readonly Call[]): void => {
      this.#shown = nextRows(this.#shown, calls, ROWS_PER_FRAME);
      if (this.#shown !== calls) frame = requestAnimationFrame(() => step(calls));
    };
    $effect.pre(() => {
      const calls = wanted();
      untrack(() => step(calls));
      return () => cancelAnimationFrame(frame);
    });
  }

  get shown(): readonly Call[] {
    return this.#shown;
  }
}
