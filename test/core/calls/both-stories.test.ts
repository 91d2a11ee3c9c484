import { expect, test } from 'vitest';
import { shownLegs } from '../../../src/core/calls/legs.ts';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../src/core/pbx/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** The list and push, in the order in which things happen. */
class Both extends Tracking {
  constructor() {
    super();
    this.ready().listening();
  }

  lists(...sessions: PbxSession[]): this {
    this.look(...sessions);
    return this;
  }

  hears(...events: PushEvent[]): this {
    for (const event of events) this.hear(event);
    return this;
  }

  override after(seconds: number): this {
    super.after(seconds).apply({ type: 'tick' });
    return this;
  }

  /** "callee state" of each leg shown. */
  get legs(): string[] {
    return [...this.model.sessions.values()].flatMap((one) =>
      shownLegs(one, this.model.own, this.elapsed).map(({ callee, state }) => `${callee} ${state}`),
    );
  }

  get talked(): number | null {
    const [call] = this.calls;
    const answeredAt = call?.answeredAt ?? null;
    return answeredAt === null ? null : (this.now - answeredAt) / 1000;
  }
}

const RINGS = session('a', leg(CUSTOMER, '1001'));

test('A call that both tell is one, with the trunk of the list and the name of push.', () => {
  const both = new Both().hears(began('a', CUSTOMER, '1001', { callerName: 'Grace' }));
  both.asks().lists(session('a', leg(CUSTOMER, '1001', { trunk: 'Telco' })));
  expect(both.calls).toMatchObject([{ id: 'a', trunk: 'Telco', other: { name: 'Grace' } }]);
});

test('A call that push has ended is not brought back by an answer to an older question, nor by one of the next moment.', () => {
  const both = new Both()
    .hears(began('a', CUSTOMER, '1001'))
    .asks()
    .hears(over('a'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.after(2).asks().lists(RINGS).ids).toEqual([]);
});

test('A call that push has ended, and that the list still shows many seconds later, goes on.', () => {
  const both = new Both().hears(began('a', CUSTOMER, '1001'), over('a'));
  expect(both.after(14).asks().lists(RINGS).ids).toEqual([]);
  expect(both.after(2).asks().lists(RINGS).ids).toEqual(['a']);
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
  expect(both.lists(RINGS).after(7).talked).toBe(7);
  both.asks().lists(session('a', talking(CUSTOMER, '1001', 8)));
  expect(both.after(20).talked).toBe(27);
});

test('A leg rings again when push says so after the list saw it talk.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.hears(target('end', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).legs).toEqual(['1001 ringing']);
});

test('A leg that was over rings again when a newer answer says so.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001'), target('end', 'a', CUSTOMER, '1001'));
  both
    .hears(target('answer', 'a', CUSTOMER, '1002'))
    .after(9)
    .asks();
  expect(both.lists(RINGS).legs).toContain('1001 ringing');
});

test('A transfer that push tells after the question moves the call.', () => {
  const both = new Both().hears(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.hears(target('ringing', 'a', CUSTOMER, '1002'), target('end', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).legs).toEqual(['1002 ringing']);
});

test('A leg that the list showed and a newer answer does not is gone; one of a kind that it never shows stays.', () => {
  const both = new Both().hears(target('ringing', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1002'));
  both.asks().lists(session('a', leg(CUSTOMER, '1002')));
  both
    .after(9)
    .asks()
    .lists(session('a', leg(CUSTOMER, '8000')));
  expect(both.legs).toEqual(['8000 ringing', '1001 ringing']);
});

test('A phone that has become idle is on no leg of an older answer.', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .hears(phone('idle'));
  expect(both.after(1).legs).toEqual(['1001 talking']);
  expect(both.after(1).legs).toEqual([' unknown']);
  expect(both.hears(phone('ringing')).legs[0]).toBe(' unknown');
});

test('A call without a name gives way to one from the list, and is told as replaced.', () => {
  const both = new Both().hears(phone('ringing'));
  const [nameless] = both.ids;
  expect(nameless).toMatch(/^push:/);
  both.asks().lists(RINGS);
  expect(both.ids).toEqual(['a']);
  expect(both.events.at(-1)).toMatchObject({ type: 'for-me', insteadOf: nameless });
});

test('A call on which I talk does not name the one that rings me meanwhile.', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .hears(phone('ringing'));
  expect(both.ids).toHaveLength(2);
});

test('A name may be waited for.', () => {
  const both = new Both();
  both.nameWaitMs = 800;
  expect(both.hears(phone('ringing')).ids).toEqual([]);
  expect(both.after(0.8).ids).toHaveLength(1);
});

test('Where the list is refused, only what had to do with me is told, wherever it went.', () => {
  const both = new Both();
  both.apply({ type: 'list-refused' });
  both.hears(began('a', CUSTOMER, '1002'), began('b', CUSTOMER, '1001'), began('b', CUSTOMER, '1003'));
  expect(both.ids).toEqual(['b']);
});

test('A call that is missing from an answer of which parts were unreadable is kept for one answer, not for two.', () => {
  const both = new Both().lists(RINGS);
  expect(both.list({ sessions: [], dropped: 1 })).toEqual([]);
  expect(both.list({ sessions: [], dropped: 1 })).toEqual(['ended a']);
  const read = new Both().lists(RINGS);
  expect(read.list({ sessions: [], dropped: 0 })).toEqual(['ended a']);
});

test('A call that the list shows for the first time, to a phone that does not ring, waits for the word that it does.', () => {
  const both = new Both().hears(phone('ringing')).asks().hears(phone('idle'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.hears(phone('ringing')).ids).toEqual(['a']);
});

test('What rang in an answer of five minutes ago is not said to ring any more.', () => {
  const both = new Both().asks().lists(RINGS);
  expect(both.after(299).legs).toEqual(['1001 ringing']);
  expect(both.after(1).legs).toEqual(['1001 unknown']);
});

/** How many fields of sessions and legs are read: steps, not time. */
function stepsFor(size: number): number {
  let steps = 0;
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, { get: (of, key, self) => ((steps += 1), Reflect.get(of, key, self) as unknown) });
  const both = new Both();
  for (let call = 0; call < size; call += 10) both.hears(began(`call-${call}`, CUSTOMER, '1002'));
  const sessions = Array.from({ length: size }, (_, call) =>
    counted({ id: `call-${call}`, legs: [counted(leg(CUSTOMER, `${2_000 + call}`))] }),
  );
  both.lists(...sessions);
  expect(both.calls).toHaveLength(size);
  both.lists(...sessions);
  return steps;
}

test('Ten times the sessions take ten times the steps.', () => {
  expect(stepsFor(2_000) / stepsFor(200)).toBeLessThan(11);
});

test('A list of calls of which nothing changed leaves each session, and the order, as it was.', () => {
  const both = new Both();
  const sessions = (seconds: number) =>
    Array.from({ length: 50 }, (_, call) =>
      session(`call-${call}`, talking(CUSTOMER, `${2_000 + call}`, 60 + seconds)),
    );
  both.lists(...sessions(0));
  both.after(5).lists(...sessions(5));
  const before = both.model.sessions;
  both.after(5).lists(...sessions(10));
  expect(both.model.sessions).toBe(before);
});
