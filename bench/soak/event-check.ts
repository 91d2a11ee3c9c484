import { isPlaceholderId } from '../../src/core/calls/model.ts';
import type { Call, CallEvent } from '../../src/shared/call.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { Ring, Truth } from './truth.ts';
import type { Violations } from './violations.ts';

export interface EventCheckOptions {
  world: SimClock;
  truth: () => Truth;
  conditions: Conditions;
  violations: Violations;
}

/** The limit for announcing a ring by push, in ms. It may wait 0.8 s for the caller's name. */
export const BY_PUSH_MS = 2_000;
/** How long ago an announced ring may have ended, because its event was delayed. */
const ON_ITS_WAY_MS = 20_000;

/** Checks the program's call events against the ground truth. */
export class EventCheck {
  readonly #options: EventCheckOptions;
  /** Rings that were announced without a name, by the id of the placeholder session. */
  readonly #nameless = new Map<string, Ring>();
  /** Delays from ring to announcement while push worked without a break, in ms. */
  readonly byPush: number[] = [];
  readonly byList: number[] = [];
  readonly #notified = new Map<string, number>();
  announced = 0;
  /** Calls that were announced twice because push was seconds late or doubled. */
  announcedTwice = 0;
  /** Rings that ended before they had to be announced. */
  notAnnounced = 0;

  constructor(options: EventCheckOptions) {
    this.#options = options;
  }

  /** My phone starts to ring: checks until the ring is announced or over. */
  rang(ring: Ring): void {
    const { world, conditions } = this.#options;
    const pushed = conditions.pushed;
    const { disturbances } = conditions;
    const stillPushed = (): boolean => conditions.disturbances === disturbances && conditions.pushed && pushed;
    const isAnnounced = (): boolean => ring.announced;
    const check = (): void => {
      if (isAnnounced()) {
        (stillPushed() ? this.byPush : this.byList).push(ring.announcedAt - ring.from);
        return;
      }
      if (ring.until !== null) this.notAnnounced += 1;
      else if (this.#isDue(ring, stillPushed())) this.#violate(ring, stillPushed());
      else world.after(250, check);
    };
    world.after(250, check);
  }

  onEvents(events: readonly CallEvent[]): void {
    for (const event of events) this.#check(event);
  }

  #isDue(ring: Ring, pushed: boolean): boolean {
    const { world, conditions } = this.#options;
    const now = world.now();
    if (pushed && now - ring.from > BY_PUSH_MS) return true;
    return now - Math.max(ring.from, conditions.calmSince) > conditions.withinMs;
  }

  #violate({ call, from }: Ring, pushed: boolean): void {
    const { world, violations, conditions } = this.#options;
    const source = pushed ? 'push works' : conditions.listening ? 'the list only confirms push' : 'the list is polled';
    violations.add(`${call.id} rings me for ${world.now() - from} ms unannounced, while ${source}`);
  }

  #check(event: CallEvent): void {
    const { violations, truth, conditions } = this.#options;
    const { id } = event.call;
    if (event.type === 'for-me') this.#announced(event);
    // Rings without a name and history entries are skipped: the history has other ids and may be much later.
    if (event.type === 'recorded' || isPlaceholderId(id) || id.startsWith('cdr:')) return;
    const call = truth().find(id);
    if (call === undefined) {
      violations.add(`${event.type} for ${id}, which is long over or never was`);
      return;
    }
    const { reported } = call;
    switch (event.type) {
      case 'appeared':
        reported.appeared += 1;
        if (reported.appeared > 1) violations.add(`${id} appeared ${reported.appeared} times`);
        if (reported.ended > 0) violations.add(`${id} appeared after it had ended`);
        break;
      case 'ended':
        reported.ended += 1;
        if (call.over === null && conditions.areEndsInferred) {
          reported.ended -= 1;
          reported.appeared -= 1;
        } else if (call.over === null) violations.add(`${id} was reported as ended while it goes on`);
        if (reported.ended > 1) violations.add(`${id} ended ${reported.ended} times`);
        if (reported.appeared === 0 && !reported.shown) violations.add(`${id} ended without having been shown`);
        break;
      case 'missed':
        reported.missed += 1;
        if (reported.missed > 1) violations.add(`${id} was missed ${reported.missed} times`);
        break;
      case 'for-me':
      case 'answered':
      case 'moved':
    }
  }

  #announced({ call, insteadOf }: CallEvent & { type: 'for-me' }): void {
    const { truth, violations } = this.#options;
    if (isPlaceholderId(call.id)) {
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
      // The placeholder's real call is known now.
      supposed.announced = false;
      this.announced -= 1;
      if (insteadOf !== undefined) this.#nameless.delete(insteadOf);
    }
    const known = truth().find(call.id);
    const ring = known?.rings.find(({ announced }) => !announced);
    if (ring === undefined && known !== undefined && this.#options.conditions.isPushLateOrDoubled) {
      this.announcedTwice += 1;
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

  /** A notification is shown: at most one for each ring and one for a missed call. */
  notified(key: string): void {
    const { truth, violations } = this.#options;
    const times = (this.#notified.get(key) ?? 0) + 1;
    this.#notified.set(key, times);
    const id = key.replace(/^call:/, '');
    const maxTimes = (truth().find(id)?.rings.length ?? 1) + 1;
    if (key !== id && times > maxTimes) violations.add(`${id} came up as a notification ${times} times`);
  }

  /** The list on the screen. */
  shown(calls: readonly Call[]): void {
    for (const { id } of calls) {
      const call = this.#options.truth().find(id);
      if (call !== undefined) call.reported.shown = true;
    }
  }

  forgetOld(): void {
    this.#notified.clear();
    for (const [id, ring] of this.#nameless) if (ring.call.over !== null) this.#nameless.delete(id);
  }
}
