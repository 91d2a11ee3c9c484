import type { CallEvent } from '../../shared/call.ts';
import type { PlacedCall } from '../../shared/dial.ts';
import type { Clock } from '../clock.ts';
import { CallOrder, type CallList } from './call-list.ts';
import { eventsBetween } from './events.ts';
import type { Fact, ReduceContext } from './facts.ts';
import { EMPTY_MODEL, type Model, type FactStamp } from './model.ts';
import type { OwnNumbers } from '../numbers/own-numbers.ts';
import { reduce } from './reduce.ts';

export interface CallStoreOptions {
  clock: Clock;
  /** The user's numbers now. */
  own: () => OwnNumbers;
}

const NO_SOURCES = { placeholderDelayMs: 0, historyPolled: false };

/**
 * Holds the model of calls, applies facts and reports calls and events. One per account, so that placed calls stay
 * known after a new sign-in.
 */
export class CallStore {
  readonly #options: CallStoreOptions;
  #model: Model = EMPTY_MODEL;
  /** The model whose changes were reported last. */
  #emitted: Model = EMPTY_MODEL;
  readonly #order = new CallOrder();
  /** What `reduce` needs to know about the available sources. */
  context: () => Pick<ReduceContext, 'placeholderDelayMs' | 'historyPolled'> = () => NO_SOURCES;
  /** Called for each `emitChanges`, also if there are no events. */
  onEvents: ((events: CallEvent[]) => void) | null = null;
  /** A call placed here changed. */
  onPlaced: ((placed: PlacedCall) => void) | null = null;

  constructor(options: CallStoreOptions) {
    this.#options = options;
  }

  get model(): Model {
    return this.#model;
  }

  /** This computer's wall clock minus the PBX's, in ms; 0 while it is not known. */
  get clockOffset(): number {
    const { pbxToMonotonicMs, monotonicToWallMs } = this.#model;
    return pbxToMonotonicMs === null ? 0 : Math.round(pbxToMonotonicMs + monotonicToWallMs);
  }

  /** The same list while no call changed. */
  get calls(): CallList {
    return this.#order.list;
  }

  /**
   * Whether the session is live, as a source has shown since `since` (monotonic ms); null if none has shown the sessions
   * since then.
   */
  isLive(sessionId: string, since: number): boolean | null {
    const { sessions, lastList, listRefused, verified } = this.#model;
    if (!sessions.has(sessionId)) return false;
    const shownAt = listRefused ? verified.at : (lastList?.asOf.at ?? -Infinity);
    return shownAt >= since ? true : null;
  }

  /** The stamp of a request that is sent now. */
  stamp(): FactStamp {
    return { seq: this.#model.seq, at: this.#options.clock.elapsed() };
  }

  /** Applies facts in order and reports their changes. */
  applyAndEmit(...facts: Fact[]): void {
    this.apply(...facts);
    this.emitChanges();
  }

  /** Applies facts in order. The next `emitChanges` or `applyAndEmit` reports their changes. */
  apply(...facts: Fact[]): void {
    const { clock, own } = this.#options;
    const before = this.#model.placedCalls;
    const input: ReduceContext = { own: own(), now: clock.elapsed(), wall: clock.now(), ...this.context() };
    this.#model = reduce(this.#model, facts, input);
    const { placedCalls } = this.#model;
    if (placedCalls === before) return;
    for (const [key, { call }] of placedCalls) {
      const known = before.get(key)?.call;
      // Of an ended call only the end may still change. Its times move if the clock of this computer is set.
      if (call.end === null ? known !== call : known?.end !== call.end) this.onPlaced?.(call);
    }
  }

  /** Calls `onEvents` with the events since the last `emitChanges`. */
  emitChanges(): void {
    const before = this.#emitted;
    const after = this.#model;
    this.#emitted = after;
    this.#order.update(after.sessions);
    const events = eventsBetween(before, after);
    this.onEvents?.(events);
  }

  /** Forgets the sessions, without a callback. */
  reset(): void {
    this.apply({ type: 'reset' });
    this.#emitted = this.#model;
    this.#order.update(this.#model.sessions);
  }
}
