import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Model } from '../../../src/core/calls/model.ts';
import type { PbxLeg, PbxSession } from '../../../src/core/pbx/types.ts';
import type { Call, CallEvent } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ADA, NINE } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

const NUMBERS = ['1001', '1002', '1003', '8000', '+12015550123', '0012015550199', '', 'anonymous', 'sip:1001@pbx'];

const seconds = fc.constantFrom(0, 0, 1, 5, 60, null);
const legs = fc.record({
  caller: fc.constantFrom(...NUMBERS),
  callerName: fc.constantFrom('', 'Grace'),
  callee: fc.constantFrom(...NUMBERS),
  trunk: fc.constantFrom('', 'Telco'),
  startedAt: fc.option(fc.integer({ min: NINE - 60_000, max: NINE + 60_000 })),
  talkingSeconds: seconds,
});
const sessions = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', ''), legs: fc.array(legs, { maxLength: 3 }) }),
  { maxLength: 4 },
);
const snapshot = fc.record({
  type: fc.constant('snapshot' as const),
  sessions,
  pbxTime: fc.option(fc.integer({ min: NINE - 5_000, max: NINE + 5_000 })),
});
type Snapshot = { type: 'snapshot'; sessions: PbxSession[]; pbxTime: number | null };
type Input =
  | Snapshot
  | { type: 'placing'; number: string }
  | { type: 'accepted'; sessionId: string }
  | { type: 'refused' }
  | { type: 'reset' };

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: snapshot },
  fc.record({ type: fc.constant('placing' as const), number: fc.constantFrom(...NUMBERS) }),
  fc.record({ type: fc.constant('accepted' as const), sessionId: fc.constantFrom('a', 'b', 'c') }),
  fc.constant<Input>({ type: 'refused' }),
  fc.constant<Input>({ type: 'reset' }),
);

interface Step {
  input: Input;
  events: CallEvent[];
  calls: Call[];
}

/** Plays inputs two seconds apart. */
function play(desk: Tracking, inputs: readonly Input[]): Step[] {
  let placings = 0;
  return inputs.map((next) => {
    desk.after(2);
    desk.events = [];
    const key = `placing ${placings}`;
    const asking = desk.model.placedCalls.get(key)?.status === 'requested';
    if (next.type === 'snapshot') desk.list(next);
    else if (next.type === 'reset') desk.reset();
    else if (next.type === 'placing') desk.placing(`placing ${++placings}`, next.number);
    else if (asking && next.type === 'accepted') desk.apply({ type: 'accepted', key, sessionId: next.sessionId });
    else if (asking) desk.apply({ type: 'refused', key, error: appError('dial-forbidden') });
    return { input: next, events: desk.events, calls: desk.calls };
  });
}

const run = (inputs: readonly Input[]): Step[] => play(new Tracking().withoutHistory(), inputs);

function eventsOf(steps: Step[], id: string): CallEvent[] {
  return steps.flatMap(({ events }) => events).filter((event) => event.call.id === id);
}

test('a call ends at most once before it appears again, and has no events in between', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
      const steps = run(inputs);
      for (const id of ['a', 'b', 'c']) {
        let over = false;
        for (const [index, event] of eventsOf(steps, id).entries()) {
          if (event.type === 'missed') expect(eventsOf(steps, id)[index - 1]?.type).toBe('ended');
          else if (event.type === 'appeared') over = false;
          // A reset in between may have listed it again in silence.
          else if (!inputs.some(({ type }) => type === 'reset')) expect(over).toBe(false);
          if (event.type === 'ended') over = true;
        }
      }
    }),
  );
});

test('between two announcements that a call is for me it has left me or ended', () => {
  fc.assert(
    fc.property(fc.array(snapshot, { maxLength: 25 }), (inputs) => {
      for (const id of ['a', 'b', 'c']) {
        let here = false;
        for (const { input: seen, events } of run(inputs)) {
          const announced = events.filter((event) => event.type === 'for-me' && event.call.id === id).length;
          expect(announced).toBeLessThanOrEqual(here ? 0 : 1);
          const all = seen.type === 'snapshot' ? legsListed(seen.sessions, id) : null;
          // Without any legs nothing is known, so it has not left.
          if (all === null) here = false;
          else if (all.length > 0) here = all.some(leadsToAda);
        }
      }
    }),
  );
});

function legsListed(list: readonly PbxSession[], id: string): PbxLeg[] | null {
  const entries = list.filter((session) => session.id === id);
  return entries.length === 0 ? null : entries.flatMap((session) => session.legs);
}

function leadsToAda({ caller, callee }: PbxLeg): boolean {
  const plain = (text: string): string => text.replace('sip:1001@pbx', '1001');
  return ['1001', '0012015550199'].includes(plain(callee)) && plain(caller) !== plain(callee);
}

test('calls placed here are never for me and never missed', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
      const events = run(inputs).flatMap((step) => step.events);
      const announced = events.filter(({ type }) => type === 'for-me' || type === 'missed');
      expect(announced.filter(({ call }) => call.placedHere)).toEqual([]);
    }),
  );
});

test('the same list twice causes no events and changes no call', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 10 }), snapshot, (inputs, last) => {
      const desk = new Tracking().withoutHistory();
      play(desk, inputs);
      desk.after(10).list(last);
      const once = desk.calls;
      expect(desk.list(last)).toEqual([]);
      expect(desk.calls).toBe(once);
    }),
  );
});

test('sessions that are skipped because only time has passed would not have changed', () => {
  const ages = fc.array(
    fc.record({
      list: fc.constantFrom<(0 | 1)[]>(0, 0, 0, 1),
      // A PBX that counts well, one that lags, one that stands still, and one whose legs do not agree.
      secondsMore: fc.constantFrom(0, 0, 0, 1, 9, -200),
      wobble: fc.constantFrom(0, 0, 0, 1),
      pbxAhead: fc.constantFrom(0, 0, 0, 60_000),
      own: fc.constantFrom(ADA, ADA, ADA, { ...ADA }, { extension: '1002', numbers: [] }),
    }),
    { minLength: 2, maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.tuple(sessions, sessions), ages, (lists, looks) => {
      const [reading, remembering] = [new Tracking(), new Tracking()];
      for (const [index, { list, secondsMore, wobble, pbxAhead, own }] of looks.entries()) {
        const aged = lists[list].map(({ id, legs: before }) => ({
          id,
          legs: before.map((leg, at) => {
            const talking =
              leg.talkingSeconds === null ? null : leg.talkingSeconds + index * 5 + secondsMore + at * wobble;
            return leg.talkingSeconds === 0 ? leg : { ...leg, talkingSeconds: talking };
          }),
        }));
        for (const desk of [reading, remembering]) {
          desk.after(5);
          Object.assign(desk, { pbxAhead, own });
        }
        reading.model = { ...reading.model, sessions: forgetful(reading.model) };
        expect(remembering.poll(...aged)).toEqual(reading.poll(...aged));
        expect(remembering.calls).toEqual(reading.calls);
      }
    }),
    { numRuns: 500 },
  );
});

function forgetful({ sessions: known }: Model): Model['sessions'] {
  const forgotten = known.copy();
  for (const one of known.values()) forgotten.set(one.id, { ...one, unmodifiedListRow: null });
  return forgotten;
}

test('the order of sessions and legs in the list does not matter', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 15 }), (inputs) => {
      const mirrored = inputs.map((next) =>
        next.type !== 'snapshot'
          ? next
          : { ...next, sessions: next.sessions.toReversed().map((s) => ({ ...s, legs: s.legs.toReversed() })) },
      );
      expect(run(mirrored).map(({ events }) => events)).toEqual(run(inputs).map(({ events }) => events));
      expect(run(mirrored).map(({ calls }) => calls)).toEqual(run(inputs).map(({ calls }) => calls));
    }),
  );
});

test('every listed id is shown once, mine first, whatever its texts', () => {
  const wild = fc.string({ unit: 'binary', maxLength: 400 });
  const anything = fc.record({
    type: fc.constant('snapshot' as const),
    sessions: fc.array(
      fc.record({
        id: wild,
        legs: fc.array(
          fc.record({
            caller: wild,
            callerName: wild,
            callee: wild,
            trunk: wild,
            startedAt: fc.option(fc.double()),
            talkingSeconds: fc.option(fc.double()),
          }),
          { maxLength: 3 },
        ),
      }),
    ),
    pbxTime: fc.option(fc.double()),
  });
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 6 }), (inputs) => {
      for (const { input: seen, calls } of run(inputs)) {
        const ids = calls.map((call) => call.id);
        expect(new Set(ids).size).toBe(ids.length);
        const listed = new Set(seen.type === 'snapshot' ? seen.sessions.map((session) => session.id) : []);
        expect(ids.every((id) => listed.has(id))).toBe(true);
        const mine = calls.map((call) => call.mine);
        expect(mine).toEqual(mine.toSorted((a, b) => Number(b) - Number(a)));
        for (const call of calls) expect(Number.isFinite(call.startedAt)).toBe(true);
      }
    }),
  );
});
