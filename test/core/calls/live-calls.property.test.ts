import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveCalls } from '../../../src/core/calls/live-calls.ts';
import { isPlaceholderId } from '../../../src/core/calls/model.ts';
import type { PushEvent, PushTopic } from '../../../src/core/pbx/push/types.ts';
import type { PbxSession, SessionList } from '../../../src/core/pbx/types.ts';
import type { CallEvent } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { Office } from './support/office.ts';
import { ScriptedPbx } from './support/scripted-pbx.ts';
import { watching } from './support/live.ts';
import { NINE } from './support/sessions.ts';

const change = fc.record({
  do: fc.constantFrom('begin-me', 'begin-other', 'begin-group', 'answer', 'answer', 'transfer', 'hang-up', 'hang-up'),
  which: fc.nat(2),
  last: fc.boolean(),
  /** The topic that reports first. */
  phoneFirst: fc.boolean(),
  /** Where between the change and the two topics' words the PBX works out the answer that is waited for, and sends it. */
  worksOut: fc.nat(3),
  answers: fc.nat(3),
  /** What push reports arrives together with what it reports of the next change. */
  joinsNext: fc.boolean(),
  waitMs: fc.constantFrom(0, 300, 1_500, 4_000, 9_000),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A desk at an office whose list answers late, with what was true at some moment after the question. */
class Scene {
  readonly clock = new ManualClock(NINE);
  readonly office = new Office(this.clock);
  readonly events: CallEvent[] = [];
  readonly #pbx = new ScriptedPbx(this.clock);
  readonly #topics: readonly PushTopic[];
  readonly live: LiveCalls;
  #answer: ((list: Result<SessionList>) => void) | null = null;
  #workedOut: PbxSession[] | null = null;
  readonly #held: PushEvent[] = [];

  constructor(topics: readonly PushTopic[], refused = false) {
    this.#topics = topics;
    this.#pbx.listSessions = () => {
      if (refused) return Promise.resolve(err(appError('list-forbidden')));
      return new Promise((resolve) => {
        this.#answer = resolve;
      });
    };
    const parts = { clock: this.clock, pbx: this.#pbx };
    this.live = watching(parts, { onEvents: (events) => this.events.push(...events) }).live;
  }

  async begin(): Promise<void> {
    this.live.start();
    this.live.setPushState({
      status: 'listening',
      topics: this.#topics,
      proven: this.#topics,
      since: this.clock.now(),
    });
    await this.listAnswers();
  }

  async play(step: Change): Promise<void> {
    const [cdr = [], phone = []] = this.#change(step);
    const words = step.phoneFirst ? [phone, cdr] : [cdr, phone];
    // The list is not answered between a change and what push reports of it late.
    const mayAnswer = !step.joinsNext && this.#held.length === 0;
    for (const [moment, events] of [...words, []].entries()) {
      if (mayAnswer && step.worksOut === moment && this.#answer !== null) this.#workedOut = this.office.sessions;
      if (mayAnswer && step.answers === moment && this.#workedOut !== null) await this.listAnswers(this.#workedOut);
      this.#deliver(events, step.joinsNext);
    }
    if (!step.joinsNext) await this.clock.advance(step.waitMs);
  }

  async listAnswers(sessions = this.office.sessions): Promise<void> {
    this.#answer?.(ok({ sessions, dropped: 0, total: sessions.length, pbxTime: null }));
    this.#answer = null;
    this.#workedOut = null;
    await settle();
  }

  /** Lets everything that is under way arrive. */
  async rest(): Promise<void> {
    this.#deliver([], false);
    for (let second = 0; second < 75; second += 5) {
      await this.listAnswers();
      await this.clock.advance(5_000);
    }
    await this.listAnswers();
  }

  /** The ids of the calls that are announced at last, by the events alone. */
  get announced(): string[] {
    const ids = new Set<string>();
    for (const event of this.events) {
      if (event.type === 'for-me') {
        ids.add(event.call.id);
        if (event.insteadOf !== undefined) ids.delete(event.insteadOf);
      } else if (event.type !== 'appeared' && !(event.type === 'moved' && event.call.mine)) ids.delete(event.call.id);
    }
    return [...ids].toSorted();
  }

  count(type: CallEvent['type'], id: string): number {
    return this.events.filter((event) => event.type === type && event.call.id === id).length;
  }

  #deliver(events: readonly PushEvent[], joinsNext: boolean): void {
    const delivered = events.filter((event) => this.#isDelivered(event));
    if (joinsNext) this.#held.push(...delivered);
    else if (this.#held.length > 0) this.live.applyPush(...this.#held.splice(0), ...delivered);
    else for (const event of delivered) this.live.applyPush(event);
  }

  #isDelivered({ type }: PushEvent): boolean {
    return this.#topics.includes(type === 'extension' ? 'extension_events' : 'cdr_events');
  }

  #change(step: Change): PushEvent[][] {
    const { office } = this;
    const call = office.live[step.which % Math.max(1, office.live.length)];
    if (step.do.startsWith('begin') && office.live.length < 3) {
      if (step.do === 'begin-me') return office.begins('1001');
      if (step.do === 'begin-other') return office.begins('1002');
      return office.begins('1001', '1002', '1003');
    }
    if (call === undefined) return [];
    if (step.do === 'answer') return office.answers(call, step.last);
    if (step.do === 'transfer') return office.transfers(call, step.last ? '1001' : '1002');
    return step.do === 'hang-up' ? office.hangsUp(call) : [];
  }
}

async function played(topics: readonly PushTopic[], steps: readonly Change[], refused = false): Promise<Scene> {
  const scene = new Scene(topics, refused);
  await scene.begin();
  for (const step of steps) await scene.play(step);
  await scene.rest();
  return scene;
}

function expectTruth({ live, office }: Scene, onlyMine = false): void {
  const seen = live.calls.shown.calls.map(({ id, state, mine }) => ({ id, state, mine }));
  const truth = office.live
    .filter((call) => !onlyMine || seen.some(({ id }) => id === call.id))
    .map(({ id, ringing, talking }) => ({
      id,
      state: talking === null ? 'ringing' : 'talking',
      mine: talking === null ? ringing.includes('1001') : talking.number === '1001',
    }));
  expect(seen.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(truth);
}

const BOTH: PushTopic[] = ['extension_events', 'cdr_events'];
const steps = fc.array(change, { maxLength: 14 });

test.each([
  ['list and push', false],
  ['push alone', true],
])(
  'by %s each ring is announced once, each end reported once, and the calls shown at rest are the true ones',
  async (_by, refused) => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const scene = await played(BOTH, story, refused);
        for (const call of scene.office.calls) {
          const announced = scene.count('for-me', call.id);
          expect(announced).toBeLessThanOrEqual(call.rangMe);
          // Rings that push reports together are announced once.
          const least = story.some(({ joinsNext }) => joinsNext) ? Math.min(1, call.rangMe) : call.rangMe;
          expect(announced).toBeGreaterThanOrEqual(least);
          // Colleagues' calls are shown once a second, and not at all while the list is refused.
          const appeared = scene.count('appeared', call.id);
          expect(appeared).toBeLessThanOrEqual(1);
          if (call.rangMe > 0) expect(appeared).toBe(1);
          expect(scene.count('ended', call.id)).toBe(call.over ? appeared : 0);
          expect(scene.count('missed', call.id)).toBe(call.over && call.rangMe > 0 && !call.taken ? 1 : 0);
        }
        // While each call has a name, nothing needs to stand for one.
        expect(scene.events.filter((event) => isPlaceholderId(event.call.id))).toEqual([]);
        expectTruth(scene, refused);
        const ringing = scene.office.live.filter((call) => call.talking === null && call.ringing.includes('1001'));
        expect(scene.announced).toEqual(ringing.map(({ id }) => id).toSorted());
      }),
      { numRuns: 500 },
    );
  },
  60_000,
);

test('by the list and extension_events nothing is announced or ended twice, and the calls shown at rest are the true ones', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const scene = await played(['extension_events'], story);
      for (const call of scene.office.calls) {
        expect(scene.count('for-me', call.id)).toBeLessThanOrEqual(call.rangMe);
        const appeared = scene.count('appeared', call.id);
        expect(appeared).toBeLessThanOrEqual(1);
        expect(scene.count('ended', call.id)).toBe(call.over ? appeared : 0);
      }
      const nameless = new Set(scene.events.map(({ call }) => call.id).filter(isPlaceholderId));
      for (const id of nameless) {
        expect(scene.count('for-me', id)).toBeLessThanOrEqual(1);
        // It ends, or gives way to a call that has a name.
        const named = scene.events.filter((event) => event.type === 'for-me' && event.insteadOf === id).length;
        expect(scene.count('ended', id) + scene.count('moved', id) + named).toBe(1);
      }
      expectTruth(scene);
    }),
    { numRuns: 500 },
  );
});
