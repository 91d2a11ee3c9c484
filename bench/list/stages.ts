import { findCalls, shownCalls } from '../../src/core/calls/call-list.ts';
import { diff } from '../../src/core/calls/events.ts';
import { NOTHING_KNOWN, type Model } from '../../src/core/calls/model.ts';
import { reduce } from '../../src/core/calls/reduce.ts';
import { inOrder } from '../../src/core/calls/view.ts';
import { decodeSessions, KnownEntries } from '../../src/core/pbx/decode.ts';
import { parseJson } from '../../src/core/pbx/json.ts';
import { trayModel } from '../../src/main/tray/model.ts';
import { NOT_LISTENING, type Call } from '../../src/shared/call.ts';
import type { State } from '../../src/shared/state.ts';
import { stateWith } from '../../test/main/tray/state-fixture.ts';

/** What one look at the list costs main, in ms of CPU time, stage by stage; all of it stands between two turns of the event loop. */
export type Look = Record<(typeof STAGES)[number], number>;

export const STAGES = ['parse', 'decode', 'model', 'events', 'tray', 'push', 'find'] as const;

const EVERY_MS = 5_000;

/** CPU time of this thread: other programs may be busy. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Main's work on the list of calls, without the network and the timers around it. */
export class Looker {
  readonly #began: number;
  #looks = 0;
  #model: Model = NOTHING_KNOWN;
  readonly #known = new KnownEntries();
  #calls: Call[] = [];

  constructor(began: number) {
    this.#began = began;
  }

  look(text: string): Look {
    const own = { extension: '1001', numbers: ['+12015550999', '+442079460000', '1007'] };
    const at = this.#looks++ * EVERY_MS;
    const now = this.#began + at;
    const times: number[] = [cpuMs()];
    const lap = (): void => void times.push(cpuMs());

    const body = parseJson(text);
    lap();
    const list = decodeSessions(body, this.#known);
    if (list === null) throw new Error('that is no list');
    lap();
    const before = this.#model;
    const asked = { seq: before.seq, at };
    const quiet = before.list === null;
    const world = { own, now: at, wall: now, nameWaitMs: 0, historyPolled: false };
    this.#model = reduce(before, [{ type: 'list', asked, list: { ...list, pbxTime: now }, quiet }], world);
    lap();
    diff(before, this.#model);
    if (before.sessions !== this.#model.sessions) this.#calls = inOrder(this.#model.sessions.values(), this.#calls);
    lap();
    const calls: State['calls'] = {
      ...shownCalls(this.#calls),
      link: { status: 'live', at: now },
      listening: NOT_LISTENING,
    };
    trayModel(stateWith({ calls }), now);
    lap();
    structuredClone(calls);
    lap();
    findCalls(this.#calls, 'number 77');
    lap();

    const costs = STAGES.map((stage, index) => [stage, (times[index + 1] ?? 0) - (times[index] ?? 0)] as const);
    return Object.fromEntries(costs) as Look;
  }
}
