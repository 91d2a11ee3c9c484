import type { PbxLeg } from '../../src/core/pbx/types.ts';
import type { Measure } from './measure.ts';
import { extension, type LiveCall, type PbxModel } from './pbx-model.ts';
import { around, exponential, type SimClock } from './sim-clock.ts';

/** The state of a phone in push. */
export type PhoneActivity = 'ringing' | 'on-call' | 'idle';

export interface OfficeOptions {
  clock: SimClock;
  measure: Measure;
  pbx: () => PbxModel;
  desks: number;
  /** Incoming calls per desk and hour. */
  callsPerHour: number;
  onActivity: (desk: number, activity: PhoneActivity) => void;
}

const TALK_MS = { median: 120_000, spread: 2.2 };
const UNANSWERED = 0.25;

/** The people of an office and those who call them. */
export class Office {
  readonly #options: OfficeOptions;
  readonly #live = new Map<string, { call: LiveCall; hangUp: () => void }>();
  /** Desks on the phone; a caller gets a busy tone. */
  readonly #busy = new Set<number>();
  #count = 0;
  /** Nobody gets through while the PBX is down or the phones have no network. */
  open = true;

  constructor(options: OfficeOptions) {
    this.#options = options;
  }

  start(): void {
    this.#next();
  }

  isFree(desk: number): boolean {
    return this.open && !this.#busy.has(desk);
  }

  /** Plays a call that a desk placed: its phone rings, then the callee's, then they talk. Returns the session id. */
  placed(desk: number, callee: string): string {
    const { clock, onActivity } = this.#options;
    const from = clock.now();
    const phone = from + 1_000 + exponential(clock, 2_000);
    const other = phone + 4_000 + exponential(clock, 8_000);
    const over = other + around(clock, TALK_MS.median, TALK_MS.spread);
    const own = extension(desk);
    const id = this.#begin(desk, (now) => [
      leg(callee, own, '', from, now >= phone ? now - phone : null),
      ...(now >= phone ? [leg(own, callee, 'trunk', phone, now >= other ? now - other : null)] : []),
    ]);
    onActivity(desk, 'ringing');
    clock.at(phone, () => this.#if(id, () => onActivity(desk, 'on-call')));
    clock.at(over, () => this.#hangUp(id));
    return id;
  }

  hangUp(id: string): boolean {
    return this.#hangUp(id);
  }

  /** The PBX or the network drops all calls. */
  dropAll(): void {
    for (const id of [...this.#live.keys()]) this.#hangUp(id);
  }

  #next(): void {
    const { clock, desks, callsPerHour } = this.#options;
    clock.after(exponential(clock, 3_600_000 / (desks * callsPerHour)), () => {
      const desk = Math.floor(clock.random() * desks);
      if (this.isFree(desk)) this.#ring(desk);
      this.#next();
    });
  }

  /** Somebody from outside calls; some give up before the call is answered. */
  #ring(desk: number): void {
    const { clock, measure, onActivity } = this.#options;
    const from = clock.now();
    const answered = clock.random() >= UNANSWERED;
    const rings = answered ? 3_000 + exponential(clock, 6_000) : 8_000 + clock.random() * 17_000;
    const ring = measure.rang(desk);
    let talking: number | null = null;
    const caller = `+1201555${String(this.#count % 10_000).padStart(4, '0')}`;
    const id = this.#begin(
      desk,
      (now) => [leg(caller, extension(desk), 'trunk', from, talking === null ? null : now - talking)],
      () => (ring.until = Math.min(ring.until, clock.now())),
    );
    onActivity(desk, 'ringing');
    clock.after(rings, () =>
      this.#if(id, () => {
        if (!answered) return void this.#hangUp(id);
        talking = ring.until = clock.now();
        onActivity(desk, 'on-call');
        clock.after(around(clock, TALK_MS.median, TALK_MS.spread), () => this.#hangUp(id));
      }),
    );
  }

  #begin(desk: number, legs: LiveCall['legs'], hangUp: () => void = () => {}): string {
    this.#count += 1;
    const call: LiveCall = { id: `8847575703${String(this.#count).padStart(8, '0')}`, desk, legs };
    this.#live.set(call.id, { call, hangUp });
    this.#busy.add(desk);
    this.#options.pbx().begin(call);
    return call.id;
  }

  #if(id: string, task: () => void): void {
    if (this.#live.has(id)) task();
  }

  #hangUp(id: string): boolean {
    const live = this.#live.get(id);
    if (live === undefined) return false;
    this.#live.delete(id);
    this.#busy.delete(live.call.desk);
    live.hangUp();
    this.#options.pbx().end(live.call);
    this.#options.onActivity(live.call.desk, 'idle');
    return true;
  }
}

/** `talked`: ms since it was answered; null while it rings. */
function leg(caller: string, callee: string, trunk: string, startedAt: number, talked: number | null): PbxLeg {
  const talkingSeconds = talked === null ? 0 : Math.max(1, Math.round(talked / 1000));
  return { caller, callerName: '', callee, trunk, startedAt, talkingSeconds };
}
