import { isPlaceholderId } from '../../src/core/calls/model.ts';
import type { Call } from '../../src/shared/call.ts';
import type { CallsState } from '../../src/shared/state.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Truth } from './truth.ts';
import type { Violations } from './violations.ts';

export interface ScreenCheckOptions {
  clock: SimClock;
  deskClock: DeskClock;
  truth: Truth;
  conditions: Conditions;
  violations: Violations;
  calls: () => Pick<CallsState, 'calls' | 'more'>;
}

/** The longest time that a call may be shown as ringing after it stopped, in ms awake. */
const MAX_FALSE_RINGING_MS = 360_000;

/** Compares the calls on the screen with the real calls. */
export class ScreenCheck {
  readonly #options: ScreenCheckOptions;
  /** Since when a call is wrongly shown as ringing, by id, ms awake. */
  readonly #falseRinging = new Map<string, number>();

  constructor(options: ScreenCheckOptions) {
    this.#options = options;
  }

  check(): void {
    const { truth, conditions, violations, clock } = this.#options;
    const { calls, more } = this.#options.calls();
    const { calmSince, withinMs } = conditions;
    const now = clock.now();
    const isDue = (since: number): boolean => now - Math.max(since, calmSince) > withinMs;
    const shown = new Set(calls.map(({ id }) => id));
    for (const { id, over, from, reported } of truth.all) {
      if (over !== null && shown.has(id) && isDue(over))
        violations.add(`${id} is still shown ${now - over} ms after its end`);
      // A truncated list looks like ended calls, so a call that was reported as ended need not return.
      if (over === null && more.others === 0 && !shown.has(id) && isDue(from) && reported.ended === 0) {
        violations.add(`${id} is not shown ${now - from} ms after its beginning`);
      }
    }
    this.#checkRinging(calls);
  }

  #checkRinging(calls: readonly Call[]): void {
    const { truth, deskClock, violations } = this.#options;
    const ringing = new Set<string>();
    for (const { id, state } of calls) {
      if (state !== 'ringing') continue;
      const call = truth.find(id);
      const rings = isPlaceholderId(id)
        ? [...truth.all].some((each) => each.rings.some(({ until }) => until === null))
        : call?.over === null;
      if (rings) continue;
      ringing.add(id);
      const since = this.#falseRinging.get(id) ?? deskClock.monotonic;
      this.#falseRinging.set(id, since);
      if (deskClock.monotonic - since > MAX_FALSE_RINGING_MS) {
        violations.add(`${id} is shown as ringing ${deskClock.monotonic - since} ms after it stopped`);
        this.#falseRinging.set(id, Infinity);
      }
    }
    for (const id of this.#falseRinging.keys()) if (!ringing.has(id)) this.#falseRinging.delete(id);
  }
}
