import type { Clock } from '../../core/clock.ts';
import { SingleFlight } from '../../core/single-flight.ts';
import { askSessionBus, type BusAnswer } from '../session-bus.ts';

export type ServiceState = 'answers' | 'absent' | 'silent' | 'unknown';

/** How long an answer counts, in ms, so that many calls at once do not ask many times. */
const FRESH_MS = 5_000;

const GET_SERVER_INFORMATION = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
} as const;

/** Servers that replace a notification by one with the same x-canonical-private-synchronous hint. */
const REPLACES = /dunst|mako|SwayNotificationCenter|swaync|Xfce Notify Daemon|notify-osd/i;

/** The notification service of a Linux desktop, asked through the session bus. */
export class NotificationService {
  readonly #clock: Clock;
  readonly #ask: () => Promise<BusAnswer>;
  #answeredAt = -Infinity;
  readonly #asking = new SingleFlight<ServiceState>();
  #name = '';

  constructor(clock: Clock, ask: () => Promise<BusAnswer> = () => askSessionBus(GET_SERVER_INFORMATION)) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Whether it answered so recently that it need not be asked before the next call. */
  get fresh(): boolean {
    return this.#clock.elapsed() - this.#answeredAt < FRESH_MS;
  }

  answered(): void {
    this.#answeredAt = this.#clock.elapsed();
  }

  /** Asks the service whether it works, unless it is `fresh`. This takes about two seconds if the service hangs. */
  async state(): Promise<ServiceState> {
    if (this.fresh) return 'answers';
    return this.#asking.run(() => this.#askService());
  }

  /** Whether a later notification can replace one that was sent through notify-send. */
  async replaces(): Promise<boolean> {
    if (this.#name === '') await this.state();
    return REPLACES.test(this.#name);
  }

  async #askService(): Promise<ServiceState> {
    const answer = await this.#ask();
    if (answer.state !== 'answered') return answer.state;
    this.#name = answer.text;
    this.answered();
    return 'answers';
  }
}
