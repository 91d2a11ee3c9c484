import { expect, test } from 'vitest';
import { over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

// PBXs that keep the legs that have ended in the list until their call ends.

const EARLIER = { startedAt: NINE - 60_000 };
const mine = (desk: Tracking) => desk.calls.filter((call) => call.mine).map(({ state }) => state);

/** Rings me, and I have talked for 10 s. */
function talks(): Tracking {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001', EARLIER)));
  desk.after(10).poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER)));
  return desk;
}

test('ends a leg whose talking time stands still while another leg goes on, when it stood still', () => {
  const desk = talks();
  const passedOn = (mineS: number, theirs: number) =>
    session('a', talking(CUSTOMER, '1001', mineS, EARLIER), talking(CUSTOMER, '1002', theirs, EARLIER));
  desk.after(5).poll(passedOn(12, 3));
  desk.after(5).poll(passedOn(12, 8));
  expect(mine(desk)).toEqual([]);
  desk.after(60).poll(passedOn(12, 68));
  expect(mine(desk)).toEqual([]);
  desk.after(5).poll();
  expect(desk.events).toMatchObject([{ type: 'ended', talk: { seconds: 12 } }]);
});

test('does not end the legs if the talking times of all of them stand still', () => {
  const desk = talks();
  desk.after(30).poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER)));
  desk.after(30).poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER)));
  expect(mine(desk)).toEqual(['talking']);
});

test('shows a leg again if its talking time runs on', () => {
  const desk = talks();
  desk.after(8).poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER), talking(CUSTOMER, '1002', 3, EARLIER)));
  expect(mine(desk)).toEqual([]);
  desk.after(8).poll(session('a', talking(CUSTOMER, '1001', 26, EARLIER), talking(CUSTOMER, '1002', 11, EARLIER)));
  expect(mine(desk)).toEqual(['talking']);
});

test('does not take a slow response for a talking time that stands still', () => {
  const desk = talks();
  desk.asks().after(8);
  desk.poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER), leg(CUSTOMER, '1002', EARLIER)));
  expect(mine(desk)).toEqual(['talking']);
});

test('stops the ring of my phone when another phone answers', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', leg(CUSTOMER, '1001', EARLIER), leg(CUSTOMER, '1002', EARLIER)));
  desk.after(5).poll(session('a', leg(CUSTOMER, '1001', EARLIER), talking(CUSTOMER, '1002', 2, EARLIER)));
  expect(mine(desk)).toEqual([]);
  expect(desk.after(20).poll()).toEqual(['ended a']);
});

test('lets my phone ring that began to ring after another leg was answered', () => {
  const desk = new Tracking().afterFirstPoll();
  desk.poll(session('a', talking(CUSTOMER, '8000', 5, EARLIER)));
  desk.after(5).poll(session('a', talking(CUSTOMER, '8000', 10, EARLIER), leg(CUSTOMER, '1001', EARLIER)));
  desk.after(5).poll(session('a', talking(CUSTOMER, '8000', 15, EARLIER), leg(CUSTOMER, '1001', EARLIER)));
  expect(mine(desk)).toEqual(['ringing']);
});

test.each([
  ['with a talking time', (seconds: number) => talking(CUSTOMER, '1001', seconds, EARLIER)],
  ['without a talking time', () => leg(CUSTOMER, '1001', { ...EARLIER, talkingSeconds: null })],
])('does not show a leg again that push ended, %s', (_how, listed) => {
  const desk = new Tracking().withoutHistory().afterFirstPoll().withPush();
  desk.push(target('ringing', 'a', CUSTOMER, '1001'), phone('ringing'));
  desk.after(5).push(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  desk.after(1).poll(session('a', listed(1)));
  desk.after(10).push(target('ringing', 'a', CUSTOMER, '1002'), target('answer', 'a', CUSTOMER, '1002'));
  desk.push(target('end', 'a', CUSTOMER, '1001'), phone('idle'));
  const other = (seconds: number) => talking(CUSTOMER, '1002', seconds, EARLIER);
  for (let polls = 1; polls < 4; polls++) {
    desk.after(15).poll(session('a', listed(11), other(15 * polls)));
    expect(mine(desk)).toEqual([]);
  }
  desk.push(over('a'));
  expect(desk.events).toMatchObject([{ type: 'ended', talk: { seconds: 11 } }]);
});

test('does not take the talking time of a leg that push ended for a new answer after push is lost', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll().withPush();
  desk.push(target('ringing', 'a', CUSTOMER, '1001'), phone('ringing'));
  desk.after(5).push(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  desk.after(10).push(target('ringing', 'a', CUSTOMER, '1002'), target('answer', 'a', CUSTOMER, '1002'));
  desk.push(target('end', 'a', CUSTOMER, '1001'), phone('idle'));
  desk.after(5).apply({ type: 'push-connection', isConnected: false });
  const other = (seconds: number) => talking(CUSTOMER, '1002', seconds, EARLIER);
  for (let seconds = 5; seconds < 60; seconds += 5) {
    const events = desk.after(5).poll(session('a', talking(CUSTOMER, '1001', 10, EARLIER), other(seconds)));
    expect(events).not.toContain('answered a');
    expect(mine(desk)).toEqual([]);
  }
});

test('a call that a colleague took in an outage is not missed if its record shows when each phone rang', () => {
  const desk = new Tracking().afterFirstPoll().withPush();
  desk.poll(session('a', leg(CUSTOMER, '1001', EARLIER), talking(CUSTOMER, '1002', 5, EARLIER)));
  const [rangAt, endedAt, endReason] = [NINE - 60_000, NINE + 10_000, ''];
  const record = (answeredAt: number) => ({
    endedAt,
    answeredAt,
    callStatus: 'answered',
    targets: [
      { number: '1001', rangAt, answeredAt: null, endedAt: answeredAt, endReason },
      { number: '1002', rangAt, answeredAt, endedAt, endReason },
    ],
  });
  const before = desk.model;
  expect(desk.after(10).push(over('a', record(NINE - 5_000)))).toEqual(['ended a']);
  expect(desk.events).toMatchObject([{ type: 'ended', call: { mine: false, state: 'talking' } }]);
  // The same if the colleague had answered before my phone rang.
  desk.model = before;
  expect(desk.push(over('a', record(rangAt)))).toEqual(['ended a', 'missed a']);
});

test('does not take a value that stands still for an answer where it counts from the start of the session', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll().withPush();
  desk.push(target('ringing', 'x', CUSTOMER, '1005'));
  desk.after(10).poll(session('x', talking(CUSTOMER, '1005', 10)));
  expect(desk.model.talkingTime).toBe('of-session');
  const EARLIER_BY_27_S = { startedAt: desk.now - 27_000 };
  desk.push(over('x'));
  const legs = [talking(CUSTOMER, '1001', 20, EARLIER_BY_27_S), talking(CUSTOMER, '1002', 27, EARLIER_BY_27_S)];
  expect(desk.poll(session('a', ...legs))).not.toContain('answered a');
  expect(mine(desk)).toEqual(['unknown']);
});
