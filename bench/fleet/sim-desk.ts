import { CallMonitor } from '../../src/core/calls/call-monitor.ts';
import { CallPlacer } from '../../src/core/calls/call-placer.ts';
import type { OwnNumbers } from '../../src/core/calls/own-numbers.ts';
import { pacedPbx } from '../../src/core/calls/pace/paced-pbx.ts';
import { Pace } from '../../src/core/calls/pace/pace.ts';
import { NORMAL_MS, pollInterval } from '../../src/core/calls/pace/poll-interval.ts';
import { appError } from '../../src/shared/errors.ts';
import type { Measure } from './measure.ts';
import type { PhoneActivity } from './office.ts';
import { extension, type PbxModel } from './pbx-model.ts';
import { PushLine } from './push-model.ts';
import type { SimClock } from './sim-clock.ts';

export interface SimDeskOptions {
  clock: SimClock;
  pbx: PbxModel;
  measure: Measure;
  desk: number;
  push: boolean;
}

/** One desk: the program's own monitor, placer and pace, wired as in the program. The window is hidden in the tray. */
export class SimDesk {
  readonly #options: SimDeskOptions;
  readonly #pace: Pace;
  readonly #monitor: CallMonitor;
  readonly #placer: CallPlacer;
  readonly #push: PushLine | null;
  #ownCallLive = false;
  #placing = false;

  constructor(options: SimDeskOptions) {
    const { clock, pbx, desk, measure, push } = options;
    this.#options = options;
    this.#pace = new Pace({ clock });
    const paced = pacedPbx(pbx.forDesk(desk), this.#pace);
    const own: OwnNumbers = { extension: extension(desk), numbers: [] };
    this.#monitor = new CallMonitor({
      pbx: paced,
      own: () => own,
      intervalMs: () => this.#intervalMs(),
      clock,
      onChange: (calls) => (this.#ownCallLive = calls.some((call) => call.mine)),
      onEvents: (events) => {
        for (const event of events) if (event.type === 'for-me') measure.announced(desk);
      },
      onStopped: () => {},
    });
    this.#placer = new CallPlacer({
      pbx: () => paced,
      monitor: () => this.#monitor,
      own: () => own,
      clock,
      onChange: () => {},
      onEnded: () => {},
    });
    this.#push = push
      ? new PushLine({
          clock,
          pbx,
          spreadMs: () => this.#pace.spreadMs(),
          onHealth: (healthy) => this.#pushChanged(healthy),
          onActivity: (activity) => this.#phone(activity),
        })
      : null;
  }

  start(): void {
    this.#options.measure.started(this.#options.desk);
    this.#monitor.start();
    this.#push?.connect();
  }

  /** The network came back, and the operating system says so. */
  wake(): void {
    this.#pace.disturbed();
    this.#monitor.wake();
    this.#placer.wake();
    this.#push?.wake();
  }

  get push(): PushLine | null {
    return this.#push;
  }

  async dial(number: string): Promise<void> {
    const { desk, measure } = this.#options;
    const caller = extension(desk);
    const plan = { input: number, shown: number, dial: number, kind: 'public' as const };
    this.#placing = true;
    const placed = await this.#placer.place(plan, { caller, callee: number, sendSdp: true }, '');
    this.#placing = false;
    measure.placed += 1;
    if (!placed.ok && placed.error.code === 'rate-limited') measure.placingsRefused += 1;
  }

  #intervalMs(): number {
    const push = this.#push?.healthy === true;
    const situation = { base: NORMAL_MS, ownCallLive: this.#ownCallLive, windowVisible: false, idle: false, push };
    return this.#pace.intervalMs(pollInterval(situation));
  }

  #pushChanged(healthy: boolean): void {
    const { clock } = this.#options;
    this.#pace.disturbed();
    // Without cdr_events, which most accounts may not have: push tells that my phone rings, the list tells for whom.
    this.#monitor.pushState(
      healthy
        ? { status: 'listening', topics: ['extension_events'], since: clock.now() }
        : { status: 'waiting', retryAt: clock.now(), error: appError('connection-lost') },
    );
  }

  #phone(activity: PhoneActivity): void {
    const { clock, desk } = this.#options;
    if (activity === 'ringing' && !this.#placing) this.#pace.announced();
    this.#monitor.pushed({ type: 'extension', extension: extension(desk), activity, at: clock.now() });
  }
}
