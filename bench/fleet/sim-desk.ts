import { CallPlacer } from '../../src/core/calls/placer.ts';
import { CallWatch } from '../../src/core/calls/call-watch.ts';
import type { OwnNumbers } from '../../src/core/calls/own-numbers.ts';
import { CallStore } from '../../src/core/calls/store.ts';
import { RequestBudget } from '../../src/core/calls/pace/request-budget.ts';
import { NORMAL_MS } from '../../src/core/calls/pace/poll-interval.ts';
import type { DialPlan } from '../../src/shared/dial.ts';
import { ok } from '../../src/shared/result.ts';
import type { Measure } from './measure.ts';
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

/** One desk: the program's own watch and placer. The window is hidden in the tray. */
export class SimDesk {
  readonly #options: SimDeskOptions;
  readonly #watch: CallWatch;
  readonly #placer: CallPlacer;
  #line: PushLine | null = null;

  constructor(options: SimDeskOptions) {
    const { clock, pbx, desk, measure, push } = options;
    this.#options = options;
    const own: OwnNumbers = { extension: extension(desk), numbers: [] };
    const store = new CallStore({ clock, own: () => own });
    this.#watch = new CallWatch({
      store,
      pbx: pbx.forDesk(desk),
      push: {
        way: { host: 'pbx', port: 8887, trust: { fingerprint: null } },
        password: null,
        possible: push,
        credentials: () => Promise.resolve(ok([])),
        accepted: () => {},
        refused: () => {},
      },
      own: () => own,
      intervalMs: () => NORMAL_MS,
      budget: new RequestBudget(clock),
      presence: () => ({ windowVisible: false, idle: false }),
      clock,
      onChange: () => {},
      onEvents: (events) => {
        for (const event of events) if (event.type === 'for-me') measure.announced(desk);
      },
      onPushed: (sessionId) => this.#placer.nudge(sessionId),
      openPush: (client) => {
        this.#line = new PushLine({
          clock,
          pbx,
          extension: own.extension,
          client,
          onHealthy: (healthy) => measure.told(desk, healthy),
        });
        return this.#line;
      },
    });
    this.#placer = new CallPlacer({
      store,
      pbx: () => this.#watch.pbx,
      live: () => this.#watch.live,
      clock,
      tellsSteps: () => this.#watch.tellsSteps,
      onChange: () => {},
      onEnded: () => {},
    });
  }

  start(): void {
    this.#options.measure.started(this.#options.desk);
    this.#watch.start();
  }

  /** The network came back, and the operating system says so. */
  wake(): void {
    this.#watch.wake();
    this.#placer.wake();
  }

  /** Null where push is not to be had. */
  get push(): PushLine | null {
    return this.#options.push ? this.#line : null;
  }

  async dial(number: string): Promise<void> {
    const { desk, measure } = this.#options;
    const caller = extension(desk);
    const plan: DialPlan = {
      input: number,
      shown: number,
      dial: number,
      kind: 'public',
      e164: number,
      then: null,
      rule: null,
      trunk: '',
      callerId: '',
      warnings: [],
    };
    const placed = await this.#placer.place(plan, { caller, callee: number, sendSdp: true }, '');
    measure.placed += 1;
    if (!placed.ok && placed.error.code === 'rate-limited') measure.placingsRefused += 1;
  }
}
