import { expect, test } from 'vitest';
import type { CdrChange } from '../../../src/core/pbx/types.ts';
import { appError } from '../../../src/shared/errors.ts';
import { BOTH, ListeningDesk, PHONE_ONLY } from './support/listening-desk.ts';
import { began, over, phone } from './support/push.ts';
import { cdr, CUSTOMER, NINE } from './support/sessions.ts';

test('List refused, push listening: my calls come from push, colleagues’ are left out, the list is asked for more and more rarely.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  expect(desk.listening).toMatchObject({
    knowledge: 'push',
    push: 'listening',
    topics: BOTH,
    error: { code: 'list-forbidden' },
  });
  desk.hears(began('c', CUSTOMER, '1002'), began('a', CUSTOMER, '1001'), phone('ringing'));
  desk.hears(phone('on-call'));
  await desk.pass(60_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'talking', answeredAt: NINE + 2_000 }]);
  desk.hears(phone('idle'), over('a'));
  await desk.pass(530_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  // After 75 s, 2 min more, and from then on every ten minutes.
  expect(desk.pbx.asked).toMatchObject({ status: [], sync: [] });
  expect(desk.pbx.asked.list).toHaveLength(2);
  await desk.pass(230_000);
  expect(desk.pbx.asked.list).toHaveLength(3);
});

test('Where push only tells of my phone, the call has no name; the history gives a missed one its number.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.hears(phone('ringing'));
  expect(desk.told).toEqual(['appeared ?', 'for-me ?']);
  await desk.pass(9_000);
  desk.hears(phone('idle'));
  expect(desk.told.at(-1)).toBe('ended ?');
  desk.pbx.changes = [missedCdr('x')];
  await desk.pass(3_000);
  expect(desk.told.slice(2)).toEqual(['ended ?', 'missed ?']);
  expect(desk.events.at(-1)).toMatchObject({ call: { other: { number: CUSTOMER } } });
  await desk.pass(120_000);
  expect(desk.told).toHaveLength(4);
});

function missedCdr(id: string, more: Partial<Parameters<typeof cdr>[0]> = {}): CdrChange {
  return { id, change: 'created', legs: [cdr({ caller: CUSTOMER, callee: '1001', ...more })] };
}

test('A call that rang and that the history does not hold is not called missed: a colleague may have taken it.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.hears(phone('ringing'));
  await desk.pass(9_000);
  desk.hears(phone('idle'));
  await desk.pass(150_000);
  expect(desk.told).toEqual(['appeared ?', 'for-me ?', 'ended ?']);
});

test('Where the history cannot be had, a call that rang is missed, without a number.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.pbx.fails('diff', appError('pbx-failed'));
  desk.hears(phone('ringing'));
  await desk.pass(9_000);
  desk.hears(phone('idle'));
  await desk.pass(75_000);
  expect(desk.told).toEqual(['appeared ?', 'for-me ?', 'ended ?', 'missed ?']);
});

test('List and push refused: the state of my phone is asked for, missed calls come from the history.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(null);
  expect(desk.listening).toMatchObject({ knowledge: 'history', push: 'off', error: { code: 'list-forbidden' } });
  desk.pbx.activity = 'ringing';
  await desk.pass(5_000);
  expect(desk.told).toEqual(['appeared ?', 'for-me ?']);
  desk.pbx.activity = 'on-call';
  await desk.pass(5_000);
  expect(desk.calls).toMatchObject([{ mine: true, state: 'talking', other: { number: '' } }]);
  desk.pbx.activity = 'idle';
  desk.pbx.changes = [missedCdr('x', { startedAt: NINE + 40_000, endedAt: NINE + 50_000 })];
  await desk.pass(65_000);
  expect(desk.told).toEqual(['appeared ?', 'for-me ?', 'answered ?', 'ended ?', 'missed cdr:x']);
});

test('What the history holds at the start is no news; a token that is forgotten tells nothing twice.', async () => {
  const desk = new ListeningDesk().refuses('list');
  desk.pbx.changes = [missedCdr('old')];
  await desk.ready(null);
  desk.pbx.changes = [missedCdr('old'), missedCdr('new')];
  await desk.pass(66_000);
  desk.pbx.forgetTokens();
  desk.pbx.changes = [missedCdr('old'), missedCdr('new'), missedCdr('newer')];
  await desk.pass(66_000);
  expect(desk.told).toEqual(['missed cdr:new', 'missed cdr:newer']);
});

test('A call in the history that somebody took, that I placed, or that is not over is not missed.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(null);
  desk.pbx.changes = [
    { id: 'taken', change: 'created', legs: [cdr({ callee: '1001' }), cdr({ callee: '1002', answeredAt: NINE })] },
    { id: 'placed', change: 'created', legs: [cdr({ caller: '1001', callee: CUSTOMER })] },
    missedCdr('going-on', { endedAt: null }),
    { ...missedCdr('deleted'), change: 'deleted' },
  ];
  await desk.pass(66_000);
  expect(desk.told).toEqual([]);
});

test('When everything is refused nothing is known, and each is asked for again after 30 s, 2 min and every ten minutes.', async () => {
  const desk = await new ListeningDesk().refuses('list', 'status', 'sync').ready(null);
  expect(desk.listening).toMatchObject({ knowledge: 'none', error: { code: 'status-forbidden' } });
  await desk.pass(1_190_000);
  expect(desk.pbx.asked.status).toHaveLength(4);
  expect(desk.pbx.asked.sync).toHaveLength(4);
  desk.pbx.fails('list', null);
  await desk.pass(600_000);
  expect(desk.listening).toMatchObject({ knowledge: 'sessions', error: null });
  const { length } = desk.pbx.asked.status;
  await desk.pass(1_200_000);
  expect(desk.pbx.asked.status).toHaveLength(length);
});

test('Push that comes and goes changes the way, and a call is told once on all of them.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'));
  desk.pbx.activity = 'ringing';
  desk.loses();
  expect(desk.listening?.knowledge).toBe('history');
  await desk.pass(20_000);
  expect(desk.calls).toMatchObject([{ id: 'a' }]);
  desk.listens();
  desk.hears(phone('ringing'));
  await desk.pass(30_000);
  expect(desk.listening?.knowledge).toBe('push');
  desk.hears(over('a'), phone('idle'));
  await desk.pass(90_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
});

test('A call that ends while push is away is ended by the idle phone.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'));
  desk.pbx.activity = 'on-call';
  desk.loses();
  await desk.pass(120_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'talking' }]);
  desk.pbx.activity = 'idle';
  await desk.pass(5_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
});

test('When the sign-in ends on the way of the own state, everything stops.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(null);
  desk.pbx.fails('status', appError('session-expired'));
  await desk.pass(10_000);
  expect(desk.told).toEqual(['session-expired']);
  expect(desk.live.link.status).toBe('off');
  const { length } = desk.pbx.asked.status;
  await desk.pass(600_000);
  expect(desk.pbx.asked.status).toHaveLength(length);
  expect(desk.clock.pending()).toEqual([]);
});
