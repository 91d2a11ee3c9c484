import type { ReduceContext } from './facts.ts';
import { plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS } from './limits.ts';
import type { FactStamp, Model } from './model.ts';
import { TimeShift } from './time-shift.ts';
import type { ViewContext } from './view.ts';

/**
 * The model while `reduce` applies facts to it. The files beside this one hold what each kind of fact changes; the
 * draft holds the changed model and what they need to know about the current fact.
 */
export class Draft {
  readonly input: ReduceContext;
  /** Monotonic ms. */
  readonly now: number;
  #model: Model;
  /** The maps that were copied, so that a change to them does not change the model before. */
  readonly #copiedMaps = new Set<MapName>();
  /** Cached; null after a change of the model. */
  #cachedContext: ViewContext | null = null;
  #unannounced = false;
  /** When the PBX wrote the current fact, ms since 1970 on its clock; null if the PBX does not say. */
  #writtenAt: number | null = null;
  /** The current fact changed the difference between the PBX's clock and ours. */
  clockChanged = false;
  /** A request for a call was settled, so sessions that were hidden for it may have to be shown. */
  hasSettledRequest = false;

  constructor(model: Model, input: ReduceContext) {
    this.input = input;
    this.now = input.now;
    this.#model = { ...model, own: model.own.updated(input.own) };
    this.#updateWallClock(input.wall - input.now);
  }

  get model(): Model {
    return this.#model;
  }

  set(change: Partial<Model>): void {
    this.#cachedContext = null;
    this.#model = { ...this.#model, ...change };
  }

  /** Replaces the whole model. Its maps belong to others, so they must be copied before a change. */
  replaceModel(model: Model): void {
    this.#copiedMaps.clear();
    this.#cachedContext = null;
    this.#model = model;
  }

  /** A map of the model, to be changed. It is copied before its first change. Read it from `model`. */
  edit<K extends MapName>(name: K): Model[K] {
    if (!this.#copiedMaps.has(name)) this.#model = { ...this.#model, [name]: this.#model[name].copy() };
    this.#copiedMaps.add(name);
    return this.#model[name];
  }

  // The current fact.

  /**
   * Starts the next fact. `unannounced`: its new sessions are shown but not announced. `writtenAt`: when the PBX
   * wrote it, ms since 1970 on its clock; null if the PBX does not say.
   */
  startFact(unannounced: boolean, writtenAt: number | null): void {
    this.set({ seq: this.#model.seq + 1 });
    this.#writtenAt = plausibleTime(writtenAt);
    this.clockChanged = false;
    this.#unannounced = unannounced;
  }

  get stamp(): FactStamp {
    return { seq: this.#model.seq, at: this.now };
  }

  /** The context in which views of sessions are derived. */
  get context(): ViewContext {
    const { own, pbxToMonotonicMs, monotonicToWallMs, lastList } = this.#model;
    return (this.#cachedContext ??= {
      own,
      stamp: this.stamp,
      pbxToMonotonicMs: pbxToMonotonicMs ?? -monotonicToWallMs,
      monotonicToWallMs,
      clockChanged: this.clockChanged,
      unannounced: this.#unannounced,
      onlyMine: lastList === null,
      mayBePlacedHere: false,
    });
  }

  /** A list response is still expected and will show which calls continue, so no call is given up before it. */
  get awaitsList(): boolean {
    const { listRefused, lastList, pushChangedAt } = this.#model;
    return !listRefused && (lastList === null || lastList.asOf.at < pushChangedAt);
  }

  // Clocks.

  /**
   * Measures the difference between the PBX's clock and ours. `pbxTime`: the PBX's time now, ms since 1970; null if the PBX
   * does not report it.
   */
  updateClockOffset(pbxTime: number | null): void {
    const date = plausibleTime(pbxTime);
    if (date === null) return;
    const { pbxToMonotonicMs } = this.#model;
    const sample = this.now - date;
    if (pbxToMonotonicMs !== null && Math.abs(sample - pbxToMonotonicMs) <= LIMIT_MS.offsetNoise) return;
    this.clockChanged = true;
    this.set({ pbxToMonotonicMs: sample });
  }

  /**
   * How long before the PBX wrote the current fact `pbxTime` was (ms since 1970), in ms. The fact may have arrived
   * late.
   */
  age(pbxTime: number, pbxToMonotonicMs: number): number {
    return (this.#writtenAt ?? this.now - pbxToMonotonicMs) - pbxTime;
  }

  /** Moves all wall times if the user set the clock of this computer. */
  #updateWallClock(monotonicToWallMs: number): void {
    const byMs = monotonicToWallMs - this.#model.monotonicToWallMs;
    if (Math.abs(byMs) <= LIMIT_MS.clockJump) return;
    const { sessions, ended, placedCalls, history } = this.#model;
    const shift = new TimeShift(Math.round(byMs));
    this.set({ monotonicToWallMs, history: shift.history(history) });
    for (const session of [...sessions.values()]) this.edit('sessions').set(session.id, shift.session(session));
    for (const [id, end] of [...ended]) this.edit('ended').set(id, shift.ended(end));
    for (const [key, placed] of [...placedCalls]) this.edit('placedCalls').set(key, shift.placedCall(placed));
  }
}

type MapName = 'sessions' | 'ended' | 'phones' | 'placedCalls' | 'replacedPlaceholders';
