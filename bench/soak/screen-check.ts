import { isNameless } from '../../src/core/calls/model.ts';
import type { Call } from '../../src/shared/call.ts';
import type { CallsState } from '../../src/shared/state.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Truth } from './truth.ts';
import type { Violations } from './violations.ts';

export interface ScreenCheckOptions {
  world: SimClock;
  desk: DeskClock;
  truth: Truth;
  conditions: Conditions;
  violations: Violations;
  calls: () => Pick<CallsState, 'calls' | 'more'>;
}

/** Whatever happens, what does not ring is not shown as ringing for longer than this, in ms awake. */
const LONGEST_FALSE_RINGING_MS = 360_000;

/** Compares the calls on the screen with those that there are. */
export class ScreenCheck {
  readonly #options: ScreenCheckOptions;
  /** Since when a call is shown as ringing that does not ring, by id, ms awake. */
  readonly #falsely = new Map<string, number>();

  constructor(options: ScreenCheckOptions) {
    this.#options = options;
  }

  look(): void {
    const { truth, conditions, violations, world } = this.#options;
    const { calls, more } = this.#options.calls();
    const { calmSince, withinMs } = conditions;
    const now = world.now();
    const isDue = (since: number): boolean => now - Math.max(since, calmSince) > withinMs;
    const shown = new Set(calls.map(({ id }) => id));
    for (const { id, over, from, told } of truth.all) {
      if (over !== null && shown.has(id) && isDue(over))
        violations.add(`${id} is still shown ${now - over} ms after its end`);
      // A list that breaks off is not told apart from calls that ended, so what had ended stays so.
      if (over === null && more.others === 0 && !shown.has(id) && isDue(from) && told.ended === 0) {
        violations.add(`${id} is not shown ${now - from} ms after its beginning`);
      }
    }
    this.#checkRinging(calls);
  }

  #checkRinging(calls: readonly Call[]): void {
    const { truth, desk, violations } = this.#options;
    const ringing = new Set<string>();
    for (const { id, state } of calls) {
      if (state !== 'ringing') continue;
      const call = truth.find(id);
      const rings = isNameless(id)
        ? [...truth.all].some((each) => each.rings.some(({ until }) => until === null))
        : call?.over === null;
      if (rings) continue;
      ringing.add(id);
      const since = this.#falsely.get(id) ?? desk.monotonic;
      this.#falsely.set(id, since);
      if (desk.monotonic - since > LONGEST_FALSE_RINGING_MS) {
        violations.add(`${id} is shown as ringing ${desk.monotonic - since} ms after it stopped`);
        this.#falsely.set(id, Infinity);
      }
    }
    for (const id of this.#falsely.keys()) if (!ringing.has(id)) this.#falsely.delete(id);
  }
}
