import type { PushClientOptions } from '../../src/core/pbx/push/push-client.ts';
import { reconnectDelayMs } from '../../src/core/pbx/push/reconnect-delay.ts';
import { appError, type AppError } from '../../src/shared/errors.ts';
import type { PhoneActivity } from './office.ts';
import type { PbxModel } from './pbx-model.ts';
import { around, exponential, type SimClock } from './sim-clock.ts';

export interface PushModelOptions {
  clock: SimClock;
  pbx: PbxModel;
  extension: string;
  /** The options that the program passes to its push client. */
  client: Pick<PushClientOptions, 'onEvent' | 'onState' | 'delayMs'>;
  onHealthy: (healthy: boolean) => void;
}

/** The longest wait before a reconnect, as in the push client. */
const MAX_WAIT_MS = 90_000;
const DELAY_MS = { median: 120, spread: 1.8 };
/** A dead connection is detected by a ping without an answer. */
const PING_MS = { least: 20_000, more: 20_000 };

/** The push connection of one desk: its load on the PBX and its delays. */
export class PushModel {
  readonly #options: PushModelOptions;
  #started = false;
  #healthy = false;
  #failures = 0;
  #isOverloaded = false;
  #lastPushAt = 0;
  #cancel: () => void = () => {};

  constructor(options: PushModelOptions) {
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

  /** Does nothing: push events of colleagues are not simulated. */
  watch(): void {}

  /** The PBX closes the connection; each desk notices within about a second. */
  onClosed(): void {
    const { clock } = this.#options;
    clock.after(exponential(clock, 300), () => this.#lost());
  }

  /** The network fails without closing the connection, so the desk notices only when a ping gets no answer. */
  onSilenced(): void {
    const { clock } = this.#options;
    clock.after(PING_MS.least + clock.random() * PING_MS.more, () => this.#lost());
  }

  /** The network came back: reconnects at once instead of at the end of the current wait. */
  wake(): void {
    if (!this.#started) return;
    this.#failures = 0;
    this.#setHealthy(false);
    this.#options.client.onState({ status: 'connecting' });
    this.#tryAfter(this.#options.client.delayMs?.(null) ?? 0);
  }

  /** Something happened on the phone. */
  push(activity: PhoneActivity): void {
    const { clock, extension, client } = this.#options;
    // An event never arrives before an earlier one.
    this.#lastPushAt = Math.max(this.#lastPushAt, clock.now() + around(clock, DELAY_MS.median, DELAY_MS.spread));
    clock.at(this.#lastPushAt, () => {
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
    // The first refusal shows that the PBX answers again, so earlier failures do not count.
    if (error.code === 'rate-limited' && !this.#isOverloaded) this.#failures = 0;
    this.#isOverloaded = error.code === 'rate-limited';
    this.#failures += 1;
    const jitterMs = this.#options.client.delayMs?.(error) ?? 0;
    // Nothing in the simulation reads `retryAt`.
    this.#options.client.onState({ status: 'waiting', retryAt: clock.now(), error });
    this.#tryAfter(
      Math.max(
        (error.retryAfterMs ?? 0) + jitterMs,
        Math.min(reconnectDelayMs(this.#failures, clock.random()) + jitterMs, MAX_WAIT_MS),
      ),
    );
  }

  #tryAfter(ms: number): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(ms, () => void this.#try());
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
    // Without cdr_events, which most accounts lack: push reports that my phone rings, and the list shows who calls.
    client.onState({
      status: 'listening',
      topics: ['extension_events'],
      proven: ['extension_events'],
      since: clock.now(),
    });
  }
}
