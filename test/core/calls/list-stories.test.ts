import { expect, test } from 'vitest';
import { Tracking } from './support/tracking.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';

test('shows the calls of the first list without announcing them', () => {
  const desk = new Tracking();
  expect(desk.poll(session('a', leg(CUSTOMER, '1001')), session('b', talking('1002', '1003', 60)))).toEqual([]);
  expect(desk.calls.map((call) => call.id)).toEqual(['a', 'b']);
  desk.reset();
  expect(desk.calls).toEqual([]);
  expect(desk.poll(session('a', leg(CUSTOMER, '1001')))).toEqual([]);
});

test('reports each step when a customer calls, I pick up, we talk and hang up', () => {
  const desk = new Tracking().afterFirstPoll();
  const ringing = leg(CUSTOMER, '1001', { callerName: 'Grace', trunk: 'Telco' });
  expect(desk.poll(session('a', ringing))).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toMatchObject([
    {
      mine: true,
      direction: 'incoming',
      state: 'ringing',
      other: { number: CUSTOMER, name: 'Grace' },
      trunk: 'Telco',
      answeredAt: null,
      placedHere: false,
    },
  ]);
  expect(desk.after(2).poll(session('a', ringing))).toEqual([]);
  expect(desk.after(2).poll(session('a', { ...ringing, talkingSeconds: 1 }))).toEqual(['answered a']);
  expect(desk.calls[0]?.answeredAt).toBe(desk.now - 1000);
  expect(desk.after(2).poll(session('a', { ...ringing, talkingSeconds: 3 }))).toEqual([]);
  expect(desk.after(2).poll()).toEqual(['ended a']);
  expect(desk.calls).toEqual([]);
});

test('reports a call that rang me and ended as missed, also one from the first list', () => {
  const desk = new Tracking().withoutHistory();
  desk.poll(session('a', leg(CUSTOMER, '1001')));
  desk.poll(session('a', leg(CUSTOMER, '1001')), session('b', leg('1002', '1001')));
  expect(desk.poll()).toEqual(['ended a', 'missed a', 'ended b', 'missed b']);
});

test('reports a colleague’s call neither as for me nor as missed', () => {
  const desk = new Tracking().afterFirstPoll();
  expect(desk.poll(session('a', leg(CUSTOMER, '1002')))).toEqual(['appeared a']);
  expect(desk.calls).toMatchObject([{ mine: false }]);
  expect(desk.poll()).toEqual(['ended a']);
});

test('does not report a group call as missed when a colleague answers it', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001'), leg(CUSTOMER, '1002')));
  expect(desk.after(5).poll(session('a', talking(CUSTOMER, '1002', 1)))).toEqual(['moved a', 'answered a']);
  expect(desk.calls).toMatchObject([{ mine: false, state: 'talking' }]);
  expect(desk.poll()).toEqual(['ended a']);
});

test('does not report a group call as missed when the list shows my phone ringing a moment too long', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001'), leg(CUSTOMER, '1002')));
  desk.poll(session('a', leg(CUSTOMER, '1001'), talking(CUSTOMER, '1002', 1)));
  desk.poll(session('a', talking(CUSTOMER, '1002', 3)));
  expect(desk.poll()).toEqual(['ended a']);
});

test('reports a hunt group’s call as missed when it rang me and nobody answered', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001')));
  expect(desk.poll(session('a', leg(CUSTOMER, '1002')))).toEqual(['moved a']);
  expect(desk.poll()).toEqual(['ended a', 'missed a']);
});

test('reports the missed call as it rang me, although it moved on afterwards', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001', { callerName: 'Grace' })));
  desk.poll(session('a', leg('8000', '1002')));
  desk.poll();
  expect(desk.events).toMatchObject([
    { type: 'ended', call: { mine: false, callee: { number: '1002' } } },
    { type: 'missed', call: { mine: true, other: { number: CUSTOMER, name: 'Grace' } } },
  ]);
});

test('ends a call that disappeared while the computer slept at the time when it was last seen', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.after(5).poll(session('a', talking(CUSTOMER, '1001', 1)));
  desk.after(8 * 3_600).poll();
  expect(desk.events).toMatchObject([{ type: 'ended', at: NINE + 5_000 }]);
  desk.after(5).poll(session('b', leg(CUSTOMER, '1001')));
  desk.after(5).poll();
  expect(desk.events).toMatchObject([
    { type: 'ended', at: desk.now },
    { type: 'missed', at: desk.now },
  ]);
});

test('reports a queue’s call as missed although the queue answered before my phone rang', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.poll(session('a', talking(CUSTOMER, '8000', 20)));
  expect(desk.poll(session('a', talking(CUSTOMER, '8000', 22), leg(CUSTOMER, '1001')))).toEqual([
    'moved a',
    'for-me a',
  ]);
  expect(desk.events.at(-1)).toMatchObject({ transferred: false, via: '8000' });
  expect(desk.calls[0]?.via).toBe('8000');
  desk.poll(session('a', talking(CUSTOMER, '8000', 32)));
  expect(desk.poll()).toEqual(['ended a', 'missed a']);
});

test('does not announce a call as transferred if nothing shows that a person had it before', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.after(40).poll(session('a', talking(CUSTOMER, '8000', 30)));
  expect(desk.after(5).poll(session('a', leg(CUSTOMER, '1001')))).toEqual(['moved a', 'for-me a']);
});

test('announces a call that is transferred to me, and again when it comes back', () => {
  const desk = new Tracking().afterFirstPoll();
  expect(desk.poll(session('a', leg(CUSTOMER, '1002')))).toEqual(['appeared a']);
  expect(desk.after(40).poll(session('a', talking(CUSTOMER, '1002', 30)))).toEqual(['answered a']);
  expect(desk.after(5).poll(session('a', leg(CUSTOMER, '1001')))).toEqual(['moved a', 'for-me a*']);
  expect(desk.after(5).poll(session('a', talking(CUSTOMER, '1001', 4)))).toEqual(['answered a']);
  expect(desk.after(5).poll(session('a', leg(CUSTOMER, '1002')))).toEqual(['moved a']);
  expect(desk.after(5).poll(session('a', leg(CUSTOMER, '1001')))).toEqual(['moved a', 'for-me a*']);
  expect(desk.after(5).poll(session('a', talking(CUSTOMER, '1001', 1)))).toEqual(['answered a']);
  expect(desk.poll()).toEqual(['ended a']);
});

test('announces a call once at a PBX without talking times, and reports neither an answer nor a missed call', () => {
  const desk = new Tracking().afterFirstPoll();
  const untold = session('a', leg(CUSTOMER, '1001', { talkingSeconds: null }));
  expect(desk.poll(untold)).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toMatchObject([{ state: 'unknown', answeredAt: null }]);
  expect(desk.poll(untold)).toEqual([]);
  expect(desk.poll()).toEqual(['ended a']);
});

test('announces no ring for a call that is answered between two polls', () => {
  const desk = new Tracking().afterFirstPoll().after(5);
  expect(desk.poll(session('a', talking(CUSTOMER, '1001', 1)))).toEqual(['appeared a', 'answered a']);
});

test('keeps a call whose legs are missing from one list, and shows none that never had legs', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001')));
  const before = desk.calls;
  expect(desk.poll(session('a'), session('b'))).toEqual([]);
  expect(desk.calls).toBe(before);
  expect(desk.poll(session('a', leg(CUSTOMER, '1001')), session('b', leg('1002', '1001')))).toEqual([
    'appeared b',
    'for-me b',
  ]);
});

test('shows two entries with one id as one call, and ignores an entry without an id', () => {
  const desk = new Tracking().afterFirstPoll();
  const events = desk.poll(
    session('a', talking(CUSTOMER, '8000', 9)),
    session('a', leg(CUSTOMER, '1001')),
    session('', leg('1', '1001')),
  );
  expect(events).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toHaveLength(1);
});

test('sorts my ringing calls first, then my others, then the rest by start', () => {
  const desk = new Tracking().afterFirstPoll();
  const later = { startedAt: NINE + 5_000 };
  const sessions = [
    session('old', talking('1002', '1003', 50, { startedAt: NINE - 60_000 })),
    session('new', leg('1004', '1005', later)),
    session('talk', talking('1001', CUSTOMER, 9)),
    session('ring', leg('1002', '1001', later)),
  ];
  desk.after(10).poll(...sessions);
  expect(desk.calls.map((call) => call.id)).toEqual(['ring', 'talk', 'old', 'new']);
  const before = desk.calls;
  desk.poll(...sessions.toReversed());
  expect(desk.calls).toBe(before);
});

test('keeps the place of a call in the list when the PBX corrects its start time', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', leg('1002', '1003')), session('b', leg('1004', '1005', { startedAt: NINE + 1 })));
  desk.poll(session('a', leg('1002', '1003')), session('b', leg('1004', '1005', { startedAt: NINE - 60_000 })));
  expect(desk.calls.map((call) => [call.id, call.startedAt])).toEqual([
    ['a', NINE],
    ['b', NINE - 60_000],
  ]);
});

test('returns the same object for a call that did not change', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', talking('1002', '1003', 5)), session('b', leg(CUSTOMER, '1001')));
  const [b, a] = desk.calls;
  desk.after(5).poll(session('a', talking('1002', '1003', 10)), session('b', talking(CUSTOMER, '1001', 1)));
  expect(desk.calls[1]).toBe(a);
  expect(desk.calls[0]).not.toBe(b);
});

test.each([
  ['from the answer of a leg', { startedAt: NINE - 60_000 }, 3],
  ['from the start of the session', { startedAt: NINE - 60_000 }, 60],
  ['from the start of the session, and the call is mine', { startedAt: NINE - 60_000, callee: '1001' }, 60],
])('keeps the sessions of the model while only talking times go on that count %s', (_name, more, seconds) => {
  const desk = new Tracking();
  const poll = (after: number): unknown =>
    desk.after(after).poll(session('a', talking(CUSTOMER, '1003', seconds + (desk.now - NINE) / 1000, more)));
  poll(0);
  const first = desk.model.sessions;
  poll(5);
  expect(desk.model.sessions).toBe(first);
  // As after the first list, but the session was derived from a later one.
  desk.poll();
  desk.after(10);
  poll(0);
  const later = desk.model.sessions;
  poll(5);
  expect(desk.model.sessions).toBe(later);
});

test('keeps the sessions of the model while calls ring at a PBX that does not send its time', () => {
  const desk = new Tracking();
  const poll = (): unknown => desk.after(5).list({ sessions: [session('a', leg(CUSTOMER, '1003'))], pbxTime: null });
  poll();
  const first = desk.model.sessions;
  poll();
  expect(desk.model.sessions).toBe(first);
});

test('reads a session again when its talking time no longer counts from its start', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.after(60).poll(session('a', talking(CUSTOMER, '1003', 60)));
  expect(desk.calls[0]?.state).toBe('unknown');
  desk.after(5).poll(session('a', talking(CUSTOMER, '1003', 3)));
  expect(desk.calls[0]?.state).toBe('talking');
});

test('shows times of this computer’s clock when the PBX’s clock is wrong', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.pbxAhead = 3_600_000;
  desk.after(20).poll(session('a', leg('1002', '1003', { startedAt: NINE + 3_600_000 })));
  expect(desk.calls[0]?.startedAt).toBe(NINE);
});

test('ignores small clock differences in the times shown, and follows large ones', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.after(60).poll(session('a', talking('1002', '1003', 30)));
  const [before] = desk.calls;
  // After 2, 4 and 6 more seconds the PBX should say 32, 34 and 36.
  for (const [ahead, said] of [
    [1_900, 34],
    [-1_900, 32],
    [0, 36],
  ] as const) {
    desk.pbxAhead = ahead;
    desk.after(2).poll(session('a', talking('1002', '1003', said)));
    expect(desk.calls[0]).toBe(before);
  }
  desk.poll(session('a', talking('1002', '1003', 300)));
  expect(desk.calls[0]?.answeredAt).toBe(desk.now - 300_000);
});

test('lists two calls in the order of their starts when the PBX’s clock is read inexactly', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.pbxAhead = -1_900;
  desk.after(20).poll(session('a', leg('1002', '1003', { startedAt: NINE + 10_000 })));
  desk.pbxAhead = 0;
  const later = session('b', leg('1004', '1005', { startedAt: NINE + 11_000 }));
  desk.poll(session('a', leg('1002', '1003', { startedAt: NINE + 10_000 })), later);
  expect(desk.calls.map((call) => [call.id, call.startedAt])).toEqual([
    ['a', NINE + 10_000],
    ['b', NINE + 11_000],
  ]);
});

test('shifts the times shown when this computer’s clock is set', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.after(20).poll(session('a', talking('1002', '1003', 10)));
  desk.pbxAhead = -3_600_000;
  desk.after(3_600).poll(session('a', talking('1002', '1003', 10)));
  expect(desk.calls).toMatchObject([{ startedAt: NINE + 3_600_000, answeredAt: desk.now - 10_000 }]);
});

test('takes a missing or future start time as now, and keeps it', () => {
  const desk = new Tracking().afterFirstPoll();
  const sessions = [
    session('a', leg('1002', '1003', { startedAt: NINE + 86_400_000 })),
    session('b', leg('1004', '1005', { startedAt: null })),
    session('c', leg('1006', '1007', { startedAt: Number.NaN })),
  ];
  desk.poll(...sessions);
  desk.after(30).poll(...sessions);
  expect(desk.calls.map((call) => call.startedAt)).toEqual([NINE, NINE, NINE]);
});

test('does not report a move when the caller’s number is written differently', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', talking(CUSTOMER, '1001', 1)));
  expect(desk.poll(session('a', talking('sip:0012015550123@telco', '1001', 3)))).toEqual(['answered a']);
});
