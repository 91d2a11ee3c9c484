import type { PushClientOptions } from '../../src/core/pbx/push/push-client.ts';
import { reconnectDelayMs } from '../../src/core/pbx/push/reconnect-delay.ts';
import { appError, type AppError } from '../../src/shared/errors.ts';
import type { PhoneActivity } from './office.ts';
import type { PbxModel } from './pbx-model.ts';
import { around, exponential, type SimClock } from './sim-clock.ts';

export interface PushLineOptions {
  clock: SimClock;
  pbx: PbxModel;
  extension: string;
  /** What the program hands to its push client. */
  client: Pick<PushClientOptions, 'onEvent' | 'onState' | 'delayMs'>;
  onHealthy: (healthy: boolean) => void;
}

const DELAY_MS = { median: 120, spread: 1.8 };
/** A line that went dead is noticed by a ping without an answer. */
const PING_MS = { least: 20_000, more: 20_000 };

/** One desk's WebSocket, as far as load and delay are concerned. */
export class PushLine {
  readonly #options: PushLineOptions;
  #started = false;
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

  start(): void {
    this.#started = true;
    void this.#try();
  }

  stop(): void {
    this.#started = false;
    this.#cancel();
    this.#setHealthy(false);
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
    if (!this.#started) return;
    this.#failures = 0;
    this.#setHealthy(false);
    this.#options.client.onState({ status: 'connecting' });
    this.#tryAfter(0);
  }

  /** Something happened on the phone. */
  tell(activity: PhoneActivity): void {
    const { clock, extension, client } = this.#options;
    // Never before what was told earlier.
    this.#toldAt = Math.max(this.#toldAt, clock.now() + around(clock, DELAY_MS.median, DELAY_MS.spread));
    clock.at(this.#toldAt, () => {
      if (this.#healthy) client.onEvent({ type: 'extension', extension, activity, at: clock.now() });
    });
  }

  #lost(): void {
    if (!this.#healthy) return;
    this.#setHealthy(false);
    this.#retry(appError('connection-lost'));
  }

  #setHealthy(healthy: boolean): void {
    this.#healthy = healthy;
    this.#options.onHealthy(healthy);
  }

  #retry(error: AppError): void {
    const { clock } = this.#options;
    this.#failures += 1;
    const ms = Math.max(error.retryAfterMs ?? 0, reconnectDelayMs(this.#failures, clock.random()));
    this.#options.client.onState({ status: 'waiting', retryAt: clock.now() + ms, error });
    this.#tryAfter(ms);
  }

  #tryAfter(ms: number): void {
    this.#cancel();
    const { clock, client } = this.#options;
    this.#cancel = clock.after(ms + (client.delayMs?.() ?? 0), () => void this.#try());
  }

  async #try(): Promise<void> {
    const answer = await this.#options.pbx.connect();
    if (!answer.ok) {
      this.#retry(answer.error);
      return;
    }
    this.#failures = 0;
    this.#setHealthy(true);
    const { clock, client } = this.#options;
    // Without cdr_events, which most accounts may not have: push tells that my phone rings, the list tells for whom.
    client.onState({
      status: 'listening',
      topics: ['extension_events'],
      proven: ['extension_events'],
      since: clock.now(),
    });
  }
}
