import type { Call, CallEvent } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { Clock } from '../clock.ts';
import { diff } from './events.ts';
import type { Fact, World } from './facts.ts';
import { NOTHING_KNOWN, type Model, type Stamp } from './model.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { reduce } from './reduce.ts';
import { inOrder } from './view.ts';

export interface CallStoreOptions {
  clock: Clock;
  own: () => OwnNumbers;
}

/**
 * Holds the one model of calls: facts come in, calls and events go out. One per account, so that calls placed here stay
 * known when the user signs in anew.
 */
export class CallStore {
  readonly #options: CallStoreOptions;
  #model: Model = NOTHING_KNOWN;
  /** The model that the last events led to. */
  #emitted: Model = NOTHING_KNOWN;
  #calls: Call[] = [];
  #holds = 0;
  /** What the sources allow at the moment. */
  context: Pick<World, 'nameWaitMs' | 'historyPolled'> = { nameWaitMs: 0, historyPolled: false };
  /** Calls changed, and what happened to them; [] where nothing did that is an event. */
  onCalls: ((calls: Call[], events: CallEvent[]) => void) | null = null;
  /** A call placed here changed. */
  onPlaced: ((placed: PlacedCall) => void) | null = null;

  constructor(options: CallStoreOptions) {
    this.#options = options;
  }

  get model(): Model {
    return this.#model;
  }

  /** Ringing for me, then my others, then the rest; the same array while no call changed. */
  get calls(): Call[] {
    return this.#calls;
  }

  /** Of a question that is asked now. */
  stamp(): Stamp {
    return { seq: this.#model.seq, at: this.#options.clock.elapsed() };
  }

  /** Applies facts, in order, and announces what they changed, but for what `hold` holds back. */
  apply(...facts: Fact[]): void {
    this.take(facts);
    if (this.#holds === 0) this.emit();
  }

  /** Applies facts; what they changed is announced with the next ones, or by `emit`. */
  take(facts: readonly Fact[]): void {
    const { clock, own } = this.#options;
    const before = this.#model.placings;
    const world = { own: own(), now: clock.elapsed(), wall: clock.now(), ...this.context };
    this.#model = reduce(this.#model, facts, world);
    const { placings } = this.#model;
    if (placings === before) return;
    for (const [key, { call }] of placings) if (before.get(key)?.call !== call) this.onPlaced?.(call);
  }

  /** What a request under way may explain is announced when it is answered. */
  hold(): () => void {
    this.#holds += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      if (this.#holds === 0) this.emit();
    };
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  emit(): void {
    const before = this.#emitted;
    const after = this.#model;
    this.#emitted = after;
    if (before.sessions !== after.sessions) this.#calls = inOrder(after.sessions.values(), this.#calls);
    const events = diff(before, after);
    this.onCalls?.(this.#calls, events);
  }

  /** Forgets the sessions, and tells nobody. */
  reset(): void {
    this.take([{ type: 'reset' }]);
    this.#emitted = this.#model;
    this.#calls = inOrder(this.#model.sessions.values(), []);
  }
}
