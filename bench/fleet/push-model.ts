import { reconnectDelayMs } from '../../src/core/pbx/push/reconnect-delay.ts';
import type { PhoneActivity } from './office.ts';
import type { PbxModel } from './pbx-model.ts';
import { around, exponential, type SimClock } from './sim-clock.ts';

export interface PushLineOptions {
  clock: SimClock;
  pbx: PbxModel;
  /** What chance puts off in a slowed office, in ms. */
  spreadMs: () => number;
  /** Push works, or does not any more. */
  onHealth: (healthy: boolean) => void;
  onActivity: (activity: PhoneActivity) => void;
}

const DELAY_MS = { median: 120, spread: 1.8 };
/** In a slowed office the handshakes are spread over so many times the interval between two looks. */
const LAST = 4;
/** A line that went dead is noticed by a ping without an answer. */
const PING_MS = { least: 20_000, more: 20_000 };

/** One desk's WebSocket, as far as load and delay are concerned. */
export class PushLine {
  readonly #options: PushLineOptions;
  #healthy = false;
  #failures = 0;
  #toldAt = 0;
  #cancel: () => void = () => {};

  constructor(options: PushLineOptions) {
    this.#options = options;
  }

  get healthy(): boolean {
    return this.#healthy;
  }

  connect(): void {
    void this.#try();
  }

  /** The PBX closes the connection; each desk hears of it within a second or so. */
  closed(): void {
    const { clock } = this.#options;
    clock.after(exponential(clock, 300), () => this.#lost());
  }

  /** The network is gone, which a connection does not notice by itself. */
  silenced(): void {
    const { clock } = this.#options;
    clock.after(PING_MS.least + clock.random() * PING_MS.more, () => this.#lost());
  }

  /** The network came back: the connection is made anew, and not at the end of the longest wait. */
  wake(): void {
    this.#failures = 0;
    if (this.#healthy) {
      this.#healthy = false;
      this.#options.onHealth(false);
    }
    this.#tryAfter(0);
  }

  /** Something happened on the phone. */
  tell(activity: PhoneActivity): void {
    const { clock, onActivity } = this.#options;
    // Never before what was told earlier.
    this.#toldAt = Math.max(this.#toldAt, clock.now() + around(clock, DELAY_MS.median, DELAY_MS.spread));
    clock.at(this.#toldAt, () => {
      if (this.#healthy) onActivity(activity);
    });
  }

  #lost(): void {
    if (!this.#healthy) return;
    this.#healthy = false;
    this.#options.onHealth(false);
    this.#retry();
  }

  #retry(): void {
    const { clock } = this.#options;
    this.#failures += 1;
    this.#tryAfter(reconnectDelayMs(this.#failures, clock.random()));
  }

  #tryAfter(ms: number): void {
    this.#cancel();
    // The list comes first: it is what shows the calls, and there is only one limit for both.
    this.#cancel = this.#options.clock.after(ms + LAST * this.#options.spreadMs(), () => void this.#try());
  }

  async #try(): Promise<void> {
    const answer = await this.#options.pbx.connect();
    if (!answer.ok) {
      this.#retry();
      return;
    }
    this.#failures = 0;
    this.#healthy = true;
    this.#options.onHealth(true);
  }
}
