import { describe, expect, test } from 'vitest';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import { ListeningDesk } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { cdr, CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

const EARLIER = { startedAt: NINE - 60_000 };
const answered = (number: string, from: number, until: number) => ({
  number,
  answeredAt: NINE + from * 1_000,
  endedAt: NINE + until * 1_000,
});
const record = (more: Partial<PushEvent & { type: 'call-over' }>) =>
  over('a', { callee: '1001', callStatus: 'answered', answeredAt: NINE + 4_000, endedAt: NINE + 34_000, ...more });

describe('A record that comes after the list has dropped the call', () => {
  const rang = (): Tracking => {
    const desk = new Tracking().ready();
    desk.poll(session('a', leg(CUSTOMER, '1001', EARLIER)));
    expect(desk.after(20).poll()).toEqual(['ended a']);
    return desk.after(1);
  };

  test('shows that I answered it, and for how long', () => {
    expect(rang().push(record({ targets: [answered('1001', 4, 17)] }))).toEqual(['recorded a']);
  });

  test('shows that somebody else did', () => {
    const desk = rang();
    expect(desk.push(record({ targets: [answered('1002', 4, 34)] }))).toEqual([]);
    expect(desk.passes(60)).toEqual([]);
  });

  test('shows that I missed it', () => {
    expect(rang().push(over('a', { callee: '1001', callStatus: 'noanswer', statusCode: 487 }))).toEqual(['missed a']);
  });

  test('shows that I declined it', () => {
    const desk = rang();
    desk.push(over('a', { callee: '1001', callStatus: 'fail', statusCode: 603 }));
    expect(desk.events).toMatchObject([{ type: 'recorded', outcome: 'declined' }]);
  });

  test('corrects the duration that polls have shown', () => {
    const desk = new Tracking().unreadable().ready();
    desk.poll(session('a', talking(CUSTOMER, '1001', 1, EARLIER)));
    desk.after(30).poll();
    desk.push(record({ targets: [answered('1001', 0, 27)] }));
    expect(desk.events).toMatchObject([{ type: 'recorded', outcome: 'connected', seconds: 27 }]);
  });
});

describe('An answer that only a record reports', () => {
  test('makes the call an answered one, with my part of it', () => {
    const desk = new Tracking().ready().listening();
    desk.push(began('a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
    desk.after(30).push(record({ targets: [answered('1001', 4, 17), answered('1002', 17, 34)] }));
    expect(desk.events.at(-1)).toMatchObject({ type: 'recorded', outcome: 'connected', seconds: 13 });
  });

  test('is looked for in the history if the record does not name the phone', () => {
    const desk = new Tracking().ready().listening();
    desk.push(began('a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
    expect(desk.after(30).push(record({}))).toEqual(['ended a']);
    expect(desk.model.history.waiting).toHaveLength(1);
    desk.apply({
      type: 'newest-records',
      records: [cdr({ caller: CUSTOMER, callee: '1001', answeredAt: NINE, endedAt: NINE + 9_000 })],
    });
    expect(desk.events).toMatchObject([{ type: 'recorded', outcome: 'connected', seconds: 9 }]);
  });

  test('makes a placed call a connected one', () => {
    const desk = new Tracking().ready().listening().placing('k', CUSTOMER);
    desk.apply({ type: 'accepted', key: 'k', sessionId: 'a' });
    desk.push(target('ringing', 'a', CUSTOMER, '1001'));
    desk.push(record({ callee: CUSTOMER, targets: [answered('1001', 2, 34), answered(CUSTOMER, 9, 34)] }));
    expect(desk.model.placedCalls.get('k')?.call.end).toMatchObject({
      reason: 'hung-up',
      talkedMs: 25_000,
      exact: true,
    });
  });

  test('does not make a placed call a connected one if it is that of my own phone', () => {
    const desk = new Tracking().ready().listening().placing('k', CUSTOMER);
    desk.apply({ type: 'accepted', key: 'k', sessionId: 'a' });
    desk.push(target('ringing', 'a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
    desk.push(record({ callee: CUSTOMER, statusCode: 0, targets: [answered('1001', 2, 34)] }));
    expect(desk.model.placedCalls.get('k')?.call.end).toMatchObject({ talkedMs: null });
  });
});

describe('The history is requested for the duration of a call', () => {
  const talked = async (desk: ListeningDesk): Promise<void> => {
    desk.pbx.cdrs = [cdr({ caller: CUSTOMER, callee: '1001', answeredAt: NINE + 8_000, endedAt: NINE + 20_000 })];
    desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', EARLIER))];
    await desk.pass(6_000);
    desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 3, EARLIER))];
    await desk.pass(5_000);
    desk.pbx.sessions = [];
    await desk.pass(60_000);
  };

  test('once, if only polls of the list have shown it', async () => {
    const desk = await new ListeningDesk().ready(null);
    await talked(desk);
    expect(desk.pbx.asked.cdrs).toHaveLength(1);
    expect(desk.events.at(-1)).toMatchObject({ type: 'recorded', outcome: 'connected', seconds: 12 });
  });

  test('once, also if the history has no entry', async () => {
    const desk = await new ListeningDesk().ready(null);
    const entries = talked(desk);
    desk.pbx.cdrs = [];
    await entries;
    expect(desk.pbx.asked.cdrs).toHaveLength(1);
    expect(desk.reported.at(-1)).toBe('ended a');
  });

  test('not at all if push has reported when it began and ended', async () => {
    const desk = await new ListeningDesk().ready();
    desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', EARLIER))];
    desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
    await desk.pass(5_000);
    desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 1, EARLIER))];
    desk.pushes(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
    await desk.pass(20_000);
    desk.pbx.sessions = [];
    desk.pushes(target('end', 'a', CUSTOMER, '1001'), over('a'), phone('idle'));
    await desk.pass(60_000);
    expect(desk.pbx.asked.cdrs).toEqual([]);
    expect(desk.events.at(-1)).toMatchObject({ type: 'ended', talk: { seconds: 20 } });
  });
});

test('the talk ends with my leg, although the leg is shown for a moment longer', () => {
  const desk = new Tracking().unreadable().ready().listening();
  desk.push(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  desk.after(20).push(target('end', 'a', CUSTOMER, '1001'));
  desk.passes(2);
  desk.after(5).push(over('a'));
  expect(desk.events).toMatchObject([{ type: 'ended', talk: { seconds: 20 } }]);
});

test('a late response is no proof that somebody talks, where talking times count from the start of the session', () => {
  const desk = new Tracking().ready();
  desk.after(10).asks();
  const pbxTime = desk.now;
  desk.after(2.9);
  desk.list({ sessions: [session('a', talking(CUSTOMER, '1001', 9))], pbxTime });
  expect(desk.calls).toMatchObject([{ state: 'unknown' }]);
});

test('a group call that left the list may have been answered by a colleague, if push reported its ring but not its end', () => {
  const desk = new Tracking().ready().listening();
  desk.push(
    began('a', CUSTOMER, '6000'),
    target('ringing', 'a', CUSTOMER, '1001'),
    target('ringing', 'a', CUSTOMER, '1002'),
  );
  desk.after(60).poll();
  expect(desk.events).toMatchObject([{ type: 'ended', mayBeAnswered: true }]);
});

test('a call of which push reported only its end began when its record says that my phone rang', () => {
  const desk = new Tracking().ready().listening().after(300);
  desk.push(target('end', 'a', CUSTOMER, '1001', NINE + 300_000));
  const [rangAt, answeredAt, endedAt] = [NINE + 10_000, NINE + 14_000, NINE + 300_000];
  desk.push(over('a', { answeredAt, endedAt, targets: [{ number: '1001', rangAt, answeredAt, endedAt }] }));
  expect(desk.events).toMatchObject([{ type: 'ended', call: { startedAt: NINE + 10_000 } }]);
});
