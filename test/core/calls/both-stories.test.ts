import { expect, test } from 'vitest';
import { shownLegs } from '../../../src/core/calls/legs.ts';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../src/core/pbx/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** The list and push, in the order in which things happen. */
class Both extends Tracking {
  constructor() {
    super();
    this.afterFirstPoll().withPush();
  }

  lists(...sessions: PbxSession[]): this {
    this.poll(...sessions);
    return this;
  }

  pushes(...events: PushEvent[]): this {
    for (const event of events) this.push(event);
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

test('shows one call when the list and push both report it, with the trunk from the list and the name from push', () => {
  const both = new Both().pushes(began('a', CUSTOMER, '1001', { callerName: 'Grace' }));
  both.asks().lists(session('a', leg(CUSTOMER, '1001', { trunk: 'Telco' })));
  expect(both.calls).toMatchObject([{ id: 'a', trunk: 'Telco', other: { name: 'Grace' } }]);
});

test('keeps a call ended that push ended, when a list requested before or a moment later still shows it', () => {
  const both = new Both()
    .pushes(began('a', CUSTOMER, '1001'))
    .asks()
    .pushes(over('a'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.after(2).asks().lists(RINGS).ids).toEqual([]);
});

test('shows a call again that push ended, when the list still shows it 16 seconds later', () => {
  const both = new Both().pushes(began('a', CUSTOMER, '1001'), over('a'));
  expect(both.after(14).asks().lists(RINGS).ids).toEqual([]);
  expect(both.after(2).asks().lists(RINGS).ids).toEqual(['a']);
});

test('keeps a call that push reported, when a list requested before or a moment later does not show it yet', () => {
  const both = new Both().asks().pushes(began('a', CUSTOMER, '1001'));
  expect(both.lists().ids).toEqual(['a']);
  expect(both.after(2).asks().lists().ids).toEqual(['a']);
});

test('ends a call when a later list does not show it and push has reported nothing since', () => {
  expect(
    new Both()
      .pushes(began('a', CUSTOMER, '1001'))
      .after(4)
      .asks()
      .lists().ids,
  ).toEqual([]);
  const listed = new Both()
    .pushes(began('a', CUSTOMER, '1001'))
    .asks()
    .lists(RINGS);
  expect(listed.asks().lists().ids).toEqual([]);
});

test('keeps an answered leg talking when a list requested before the answer shows it ringing', () => {
  const both = new Both()
    .pushes(began('a', CUSTOMER, '1001'))
    .asks()
    .pushes(target('answer', 'a', CUSTOMER, '1001'));
  expect(both.lists(RINGS).after(7).talked).toBe(7);
  both.asks().lists(session('a', talking(CUSTOMER, '1001', 8)));
  expect(both.after(20).talked).toBe(27);
});

test('shows a leg ringing again when push reports that after the list was requested', () => {
  const both = new Both().pushes(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.pushes(target('end', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).legs).toEqual(['1001 ringing']);
});

test('shows an ended leg ringing again when a later list shows it', () => {
  const both = new Both().pushes(target('answer', 'a', CUSTOMER, '1001'), target('end', 'a', CUSTOMER, '1001'));
  both
    .pushes(target('answer', 'a', CUSTOMER, '1002'))
    .after(9)
    .asks();
  expect(both.lists(RINGS).legs).toContain('1001 ringing');
});

test('keeps a leg ended that push ended, when the list keeps it with a duration that counts from the start', () => {
  const both = new Both().pushes(
    began('a', CUSTOMER, '8000'),
    target('ringing', 'a', CUSTOMER, '1001'),
    phone('ringing'),
  );
  both.after(9).pushes(target('answer', 'a', CUSTOMER, '1002'), phone('idle'), target('fail', 'a', CUSTOMER, '1001'));
  const kept = session('a', talking(CUSTOMER, '1001', 9), talking(CUSTOMER, '1002', 9));
  both.asks().lists(kept);
  expect(both.events.map(({ type }) => type)).not.toContain('for-me');
  expect(both.after(5).asks().lists(kept).legs).not.toContain('1001 unknown');
});

test('moves a call when push reports a transfer after the list was requested', () => {
  const both = new Both().pushes(target('answer', 'a', CUSTOMER, '1001')).asks();
  both.pushes(target('ringing', 'a', CUSTOMER, '1002'), target('end', 'a', CUSTOMER, '1001'));
  expect(both.lists(session('a', talking(CUSTOMER, '1001', 8))).legs).toEqual(['1002 ringing']);
});

test('removes a leg that the list no longer shows, but not one that only push ever reported', () => {
  const both = new Both().pushes(target('ringing', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1002'));
  both.asks().lists(session('a', leg(CUSTOMER, '1002')));
  both
    .after(9)
    .asks()
    .lists(session('a', leg(CUSTOMER, '8000')));
  expect(both.legs).toEqual(['8000 ringing', '1001 ringing']);
});

test('ends the leg of a phone that became idle after the list was requested', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .pushes(phone('idle'));
  expect(both.after(1).legs).toEqual(['1001 talking']);
  expect(both.after(1).legs).toEqual([' unknown']);
  expect(both.pushes(phone('ringing')).legs[0]).toBe(' unknown');
});

test('replaces a nameless call with the one that the list shows, and reports the replacement', () => {
  const both = new Both().pushes(phone('ringing'));
  const [nameless] = both.ids;
  expect(nameless).toMatch(/^push:/);
  both.asks().lists(RINGS);
  expect(both.ids).toEqual(['a']);
  expect(both.events.at(-1)).toMatchObject({ type: 'for-me', insteadOf: nameless });
});

test('keeps a nameless ring apart from the call on which I already talk', () => {
  const both = new Both()
    .asks()
    .lists(session('a', talking(CUSTOMER, '1001', 8)))
    .pushes(phone('ringing'));
  expect(both.ids).toHaveLength(2);
});

test('keeps a nameless ring when a call ends that I answered before the phone began to ring', () => {
  const both = new Both().pushes(phone('ringing', '1001', NINE)).after(1);
  const [nameless] = both.ids;
  const answeredAt = NINE - 30_000;
  both.pushes(target('end', 'a', CUSTOMER, '1001'), over('a', { callee: '1001', callStatus: 'answered', answeredAt }));
  expect(both.ids).toEqual([nameless]);
  both.after(9).lists(session('b', leg('1002', '1001')));
  expect(both.events.at(-1)).toMatchObject({ type: 'for-me', call: { id: 'b' }, insteadOf: nameless });
});

test('ends a nameless ring with the call that I answered after the phone began to ring', () => {
  const both = new Both().pushes(phone('ringing', '1001', NINE)).after(40);
  const record = { callee: '1001', callStatus: 'answered', answeredAt: NINE + 8_000 } as const;
  expect(both.pushes(target('end', 'a', CUSTOMER, '1001'), over('a', record)).ids).toEqual([]);
});

test('announces no ring that push reports only after the list showed the end of its call', () => {
  const both = new Both().lists(RINGS).after(8).lists();
  expect(both.ids).toEqual([]);
  expect(both.push(phone('ringing', '1001', NINE + 1_000))).toEqual([]);
  expect(both.push(phone('on-call', '1001', NINE + 3_000))).toEqual([]);
  both.push(phone('idle', '1001', NINE + 5_000));
  expect(both.push(phone('ringing', '1001', NINE + 6_000))).toHaveLength(2);
});

test('announces no ring that push reports only after the list showed that I answered its call', () => {
  const both = new Both().after(4).lists(RINGS).after(4);
  both.lists(session('a', talking(CUSTOMER, '1001', 2)));
  expect(both.push(phone('ringing', '1001', NINE + 1_000))).toEqual([]);
  expect(both.push(phone('on-call', '1001', NINE + 6_000))).toEqual([]);
  expect(both.push(phone('ringing', '1001', NINE + 8_000))).toHaveLength(2);
});

test('announces no ring for a placed call that push reports only after the end of that call', () => {
  const both = new Both();
  both.pushes(phone('idle', '1001', NINE));
  both.placing('k', CUSTOMER).apply({ type: 'accepted', key: 'k', sessionId: 'a' });
  both.lists(RINGS).after(8).apply({ type: 'hung-up', key: 'k' });
  expect(both.push(phone('ringing', '1001', NINE + 1_000))).toEqual([]);
  expect(both.passSeconds(2)).toEqual([]);
});

test('takes a late report of a ring that began before a placed call for none of that call', () => {
  const both = new Both().lists(RINGS).after(6).placing('k', '1003');
  both.apply({ type: 'accepted', key: 'k', sessionId: 'b' });
  expect(both.push(phone('ringing', '1001', NINE))).toEqual([]);
  both.pushes(phone('idle', '1001', NINE + 6_000));
  expect(both.push(phone('ringing', '1001', NINE + 6_000))).toEqual([]);
  expect(both.passSeconds(2)).toEqual([]);
  expect(both.model.placedCalls.get('k')?.call.phoneRings).toBe(true);
});

test('announces a nameless ring that began after the end of the last call', () => {
  const both = new Both().lists(RINGS).after(8).lists();
  expect(both.push(phone('ringing', '1001', NINE + 8_000))).toHaveLength(2);
});

test('announces no ring of which push reports only the end, while my phone rings for another call', () => {
  const both = new Both();
  both.push(phone('ringing'));
  const [nameless] = both.ids;
  expect(both.after(5).push(target('noanswer', 'a', CUSTOMER, '1001'))).toEqual(['appeared a']);
  const ended = both.push(over('a', { callee: '1001', callStatus: 'noanswer' }));
  expect(ended.slice(0, 2)).toEqual(['ended a', 'missed a']);
  expect(both.ids).not.toContain(nameless);
  // The other call has rung all the time; the list shows it now.
  expect(both.after(5).poll(session('b', leg('+12015550144', '1001')))).toEqual(['appeared b', 'for-me b']);
});

test('announces the next ring of a phone of whose ring before push reported only the end', () => {
  const both = new Both();
  expect(both.push(target('noanswer', 'a', CUSTOMER, '1001'))).toEqual(['appeared a']);
  expect(both.after(1).push(target('add', 'a', CUSTOMER, '1001'))).toEqual(['for-me a']);
});

test('shows a nameless ring only after the wait for its session', () => {
  const both = new Both();
  both.placeholderDelayMs = 800;
  expect(both.pushes(phone('ringing')).ids).toEqual([]);
  expect(both.after(0.8).ids).toHaveLength(1);
});

test('shows only calls that concern me while the list is refused, also after they moved on', () => {
  const both = new Both();
  both.apply({ type: 'list-refused' });
  both.pushes(began('a', CUSTOMER, '1002'), began('b', CUSTOMER, '1001'), began('b', CUSTOMER, '1003'));
  expect(both.ids).toEqual(['b']);
});

test('ends a call that is missing from partly unreadable lists at the second such list', () => {
  const both = new Both().lists(RINGS);
  expect(both.list({ sessions: [], dropped: 1 })).toEqual([]);
  expect(both.list({ sessions: [], dropped: 1 })).toEqual(['ended a']);
  const read = new Both().lists(RINGS);
  expect(read.list({ sessions: [], dropped: 0 })).toEqual(['ended a']);
});

test('counts a ring as missed if a list shows that it is over, but not if the list has unreadable entries', () => {
  const read = new Both().lists(RINGS);
  expect(read.list({ sessions: [], dropped: 0 })).toEqual(['ended a']);
  expect(read.after(30).events).toMatchObject([{ type: 'missed', call: { id: 'a' } }]);
  const both = new Both().lists(RINGS);
  for (let list = 0; list < 2; list++) both.after(5).list({ sessions: [], dropped: 1 });
  expect(both.ids).toEqual([]);
  expect(both.after(30).events).toEqual([]);
  // Its entries can be read again.
  expect(both.list({ sessions: [RINGS] })).toContain('appeared a');
});

test('holds back a new leg to my idle phone until the phone is reported to ring', () => {
  const both = new Both().pushes(phone('ringing')).asks().pushes(phone('idle'));
  expect(both.lists(RINGS).ids).toEqual([]);
  expect(both.pushes(phone('ringing')).ids).toEqual(['a']);
});

test('shows no state for a ringing leg that nothing has confirmed for five minutes', () => {
  const both = new Both().asks().lists(RINGS);
  expect(both.after(299).legs).toEqual(['1001 ringing']);
  expect(both.after(1).legs).toEqual(['1001 unknown']);
});

test('does not count a list with unreadable entries as a confirmation of a ring that it does not show', () => {
  const both = new Both().lists(RINGS);
  both.after(200).list({ sessions: [], dropped: 1 });
  expect(both.after(99).legs).toEqual(['1001 ringing']);
  expect(both.after(1).legs).toEqual(['1001 unknown']);
});

test('keeps the state of a talking leg when another leg of its session has rung unconfirmed for five minutes', () => {
  const both = new Both().asks().lists(session('a', talking(CUSTOMER, '1002', 10), leg(CUSTOMER, '1001')));
  expect(both.after(300).legs).toEqual(['1001 unknown', '1002 talking']);
});

/** How many fields of sessions and legs are read: steps, not time. */
function stepsFor(size: number): number {
  let steps = 0;
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, { get: (of, key, self) => ((steps += 1), Reflect.get(of, key, self) as unknown) });
  const both = new Both();
  for (let call = 0; call < size; call += 10) both.pushes(began(`call-${call}`, CUSTOMER, '1002'));
  const sessions = Array.from({ length: size }, (_, call) =>
    counted({ id: `call-${call}`, legs: [counted(leg(CUSTOMER, `${2_000 + call}`))] }),
  );
  both.lists(...sessions);
  expect(both.allCalls.shown.more.others + both.calls.length).toBe(size);
  both.lists(...sessions);
  return steps;
}

test('reads ten times the fields for ten times the sessions', () => {
  expect(stepsFor(2_000) / stepsFor(200)).toBeLessThan(11);
});

test('keeps the map of sessions when a list changes nothing but talking times', () => {
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

test('shows one call when the phone that rings turns out to be mine while its call is listed', () => {
  const mobile = '+12015550177';
  const both = new Both().lists(session('a', leg(CUSTOMER, mobile))).pushes(phone('ringing'));
  both.own = { ...both.own, numbers: [...both.own.numbers, mobile] };
  both.after(1);
  expect(both.calls.filter((call) => call.mine)).toMatchObject([{ id: 'a' }]);
});
