import { exponential, type SimClock } from '../fleet/sim-clock.ts';
import type { Fault } from './network.ts';

/** What the weather does to the desk's world. */
export interface Skies {
  /** The function returned ends it. */
  begin(fault: Fault): () => void;
  dropPush(): void;
  freezePush(): void;
  networkGone(): void;
  /** The desk's computer notices that the network is back. */
  networkNoticed(): void;
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

/** Something that goes wrong; how often, compared with the others. */
type Trouble = readonly [weight: number, name: string, strike: (weather: Weather) => void];

const TROUBLES: readonly Trouble[] = [
  [6, 'time-outs', (w) => w.fault('time-outs', 10 * SECOND, 2 * MINUTE)],
  [6, 'server errors', (w) => w.fault('errors', 5 * SECOND, 3 * MINUTE)],
  [0.3, '429', (w) => w.fault('busy', 5 * SECOND, MINUTE)],
  [0.3, '429 with Retry-After', (w) => w.fault('busy-until', 5 * SECOND, MINUTE)],
  [6, 'resets', (w) => w.fault('resets', 5 * SECOND, 2 * MINUTE)],
  [4, 'garbage', (w) => w.fault('garbage', 5 * SECOND, 2 * MINUTE)],
  [5, 'broken list entries', (w) => w.fault('broken-entries', 20 * SECOND, 4 * MINUTE)],
  [1.5, 'list forbidden', (w) => w.fault('forbidden', 2 * MINUTE, 15 * MINUTE)],
  [8, 'push dropped', (w) => w.skies.dropPush()],
  [4, 'push away', (w) => w.pushAway()],
  [6, 'push half-open', (w) => w.skies.freezePush()],
  [4, 'push delayed', (w) => w.fault('push-delayed', 20 * SECOND, 4 * MINUTE)],
  [4, 'push doubled', (w) => w.fault('push-doubled', 20 * SECOND, 5 * MINUTE)],
  [5, 'another network', (w) => w.network(true)],
  [3, 'network gone further out', (w) => w.network(false)],
  [2, 'captive portal', (w) => w.portal()],
  [4, 'sleep', (w) => w.sleeps()],
  [3, 'unlocked', (w) => w.skies.unlocked()],
  [3, 'clock jump', (w) => w.jumps()],
  [2, 'PBX restart', (w) => w.restarts()],
  [4, 'tokens expire', (w) => w.skies.expireTokens()],
  [0.7, 'sign-in ended', (w) => w.skies.endSignIn()],
];

/** Trouble at random while people work. */
export class Weather {
  readonly skies: Skies;
  /** How often each struck. */
  readonly struck = new Map<string, number>();
  readonly #world: SimClock;
  readonly #perHour: number;
  #until = 0;
  #asleep = false;

  readonly #trace: (what: string) => void;

  constructor(world: SimClock, skies: Skies, perHour: number, trace: (what: string) => void) {
    this.#trace = trace;
    this.#world = world;
    this.skies = skies;
    this.#perHour = perHour;
  }

  /** Trouble begins until `until`, ms since 1970; what has begun then ends by itself. */
  blow(until: number): void {
    this.#until = until;
    this.#wait();
  }

  fault(fault: Fault, least: number, most: number): void {
    this.#world.after(this.#between(least, most), this.skies.begin(fault));
  }

  pushAway(): void {
    this.fault('no-push', 20 * SECOND, 10 * MINUTE);
    this.skies.dropPush();
  }

  network(noticed: boolean): void {
    const end = this.skies.begin('no-network');
    this.skies.networkGone();
    this.#world.after(this.#between(3 * SECOND, noticed ? 10 * MINUTE : 2 * MINUTE), () => {
      end();
      // The desk looks at its addresses twice a second.
      if (noticed) this.#world.after(this.#world.random() * 500, () => this.skies.networkNoticed());
    });
  }

  /** A network that wants something of its user first; the addresses stay when it has got it. */
  portal(): void {
    this.skies.networkGone();
    this.skies.networkNoticed();
    this.fault('portal', 10 * SECOND, 5 * MINUTE);
  }

  sleeps(): void {
    if (this.#asleep) return;
    this.#asleep = true;
    this.skies.sleep();
    const long = this.#world.random() < 0.2;
    this.#world.after(long ? this.#between(HOUR, 3 * HOUR) : this.#between(20 * SECOND, 20 * MINUTE), () => {
      this.#asleep = false;
      this.skies.resume();
    });
  }

  jumps(): void {
    const sign = this.#world.random() < 0.5 ? -1 : 1;
    this.skies.jump(sign * this.#between(5 * SECOND, this.#world.random() < 0.5 ? 5 * MINUTE : 5 * HOUR));
  }

  restarts(): void {
    this.#world.after(this.#between(20 * SECOND, 150 * SECOND), this.skies.restart());
  }

  #wait(): void {
    this.#world.after(exponential(this.#world, HOUR / this.#perHour), () => {
      if (this.#world.now() >= this.#until) return;
      this.#strike();
      this.#wait();
    });
  }

  #strike(): void {
    let left = this.#world.random() * TROUBLES.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, name, strike] of TROUBLES) {
      left -= weight;
      if (left > 0) continue;
      this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
      this.#trace(`weather: ${name}`);
      strike(this);
      return;
    }
  }

  #between(least: number, most: number): number {
    return least + this.#world.random() * (most - least);
  }
}
