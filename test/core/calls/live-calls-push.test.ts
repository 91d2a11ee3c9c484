import { expect, test } from 'vitest';
import { settle } from '../../support/manual-clock.ts';
import { BOTH, ListeningDesk, PHONE_ONLY } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session } from './support/sessions.ts';

test('Push tells of a call at once, with its name; the list is asked as well and adds the trunk.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(phone('ringing'), began('a', CUSTOMER, '1001', { callerName: 'Grace' }));
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toMatchObject([{ other: { number: CUSTOMER, name: 'Grace' }, state: 'ringing', trunk: '' }]);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { trunk: 'Telco' }))];
  await desk.pass(1_000);
  expect(desk.calls).toMatchObject([{ other: { name: 'Grace' }, trunk: 'Telco' }]);
  desk.hears(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  await desk.pass(30_000);
  expect(desk.calls).toMatchObject([{ state: 'talking', answeredAt: NINE + 3_000 }]);
  desk.hears(over('a'));
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  expect(desk.calls).toEqual([]);
});

test('A phone that rings right after a look has its name before it would be announced without one.', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.live.pollNow();
  await desk.pass(0);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.hears(phone('ringing'));
  await desk.pass(300);
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
});

test('The list may show a call before push tells of it: it is announced once.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.live.pollNow();
  await desk.pass(1_000);
  desk.hears(began('a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1001'), phone('ringing'));
  await desk.pass(5_000);
  expect(desk.told).toEqual(['appeared a', 'for-me a']);
});

test('My phone rings before the list has the call: it is asked again, and the call announced once, with its name.', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.hears(phone('ringing'));
  await settle();
  expect(desk.told).toEqual([]);
  expect(desk.pbx.asked.list).toEqual([2_000]);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.live.pollNow();
  await desk.pass(2_000);
  expect(desk.told.filter((word) => word.startsWith('for-me a'))).toHaveLength(1);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'ringing' }]);
  desk.pbx.sessions = [];
  desk.hears(phone('idle'));
  await desk.pass(2_000);
  expect(desk.told.at(-1)).toBe('ended a');
  // The caller gave up, or I declined: the history would say that.
  await desk.pass(8_000);
  expect(desk.told.slice(-2)).toEqual(['ended a', 'missed a']);
});

test('Where the name takes too long the call is announced without; the name replaces that announcement.', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.pbx.holds('list');
  desk.hears(phone('ringing'));
  await desk.pass(800);
  expect(desk.told).toEqual(['appeared ?', 'for-me ?']);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pbx.waiting('list').answer();
  await settle();
  expect(desk.told.slice(2)).toEqual(['appeared a', 'for-me a']);
  expect(desk.events.at(-1)).toMatchObject({ type: 'for-me', insteadOf: desk.events[0]?.call.id });
  expect(desk.calls.map(({ id }) => id)).toEqual(['a']);
});

test('Push that has neither said yes nor told anything is not relied on: the list is asked for as usual.', async () => {
  const desk = await new ListeningDesk().ready(null);
  desk.listens(BOTH, []);
  await desk.pass(60_000);
  expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(11);
  expect(desk.listening?.push).toBe('connecting');
  desk.listens();
  await desk.pass(2_000);
  desk.pbx.asked.list.length = 0;
  await desk.pass(60_000);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(1);
  expect(desk.listening?.push).toBe('listening');
});

test('While push is healthy the list is asked for once a minute; when it breaks, at once and at the normal interval.', async () => {
  const desk = await new ListeningDesk().ready();
  await desk.pass(300_000);
  expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(4);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(6);
  desk.pbx.asked.list.length = 0;
  desk.loses();
  await desk.pass(15_000);
  expect(desk.pbx.asked.list.map((at) => at - 302_000)).toEqual([0, 5_000, 10_000, 15_000]);
  expect(desk.listening).toMatchObject({
    knowledge: 'sessions',
    push: 'waiting',
    topics: [],
    error: { code: 'connection-lost' },
  });
});

test('Calls of colleagues are shown within a second and ask for nothing.', async () => {
  const desk = await new ListeningDesk().ready();
  for (let call = 0; call < 50; call++) desk.hears(began(`c${call}`, CUSTOMER, '1002'));
  await desk.pass(1_000);
  expect(desk.calls).toHaveLength(50);
  expect(desk.told.every((word) => word.startsWith('appeared'))).toBe(true);
  expect(desk.pbx.asked.list).toEqual([]);
});

test('Many words about my call make few requests.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(began('a', CUSTOMER, '1001'), phone('ringing'));
  for (let word = 0; word < 30; word++)
    desk.hears(target('add', 'a', CUSTOMER, `20${word}`), began('a', CUSTOMER, '1001'));
  await desk.pass(2_000);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(2);
});

test.each([
  ['list and push', [], BOTH],
  ['the list and a push without names', [], PHONE_ONLY],
  ['push', ['list'], BOTH],
  ['push without names', ['list'], PHONE_ONLY],
  ['the own state', ['list'], null],
] as const)('A call placed here is never announced: by %s.', async (_by, refused, topics) => {
  const desk = await new ListeningDesk().refuses(...refused).ready(topics === null ? null : [...topics]);
  desk.pbx.holds('list');
  const accepted = desk.placing(CUSTOMER);
  if (topics !== null) desk.hears(phone('ringing'));
  if (topics?.length === 2) desk.hears(began('p', CUSTOMER, '1001'), target('ringing', 'p', CUSTOMER, '1001'));
  desk.pbx.activity = 'ringing';
  await desk.pass(300);
  accepted('p');
  desk.pbx.holds('list', false);
  desk.pbx.sessions = [session('p', leg(CUSTOMER, '1001'))];
  await desk.pass(20_000);
  if (topics !== null) desk.hears(phone('on-call'));
  desk.pbx.activity = 'on-call';
  await desk.pass(20_000);
  desk.pbx.sessions = [];
  desk.pbx.activity = 'idle';
  if (topics?.length === 2) desk.hears(over('p'));
  if (topics !== null) desk.hears(phone('idle'));
  await desk.pass(100_000);
  expect(desk.told.filter((word) => /for-me|missed/.test(word))).toEqual([]);
  expect(desk.calls).toEqual([]);
});

test('After a call was placed, the next time my phone rings somebody calls.', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.placing(CUSTOMER)('p');
  desk.hears(phone('ringing'), phone('on-call'), phone('idle'));
  await desk.pass(3_000);
  desk.hears(phone('ringing'));
  expect(desk.told).toEqual(['appeared p', 'ended p', 'appeared ?', 'for-me ?']);
});

test('A call transferred to me is announced as such, and tells that it has left me again.', async () => {
  const desk = await new ListeningDesk().ready();
  desk.hears(began('a', CUSTOMER, '1002'), target('answer', 'a', CUSTOMER, '1002'));
  await desk.pass(5_000);
  desk.hears(target('ringing', 'a', CUSTOMER, '1001'), phone('ringing'), target('end', 'a', CUSTOMER, '1002'));
  await desk.pass(500);
  expect(desk.events.at(-1)).toMatchObject({ type: 'for-me', transferred: true });
  desk.hears(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  desk.hears(target('ringing', 'a', CUSTOMER, '1003'), target('end', 'a', CUSTOMER, '1001'), phone('idle'));
  await desk.pass(500);
  expect(desk.events.at(-1)).toMatchObject({ type: 'moved', call: { mine: false, callee: { number: '1003' } } });
  expect(desk.told.filter((word) => word === 'for-me a')).toHaveLength(1);
});

test('A hunt group rings me and others; a colleague takes the call and I have missed nothing.', async () => {
  const desk = await new ListeningDesk().ready();
  const group = ['1001', '1002', '1003'];
  desk.hears(
    began('a', CUSTOMER, '8000'),
    ...group.map((number) => target('add', 'a', CUSTOMER, number)),
    phone('ringing'),
  );
  await desk.pass(4_000);
  desk.hears(
    target('answer', 'a', CUSTOMER, '1002'),
    target('fail', 'a', CUSTOMER, '1001'),
    target('fail', 'a', CUSTOMER, '1003'),
  );
  desk.hears(phone('idle'));
  await desk.pass(60_000);
  desk.hears(over('a'));
  expect(desk.told).toEqual(['appeared a', 'for-me a', 'moved a', 'answered a', 'ended a']);
});
