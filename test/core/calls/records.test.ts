import { describe, expect, test } from 'vitest';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import type { PbxCdr } from '../../../src/core/pbx/types.ts';
import { ListeningDesk } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { cdr, CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

const EARLIER = { startedAt: NINE - 60_000 };
const answered = (number: string, fromSeconds: number, untilSeconds: number) => ({
  number,
  answeredAt: NINE + fromSeconds * 1_000,
  endedAt: NINE + untilSeconds * 1_000,
});
const record = (more: Partial<PushEvent & { type: 'call-over' }>) =>
  over('a', { callee: '1001', callStatus: 'answered', answeredAt: NINE + 4_000, endedAt: NINE + 34_000, ...more });

describe('A record that comes after the list has dropped the call', () => {
  const rang = (): Tracking => {
    const desk = new Tracking().afterFirstPoll();
    desk.poll(session('a', leg(CUSTOMER, '1001', EARLIER)));
    expect(desk.after(20).poll()).toEqual(['ended a']);
    return desk.after(1);
  };

  test('shows that I answered it, and for how long', () => {
    expect(rang().push(record({ targets: [answered('1001', 4, 17)] }))).toEqual(['recorded a']);
  });

  test('shows that somebody else answered it', () => {
    const desk = rang();
    expect(desk.push(record({ targets: [answered('1002', 4, 34)] }))).toEqual([]);
    expect(desk.passSeconds(60)).toEqual([]);
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
    const desk = new Tracking().withoutHistory().afterFirstPoll();
    desk.poll(session('a', talking(CUSTOMER, '1001', 1, EARLIER)));
    desk.after(30).poll();
    desk.push(record({ targets: [answered('1001', 0, 27)] }));
    expect(desk.events).toMatchObject([{ type: 'recorded', outcome: 'connected', seconds: 27 }]);
  });
});

describe('An answer that only a record reports', () => {
  test('makes the call an answered one, with my part of it', () => {
    const desk = new Tracking().afterFirstPoll().withPush();
    desk.push(began('a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
    desk.after(30).push(record({ targets: [answered('1001', 4, 17), answered('1002', 17, 34)] }));
    expect(desk.events.at(-1)).toMatchObject({ type: 'recorded', outcome: 'connected', seconds: 13 });
  });

  test('is looked for in the history if the record does not name the phone', () => {
    const desk = new Tracking().afterFirstPoll().withPush();
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
    const desk = new Tracking().afterFirstPoll().withPush().placing('k', CUSTOMER);
    desk.apply({ type: 'accepted', key: 'k', sessionId: 'a' });
    desk.push(target('ringing', 'a', CUSTOMER, '1001'));
    desk.push(record({ callee: CUSTOMER, targets: [answered('1001', 2, 34), answered(CUSTOMER, 9, 34)] }));
    expect(desk.model.placedCalls.get('k')?.call.end).toMatchObject({
      reason: 'hung-up',
      talkedMs: 25_000,
      exact: true,
    });
  });

  test('does not make a placed call a connected one if only my own phone answered', () => {
    const desk = new Tracking().afterFirstPoll().withPush().placing('k', CUSTOMER);
    desk.apply({ type: 'accepted', key: 'k', sessionId: 'a' });
    desk.push(target('ringing', 'a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
    desk.push(record({ callee: CUSTOMER, statusCode: 0, targets: [answered('1001', 2, 34)] }));
    expect(desk.model.placedCalls.get('k')?.call.end).toMatchObject({ talkedMs: null });
  });
});

describe('To learn how long a call lasted, the history is requested', () => {
  const entry = cdr({ caller: CUSTOMER, callee: '1001', answeredAt: NINE + 8_000, endedAt: NINE + 20_000 });
  /** A call rings me, is answered, and is over. `entries`: what the history has. */
  const talk = async (desk: ListeningDesk, entries: PbxCdr[]): Promise<void> => {
    desk.pbx.cdrs = entries;
    desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', EARLIER))];
    await desk.passMs(6_000);
    desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 3, EARLIER))];
    await desk.passMs(5_000);
    desk.pbx.sessions = [];
    await desk.passMs(60_000);
  };

  test('once, if only polls of the list have shown it', async () => {
    const desk = await new ListeningDesk().readyWithoutPush();
    await talk(desk, [entry]);
    expect(desk.pbx.asked.cdrs).toHaveLength(1);
    expect(desk.events.at(-1)).toMatchObject({ type: 'recorded', outcome: 'connected', seconds: 12 });
  });

  test('only once, even if the history has no entry', async () => {
    const desk = await new ListeningDesk().readyWithoutPush();
    await talk(desk, []);
    expect(desk.pbx.asked.cdrs).toHaveLength(1);
    expect(desk.reported.at(-1)).toBe('ended a');
  });

  test('not at all if push has reported when it began and ended', async () => {
    const desk = await new ListeningDesk().ready();
    desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', EARLIER))];
    desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
    await desk.passMs(5_000);
    desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 1, EARLIER))];
    desk.pushes(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
    await desk.passMs(20_000);
    desk.pbx.sessions = [];
    desk.pushes(target('end', 'a', CUSTOMER, '1001'), over('a'), phone('idle'));
    await desk.passMs(60_000);
    expect(desk.pbx.asked.cdrs).toEqual([]);
    expect(desk.events.at(-1)).toMatchObject({ type: 'ended', talk: { seconds: 20 } });
  });
});

test('my talk ends when my leg ends, although the call is shown for a moment longer', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll().withPush();
  desk.push(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  desk.after(20).push(target('end', 'a', CUSTOMER, '1001'));
  desk.passSeconds(2);
  desk.after(5).push(over('a'));
  expect(desk.events).toMatchObject([{ type: 'ended', talk: { seconds: 20 } }]);
});

test('a talking time that equals the age of the session does not prove an answer, even if the response is late', () => {
  const desk = new Tracking().afterFirstPoll();
  // The PBX writes its response 10 s after the session began, with a talking time of 9 s. A difference of 1 s still
  // counts as equal. The response arrives 2.9 s later. At that time 9 s would be too short to be the age of the session.
  desk.after(10).asks();
  const pbxTime = desk.now;
  desk.after(2.9);
  desk.list({ sessions: [session('a', talking(CUSTOMER, '1001', 9))], pbxTime });
  expect(desk.calls).toMatchObject([{ state: 'unknown' }]);
});

test('a colleague may have answered a group call that left the list, if push reported its ring but not its end', () => {
  const desk = new Tracking().afterFirstPoll().withPush();
  desk.push(
    began('a', CUSTOMER, '6000'),
    target('ringing', 'a', CUSTOMER, '1001'),
    target('ringing', 'a', CUSTOMER, '1002'),
  );
  desk.after(60).poll();
  expect(desk.events).toMatchObject([{ type: 'ended', mayBeAnswered: true }]);
});

test('if push reported only the end of a call, the call began when its record says that my phone rang', () => {
  const desk = new Tracking().afterFirstPoll().withPush().after(300);
  desk.push(target('end', 'a', CUSTOMER, '1001', NINE + 300_000));
  const [rangAt, answeredAt, endedAt] = [NINE + 10_000, NINE + 14_000, NINE + 300_000];
  desk.push(over('a', { answeredAt, endedAt, targets: [{ number: '1001', rangAt, answeredAt, endedAt }] }));
  expect(desk.events).toMatchObject([{ type: 'ended', call: { startedAt: NINE + 10_000 } }]);
});
