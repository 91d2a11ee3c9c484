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

test('whatever text a list is, what is read of it is sessions, each id once', () => {
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

test('whatever text a frame is, what is read of it is events, a reply, or nothing', () => {
  fc.assert(
    fc.property(frameText, (text) => {
      const found = decodePush(text);
      if (!Array.isArray(found)) return;
      for (const event of found) expect(GOOD_EVENT.safeParse(event).error?.issues).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

/** Beyond doubt: somebody else's call at my extension. */
const ringsForMe = ({ mine, state, caller, callee }: Call): boolean =>
  mine && state === 'ringing' && /^(sip:)?1001\b/.test(callee.number) && !caller.number.includes('1001');

/** Follows what is shown and told, and fails where it contradicts itself. */
class Witness {
  #shown = new Set<string>();
  /** Announced, and still ringing for me since. */
  #announced = new Set<string>();
  told = 0;

  /** A look: `calls` are shown from now on, and `events` told of it. */
  see(calls: readonly Call[], events: readonly CallEvent[]): void {
    const ids = calls.map(({ id }) => id);
    expect(new Set(ids).size, 'each call is listed once').toBe(ids.length);
    this.told += events.length;
    const ended = new Set<string>();
    for (const { type, call } of events) {
      if (type === 'appeared') expect(this.#shown.has(call.id) && !ended.has(call.id), 'appeared twice').toBe(false);
      if (type === 'for-me') {
        expect(this.#announced.has(call.id), 'announced twice').toBe(false);
        this.#announced.add(call.id);
      }
      if (type === 'ended') {
        expect(this.#shown.has(call.id), 'ended without a beginning').toBe(true);
        expect(ended.has(call.id), 'ended twice').toBe(false);
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

test('whatever lists come one after the other, no call is announced twice, and each that ends had begun', () => {
  let told = 0;
  fc.assert(
    // Most looks see what the one before has seen.
    fc.property(fc.array(fc.tuple(listText, fc.integer({ min: 1, max: 3 })), { maxLength: 12 }), (looks) => {
      const texts = looks.flatMap(([text, times]) => Array<string>(times).fill(text));
      const witness = new Witness();
      const desk = new Tracking();
      for (const text of texts) {
        const found = decodeSessions(parseJson(text));
        if (found === null) continue;
        desk.after(2).list({ sessions: found.sessions, pbxTime: null });
        witness.see(desk.calls, desk.events);
      }
      told += witness.told;
    }),
    { numRuns: 500 },
  );
  // Else nothing was tried.
  expect(told).toBeGreaterThan(1_000);
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

/** A monitor whose PBX says whatever it is told to say. */
class Scene {
  readonly clock = new ManualClock(NINE);
  readonly witness = new Witness();
  readonly #pbx = new ScriptedPbx(this.clock);
  #list: Result<SessionList> = ok({ sessions: [], dropped: 0, pbxTime: null });
  /** Shown, and not witnessed yet: what is told of a look comes right after it. */
  #looks: [calls: readonly Call[], events: readonly CallEvent[]][] = [];
  readonly #live = watching(
    { clock: this.clock, pbx: this.#pbx },
    {
      onChange: (calls) => void this.#looks.push([calls, []]),
      onEvents: (events) => {
        const [calls, before] = this.#looks.pop() ?? [this.#live.calls, []];
        this.#looks.push([calls, [...before, ...events]]);
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
    else if (next.do === 'frame') this.#hears(next.text);
    else if (next.do === 'listen') this.#listen();
    else if (next.do === 'lose') this.#lose();
    else if (next.do === 'wake') this.#live.wake();
    await this.clock.advance(next.do === 'pass' ? next.ms : 0);
    for (const [calls, events] of this.#looks.splice(0)) this.witness.see(calls, events);
  }

  stop(): void {
    this.#live.stop();
    expect(this.clock.pending()).toEqual([]);
  }

  #answers(text: string): void {
    const found = decodeSessions(parseJson(text));
    this.#list = found === null ? err(appError('bad-answer')) : ok({ ...found, pbxTime: null });
  }

  #hears(text: string): void {
    const found = decodePush(text);
    if (Array.isArray(found)) for (const event of found) this.#live.pushed(event);
  }

  #listen(): void {
    const topics = ['extension_events', 'cdr_events'] as const;
    this.#live.pushState({ status: 'listening', topics, proven: topics, since: this.clock.now() });
  }

  #lose(): void {
    const error = appError('connection-lost');
    this.#live.pushState({ status: 'waiting', retryAt: this.clock.now() + 1_000, error });
  }
}

test('whatever list and push say, in whatever order, what is told is true of what is shown', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const scene = new Scene();
      for (const next of acts) await scene.play(next);
      scene.stop();
      told += scene.witness.told;
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
}, 60_000);
