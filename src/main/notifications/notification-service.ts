import type { Clock } from '../../core/clock.ts';
import { askSessionBus, type BusAnswer } from '../session-bus.ts';

export type ServiceState = 'answers' | 'absent' | 'silent' | 'unknown';

/** So long after it answered it is taken to answer still: a storm of calls asks once. In ms. */
const FRESH_MS = 5_000;

const GET_SERVER_INFORMATION = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
} as const;

/** Those that show a notification in place of one with the same x-canonical-private-synchronous hint. */
const REPLACES = /dunst|mako|SwayNotificationCenter|swaync|Xfce Notify Daemon|notify-osd/i;

/** The notification service of a Linux desktop, as the session bus knows it. */
export class NotificationService {
  readonly #clock: Clock;
  readonly #ask: () => Promise<BusAnswer>;
  #answeredAt = -Infinity;
  #asking: Promise<ServiceState> | null = null;
  #name = '';

  constructor(clock: Clock, ask: () => Promise<BusAnswer> = () => askSessionBus(GET_SERVER_INFORMATION)) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** It answered just now, so nobody has to ask before the next call to it. */
  get fresh(): boolean {
    return this.#clock.elapsed() - this.#answeredAt < FRESH_MS;
  }

  answered(): void {
    this.#answeredAt = this.#clock.elapsed();
  }

  /** Asks, unless it answered just now. Takes about two seconds where it hangs. */
  async state(): Promise<ServiceState> {
    if (this.fresh) return 'answers';
    this.#asking ??= this.#look().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Can a notification sent through notify-send be taken back by a later one? */
  async replaces(): Promise<boolean> {
    if (this.#name === '') await this.state();
    return REPLACES.test(this.#name);
  }

  async #look(): Promise<ServiceState> {
    const answer = await this.#ask();
    if (answer.state !== 'answered') return answer.state;
    this.#name = answer.text;
    this.answered();
    return 'answers';
  }
}
