import { exponential, type SimClock } from '../fleet/sim-clock.ts';
import type { Fault } from './network.ts';

/** The faults that the schedule can inject. */
export interface FaultActions {
  /** The returned function ends the fault. */
  begin(fault: Fault): () => void;
  dropPush(): void;
  freezePush(): void;
  networkGone(): void;
  /** The desk's computer detects that the network is back. */
  networkReturned(): void;
  sleep(): void;
  resume(): void;
  unlocked(): void;
  jump(ms: number): void;
  restart(): () => void;
  expireTokens(): void;
  endSignIn(): void;
}

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** A fault with its relative frequency. */
type ScheduledFault = readonly [weight: number, name: string, inject: (schedule: FaultSchedule) => void];

const FAULTS: readonly ScheduledFault[] = [
  [6, 'time-outs', (schedule) => schedule.fault('time-outs', 10 * SECOND, 2 * MINUTE)],
  [6, 'server errors', (schedule) => schedule.fault('errors', 5 * SECOND, 3 * MINUTE)],
  [0.3, '429', (schedule) => schedule.fault('busy', 5 * SECOND, MINUTE)],
  [0.3, '429 with Retry-After', (schedule) => schedule.fault('busy-until', 5 * SECOND, MINUTE)],
  [6, 'resets', (schedule) => schedule.fault('resets', 5 * SECOND, 2 * MINUTE)],
  [4, 'garbage', (schedule) => schedule.fault('garbage', 5 * SECOND, 2 * MINUTE)],
  [5, 'broken list entries', (schedule) => schedule.fault('broken-entries', 20 * SECOND, 4 * MINUTE)],
  [1.5, 'list forbidden', (schedule) => schedule.fault('forbidden', 2 * MINUTE, 15 * MINUTE)],
  [8, 'push dropped', (schedule) => schedule.actions.dropPush()],
  [4, 'push away', (schedule) => schedule.pushAway()],
  [6, 'push half-open', (schedule) => schedule.actions.freezePush()],
  [4, 'push delayed', (schedule) => schedule.fault('push-delayed', 20 * SECOND, 4 * MINUTE)],
  [4, 'push doubled', (schedule) => schedule.fault('push-doubled', 20 * SECOND, 5 * MINUTE)],
  [5, 'another network', (schedule) => schedule.network(true)],
  [3, 'network gone, not detected', (schedule) => schedule.network(false)],
  [2, 'captive portal', (schedule) => schedule.portal()],
  [4, 'sleep', (schedule) => schedule.sleeps()],
  [3, 'unlocked', (schedule) => schedule.actions.unlocked()],
  [3, 'clock jump', (schedule) => schedule.jumps()],
  [2, 'PBX restart', (schedule) => schedule.restarts()],
  [4, 'tokens expire', (schedule) => schedule.actions.expireTokens()],
  [0.7, 'sign-in ended', (schedule) => schedule.actions.endSignIn()],
];

/** Injects random faults during working hours. */
export class FaultSchedule {
  readonly actions: FaultActions;
  /** How often each fault was injected. */
  readonly injected = new Map<string, number>();
  readonly #clock: SimClock;
  readonly #perHour: number;
  #until = 0;
  #asleep = false;
  readonly #trace: (what: string) => void;

  constructor(clock: SimClock, actions: FaultActions, perHour: number, trace: (what: string) => void) {
    this.#trace = trace;
    this.#clock = clock;
    this.actions = actions;
    this.#perHour = perHour;
  }

  /** Starts faults until `until`, ms since 1970; faults that are still active then end by themselves. */
  run(until: number): void {
    this.#until = until;
    this.#wait();
  }

  fault(fault: Fault, least: number, most: number): void {
    this.#clock.after(this.#between(least, most), this.actions.begin(fault));
  }

  pushAway(): void {
    this.fault('no-push', 20 * SECOND, 10 * MINUTE);
    this.actions.dropPush();
  }

  network(detected: boolean): void {
    const end = this.actions.begin('no-network');
    this.actions.networkGone();
    this.#clock.after(this.#between(3 * SECOND, detected ? 10 * MINUTE : 2 * MINUTE), () => {
      end();
      // The desk reads its addresses twice a second.
      if (detected) this.#clock.after(this.#clock.random() * 500, () => this.actions.networkReturned());
    });
  }

  /** A network with a captive portal; the addresses do not change when the user passes it. */
  portal(): void {
    this.actions.networkGone();
    this.actions.networkReturned();
    this.fault('portal', 10 * SECOND, 5 * MINUTE);
  }

  sleeps(): void {
    if (this.#asleep) return;
    this.#asleep = true;
    this.actions.sleep();
    const long = this.#clock.random() < 0.2;
    this.#clock.after(long ? this.#between(HOUR, 3 * HOUR) : this.#between(20 * SECOND, 20 * MINUTE), () => {
      this.#asleep = false;
      this.actions.resume();
    });
  }

  jumps(): void {
    const sign = this.#clock.random() < 0.5 ? -1 : 1;
    this.actions.jump(sign * this.#between(5 * SECOND, this.#clock.random() < 0.5 ? 5 * MINUTE : 5 * HOUR));
  }

  restarts(): void {
    this.#clock.after(this.#between(20 * SECOND, 150 * SECOND), this.actions.restart());
  }

  #wait(): void {
    this.#clock.after(exponential(this.#clock, HOUR / this.#perHour), () => {
      if (this.#clock.now() >= this.#until) return;
      this.#inject();
      this.#wait();
    });
  }

  #inject(): void {
    let left = this.#clock.random() * FAULTS.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, name, inject] of FAULTS) {
      left -= weight;
      if (left > 0) continue;
      this.injected.set(name, (this.injected.get(name) ?? 0) + 1);
      this.#trace(`fault: ${name}`);
      inject(this);
      return;
    }
  }

  #between(least: number, most: number): number {
    return least + this.#clock.random() * (most - least);
  }
}
