import { expect, test, vi } from 'vitest';
import type { Call, ListState } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { began, target } from './support/push.ts';
import { pass } from './support/pass.ts';
import { ScriptedPbx } from './support/scripted-pbx.ts';
import { watching } from './support/live.ts';
import { CUSTOMER, leg, NINE, PLAN, session, talking } from './support/sessions.ts';

function monitoring() {
  const clock = new ManualClock(NINE);
  const pbx = new ScriptedPbx(clock);
  const shown: { calls: Call[]; list: ListState }[] = [];
  /** The callbacks in order: "shown" for each onChange. */
  const reported: string[] = [];
  const { live, store } = watching(
    { clock, pbx },
    {
      onChange: (calls, list) => {
        shown.push({ calls: calls.shown.calls, list });
        reported.push('shown');
      },
      onEvents: (events) => reported.push(...events.map((event) => `${event.type} ${event.call.id}`)),
      onStopped: (error) => reported.push(error.code),
    },
  );
  /** A request to place a call to the customer is about to leave. */
  const placing = () => {
    store.applyAndEmit({ type: 'call-placed', key: 'k', plan: PLAN, name: '', phone: '1001' });
    return (fact: 'accepted' | 'unanswered', sessionId = '') => {
      const error = appError('timed-out');
      store.applyAndEmit(fact === 'accepted' ? { type: fact, key: 'k', sessionId } : { type: fact, key: 'k', error });
      live.pollForPlacedCall();
    };
  };
  return { clock, pbx, live, store, placing, shown, reported };
}

test('reports the events of a call after it has shown the call', async () => {
  const { clock, pbx, live, shown, reported } = monitoring();
  live.start();
  await settle();
  expect(shown.map(({ list }) => list)).toEqual([{ status: 'starting' }, { status: 'live', at: NINE }]);
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  await pass(clock, 5_000);
  expect(reported).toEqual(['shown', 'shown', 'shown', 'appeared a', 'for-me a']);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], list: { status: 'live', at: NINE + 5_000 } });
});

test('calls no callback when a poll changes nothing but the time of the list', async () => {
  const { clock, pbx, live, shown } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  const before = shown.length;
  for (const seconds of [10, 15]) {
    pbx.sessions = [session('a', talking('1002', '1003', seconds))];
    await pass(clock, 5_000);
  }
  expect(shown).toHaveLength(before);
  expect(live.listState).toEqual({ status: 'live', at: NINE + 10_000 });
});

test('keeps the calls when the PBX fails, with the times of the last answer and the next attempt', async () => {
  const { clock, pbx, live, shown, reported } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  pbx.fails('list', appError('pbx-failed'));
  await pass(clock, 5_000);
  expect(shown.at(-1)).toMatchObject({
    calls: [{ id: 'a' }],
    list: { status: 'stale', since: NINE, retryAt: NINE + 12_500, error: { code: 'pbx-failed' } },
  });
  await pass(clock, 7_500);
  expect(shown.at(-1)?.list).toMatchObject({ status: 'stale', since: NINE, retryAt: NINE + 27_500 });
  pbx.fails('list', null);
  pbx.sessions = [];
  await pass(clock, 15_000);
  expect(shown.at(-1)).toEqual({ calls: [], list: { status: 'live', at: NINE + 27_500 } });
  expect(reported.at(-1)).toBe('ended a');
});

test('has no time of the last answer when the PBX was never reached', async () => {
  const { pbx, live, shown } = monitoring();
  pbx.fails('list', appError('no-route'));
  live.start();
  await settle();
  expect(shown.at(-1)?.list).toMatchObject({ status: 'stale', since: null });
});

test('keeps my call while my phone rings after the list is refused, and announces nothing when it is allowed again', async () => {
  const { clock, pbx, live, shown, reported } = monitoring();
  pbx.sessions = [session('a', leg(CUSTOMER, '1001')), session('b', talking('1002', '1003', 5))];
  pbx.activity = 'ringing';
  live.start();
  await settle();
  pbx.fails('list', appError('list-forbidden'));
  await pass(clock, 5_000);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], list: { error: { code: 'list-forbidden' } } });
  await pass(clock, 60_000);
  expect(live.calls.shown.calls).toMatchObject([{ id: 'a', state: 'ringing' }]);
  pbx.fails('list', null);
  await pass(clock, 600_000);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }, { id: 'b' }], list: { status: 'live' } });
  expect(reported.filter((word) => word !== 'shown')).toEqual([]);
});

test('removes my call a minute after the list is refused when no other source reports it, and reports no missed call', async () => {
  const { clock, pbx, live, reported } = monitoring();
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.start();
  await settle();
  pbx.fails('list', appError('list-forbidden'));
  pbx.fails('status', appError('status-forbidden'));
  pbx.fails('sync', appError('history-forbidden'));
  await pass(clock, 90_000);
  expect(live.calls.shown.calls).toEqual([]);
  expect(reported.filter((word) => word !== 'shown')).toEqual(['ended a']);
});

test('stops when the sign-in ends, keeps the calls and reports the error', async () => {
  const { clock, pbx, live, shown, reported } = monitoring();
  pbx.sessions = [session('a', talking('1002', '1003', 5))];
  live.start();
  await settle();
  pbx.fails('list', appError('session-expired'));
  await pass(clock, 600_000);
  expect(shown.at(-1)).toMatchObject({ calls: [{ id: 'a' }], list: { status: 'off' } });
  expect(reported.at(-1)).toBe('session-expired');
  expect(pbx.asked.list).toEqual([0, 5_000]);
});

test('shows the first list without announcements after a restart', async () => {
  const { pbx, live, reported } = monitoring();
  live.start();
  await settle();
  live.stop();
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.start();
  await settle();
  expect(live.calls.shown.calls).toHaveLength(1);
  expect(reported.filter((word) => word !== 'shown')).toEqual([]);
});

test('calls no callback after it was stopped', async () => {
  const { clock, pbx, live, reported } = monitoring();
  live.start();
  await settle();
  live.stop();
  const before = reported.length;
  pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  live.pollNow();
  live.wake();
  await pass(clock, 60_000);
  expect(reported).toHaveLength(before);
  expect(live.listState).toEqual({ status: 'off' });
});

test('shows a call of my phone that is listed before the PBX answers the request, once its id is known', async () => {
  const { clock, pbx, live, placing, reported } = monitoring();
  live.start();
  await pass(clock, 4_000);
  const answered = placing();
  pbx.sessions = [session('p', leg('operator', '1001'))];
  await pass(clock, 10_000);
  expect(pbx.asked.list).toEqual([0, 5_000, 10_000]);
  expect(live.calls.shown.calls).toEqual([]);
  answered('accepted', 'p');
  await settle();
  expect(pbx.asked.list).toEqual([0, 5_000, 10_000, 14_000]);
  expect(live.calls.shown.calls).toMatchObject([{ placedHere: true, other: { number: CUSTOMER } }]);
  expect(reported.filter((word) => word !== 'shown')).toEqual(['appeared p']);
});

test.each(['unanswered', 'accepted'] as const)(
  'announces a call from a hidden number that is listed during a request, once the request is %s',
  async (outcome) => {
    const { clock, pbx, live, placing, reported } = monitoring();
    live.start();
    await pass(clock, 4_000);
    const answered = placing();
    pbx.sessions = [session('q', leg('', '1001'))];
    await pass(clock, 10_000);
    expect(reported.filter((word) => word !== 'shown')).toEqual([]);
    answered(outcome, 'p');
    expect(reported.filter((word) => word.endsWith('q'))).toEqual(['appeared q', 'for-me q']);
  },
);

test('announces a call from a hidden number that comes and goes during a request, and reports it as missed', async () => {
  const { clock, pbx, live, placing, reported } = monitoring();
  live.start();
  await pass(clock, 4_000);
  placing();
  pbx.sessions = [session('q', leg('', '1001'))];
  await pass(clock, 5_000);
  pbx.sessions = [];
  await pass(clock, 10_000);
  expect(reported.filter((word) => word !== 'shown')).toEqual(['appeared q', 'for-me q', 'ended q', 'missed q']);
});

test('recognises the call of an unanswered request that is listed later as placed here', async () => {
  const { clock, pbx, live, store, placing, reported } = monitoring();
  live.start();
  await pass(clock, 4_000);
  placing()('unanswered');
  await pass(clock, 60_000);
  expect(store.model.placedCalls.get('k')?.call).toMatchObject({ sessionId: null, step: 'ended' });
  pbx.sessions = [session('p', leg(CUSTOMER, '1001'))];
  await pass(clock, 20_000);
  expect(store.model.placedCalls.get('k')?.call).toMatchObject({
    sessionId: 'p',
    step: 'phone-ringing',
    phoneRings: true,
  });
  expect(reported.filter((word) => word !== 'shown')).toEqual(['appeared p']);
});

test('announces a call from the dialled number two minutes after an unanswered request', async () => {
  const { clock, pbx, live, store, placing, reported } = monitoring();
  live.start();
  await settle();
  placing()('unanswered');
  await pass(clock, 121_000);
  pbx.sessions = [session('q', leg(CUSTOMER, '1001'))];
  await pass(clock, 5_000);
  expect(store.model.placedCalls.get('k')?.call.sessionId).toBeNull();
  expect(reported.filter((word) => word !== 'shown')).toEqual(['appeared q', 'for-me q']);
});

test('does not request a refused list again when a call is placed', async () => {
  const { clock, pbx, live, placing } = monitoring();
  pbx.fails('list', appError('list-forbidden'));
  live.start();
  await pass(clock, 10_000);
  placing()('accepted', 'p');
  await pass(clock, 10_000);
  expect(pbx.asked.list).toEqual([0]);
});

test('shows a first list of five thousand calls at once, with a call that push announced before', async () => {
  const { pbx, live, shown, reported } = monitoring();
  pbx.sessions = Array.from({ length: 5_000 }, (_, index) => session(`${10_000 + index}`, talking('1002', '1003', 5)));
  live.start();
  await settle();
  live.applyPush(began('mine', CUSTOMER, '1001'), target('add', 'mine', CUSTOMER, '1001'));
  await vi.waitFor(() => expect(shown.at(-1)?.list.status).toBe('live'));
  expect(live.calls.shown.more).toEqual({ mine: 0, others: 4_901 });
  expect(reported.filter((word) => word !== 'shown')).toEqual(['appeared mine', 'for-me mine']);
});
