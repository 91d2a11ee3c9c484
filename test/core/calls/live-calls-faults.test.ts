import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { settle } from '../../support/manual-clock.ts';
import { ListeningDesk } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';

const HOUR_MS = 3_600_000;

test('ends calls that ended while push was disconnected, by the list or soon after push returns', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(began('a', CUSTOMER, '1001'), began('b', CUSTOMER, '1002'));
  await desk.passMs(2_000);
  desk.loses();
  desk.pbx.sessions = [];
  await desk.passMs(10_000);
  desk.listens();
  expect(desk.reported.slice(-3).toSorted()).toEqual(['ended a', 'ended b', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('follows calls by push while the list fails, and ignores a list that arrives late', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.holds('list');
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(began('a', CUSTOMER, '1001'));
  await desk.passMs(5_000);
  desk.pushes(target('answer', 'a', CUSTOMER, '1001'), over('a'));
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  desk.pbx.waiting('list').answer();
  await settle();
  expect(desk.calls).toEqual([]);
  desk.pbx.holds('list', false);
  desk.pbx.fails('list', appError('pbx-failed'));
  desk.pushes(began('b', CUSTOMER, '1001'));
  await desk.passMs(2_000);
  expect(desk.reported.slice(-2)).toEqual(['appeared b', 'for-me b']);
  expect(desk.live.listState.status).toBe('stale');
});

test('announces my calls by push while the first list fails, and nothing of that list once it arrives', async () => {
  const desk = new ListeningDesk();
  desk.pbx.fails('list', appError('pbx-failed'));
  await desk.ready();
  expect(desk.listening?.source).toBe('push');
  desk.pushes(began('a', CUSTOMER, '1001'), began('c', CUSTOMER, '1002'));
  await desk.passMs(2_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [
    session('a', leg(CUSTOMER, '1001')),
    session('b', leg('1002', '1001')),
    session('c', leg(CUSTOMER, '1002')),
  ];
  await desk.passMs(120_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toHaveLength(3);
  expect(desk.listening?.source).toBe('sessions');
});

test('keeps calls while list and push fail, none ringing after five minutes, and ends them when last seen', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001')), session('b', talking(CUSTOMER, '1002', 60))];
  desk.live.pollNow();
  await desk.passMs(2_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.passMs(10_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'ringing' }, { id: 'b' }]);
  await desk.passMs(600_000);
  expect(desk.calls.filter(({ state }) => state === 'ringing')).toEqual([]);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [];
  desk.live.wake();
  await desk.passMs(1_000);
  const ended = desk.events.filter(({ type }) => type === 'ended');
  expect(ended.map(({ call }) => call.id).toSorted()).toEqual(['a', 'b']);
  for (const event of ended) expect('at' in event && event.at).toBeLessThan(NINE + 20_000);
});

test('whether a call is live is known only from what was requested since, and without the list from the phone', async () => {
  const desk = await new ListeningDesk().readyWithoutPush();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  await desk.passMs(10_000);
  const before = desk.clock.elapsed();
  desk.pbx.fails('list', appError('timed-out'));
  await desk.passMs(60_000);
  expect(desk.store.isLive('a', before)).toBeNull();
  desk.pbx.fails('list', null);
  await desk.passMs(60_000);
  expect(desk.store.isLive('a', before)).toBe(true);
  const refusedFrom = desk.clock.elapsed();
  desk.pbx.activity = 'ringing';
  desk.refuses('list', 'status');
  await desk.passMs(10_000);
  expect(desk.store.isLive('a', refusedFrom)).toBeNull();
  desk.pbx.fails('status', null);
  await desk.passMs(30_000);
  expect(desk.store.isLive('a', refusedFrom)).toBe(true);
  desk.pbx.activity = 'idle';
  await desk.passMs(10_000);
  expect(desk.store.isLive('a', refusedFrom)).toBe(false);
});

test('ends calls that ended while the computer slept at the time when they were last seen', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'), began('b', CUSTOMER, '1001'));
  await desk.passMs(60_000);
  desk.clock.sleep(8 * HOUR_MS);
  desk.live.wake();
  desk.loses();
  await desk.passMs(500);
  desk.listens();
  desk.pushes(phone('idle'));
  await desk.passMs(30_000);
  expect(desk.calls).toEqual([]);
  const ended = desk.events.filter((event) => event.type === 'ended');
  expect(ended.map(({ call }) => call.id).toSorted()).toEqual(['a', 'b']);
  for (const { at } of ended) expect(at).toBeLessThan(NINE + 80_000);
});

test.each([3 * HOUR_MS, -3 * HOUR_MS])(
  'ends no call and changes no duration when the clock jumps by %i ms',
  async (jump) => {
    const desk = await new ListeningDesk().ready();
    desk.pbx.sessions = [session('b', leg(CUSTOMER, '1001'))];
    desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'), began('b', CUSTOMER, '1001'));
    await desk.passMs(2_000);
    desk.pbx.fails('list', appError('pbx-failed'));
    await desk.passMs(18_000);
    desk.clock.jump(jump);
    await desk.passMs(40_000);
    expect(desk.calls.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
    const call = desk.calls.find(({ id }) => id === 'a');
    expect(desk.clock.now() - (call?.answeredAt ?? 0)).toBe(60_000);
    desk.pushes(over('a'));
    const end = desk.events.at(-1);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBe(60_000);
    // Backoff and intervals go on as before.
    desk.pbx.asked.list.length = 0;
    desk.pbx.fails('list', null);
    await desk.passMs(66_000);
    expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(1);
    expect(desk.live.listState.status).toBe('live');
  },
);

test.each([3 * HOUR_MS, -3 * HOUR_MS])(
  'reports the duration of a call that ends right after a jump of %i ms within ten seconds',
  async (jump) => {
    const desk = await new ListeningDesk().refuses('list').ready();
    desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'));
    await desk.passMs(60_000);
    desk.clock.jump(jump);
    desk.pushes(over('a'));
    const end = desk.events.at(-1);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBeGreaterThanOrEqual(50_000);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBeLessThanOrEqual(60_001);
  },
);

test('leaves no timer when it is stopped in the middle of its work', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', CUSTOMER, '1002'));
  desk.live.stop();
  await settle();
  expect(desk.clock.pending()).toEqual([]);
});

test('keeps a call ended that push ended, when a list requested before is answered very late', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
  await desk.passMs(2_000);
  desk.pbx.fails('list', appError('timed-out'));
  desk.pushes(phone('idle'), over('a'));
  await desk.passMs(1_500_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('keeps a call ended that push ended, when a partly unreadable list still shows it', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1002'))];
  desk.pushes(began('a', CUSTOMER, '1002'));
  desk.live.pollNow();
  await desk.passMs(2_000);
  desk.pushes(over('a'));
  desk.pbx.sessions = [];
  desk.pbx.dropped = 1;
  await desk.passMs(180_000);
  expect(desk.reported).toEqual(['appeared a', 'ended a']);
});

test('keeps a call that push reported, when it is missing from partly unreadable lists', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  desk.pbx.dropped = 1;
  await desk.passMs(180_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a']);
  desk.pbx.dropped = 0;
  await desk.passMs(90_000);
  expect(desk.reported.at(-1)).toBe('ended a');
});

test.each([
  ['lost', 90_000, false],
  ['back for a while', 30_000, true],
  ['lost for long', 600_000, false],
])('While the list is not answered, nothing is said to have ended because push is %s.', async (_how, ms, back) => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.fails('list', appError('pbx-failed'));
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', CUSTOMER, '1002'));
  await desk.passMs(2_000);
  desk.loses();
  if (back) desk.listens();
  await desk.passMs(ms);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'appeared b']);
  expect(desk.calls.some(({ state }) => state === 'ringing')).toBe(ms < 300_000);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 60))];
  desk.live.wake();
  await desk.passMs(15_000);
  expect(desk.reported.slice(3).toSorted()).toEqual(['answered a', 'ended b']);
});

test('stops showing a call as ringing after five minutes when list and push both fail', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(began('a', CUSTOMER, '1001'));
  await desk.passMs(2_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.passMs(330_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'unknown' }]);
});

test('keeps a call that began after my phone was idle, when that event arrives late', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(phone('on-call'));
  const rang = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: rang }))];
  desk.live.pollNow();
  await desk.passMs(3_000);
  desk.pushes(phone('idle', '1001', rang - 1_000));
  await desk.passMs(3_000);
  desk.pushes(phone('ringing', '1001', rang));
  await desk.passMs(3_000);
  expect(desk.reported.filter((word) => !word.endsWith('?'))).toEqual(['appeared a', 'for-me a']);
});

test('keeps a call ended that left the list, when its push events arrive late', async () => {
  const desk = await new ListeningDesk().ready();
  const rang = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: rang }))];
  desk.live.pollNow();
  await desk.passMs(3_000);
  desk.pbx.sessions = [];
  desk.live.pollNow();
  await desk.passMs(3_000);
  desk.pushes(
    began('a', CUSTOMER, '1001', { at: rang }),
    target('add', 'a', CUSTOMER, '1001', rang),
    target('answer', 'a', CUSTOMER, '1001', rang + 1_000),
  );
  await desk.passMs(5_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('keeps each call that my phone may be ringing for, when push reconnects while the list is refused', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', '1002', '1001'));
  await desk.passMs(1_000);
  desk.pbx.activity = 'ringing';
  desk.loses();
  await desk.passMs(5_000);
  // The PBX sends it as soon as it has granted that topic, before it grants the other one.
  desk.pushes(phone('ringing'));
  desk.listens();
  await desk.passMs(60_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'appeared b', 'for-me b']);
  desk.pushes(phone('idle'), over('a'), over('b'));
  expect(desk.calls).toEqual([]);
});

test('does not take a call as answered because my phone talks when push returns, as another call may have come', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(phone('ringing'), began('a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  await desk.passMs(2_000);
  desk.loses();
  desk.pbx.holds('list');
  desk.pbx.sessions = [session('b', talking('+12015550124', '1001', 5))];
  desk.pushes(phone('on-call'));
  desk.listens();
  desk.pbx.holds('list', false);
  await desk.passMs(20_000);
  expect(desk.reported).not.toContain('answered a');
  expect(desk.reported).toContain('ended a');
  expect(desk.calls).toMatchObject([{ id: 'b' }]);
});

test('follows a call by push that is missing from a partly unreadable list', async () => {
  const desk = await new ListeningDesk().ready();
  const at = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: at }))];
  desk.pushes(began('a', CUSTOMER, '1001', { at }));
  await desk.passMs(3_000);
  desk.pbx.sessions = [];
  desk.pbx.dropped = 1;
  for (let look = 0; look < 3; look++) {
    desk.live.pollNow();
    await desk.passMs(5_000);
  }
  desk.pushes(target('answer', 'a', CUSTOMER, '1001', at + 1_000));
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a']);
});

test('keeps a call that a partly unreadable list did not show, when push is lost later', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '1001'));
  desk.pbx.dropped = 1;
  await desk.passMs(70_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.passMs(20_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
});

test('ends a group’s call that left my phone, although my phone is used again', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.pushes(began('a', CUSTOMER, '8000'), target('add', 'a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1002'));
  desk.pushes(phone('ringing'), target('fail', 'a', CUSTOMER, '1001'), phone('idle'));
  for (let minute = 0; minute < 6; minute++) {
    desk.pushes(phone('on-call'), phone('idle'));
    await desk.passMs(60_000);
  }
  expect(desk.calls).toEqual([]);
});
