import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSessions } from '../../src/core/pbx/decode.ts';
import { parseJson } from '../../src/core/pbx/json.ts';
import { decodePush } from '../../src/core/pbx/push/decode-push.ts';
import type { Call, CallEvent } from '../../src/shared/call.ts';
import { appError, type ErrorCode } from '../../src/shared/errors.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { SessionList } from '../../src/core/pbx/types.ts';
import { ScriptedPbx } from '../core/calls/support/scripted-pbx.ts';
import { watching } from '../core/calls/support/live.ts';
import { NINE } from '../core/calls/support/sessions.ts';
import { Tracking } from '../core/calls/support/tracking.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { GOOD, GOOD_EVENT } from './good-values.ts';
import { frameText, listText } from './hostile-text.ts';

test('reads any text as a session list with unique ids', () => {
  fc.assert(
    fc.property(listText, (text) => {
      const found = decodeSessions(parseJson(text));
      if (found === null) return;
      expect(GOOD.list.safeParse({ ...found, pbxTime: null }).error?.issues).toBeUndefined();
      const ids = found.sessions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 1_000 },
  );
});

test('reads any text as a push frame with events, a reply or nothing', () => {
  fc.assert(
    fc.property(frameText, (text) => {
      const found = decodePush(text);
      if (!Array.isArray(found)) return;
      for (const event of found) expect(GOOD_EVENT.safeParse(event).error?.issues).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

/** An event that proves that a call of somebody else rings my extension. */
const ringsForMe = ({ mine, state, caller, callee }: Call): boolean =>
  mine && state === 'ringing' && /^(sip:)?1001\b/.test(callee.number) && !caller.number.includes('1001');

/** Compares the shown calls with the events and fails when they contradict each other. */
class Consistency {
  #shown = new Set<string>();
  /** Announced, and still ringing for me since. */
  #announced = new Set<string>();
  eventCount = 0;

  /** `calls` are the shown calls after `events`. */
  see(calls: readonly Call[], events: readonly CallEvent[]): void {
    const ids = calls.map(({ id }) => id);
    expect(new Set(ids).size, 'each call is listed once').toBe(ids.length);
    this.eventCount += events.length;
    // A call may end and appear again under the same id before its events are sent.
    const open = new Set(this.#shown);
    const ended = new Set<string>();
    for (const { type, call } of events) {
      if (type === 'appeared') {
        expect(open.has(call.id), 'appeared twice').toBe(false);
        open.add(call.id);
        ended.delete(call.id);
      }
      if (type === 'for-me') {
        expect(this.#announced.has(call.id), 'announced twice').toBe(false);
        this.#announced.add(call.id);
      }
      if (type === 'ended') {
        expect(open.delete(call.id), 'ended without a beginning').toBe(true);
        ended.add(call.id);
        this.#announced.delete(call.id);
      }
    }
    for (const id of ended) expect(ids, 'ended and still listed').not.toContain(id);
    this.#shown = new Set(ids);
    const forMe = new Set(calls.filter(ringsForMe).map(({ id }) => id));
    for (const id of this.#announced) if (!forMe.has(id)) this.#announced.delete(id);
  }
}

test('announces no call twice and ends only calls that had appeared, for any sequence of lists', () => {
  let eventCount = 0;
  fc.assert(
    // Most lists repeat the calls of the list before.
    fc.property(fc.array(fc.tuple(listText, fc.integer({ min: 1, max: 3 })), { maxLength: 12 }), (lists) => {
      const texts = lists.flatMap(([text, times]) => Array<string>(times).fill(text));
      const consistency = new Consistency();
      const desk = new Tracking();
      for (const text of texts) {
        const found = decodeSessions(parseJson(text));
        if (found === null) continue;
        desk.after(2).list({ sessions: found.sessions, pbxTime: null });
        consistency.see(desk.calls, desk.events);
      }
      eventCount += consistency.eventCount;
    }),
    { numRuns: 500 },
  );
  // Otherwise the test would not have tested anything.
  expect(eventCount).toBeGreaterThan(1_000);
});

const REFUSALS = ['list-forbidden', 'timed-out', 'bad-answer', 'pbx-failed', 'rate-limited'] as const;
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('list' as const), text: listText }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('frame' as const), text: frameText }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(300, 2_000, 6_000, 60_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), code: fc.constantFrom(...REFUSALS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('listen' as const, 'lose' as const, 'wake' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Live calls with a scripted PBX. */
class Scene {
  readonly clock = new ManualClock(NINE);
  readonly consistency = new Consistency();
  readonly #pbx = new ScriptedPbx(this.clock);
  #list: Result<SessionList> = ok({ sessions: [], dropped: 0, total: 0, pbxTime: null });
  /** Shown but not checked yet: the events follow right after the change. */
  #changes: [calls: readonly Call[], events: readonly CallEvent[]][] = [];
  readonly #live = watching(
    { clock: this.clock, pbx: this.#pbx },
    {
      onChange: (calls) => void this.#changes.push([calls.shown.calls, []]),
      onEvents: (events) => {
        const [calls, before] = this.#changes.pop() ?? [this.#live.calls.shown.calls, []];
        this.#changes.push([calls, [...before, ...events]]);
      },
    },
  ).live;

  constructor() {
    this.#pbx.listSessions = () => Promise.resolve(this.#list);
    this.#live.start();
    this.#listen();
  }

  async play(next: Act): Promise<void> {
    if (next.do === 'list') this.#answers(next.text);
    else if (next.do === 'fail') this.#list = err(appError(next.code as ErrorCode));
    else if (next.do === 'frame') this.#receive(next.text);
    else if (next.do === 'listen') this.#listen();
    else if (next.do === 'lose') this.#lose();
    else if (next.do === 'wake') this.#live.wake();
    await this.clock.advance(next.do === 'pass' ? next.ms : 0);
    for (const [calls, events] of this.#changes.splice(0)) this.consistency.see(calls, events);
  }

  stop(): void {
    this.#live.stop();
    expect(this.clock.pending()).toEqual([]);
  }

  #answers(text: string): void {
    const found = decodeSessions(parseJson(text));
    this.#list = found === null ? err(appError('bad-answer')) : ok({ ...found, pbxTime: null });
  }

  #receive(text: string): void {
    const found = decodePush(text);
    if (Array.isArray(found)) for (const event of found) if (event.type !== 'presence') this.#live.applyPush(event);
  }

  #listen(): void {
    const topics = ['extension_events', 'cdr_events'] as const;
    this.#live.setPushState({ status: 'listening', topics, proven: topics, since: this.clock.now() });
  }

  #lose(): void {
    const error = appError('connection-lost');
    this.#live.setPushState({ status: 'waiting', retryAt: this.clock.now() + 1_000, error });
  }
}

test('the events agree with the shown calls, for any lists and push events in any order', async () => {
  let eventCount = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const scene = new Scene();
      for (const next of acts) await scene.play(next);
      scene.stop();
      eventCount += scene.consistency.eventCount;
    }),
    { numRuns: 300 },
  );
  expect(eventCount).toBeGreaterThan(100);
});
