import { isPlaceholderId } from '../../src/core/calls/model.ts';
import type { Call, CallEvent } from '../../src/shared/call.ts';
import type { SimClock } from '../fleet/sim-clock.ts';
import type { Conditions } from './conditions.ts';
import type { Ring, Truth } from './truth.ts';
import type { Violations } from './violations.ts';

export interface EventCheckOptions {
  clock: SimClock;
  truth: () => Truth;
  conditions: Conditions;
  violations: Violations;
}

/** The longest delay from a ring to its announcement while push works, in ms. The program may wait 0.8 s for a name. */
export const BY_PUSH_MS = 2_000;
/** A ring without a name may be announced until this long after its end, in ms, because its event was delayed. */
const LATE_EVENT_MS = 20_000;

/** Checks the program's call events against the ground truth. */
export class EventCheck {
  readonly #options: EventCheckOptions;
  /** Rings that were announced without a name, by the id of the placeholder session. */
  readonly #nameless = new Map<string, Ring>();
  /** The delays from ring to announcement of rings during which push worked all the time, in ms. */
  readonly byPush: number[] = [];
  /** The delays of all other announced rings, in ms. */
  readonly byList: number[] = [];
  /** How often each notification was shown, by its key. */
  readonly #notified = new Map<string, number>();
  /** Rings that were announced. */
  announced = 0;
  /** Calls that were announced twice because push was seconds late or doubled. */
  announcedTwice = 0;
  /** Rings that ended before they had to be announced. */
  notAnnounced = 0;

  constructor(options: EventCheckOptions) {
    this.#options = options;
  }

  /** Checks a ring of my phone every 250 ms until it is announced, over, or announced too late. */
  watchRing(ring: Ring): void {
    const { clock, conditions } = this.#options;
    const pushed = conditions.pushed;
    const { disturbances } = conditions;
    const stillPushed = (): boolean => conditions.disturbances === disturbances && conditions.pushed && pushed;
    const check = (): void => {
      if (ring.announced) {
        (stillPushed() ? this.byPush : this.byList).push(ring.announcedAt - ring.from);
        return;
      }
      if (ring.until !== null) this.notAnnounced += 1;
      else if (this.#isDue(ring, stillPushed())) this.#violate(ring, stillPushed());
      else clock.after(250, check);
    };
    clock.after(250, check);
  }

  onEvents(events: readonly CallEvent[]): void {
    for (const event of events) this.#check(event);
  }

  /**
   * Whether the ring should have been announced by now. `pushed`: push has worked since it began, so BY_PUSH_MS is the
   * limit. Otherwise it is the longest time to the next poll of the list, counted from when REST works.
   */
  #isDue(ring: Ring, pushed: boolean): boolean {
    const { clock, conditions } = this.#options;
    const now = clock.now();
    if (pushed && now - ring.from > BY_PUSH_MS) return true;
    return now - Math.max(ring.from, conditions.calmSince) > conditions.withinMs;
  }

  #violate({ call, from }: Ring, pushed: boolean): void {
    const { clock, violations, conditions } = this.#options;
    const source = pushed ? 'push works' : conditions.listening ? 'the list only confirms push' : 'the list is polled';
    violations.add(`${call.id} rings me for ${clock.now() - from} ms unannounced, while ${source}`);
  }

  #check(event: CallEvent): void {
    const { violations, truth, conditions } = this.#options;
    const { id } = event.call;
    if (event.type === 'for-me') this.#announced(event);
    // Not checked: rings without a name, and calls from the history, which have other ids and may be reported much later.
    if (event.type === 'recorded' || isPlaceholderId(id) || id.startsWith('cdr:')) return;
    const call = truth().find(id);
    if (call === undefined) {
      violations.add(`${event.type} for ${id}, which ended long ago or does not exist`);
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
        if (reported.appeared === 0 && !reported.shown) violations.add(`${id} ended without having been shown`);
        if (call.over === null && conditions.areEndsInferred) {
          // The program inferred an end that did not happen, so the call may appear and end again.
          reported.appeared = 0;
          break;
        }
        if (call.over === null) violations.add(`${id} was reported as ended while it goes on`);
        reported.ended += 1;
        if (reported.ended > 1) violations.add(`${id} ended ${reported.ended} times`);
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
      const ring = this.#firstUnannounced([...truth().all].flatMap(({ rings }) => rings));
      if (ring === undefined)
        violations.add('a ring without a name was announced, but every ring was announced before');
      else {
        this.#mark(ring);
        this.#nameless.set(call.id, ring);
      }
      return;
    }
    const supposed = insteadOf === undefined ? undefined : this.#nameless.get(insteadOf);
    if (supposed !== undefined) {
      // The real call is known now, and it may be another one than supposed.
      this.#unmark(supposed);
      if (insteadOf !== undefined) this.#nameless.delete(insteadOf);
    }
    const known = truth().find(call.id);
    const ring = known?.rings.find(({ announced }) => !announced);
    if (ring === undefined && known !== undefined && this.#options.conditions.isPushLateOrDoubled) {
      this.announcedTwice += 1;
      return;
    }
    if (ring === undefined) {
      violations.add(
        `${call.id} was announced, but has no unannounced ring of my phone (${known?.rings.length ?? 'no'} rings)`,
      );
      return;
    }
    this.#mark(ring);
  }

  #mark(ring: Ring): void {
    ring.announced = true;
    ring.announcedAt = this.#options.clock.now();
    this.announced += 1;
  }

  #unmark(ring: Ring): void {
    ring.announced = false;
    this.announced -= 1;
  }

  #firstUnannounced(rings: readonly Ring[]): Ring | undefined {
    const now = this.#options.clock.now();
    return rings.find(({ announced, until }) => !announced && (until === null || now - until < LATE_EVENT_MS));
  }

  /** A notification is shown: at most one for each ring and one for a missed call. */
  notified(key: string): void {
    const { truth, violations } = this.#options;
    const times = (this.#notified.get(key) ?? 0) + 1;
    this.#notified.set(key, times);
    const id = key.replace(/^call:/, '');
    const rings = truth().find(id)?.rings.length ?? 1;
    const maxTimes = rings + 1; // one more for "missed"
    if (key !== id && times > maxTimes) violations.add(`${id} was shown as a notification ${times} times`);
  }

  /** Records the calls that are on the screen. */
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
