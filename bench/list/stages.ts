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

/** CPU time (ms) that the main process spends on one poll of the session list after the body has arrived, by stage. */
export type PollCosts = Record<(typeof STAGES)[number], number> & {
  /** JSON.parse of the same text, for comparison. */
  parse: number;
  /** The longest time without a pause for other work, in ms of CPU time. */
  longestBlock: number;
};

/** In the order in which they run; scripts/bench-list.ts explains them. `clone` is the copy of the calls for the window. */
export const STAGES = ['index', 'text', 'read', 'model', 'events', 'tray', 'clone', 'find'] as const;

const EVERY_MS = 5_000;
const OWN = { extension: '1001', numbers: ['+12015550999', '+442079460000', '1007'] };

/** CPU time of this thread in ms. Unlike elapsed time, it does not depend on other programs. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The main process's work on the session list, without network and timers. */
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
    // Between two blocks the main process can do other work.
    const blocks: number[] = [];
    let blockBegan = cpuMs();
    const pause = (): void => {
      blocks.push(cpuMs() - blockBegan);
      blockBegan = cpuMs();
    };

    // Prepares for the next list, as the client does in idle time.
    while (this.#reader.indexMore()) pause();
    pause();
    lap();

    const text = new TextDecoder().decode(body);
    lap();
    const list = this.#reader.read(text);
    if (list === null) throw new Error('the body is not a session list');
    pause();
    lap();
    const before = this.#model;
    const asOf = { seq: before.seq, at };
    const unannounced = before.lastList === null;
    const context = { own: OWN, now: at, wall: now, placeholderDelayMs: 0, historyPolled: false };
    this.#model = reduce(
      before,
      [{ type: 'list', asOf, sessionList: { ...list, pbxTime: now }, unannounced }],
      context,
    );
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

  /** The CPU time (ms) of one pushed event about a new call, added to the calls of the last list. */
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
    const context = {
      own: OWN,
      now: this.#now - this.#began,
      wall: this.#now,
      placeholderDelayMs: 0,
      historyPolled: false,
    };
    this.#model = reduce(before, [{ type: 'push', event }], context);
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
