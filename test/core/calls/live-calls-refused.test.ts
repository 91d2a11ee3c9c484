import { expect, test } from 'vitest';
import type { CdrChange } from '../../../src/core/pbx/types.ts';
import { appError } from '../../../src/shared/errors.ts';
import { BOTH, ListeningDesk, PHONE_ONLY } from './support/listening-desk.ts';
import { began, over, phone } from './support/push.ts';
import { cdr, CUSTOMER, NINE } from './support/sessions.ts';

test('takes my calls from push while the list is refused, and requests the list less and less often', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  expect(desk.listening).toMatchObject({
    source: 'push',
    push: 'listening',
    topics: BOTH,
    error: { code: 'list-forbidden' },
  });
  desk.pushes(began('c', CUSTOMER, '1002'), began('a', CUSTOMER, '1001'), phone('ringing'));
  desk.pushes(phone('on-call'));
  await desk.passMs(60_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'talking', answeredAt: NINE + 2_000 }]);
  desk.pushes(phone('idle'), over('a'));
  await desk.passMs(530_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  // After 75 s, 2 min more, and from then on every ten minutes.
  expect(desk.pbx.asked).toMatchObject({ status: [], sync: [] });
  expect(desk.pbx.asked.list).toHaveLength(2);
  await desk.passMs(230_000);
  expect(desk.pbx.asked.list).toHaveLength(3);
});

test('shows a nameless call when push reports only my phone, and takes the number of a missed one from the history', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.pushes(phone('ringing'));
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?']);
  await desk.passMs(9_000);
  desk.pushes(phone('idle'));
  expect(desk.reported.at(-1)).toBe('ended ?');
  desk.pbx.changes = [missedCdr('x')];
  await desk.passMs(3_000);
  expect(desk.reported.slice(2)).toEqual(['ended ?', 'missed ?']);
  expect(desk.events.at(-1)).toMatchObject({ call: { other: { number: CUSTOMER } } });
  await desk.passMs(120_000);
  expect(desk.reported).toHaveLength(4);
});

function missedCdr(id: string, more: Partial<Parameters<typeof cdr>[0]> = {}): CdrChange {
  return { id, change: 'created', legs: [cdr({ caller: CUSTOMER, callee: '1001', ...more })] };
}

test('reports no missed call when the history has no entry of a nameless ring', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.pushes(phone('ringing'));
  await desk.passMs(9_000);
  desk.pushes(phone('idle'));
  await desk.passMs(150_000);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?', 'ended ?']);
});

test('reports a nameless ring as missed when the history fails', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.pbx.fails('diff', appError('pbx-failed'));
  desk.pushes(phone('ringing'));
  await desk.passMs(9_000);
  desk.pushes(phone('idle'));
  await desk.passMs(75_000);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?', 'ended ?', 'missed ?']);
});

test('polls my phone’s state and the history while list and push are refused', async () => {
  const desk = await new ListeningDesk().refuses('list').readyWithoutPush();
  expect(desk.listening).toMatchObject({ source: 'history', push: 'off', error: { code: 'list-forbidden' } });
  desk.pbx.activity = 'ringing';
  await desk.passMs(5_000);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?']);
  desk.pbx.activity = 'on-call';
  await desk.passMs(5_000);
  expect(desk.calls).toMatchObject([{ mine: true, state: 'talking', other: { number: '' } }]);
  desk.pbx.activity = 'idle';
  desk.pbx.changes = [missedCdr('x', { startedAt: NINE + 40_000, endedAt: NINE + 50_000 })];
  await desk.passMs(65_000);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?', 'answered ?', 'ended ?', 'missed cdr:x']);
});

test('reports no entries of the first history, and none twice after the PBX forgot the sync token', async () => {
  const desk = new ListeningDesk().refuses('list');
  const old = missedCdr('old', { startedAt: NINE - 40_000, endedAt: NINE - 30_000 });
  desk.pbx.changes = [old];
  await desk.readyWithoutPush();
  desk.pbx.changes = [old, missedCdr('new')];
  await desk.passMs(66_000);
  desk.pbx.forgetTokens();
  desk.pbx.changes = [old, missedCdr('new'), missedCdr('newer')];
  await desk.passMs(66_000);
  expect(desk.reported).toEqual(['missed cdr:new', 'missed cdr:newer']);
});

test('reports a call that was missed before the first history came, and none from before the sign-in', async () => {
  const desk = new ListeningDesk().refuses('list');
  const earlier = missedCdr('old', { startedAt: NINE - 40_000, endedAt: NINE - 30_000 });
  desk.pbx.holds('diff');
  await desk.readyWithoutPush();
  desk.pbx.activity = 'ringing';
  await desk.passMs(5_000);
  desk.pbx.activity = 'idle';
  desk.pbx.changes = [earlier, missedCdr('x', { startedAt: NINE + 4_000, endedAt: NINE + 7_000 })];
  desk.pbx.holds('diff', false);
  desk.pbx.waiting('diff').answer();
  await desk.passMs(120_000);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?', 'missed cdr:x', 'ended ?']);
  expect(desk.events.find(({ type }) => type === 'missed')).toMatchObject({ call: { other: { number: CUSTOMER } } });
});

test("reports no entry of the first history as missed if the PBX's clock is not known and runs ahead", async () => {
  const desk = new ListeningDesk().refuses('list', 'status');
  const AHEAD = 7_200_000;
  const old = missedCdr('old', { startedAt: NINE + AHEAD - 40_000, endedAt: NINE + AHEAD - 30_000 });
  desk.pbx.changes = [old];
  await desk.readyWithoutPush();
  desk.pbx.changes = [old, missedCdr('new', { startedAt: NINE + AHEAD + 10_000, endedAt: NINE + AHEAD + 20_000 })];
  await desk.passMs(66_000);
  expect(desk.reported).toEqual(['missed cdr:new']);
});

test('reports no entry as missed that was answered, that I dialled, or that has not ended', async () => {
  const desk = await new ListeningDesk().refuses('list').readyWithoutPush();
  const from = { caller: CUSTOMER };
  desk.pbx.changes = [
    {
      id: 'taken',
      change: 'created',
      legs: [cdr({ ...from, callee: '1001' }), cdr({ ...from, callee: '1002', answeredAt: NINE })],
    },
    { id: 'placed', change: 'created', legs: [cdr({ caller: '1001', callee: CUSTOMER })] },
    missedCdr('going-on', { endedAt: null }),
    { ...missedCdr('deleted'), change: 'deleted' },
  ];
  await desk.passMs(66_000);
  expect(desk.reported).toEqual(['recorded cdr:placed']);
  expect(desk.events).toMatchObject([{ outcome: 'unanswered', call: { direction: 'outgoing' } }]);
});

test('requests each source again after 30 s, 2 min and every ten minutes when all are refused', async () => {
  const desk = await new ListeningDesk().refuses('list', 'status', 'sync').readyWithoutPush();
  expect(desk.listening).toMatchObject({ source: 'none', error: { code: 'status-forbidden' } });
  await desk.passMs(1_190_000);
  expect(desk.pbx.asked.status).toHaveLength(4);
  expect(desk.pbx.asked.sync).toHaveLength(4);
  desk.pbx.fails('list', null);
  await desk.passMs(600_000);
  expect(desk.listening).toMatchObject({ source: 'sessions', error: null });
  const { length } = desk.pbx.asked.status;
  await desk.passMs(1_200_000);
  expect(desk.pbx.asked.status).toHaveLength(length);
});

test('announces a call once while push connects and disconnects and the sources change', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
  desk.pbx.activity = 'ringing';
  desk.loses();
  expect(desk.listening?.source).toBe('history');
  await desk.passMs(20_000);
  expect(desk.calls).toMatchObject([{ id: 'a' }]);
  desk.listens();
  desk.pushes(phone('ringing'));
  await desk.passMs(30_000);
  expect(desk.listening?.source).toBe('push');
  desk.pushes(over('a'), phone('idle'));
  await desk.passMs(90_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
});

test('ends a call by my idle phone when it ends while push is disconnected', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'));
  desk.pbx.activity = 'on-call';
  desk.loses();
  await desk.passMs(120_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'talking' }]);
  desk.pbx.activity = 'idle';
  await desk.passMs(5_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
});

test('stops when the sign-in ends at a poll of my phone’s state', async () => {
  const desk = await new ListeningDesk().refuses('list').readyWithoutPush();
  desk.pbx.fails('status', appError('session-expired'));
  await desk.passMs(10_000);
  expect(desk.reported).toEqual(['session-expired']);
  expect(desk.live.listState.status).toBe('off');
  const { length } = desk.pbx.asked.status;
  await desk.passMs(600_000);
  expect(desk.pbx.asked.status).toHaveLength(length);
  expect(desk.clock.pending()).toEqual([]);
});
