import { NOT_LISTENING } from '../../src/shared/call.ts';
import { mergeSessions, settleBook } from '../../src/core/calls/merge-sessions.ts';
import { EMPTY_BOOK } from '../../src/core/calls/push-book.ts';
import { restAnswer, type RestAnswer } from '../../src/core/calls/rest-answer.ts';
import { findCalls, shownCalls } from '../../src/core/calls/shown-calls.ts';
import { initialTracker, track, type TrackerState } from '../../src/core/calls/tracker.ts';
import { decodeSessions } from '../../src/core/pbx/decode.ts';
import { parseJson } from '../../src/core/pbx/json.ts';
import { trayModel } from '../../src/main/tray/model.ts';
import type { State } from '../../src/shared/state.ts';
import { stateWith } from '../../test/main/tray/state-fixture.ts';

/** What one look at the list costs main, in ms of CPU time, stage by stage; all of it stands between two turns of the event loop. */
export type Look = Record<(typeof STAGES)[number], number>;

export const STAGES = ['parse', 'decode', 'merge', 'track', 'tray', 'push', 'find'] as const;

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
  #rest: RestAnswer | null = null;
  #tracker: TrackerState = initialTracker;

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
    const list = decodeSessions(body);
    if (list === null) throw new Error('that is no list');
    lap();
    this.#rest = restAnswer(this.#rest, list, { turn: 0, at }, { turn: 0, at }, EMPTY_BOOK);
    const book = settleBook(EMPTY_BOOK, this.#rest);
    const merged = mergeSessions(this.#rest, book, { own, now: at, onlyMine: false, namelessAfterMs: 800 });
    lap();
    const { sessions, replaced } = merged;
    [this.#tracker] = track(this.#tracker, { type: 'snapshot', sessions, pbxTime: now, replaced }, own, now);
    lap();
    const calls: State['calls'] = {
      ...shownCalls(this.#tracker.calls),
      link: { status: 'live', at: now },
      listening: NOT_LISTENING,
    };
    trayModel(stateWith({ calls }), now);
    lap();
    structuredClone(calls);
    lap();
    findCalls(this.#tracker.calls, 'number 77');
    lap();

    const costs = STAGES.map((stage, index) => [stage, (times[index + 1] ?? 0) - (times[index] ?? 0)] as const);
    return Object.fromEntries(costs) as Look;
  }
}
