import { expect, test } from 'vitest';
import { Tracking } from './support/tracking.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';

test('What goes on at the start is listed, but not announced.', () => {
  const desk = new Tracking();
  expect(desk.look(session('a', leg(CUSTOMER, '1001')), session('b', talking('1002', '1003', 60)))).toEqual([]);
  expect(desk.calls.map((call) => call.id)).toEqual(['a', 'b']);
  desk.reset();
  expect(desk.calls).toEqual([]);
  expect(desk.look(session('a', leg(CUSTOMER, '1001')))).toEqual([]);
});

test('A customer calls, I pick up, we talk and hang up.', () => {
  const desk = new Tracking().ready();
  const ringing = leg(CUSTOMER, '1001', { callerName: 'Grace', trunk: 'Telco' });
  expect(desk.look(session('a', ringing))).toEqual(['appeared a', 'for-me a']);
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
  expect(desk.after(2).look(session('a', ringing))).toEqual([]);
  expect(desk.after(2).look(session('a', { ...ringing, talkingSeconds: 1 }))).toEqual(['answered a']);
  expect(desk.calls[0]?.answeredAt).toBe(desk.now - 1000);
  expect(desk.after(2).look(session('a', { ...ringing, talkingSeconds: 3 }))).toEqual([]);
  expect(desk.after(2).look()).toEqual(['ended a']);
  expect(desk.calls).toEqual([]);
});

test('A call that rang me and stopped is missed, also when it rang before the program looked first.', () => {
  const desk = new Tracking().unreadable();
  desk.look(session('a', leg(CUSTOMER, '1001')));
  desk.look(session('a', leg(CUSTOMER, '1001')), session('b', leg('1002', '1001')));
  expect(desk.look()).toEqual(['ended a', 'missed a', 'ended b', 'missed b']);
});

test('A colleague’s call is neither for me nor missed.', () => {
  const desk = new Tracking().ready();
  expect(desk.look(session('a', leg(CUSTOMER, '1002')))).toEqual(['appeared a']);
  expect(desk.calls).toMatchObject([{ mine: false }]);
  expect(desk.look()).toEqual(['ended a']);
});

test('A group call that a colleague picks up is not missed.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', leg(CUSTOMER, '1001'), leg(CUSTOMER, '1002')));
  expect(desk.after(5).look(session('a', talking(CUSTOMER, '1002', 1)))).toEqual(['moved a', 'answered a']);
  expect(desk.calls).toMatchObject([{ mine: false, state: 'talking' }]);
  expect(desk.look()).toEqual(['ended a']);
});

test('It is not missed either when the list shows my phone ringing a moment longer than it does.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', leg(CUSTOMER, '1001'), leg(CUSTOMER, '1002')));
  desk.look(session('a', leg(CUSTOMER, '1001'), talking(CUSTOMER, '1002', 1)));
  desk.look(session('a', talking(CUSTOMER, '1002', 3)));
  expect(desk.look()).toEqual(['ended a']);
});

test('A hunt that passes me by and finds nobody is missed.', () => {
  const desk = new Tracking().unreadable().ready();
  desk.look(session('a', leg(CUSTOMER, '1001')));
  expect(desk.look(session('a', leg(CUSTOMER, '1002')))).toEqual(['moved a']);
  expect(desk.look()).toEqual(['ended a', 'missed a']);
});

test('What was missed is the call that rang me, wherever it went on to.', () => {
  const desk = new Tracking().unreadable().ready();
  desk.look(session('a', leg(CUSTOMER, '1001', { callerName: 'Grace' })));
  desk.look(session('a', leg('8000', '1002')));
  desk.look();
  expect(desk.events).toMatchObject([
    { type: 'ended', call: { mine: false, callee: { number: '1002' } } },
    { type: 'missed', call: { mine: true, other: { number: CUSTOMER, name: 'Grace' } } },
  ]);
});

test('A call that went while the computer slept ended when it was last seen, for all that is known.', () => {
  const desk = new Tracking().unreadable().ready();
  desk.after(5).look(session('a', talking(CUSTOMER, '1001', 1)));
  desk.after(8 * 3_600).look();
  expect(desk.events).toMatchObject([{ type: 'ended', at: NINE + 5_000 }]);
  desk.after(5).look(session('b', leg(CUSTOMER, '1001')));
  desk.after(5).look();
  expect(desk.events).toMatchObject([
    { type: 'ended', at: desk.now },
    { type: 'missed', at: desk.now },
  ]);
});

test('The queue that answered before it rang me has not taken the call over.', () => {
  const desk = new Tracking().unreadable().ready();
  desk.look(session('a', talking(CUSTOMER, '8000', 20)));
  expect(desk.look(session('a', talking(CUSTOMER, '8000', 22), leg(CUSTOMER, '1001')))).toEqual([
    'moved a',
    'for-me a',
  ]);
  expect(desk.events.at(-1)).toMatchObject({ transferred: false, via: '8000' });
  desk.look(session('a', talking(CUSTOMER, '8000', 32)));
  expect(desk.look()).toEqual(['ended a', 'missed a']);
});

test('A call transferred to me is for me; so it is again when it comes back.', () => {
  const desk = new Tracking().ready();
  expect(desk.after(40).look(session('a', talking(CUSTOMER, '1002', 30)))).toEqual(['appeared a', 'answered a']);
  expect(desk.after(5).look(session('a', leg(CUSTOMER, '1001')))).toEqual(['moved a', 'for-me a*']);
  expect(desk.after(5).look(session('a', talking(CUSTOMER, '1001', 4)))).toEqual(['answered a']);
  expect(desk.after(5).look(session('a', leg(CUSTOMER, '1002')))).toEqual(['moved a']);
  expect(desk.after(5).look(session('a', leg(CUSTOMER, '1001')))).toEqual(['moved a', 'for-me a*']);
  expect(desk.after(5).look(session('a', talking(CUSTOMER, '1001', 1)))).toEqual(['answered a']);
  expect(desk.look()).toEqual(['ended a']);
});

test('A PBX without talking times rings me once, and nothing is claimed about how it ended.', () => {
  const desk = new Tracking().ready();
  const untold = session('a', leg(CUSTOMER, '1001', { talkingSeconds: null }));
  expect(desk.look(untold)).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toMatchObject([{ state: 'unknown', answeredAt: null }]);
  expect(desk.look(untold)).toEqual([]);
  expect(desk.look()).toEqual(['ended a']);
});

test('A call answered between two looks is not announced as ringing.', () => {
  const desk = new Tracking().ready().after(5);
  expect(desk.look(session('a', talking(CUSTOMER, '1001', 1)))).toEqual(['appeared a', 'answered a']);
});

test('A session that loses its legs for a moment stays as it was; one that never had any is not listed.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', leg(CUSTOMER, '1001')));
  const before = desk.calls;
  expect(desk.look(session('a'), session('b'))).toEqual([]);
  expect(desk.calls).toBe(before);
  expect(desk.look(session('a', leg(CUSTOMER, '1001')), session('b', leg('1002', '1001')))).toEqual([
    'appeared b',
    'for-me b',
  ]);
});

test('Two entries with one id are one call, and an entry without an id is none.', () => {
  const desk = new Tracking().ready();
  const events = desk.look(
    session('a', talking(CUSTOMER, '8000', 9)),
    session('a', leg(CUSTOMER, '1001')),
    session('', leg('1', '1001')),
  );
  expect(events).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toHaveLength(1);
});

test('Mine come first, ringing before talking; the others stay in the order in which they began.', () => {
  const desk = new Tracking().ready();
  const later = { startedAt: NINE + 5_000 };
  const sessions = [
    session('old', talking('1002', '1003', 50, { startedAt: NINE - 60_000 })),
    session('new', leg('1004', '1005', later)),
    session('talk', talking('1001', CUSTOMER, 9)),
    session('ring', leg('1002', '1001', later)),
  ];
  desk.after(10).look(...sessions);
  expect(desk.calls.map((call) => call.id)).toEqual(['ring', 'talk', 'old', 'new']);
  const before = desk.calls;
  desk.look(...sessions.toReversed());
  expect(desk.calls).toBe(before);
});

test('A start time that the PBX corrects does not move the call in the list.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', leg('1002', '1003')), session('b', leg('1004', '1005', { startedAt: NINE + 1 })));
  desk.look(session('a', leg('1002', '1003')), session('b', leg('1004', '1005', { startedAt: NINE - 60_000 })));
  expect(desk.calls.map((call) => [call.id, call.startedAt])).toEqual([
    ['a', NINE],
    ['b', NINE - 60_000],
  ]);
});

test('A call that did not change is the same object, so that the window can skip it.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', talking('1002', '1003', 5)), session('b', leg(CUSTOMER, '1001')));
  const [b, a] = desk.calls;
  desk.after(5).look(session('a', talking('1002', '1003', 10)), session('b', talking(CUSTOMER, '1001', 1)));
  expect(desk.calls[1]).toBe(a);
  expect(desk.calls[0]).not.toBe(b);
});

test('Times are those of this computer, however wrong the PBX’s clock is.', () => {
  const desk = new Tracking().ready();
  desk.pbxAhead = 3_600_000;
  desk.after(20).look(session('a', leg('1002', '1003', { startedAt: NINE + 3_600_000 })));
  expect(desk.calls[0]?.startedAt).toBe(NINE);
});

test('The noise of clocks and slow answers does not make the time shown jump; a real difference does.', () => {
  const desk = new Tracking().ready();
  desk.after(60).look(session('a', talking('1002', '1003', 30)));
  const [before] = desk.calls;
  // After 2, 4 and 6 more seconds the PBX should say 32, 34 and 36.
  for (const [ahead, said] of [
    [1_900, 34],
    [-1_900, 32],
    [0, 36],
  ] as const) {
    desk.pbxAhead = ahead;
    desk.after(2).look(session('a', talking('1002', '1003', said)));
    expect(desk.calls[0]).toBe(before);
  }
  desk.look(session('a', talking('1002', '1003', 300)));
  expect(desk.calls[0]?.answeredAt).toBe(desk.now - 300_000);
});

test('Two calls are listed in the order in which they began, though the PBX’s clock is read with some noise.', () => {
  const desk = new Tracking().ready();
  desk.pbxAhead = -1_900;
  desk.after(20).look(session('a', leg('1002', '1003', { startedAt: NINE + 10_000 })));
  desk.pbxAhead = 0;
  const later = session('b', leg('1004', '1005', { startedAt: NINE + 11_000 }));
  desk.look(session('a', leg('1002', '1003', { startedAt: NINE + 10_000 })), later);
  expect(desk.calls.map((call) => [call.id, call.startedAt])).toEqual([
    ['a', NINE + 10_000],
    ['b', NINE + 11_000],
  ]);
});

test('When this computer’s clock is set, times follow it.', () => {
  const desk = new Tracking().ready();
  desk.after(20).look(session('a', talking('1002', '1003', 10)));
  desk.pbxAhead = -3_600_000;
  desk.after(3_600).look(session('a', talking('1002', '1003', 10)));
  expect(desk.calls).toMatchObject([{ startedAt: NINE + 3_600_000, answeredAt: desk.now - 10_000 }]);
});

test('A start in the future, or none at all, is taken for now and then kept.', () => {
  const desk = new Tracking().ready();
  const sessions = [
    session('a', leg('1002', '1003', { startedAt: NINE + 86_400_000 })),
    session('b', leg('1004', '1005', { startedAt: null })),
    session('c', leg('1006', '1007', { startedAt: Number.NaN })),
  ];
  desk.look(...sessions);
  desk.after(30).look(...sessions);
  expect(desk.calls.map((call) => call.startedAt)).toEqual([NINE, NINE, NINE]);
});

test('A caller whose number is written in another way has not moved.', () => {
  const desk = new Tracking().ready();
  desk.look(session('a', talking(CUSTOMER, '1001', 1)));
  expect(desk.look(session('a', talking('sip:0012015550123@telco', '1001', 3)))).toEqual(['answered a']);
});
