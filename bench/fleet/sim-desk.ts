import { CallPlacer } from '../../src/core/dial/placer.ts';
import { CallWatch } from '../../src/core/account/call-watch.ts';
import type { OwnNumbers } from '../../src/core/numbers/own-numbers.ts';
import { CallStore } from '../../src/core/calls/store.ts';
import { RequestBudget } from '../../src/core/pace/request-budget.ts';
import { NORMAL_MS } from '../../src/core/pace/poll-interval.ts';
import type { PbxDirectory } from '../../src/core/pbx/directory.ts';
import type { DialPlan } from '../../src/shared/dial.ts';
import { appError } from '../../src/shared/errors.ts';
import { err, ok } from '../../src/shared/result.ts';
import type { Measure } from './measure.ts';
import { extension, type PbxModel } from './pbx-model.ts';
import { PushModel } from './push-model.ts';
import type { SimClock } from './sim-clock.ts';

export interface SimDeskOptions {
  clock: SimClock;
  pbx: PbxModel;
  measure: Measure;
  desk: number;
  push: boolean;
}

const forbidden = () => Promise.resolve(err(appError('directory-forbidden')));
const NO_DIRECTORY: PbxDirectory = { start: forbidden, diff: forbidden, groups: forbidden };

/** One desk: the program's own watch and placer. The window is hidden in the tray. */
export class SimDesk {
  readonly #options: SimDeskOptions;
  readonly #watch: CallWatch;
  readonly #placer: CallPlacer;
  #push: PushModel | null = null;

  constructor(options: SimDeskOptions) {
    const { clock, pbx, desk, measure, push } = options;
    this.#options = options;
    const own: OwnNumbers = { extension: extension(desk), numbers: [] };
    const store = new CallStore({ clock, own: () => own });
    this.#watch = new CallWatch({
      store,
      pbx: pbx.forDesk(desk),
      directory: NO_DIRECTORY,
      push: {
        server: { host: 'pbx', port: 8887, trust: { fingerprint: null } },
        password: null,
        possible: push,
        credentials: () => Promise.resolve(ok([])),
        accepted: () => {},
        refused: () => {},
      },
      own: () => own,
      intervalMs: () => NORMAL_MS,
      budget: new RequestBudget(clock),
      userActivity: () => ({ windowVisible: false, idle: false }),
      clock,
      onChange: () => {},
      onPresence: () => {},
      onEvents: (events) => {
        for (const event of events) if (event.type === 'for-me') measure.announced(desk);
      },
      onPushed: (sessionId) => this.#placer.nudge(sessionId),
      transport: {
        openPush: (client) => {
          this.#push = new PushModel({
            clock,
            pbx,
            extension: own.extension,
            client,
            onHealthy: (healthy) => measure.setPushed(desk, healthy),
          });
          return this.#push;
        },
      },
    });
    this.#placer = new CallPlacer({
      store,
      pbx: () => this.#watch.pbx,
      live: () => this.#watch.live,
      clock,
      reportsSteps: () => this.#watch.reportsSteps,
      onChange: () => {},
      onEnded: () => {},
    });
  }

  start(): void {
    this.#options.measure.started(this.#options.desk);
    this.#watch.start();
  }

  /** The network came back and the operating system reports it. */
  wake(): void {
    this.#watch.wake();
    this.#placer.wake();
  }

  /** Null without push. */
  get push(): PushModel | null {
    return this.#options.push ? this.#push : null;
  }

  async dial(number: string): Promise<void> {
    const { desk, measure } = this.#options;
    const caller = extension(desk);
    const plan: DialPlan = {
      input: number,
      shown: number,
      number,
      dial: number,
      kind: 'public',
      e164: number,
      digitsAfterAnswer: null,
      rule: null,
      trunk: '',
      callerId: '',
      warnings: [],
      afterRules: null,
      provenance: 'typed',
    };
    const placed = await this.#placer.place(plan, { caller, callee: number, sendSdp: true }, '');
    measure.placed += 1;
    if (!placed.ok && placed.error.code === 'rate-limited') measure.placingsRefused += 1;
  }
}
