import { CallOrder } from '../../src/core/calls/call-list.ts';
import { eventsBetween } from '../../src/core/calls/events.ts';
import { EMPTY_MODEL, type Model } from '../../src/core/calls/model.ts';
import { reduce } from '../../src/core/calls/reduce.ts';
import { ListReader } from '../../src/core/pbx/list-reader.ts';
import type { PushEvent } from '../../src/core/pbx/push/types.ts';
import { trayModel } from '../../src/main/tray/model.ts';
import { ENGLISH } from '../../src/messages/main.ts';
import { NOT_LISTENING } from '../../src/shared/call.ts';
import type { State } from '../../src/shared/state.ts';
import { stateWith } from '../../test/main/tray/state-fixture.ts';

/** CPU time of main for one poll of the list, in ms by stage, from the received body on. */
export type PollCosts = Record<(typeof STAGES)[number], number> & {
  /** JSON.parse of the same text, for comparison. */
  parse: number;
  /** The longest time without a pause for other work. */
  longestBlock: number;
};

export const STAGES = ['index', 'text', 'read', 'model', 'events', 'tray', 'push', 'find'] as const;

const EVERY_MS = 5_000;
const OWN = { extension: '1001', numbers: ['+12015550999', '+442079460000', '1007'] };

/** CPU time of this thread: other programs may be busy. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Main's work on the list of calls, without network and timers. */
export class ListPoll {
  readonly #began: number;
  #polls = 0;
  #model: Model = EMPTY_MODEL;
  readonly #reader = new ListReader();
  readonly #order = new CallOrder();
  #now = 0;

  constructor(began: number) {
    this.#began = began;
  }

  run(body: Uint8Array): PollCosts {
    const at = this.#polls++ * EVERY_MS;
    const now = this.#began + at;
    const parse = parseCost(body);
    const times: number[] = [cpuMs()];
    const lap = (): void => void times.push(cpuMs());
    // Between two blocks the program does other work.
    const blocks: number[] = [];
    let blockBegan = cpuMs();
    const pause = (): void => {
      blocks.push(cpuMs() - blockBegan);
      blockBegan = cpuMs();
    };

    // As the client does when the last list was shown.
    while (this.#reader.indexMore()) pause();
    pause();
    lap();

    const text = new TextDecoder().decode(body);
    lap();
    const list = this.#reader.read(text);
    if (list === null) throw new Error('that is no list');
    pause();
    lap();
    const before = this.#model;
    const asOf = { seq: before.seq, at };
    const unannounced = before.lastList === null;
    const world = { own: OWN, now: at, wall: now, placeholderDelayMs: 0, historyPolled: false };
    this.#model = reduce(before, [{ type: 'list', asOf, sessionList: { ...list, pbxTime: now }, unannounced }], world);
    lap();
    eventsBetween(before, this.#model);
    this.#order.update(this.#model.sessions);
    lap();
    const calls: State['calls'] = {
      ...this.#order.list.shown,
      list: { status: 'live', at: now },
      listening: NOT_LISTENING,
    };
    trayModel({ state: stateWith({ calls }), missed: 0, messages: ENGLISH, now });
    lap();
    structuredClone(calls);
    pause();
    lap();
    this.#order.list.find('number 77');
    lap();

    this.#now = now;
    const costs = STAGES.map((stage, index) => [stage, (times[index + 1] ?? 0) - (times[index] ?? 0)] as const);
    return { ...(Object.fromEntries(costs) as PollCosts), parse, longestBlock: Math.max(...blocks) };
  }

  /** The cost in ms of one pushed call while the calls of the last list continue. */
  event(id: number): number {
    const event: PushEvent = {
      type: 'target',
      change: 'add',
      sessionId: `pushed-${id}`,
      direction: null,
      caller: '+12015550123',
      destination: '1001',
      at: null,
    };
    const before = this.#model;
    const began = cpuMs();
    const world = {
      own: OWN,
      now: this.#now - this.#began,
      wall: this.#now,
      placeholderDelayMs: 0,
      historyPolled: false,
    };
    this.#model = reduce(before, [{ type: 'push', event }], world);
    eventsBetween(before, this.#model);
    this.#order.update(this.#model.sessions);
    return cpuMs() - began;
  }
}

function parseCost(body: Uint8Array): number {
  const text = new TextDecoder().decode(body);
  const began = cpuMs();
  JSON.parse(text);
  return cpuMs() - began;
}
