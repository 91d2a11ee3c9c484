import { expect, test } from 'vitest';
import { mergeSessions, settleBook, type MergeOptions } from '../../../src/core/calls/merge-sessions.ts';
import { EMPTY_BOOK, pushEvent, type PushBook } from '../../../src/core/calls/push-book.ts';
import { restAnswer, type RestAnswer } from '../../../src/core/calls/rest-answer.ts';
import { callsOf, initialTracker, track } from '../../../src/core/calls/tracker.ts';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../src/core/pbx/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { ADA, CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';

/** The list and push, in the order in which things happen. */
class Both {
  book: PushBook = { ...EMPTY_BOOK, listening: true };
  rest: RestAnswer | null = null;
  now = NINE;
  #asked = { turn: 0, at: NINE };

  asks(): this {
    this.#asked = { turn: this.book.turn, at: this.now };
    return this;
  }

  lists(...sessions: PbxSession[]): this {
    const received = { turn: this.book.turn, at: this.now };
    this.rest = restAnswer(this.rest, { sessions, dropped: 0 }, this.#asked, received, this.book);
    this.book = settleBook(this.book, this.rest);
    return this;
  }

  hears(...events: PushEvent[]): this {
    for (const event of events) this.book = pushEvent(this.book, event, ADA, this.now);
    return this;
  }

  after(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  merged(more: Partial<MergeOptions> = {}) {
    const options = { own: ADA, now: this.now, onlyMine: false, namelessAfterMs: 0, ...more };
    return mergeSessions(this.rest, this.book, options);
  }

  get sessions(): PbxSession[] {
    return this.merged().sessions;
  }

  get ids(): string[] {
    return this.sessions.map(({ id }) => id);
  }
}

const RINGS = session('a', leg(CUSTOMER, '1001'));

test('A call that both tell is one, with the trunk of the list and the name of push.', () => {
  const both = new Both().hears(began('a', CUSTOMER, '1001', { callerName: 'Grace' }));
  both.asks().lists(session('a', leg(CUSTOMER, '1001', { trunk: 'Telco' })));
  expect(both.sessions).toEqual([session('a', leg(CUSTOMER, '1001', { trunk: 'Telco', callerName: 'Grace' }))]);
});

test('A call that push has ended is not brought back by an answer to an older question, nor by one of the next moment.', () => {
  const both = new Both()
    .hears(began('a', CUSTOMER, '1001'))
    .asks()
    .hears(over('a'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.after(2).asks().lists(RINGS).ids).toEqual([]);
});

test('An answer that still lists it seconds later is right.', () => {
  const both = new Both().hears(began('a', CUSTOMER, '1001'), over('a'));
  expect(both.after(4).asks().lists(RINGS).ids).toEqual(['a']);
});

test('A call that push told is not gone because an older question, or one of the same moment, does not list it.', () => {
  const both = new Both().asks().hears(began('a', CUSTOMER, '1001'));
  expect(both.lists().ids).toEqual(['a']);
  expect(both.after(2).asks().lists().ids).toEqual(['a']);
});

test('A call of which push has no news is gone when a newer answer does not list it.', () => {
  expect(
    new Both()
      .hears(began('a', CUSTOMER, '1001'))
      .after(4)
      .asks()
      .lists().ids,
  ).toEqual([]);
  const listed = new Both()
    .hears(began('a', CUSTOMER, '1001'))
    .asks()
    .lists(RINGS);
  expect(listed.asks().lists().ids).toEqual([]);
});

test('An answered leg talks, though the list asked before says that it rings; its talking time goes on between answers.', () => {
  const both = new Both()
    .hears(began('a', CUSTOMER, '1001'))
    .asks()
    .hears(target('answer', 'a', CUSTOMER, '1001'));
  expect(both.lists(RINGS).after(7).sessions[0]?.legs).toMatchObject([{ talkingSeconds: 7 }]);
  both.asks().lists(session('a', talking(CUSTOMER, '1001', 8)));
  expect(both.after(20).sessions[0]?.legs).toMatchObject([{ talkingSeconds: 28 }]);
});

test('A leg rings again when push says so after the list saw it talk.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.hears(target('end', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).sessions[0]?.legs).toMatchObject([
    { callee: '1001', talkingSeconds: 0 },
  ]);
});

test('A leg that was over rings again when a newer answer says so.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001'), target('end', 'a', CUSTOMER, '1001'));
  both
    .hears(target('answer', 'a', CUSTOMER, '1002'))
    .after(9)
    .asks();
  expect(both.lists(RINGS).sessions[0]?.legs).toContainEqual(leg(CUSTOMER, '1001'));
});

test('A transfer that push tells after the question moves the call.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.hears(target('ringing', 'a', CUSTOMER, '1002'), target('end', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).sessions).toMatchObject([
    { id: 'a', legs: [{ callee: '1002', talkingSeconds: 0 }] },
  ]);
});

test('A leg that the list showed and a newer answer does not is gone; one of a kind that it never shows stays.', () => {
  const both = new Both().hears(target('ringing', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1002'));
  both.asks().lists(session('a', leg(CUSTOMER, '1002')));
  both
    .after(9)
    .asks()
    .lists(session('a', leg(CUSTOMER, '8000')));
  expect(both.sessions[0]?.legs.map(({ callee }) => callee)).toEqual(['8000', '1001']);
});

test('A phone that has become idle is on no leg of an older answer.', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .hears(phone('idle'));
  expect(both.after(1).sessions[0]?.legs).toMatchObject([{ callee: '1001' }]);
  expect(both.after(1).sessions[0]?.legs).toMatchObject([{ callee: '', talkingSeconds: null }]);
  expect(both.hears(phone('ringing')).sessions[0]?.legs).toMatchObject([{ callee: '' }]);
});

test('A call without a name gives way to one from the list, and is told as replaced.', () => {
  const both = new Both().hears(phone('ringing'));
  const [nameless] = both.ids;
  expect(nameless).toMatch(/^push:/);
  const { sessions, replaced } = both.asks().lists(RINGS).merged();
  expect(sessions.map(({ id }) => id)).toEqual(['a']);
  expect([...replaced]).toEqual([nameless]);
});

test('A call on which I talk does not name the one that rings me meanwhile.', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .hears(phone('ringing'));
  expect(both.ids).toHaveLength(2);
});

test('A name may be waited for.', () => {
  const both = new Both().hears(phone('ringing'));
  expect(both.merged({ namelessAfterMs: 800 }).sessions).toEqual([]);
  expect(both.after(0.8).merged({ namelessAfterMs: 800 }).sessions).toHaveLength(1);
});

test('Where the list is refused, only what had to do with me is told, wherever it went.', () => {
  const both = new Both().hears(
    began('a', CUSTOMER, '1002'),
    began('b', CUSTOMER, '1001'),
    began('b', CUSTOMER, '1003'),
  );
  expect(both.merged({ onlyMine: true }).sessions.map(({ id }) => id)).toEqual(['b']);
});

test('A call that is missing from an answer of which parts were unreadable is kept for one answer, not for two.', () => {
  const answer = (before: RestAnswer | null, sessions: PbxSession[], dropped: number): RestAnswer =>
    restAnswer(before, { sessions, dropped }, { turn: 0, at: NINE }, { turn: 0, at: NINE }, EMPTY_BOOK);
  const first = answer(null, [RINGS], 0);
  const once = answer(first, [], 1);
  expect(once.sessions).toEqual([RINGS]);
  expect(answer(once, [], 1).sessions).toEqual([]);
  expect(answer(first, [], 0).sessions).toEqual([]);
});

test('A call that the list shows for the first time, to a phone that does not ring, waits for the word that it does.', () => {
  const both = new Both().hears(phone('ringing')).asks().hears(phone('idle'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.hears(phone('ringing')).ids).toEqual(['a']);
});

test('What rang in an answer of five minutes ago is not said to ring any more.', () => {
  const both = new Both().asks().lists(RINGS);
  expect(both.after(299).sessions[0]?.legs).toMatchObject([{ talkingSeconds: 0 }]);
  expect(both.after(1).sessions[0]?.legs).toMatchObject([{ talkingSeconds: null }]);
});

/** How many fields of sessions and legs are read: steps, not time. */
function stepsFor(size: number): number {
  let steps = 0;
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, { get: (of, key, self) => ((steps += 1), Reflect.get(of, key, self) as unknown) });
  const both = new Both();
  for (let call = 0; call < size; call += 10) both.hears(began(`call-${call}`, CUSTOMER, '1002'));
  both.hears(phone('ringing'), phone('idle'), phone('ringing')).asks();
  const sessions = Array.from({ length: size }, (_, call) =>
    counted({ id: `call-${call}`, legs: [counted(leg(CUSTOMER, `${2_000 + call}`))] }),
  );
  both.lists(...sessions);
  const input = { type: 'snapshot', sessions: both.sessions, pbxTime: null } as const;
  const [state] = track(initialTracker, input, ADA, NINE);
  expect(callsOf(state)).toHaveLength(size + 1);
  track(state, input, ADA, NINE + 1_000);
  return steps;
}

test('Ten times the sessions take ten times the steps, to merge and to track.', () => {
  expect(stepsFor(10_000) / stepsFor(1_000)).toBeLessThan(11);
});
