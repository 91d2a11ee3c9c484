import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { settle } from '../../support/manual-clock.ts';
import { ListeningDesk } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';

const HOUR_MS = 3_600_000;

test('Outage of push: what ended meanwhile is told by the list, or is gone soon after push is back.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.hears(began('a', CUSTOMER, '1001'), began('b', CUSTOMER, '1002'));
  await desk.pass(2_000);
  desk.loses();
  desk.pbx.sessions = [];
  await desk.pass(10_000);
  desk.listens();
  expect(desk.told.slice(-3).toSorted()).toEqual(['ended a', 'ended b', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('Outage of the list: push goes on telling, and an answer that comes late brings nothing back.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.holds('list');
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.hears(began('a', CUSTOMER, '1001'));
  await desk.pass(5_000);
  desk.hears(target('answer', 'a', CUSTOMER, '1001'), over('a'));
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  desk.pbx.waiting('list').answer();
  await settle();
  expect(desk.calls).toEqual([]);
  desk.pbx.holds('list', false);
  desk.pbx.fails('list', appError('pbx-failed'));
  desk.hears(began('b', CUSTOMER, '1001'));
  await desk.pass(2_000);
  expect(desk.told.slice(-2)).toEqual(['appeared b', 'for-me b']);
  expect(desk.live.link.status).toBe('stale');
});

test('A list that cannot be had from the start: push tells of my calls; what the list shows later is no news.', async () => {
  const desk = new ListeningDesk();
  desk.pbx.fails('list', appError('pbx-failed'));
  await desk.ready();
  expect(desk.listening?.knowledge).toBe('push');
  desk.hears(began('a', CUSTOMER, '1001'), began('c', CUSTOMER, '1002'));
  await desk.pass(2_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [
    session('a', leg(CUSTOMER, '1001')),
    session('b', leg('1002', '1001')),
    session('c', leg(CUSTOMER, '1002')),
  ];
  await desk.pass(120_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toHaveLength(3);
  expect(desk.listening?.knowledge).toBe('sessions');
});

test('Outage of both: calls stay as last seen, none rings after five minutes, and the end is told with the time it was known last.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001')), session('b', talking(CUSTOMER, '1002', 60))];
  desk.live.pollNow();
  await desk.pass(2_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.pass(10_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'ringing' }, { id: 'b' }]);
  await desk.pass(600_000);
  expect(desk.calls.filter(({ state }) => state === 'ringing')).toEqual([]);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [];
  desk.live.wake();
  await desk.pass(1_000);
  const ended = desk.events.filter(({ type }) => type === 'ended');
  expect(ended.map(({ call }) => call.id).toSorted()).toEqual(['a', 'b']);
  for (const event of ended) expect('at' in event && event.at).toBeLessThan(NINE + 20_000);
});

test('After sleep, calls that ended meanwhile have ended when they were known last, and none rings.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'), began('b', CUSTOMER, '1001'));
  await desk.pass(60_000);
  desk.clock.sleep(8 * HOUR_MS);
  desk.live.wake();
  desk.loses();
  await desk.pass(500);
  desk.listens();
  desk.hears(phone('idle'));
  await desk.pass(30_000);
  expect(desk.calls).toEqual([]);
  const ended = desk.events.filter((event) => event.type === 'ended');
  expect(ended.map(({ call }) => call.id).toSorted()).toEqual(['a', 'b']);
  for (const { at } of ended) expect(at).toBeLessThan(NINE + 80_000);
});

test.each([3 * HOUR_MS, -3 * HOUR_MS])(
  'A clock that jumps by %i ms ends nothing and changes no duration.',
  async (jump) => {
    const desk = await new ListeningDesk().ready();
    desk.pbx.sessions = [session('b', leg(CUSTOMER, '1001'))];
    desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'), began('b', CUSTOMER, '1001'));
    await desk.pass(2_000);
    desk.pbx.fails('list', appError('pbx-failed'));
    await desk.pass(18_000);
    desk.clock.jump(jump);
    await desk.pass(40_000);
    expect(desk.calls.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
    const call = desk.calls.find(({ id }) => id === 'a');
    expect(desk.clock.now() - (call?.answeredAt ?? 0)).toBe(60_000);
    desk.hears(over('a'));
    const end = desk.events.at(-1);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBe(60_000);
    // Backoff and intervals go on as before.
    desk.pbx.asked.list.length = 0;
    desk.pbx.fails('list', null);
    await desk.pass(66_000);
    expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(1);
    expect(desk.live.link.status).toBe('live');
  },
);

test.each([3 * HOUR_MS, -3 * HOUR_MS])(
  'The call that ends right after a jump of %i ms has lasted as long as it did, but for ten seconds.',
  async (jump) => {
    const desk = await new ListeningDesk().refuses('list').ready();
    desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), phone('on-call'));
    await desk.pass(60_000);
    desk.clock.jump(jump);
    desk.hears(over('a'));
    const end = desk.events.at(-1);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBeGreaterThanOrEqual(50_000);
    expect(end?.type === 'ended' && end.at - (end.call.answeredAt ?? 0)).toBeLessThanOrEqual(60_001);
  },
);

test('Once stopped no timer is left, whatever was under way.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', CUSTOMER, '1002'));
  desk.live.stop();
  await settle();
  expect(desk.clock.pending()).toEqual([]);
});

test('A call that push told to be over stays over, however long the list that still shows it is not answered.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'));
  await desk.pass(2_000);
  desk.pbx.fails('list', appError('timed-out'));
  desk.hears(phone('idle'), over('a'));
  await desk.pass(1_500_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('A list with an entry that cannot be read brings nothing back that push told to be over.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1002'))];
  desk.hears(began('a', CUSTOMER, '1002'));
  desk.live.pollNow();
  await desk.pass(2_000);
  desk.hears(over('a'));
  desk.pbx.sessions = [];
  desk.pbx.dropped = 1;
  await desk.pass(180_000);
  expect(desk.told).toEqual(['appeared a', 'ended a']);
});

test('What push tells of goes on although it is missing in a list with entries that cannot be read.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  desk.pbx.dropped = 1;
  await desk.pass(180_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a']);
  desk.pbx.dropped = 0;
  await desk.pass(90_000);
  expect(desk.told.at(-1)).toBe('ended a');
});

test.each([
  ['lost', 90_000, false],
  ['back for a while', 30_000, true],
  ['lost for long', 600_000, false],
])('While the list is not answered, nothing is said to have ended because push is %s.', async (_how, ms, back) => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.fails('list', appError('pbx-failed'));
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', CUSTOMER, '1002'));
  await desk.pass(2_000);
  desk.loses();
  if (back) desk.listens();
  await desk.pass(ms);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'appeared b']);
  expect(desk.calls.some(({ state }) => state === 'ringing')).toBe(ms < 300_000);
  desk.pbx.fails('list', null);
  desk.pbx.sessions = [session('a', talking(CUSTOMER, '1001', 60))];
  desk.live.wake();
  await desk.pass(15_000);
  expect(desk.told.slice(3).toSorted()).toEqual(['answered a', 'ended b']);
});

test('A call that both told rings no longer than one that only one of them told, when both fall silent.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.hears(began('a', CUSTOMER, '1001'));
  await desk.pass(2_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.pass(330_000);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'unknown' }]);
});

test('A late word that my phone was idle does not take away a call that began after that.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(phone('on-call'));
  const rang = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: rang }))];
  desk.live.pollNow();
  await desk.pass(3_000);
  desk.hears(phone('idle', '1001', rang - 1_000));
  await desk.pass(3_000);
  desk.hears(phone('ringing', '1001', rang));
  await desk.pass(3_000);
  expect(desk.told.filter((word) => !word.endsWith('?'))).toEqual(['appeared a', 'for-me a']);
});

test('What push tells late of a call that has gone from the list does not bring it back.', async () => {
  const desk = await new ListeningDesk().ready();
  const rang = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: rang }))];
  desk.live.pollNow();
  await desk.pass(3_000);
  desk.pbx.sessions = [];
  desk.live.pollNow();
  await desk.pass(3_000);
  desk.hears(
    began('a', CUSTOMER, '1001', { at: rang }),
    target('add', 'a', CUSTOMER, '1001', rang),
    target('answer', 'a', CUSTOMER, '1001', rang + 1_000),
  );
  await desk.pass(5_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'ended a', 'missed a']);
  expect(desk.calls).toEqual([]);
});

test('Where the list is refused, calls that my ringing phone may be ringing for outlive an outage of push.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'), began('b', '1002', '1001'));
  await desk.pass(1_000);
  desk.pbx.activity = 'ringing';
  desk.loses();
  await desk.pass(5_000);
  // The PBX tells it as soon as it has granted that topic, which is before it grants the other one.
  desk.hears(phone('ringing'));
  desk.listens();
  await desk.pass(60_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'appeared b', 'for-me b']);
  desk.hears(phone('idle'), over('a'), over('b'));
  expect(desk.calls).toEqual([]);
});

test('A call that is missing in a list that could not be read as a whole is told of further by push.', async () => {
  const desk = await new ListeningDesk().ready();
  const at = desk.clock.now();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { startedAt: at }))];
  desk.hears(began('a', CUSTOMER, '1001', { at }));
  await desk.pass(3_000);
  desk.pbx.sessions = [];
  desk.pbx.dropped = 1;
  for (let look = 0; look < 3; look++) {
    desk.live.pollNow();
    await desk.pass(5_000);
  }
  desk.hears(target('answer', 'a', CUSTOMER, '1001', at + 1_000));
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a']);
});

test('A list that could not be read as a whole ends nothing later either, when push is lost.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(began('a', CUSTOMER, '1001'));
  desk.pbx.dropped = 1;
  await desk.pass(70_000);
  desk.pbx.fails('list', appError('no-route'));
  desk.loses();
  await desk.pass(20_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
});

test('A call of a group that has left my phone is not kept alive by what my phone does later.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready();
  desk.hears(began('a', CUSTOMER, '8000'), target('add', 'a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1002'));
  desk.hears(phone('ringing'), target('fail', 'a', CUSTOMER, '1001'), phone('idle'));
  for (let minute = 0; minute < 6; minute++) {
    desk.hears(phone('on-call'), phone('idle'));
    await desk.pass(60_000);
  }
  expect(desk.calls).toEqual([]);
});
