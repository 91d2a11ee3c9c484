import { isNameless } from '../../src/core/calls/model.ts';
import type { Call, CallEvent } from '../../src/shared/call.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { Ring, Truth } from './truth.ts';
import type { Violations } from './violations.ts';

export interface WitnessOptions {
  world: SimClock;
  truth: () => Truth;
  conditions: Conditions;
  violations: Violations;
}

/** By push a ring is announced in this, in ms: it may wait 0.8 s for its name. */
export const BY_PUSH_MS = 2_000;
/** A ring that is announced may have ended this long ago: the word of it was on its way. */
const ON_ITS_WAY_MS = 20_000;

/** Holds what the program tells of calls against what is so. */
export class Witness {
  readonly #options: WitnessOptions;
  /** Rings that were announced without a name, by that session's id. */
  readonly #nameless = new Map<string, Ring>();
  /** From the ring to its announcement, in ms, where push worked from before it until then. */
  readonly byPush: number[] = [];
  readonly byList: number[] = [];
  readonly #notified = new Map<string, number>();
  announced = 0;
  /** Calls that were announced twice while push told things seconds late, or twice. */
  twiceByOddity = 0;
  /** Rings that were over, or unannounced for good reason. */
  notAnnounced = 0;

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /** A ring of me begins: looks after it until it is over. */
  rang(ring: Ring): void {
    const { world, conditions } = this.#options;
    const pushed = conditions.pushed;
    const { disturbances } = conditions;
    const stillPushed = (): boolean => conditions.disturbances === disturbances && conditions.pushed && pushed;
    const isAnnounced = (): boolean => ring.announced;
    const look = (): void => {
      if (isAnnounced()) {
        (stillPushed() ? this.byPush : this.byList).push(ring.announcedAt - ring.from);
        return;
      }
      if (ring.until !== null) this.notAnnounced += 1;
      else if (this.#isDue(ring, stillPushed())) this.#violate(ring, stillPushed());
      else world.after(250, look);
    };
    world.after(250, look);
  }

  told(events: readonly CallEvent[]): void {
    for (const event of events) this.#hear(event);
  }

  #isDue(ring: Ring, pushed: boolean): boolean {
    const { world, conditions } = this.#options;
    const now = world.now();
    if (pushed && now - ring.from > BY_PUSH_MS) return true;
    return now - Math.max(ring.from, conditions.calmSince) > conditions.withinMs;
  }

  #violate({ call, from }: Ring, pushed: boolean): void {
    const { world, violations, conditions } = this.#options;
    const way = pushed ? 'push works' : conditions.listening ? 'the list is compared' : 'the list is polled';
    violations.add(`${call.id} rings me for ${world.now() - from} ms unannounced, while ${way}`);
  }

  #hear(event: CallEvent): void {
    const { violations, truth, conditions } = this.#options;
    const { id } = event.call;
    if (event.type === 'for-me') this.#announced(event);
    // Without a name, or from the call history, which has ids of its own and may answer long after the end.
    if (event.type === 'recorded' || isNameless(id) || id.startsWith('cdr:')) return;
    const call = truth().find(id);
    if (call === undefined) {
      violations.add(`${event.type} for ${id}, which is long over or never was`);
      return;
    }
    const { told } = call;
    switch (event.type) {
      case 'appeared':
        told.appeared += 1;
        if (told.appeared > 1) violations.add(`${id} appeared ${told.appeared} times`);
        if (told.ended > 0) violations.add(`${id} appeared after it had ended`);
        break;
      case 'ended':
        told.ended += 1;
        if (call.over === null && conditions.endsAreGuessed) {
          told.ended -= 1;
          told.appeared -= 1;
        } else if (call.over === null) violations.add(`${id} was told to have ended, and goes on`);
        if (told.ended > 1) violations.add(`${id} ended ${told.ended} times`);
        if (told.appeared === 0 && !told.shown) violations.add(`${id} ended without having been shown`);
        break;
      case 'missed':
        told.missed += 1;
        if (told.missed > 1) violations.add(`${id} was missed ${told.missed} times`);
        break;
      case 'for-me':
      case 'answered':
      case 'moved':
    }
  }

  #announced({ call, insteadOf }: CallEvent & { type: 'for-me' }): void {
    const { truth, violations } = this.#options;
    if (isNameless(call.id)) {
      const ring = this.#unannounced([...truth().all].flatMap(({ rings }) => rings));
      if (ring === undefined) violations.add(`a ring without a name was announced, and none was unannounced`);
      else {
        this.#mark(ring);
        this.#nameless.set(call.id, ring);
      }
      return;
    }
    const supposed = insteadOf === undefined ? undefined : this.#nameless.get(insteadOf);
    if (supposed !== undefined) {
      // Which one it was is known now.
      supposed.announced = false;
      this.announced -= 1;
      if (insteadOf !== undefined) this.#nameless.delete(insteadOf);
    }
    const known = truth().find(call.id);
    const ring = known?.rings.find(({ announced }) => !announced);
    if (ring === undefined && known !== undefined && this.#options.conditions.pushIsOdd) {
      this.twiceByOddity += 1;
      return;
    }
    if (ring === undefined) {
      violations.add(`${call.id} was announced again, or never rang me (${known?.rings.length ?? 'no'} rings)`);
      return;
    }
    this.#mark(ring);
  }

  #mark(ring: Ring): void {
    ring.announced = true;
    ring.announcedAt = this.#options.world.now();
    this.announced += 1;
  }

  #unannounced(rings: readonly Ring[]): Ring | undefined {
    const now = this.#options.world.now();
    return rings.find(({ announced, until }) => !announced && (until === null || now - until < ON_ITS_WAY_MS));
  }

  /** A notification comes up: one for each ring, and one that it was missed. */
  notified(key: string): void {
    const { truth, violations } = this.#options;
    const times = (this.#notified.get(key) ?? 0) + 1;
    this.#notified.set(key, times);
    const id = key.replace(/^call:/, '');
    const most = (truth().find(id)?.rings.length ?? 1) + 1;
    if (key !== id && times > most) violations.add(`${id} came up as a notification ${times} times`);
  }

  /** The list on the screen. */
  shown(calls: readonly Call[]): void {
    for (const { id } of calls) {
      const call = this.#options.truth().find(id);
      if (call !== undefined) call.told.shown = true;
    }
  }

  forgetOld(): void {
    this.#notified.clear();
    for (const [id, ring] of this.#nameless) if (ring.call.over !== null) this.#nameless.delete(id);
  }
}
