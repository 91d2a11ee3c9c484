import { expect, test } from 'vitest';
import { settle } from '../../support/manual-clock.ts';
import { BOTH, ListeningDesk, PHONE_ONLY } from './support/listening-desk.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session } from './support/sessions.ts';

test('announces a call with its name as soon as push reports it, and adds the trunk from the list', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(phone('ringing'), began('a', CUSTOMER, '1001', { callerName: 'Grace' }));
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
  expect(desk.calls).toMatchObject([{ other: { number: CUSTOMER, name: 'Grace' }, state: 'ringing', trunk: '' }]);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001', { trunk: 'Telco' }))];
  await desk.passMs(1_000);
  expect(desk.calls).toMatchObject([{ other: { name: 'Grace' }, trunk: 'Telco' }]);
  desk.pushes(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  await desk.passMs(30_000);
  expect(desk.calls).toMatchObject([{ state: 'talking', answeredAt: NINE + 3_000 }]);
  desk.pushes(over('a'));
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'answered a', 'ended a']);
  expect(desk.calls).toEqual([]);
});

test('polls early enough to name a ring that begins right after a poll', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.live.pollNow();
  await desk.passMs(0);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pushes(phone('ringing'));
  await desk.passMs(300);
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
});

test('announces a call once when the list shows it before push reports it', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.live.pollNow();
  await desk.passMs(1_000);
  desk.pushes(began('a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1001'), phone('ringing'));
  await desk.passMs(5_000);
  expect(desk.reported).toEqual(['appeared a', 'for-me a']);
});

test('polls again and announces a call once with its name, when my phone rings before the list shows the call', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.pushes(phone('ringing'));
  await settle();
  expect(desk.reported).toEqual([]);
  expect(desk.pbx.asked.list).toEqual([2_000]);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.live.pollNow();
  await desk.passMs(2_000);
  expect(desk.reported.filter((word) => word.startsWith('for-me a'))).toHaveLength(1);
  expect(desk.calls).toMatchObject([{ id: 'a', state: 'ringing' }]);
  desk.pbx.sessions = [];
  desk.pushes(phone('idle'));
  await desk.passMs(2_000);
  expect(desk.reported.at(-1)).toBe('ended a');
  // The caller gave up, or I declined: the history would say that.
  await desk.passMs(8_000);
  expect(desk.reported.slice(-2)).toEqual(['ended a', 'missed a']);
});

test('announces a nameless ring when its session takes too long, and replaces that announcement later', async () => {
  const desk = await new ListeningDesk().ready(PHONE_ONLY);
  desk.pbx.holds('list');
  desk.pushes(phone('ringing'));
  await desk.passMs(800);
  expect(desk.reported).toEqual(['appeared ?', 'for-me ?']);
  desk.pbx.sessions = [session('a', leg(CUSTOMER, '1001'))];
  desk.pbx.waiting('list').answer();
  await settle();
  expect(desk.reported.slice(2)).toEqual(['appeared a', 'for-me a']);
  expect(desk.events.at(-1)).toMatchObject({ type: 'for-me', insteadOf: desk.events[0]?.call.id });
  expect(desk.calls.map(({ id }) => id)).toEqual(['a']);
});

test('polls at the usual interval while no topic of push is proven', async () => {
  const desk = await new ListeningDesk().readyWithoutPush();
  desk.listens(BOTH, []);
  await desk.passMs(60_000);
  expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(11);
  expect(desk.listening?.push).toBe('connecting');
  desk.listens();
  await desk.passMs(2_000);
  desk.pbx.asked.list.length = 0;
  await desk.passMs(60_000);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(1);
  expect(desk.listening?.push).toBe('listening');
});

test('polls about once a minute while push works, and at once and at the usual interval after it is lost', async () => {
  const desk = await new ListeningDesk().ready();
  await desk.passMs(300_000);
  expect(desk.pbx.asked.list.length).toBeGreaterThanOrEqual(4);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(6);
  desk.pbx.asked.list.length = 0;
  desk.loses();
  await desk.passMs(15_000);
  expect(desk.pbx.asked.list.map((at) => at - 302_000)).toEqual([0, 5_000, 10_000, 15_000]);
  expect(desk.listening).toMatchObject({
    source: 'sessions',
    push: 'waiting',
    topics: [],
    error: { code: 'connection-lost' },
  });
});

test('shows colleagues’ calls that push reports within a second, without a poll', async () => {
  const desk = await new ListeningDesk().ready();
  for (let call = 0; call < 50; call++) desk.pushes(began(`c${call}`, CUSTOMER, '1002'));
  await desk.passMs(1_000);
  expect(desk.calls).toHaveLength(50);
  expect(desk.reported.every((word) => word.startsWith('appeared'))).toBe(true);
  expect(desk.pbx.asked.list).toEqual([]);
});

test('sends few requests when push reports many events of my call', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
  for (let word = 0; word < 30; word++)
    desk.pushes(target('add', 'a', CUSTOMER, `20${word}`), began('a', CUSTOMER, '1001'));
  await desk.passMs(2_000);
  expect(desk.pbx.asked.list.length).toBeLessThanOrEqual(2);
});

test.each([
  ['the list and push', [], BOTH],
  ['the list and a push without names', [], PHONE_ONLY],
  ['push', ['list'], BOTH],
  ['push without names', ['list'], PHONE_ONLY],
  ['the user’s own status', ['list'], null],
] as const)('a call placed here is not announced if its source is %s', async (_by, refused, topics) => {
  const unstarted = new ListeningDesk().refuses(...refused);
  const desk = await (topics === null ? unstarted.readyWithoutPush() : unstarted.ready([...topics]));
  desk.pbx.holds('list');
  const accepted = desk.placing(CUSTOMER);
  if (topics !== null) desk.pushes(phone('ringing'));
  if (topics?.length === 2) desk.pushes(began('p', CUSTOMER, '1001'), target('ringing', 'p', CUSTOMER, '1001'));
  desk.pbx.activity = 'ringing';
  await desk.passMs(300);
  accepted('p');
  desk.pbx.holds('list', false);
  desk.pbx.sessions = [session('p', leg(CUSTOMER, '1001'))];
  await desk.passMs(20_000);
  if (topics !== null) desk.pushes(phone('on-call'));
  desk.pbx.activity = 'on-call';
  await desk.passMs(20_000);
  desk.pbx.sessions = [];
  desk.pbx.activity = 'idle';
  if (topics?.length === 2) desk.pushes(over('p'));
  if (topics !== null) desk.pushes(phone('idle'));
  await desk.passMs(100_000);
  expect(desk.reported.filter((word) => /for-me|missed/.test(word))).toEqual([]);
  expect(desk.calls).toEqual([]);
});

test('announces the next ring of my phone after a call was placed', async () => {
  const desk = await new ListeningDesk().refuses('list').ready(PHONE_ONLY);
  desk.placing(CUSTOMER)('p');
  desk.pushes(phone('ringing'), phone('on-call'), phone('idle'));
  await desk.passMs(3_000);
  desk.pushes(phone('ringing'));
  expect(desk.reported).toEqual(['appeared p', 'ended p', 'appeared ?', 'for-me ?']);
});

test('announces a call as transferred to me, and reports that it left me again', async () => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '1002'));
  await desk.passMs(4_000);
  desk.pushes(target('answer', 'a', CUSTOMER, '1002'));
  await desk.passMs(5_000);
  desk.pushes(target('ringing', 'a', CUSTOMER, '1001'), phone('ringing'), target('end', 'a', CUSTOMER, '1002'));
  await desk.passMs(500);
  expect(desk.events.at(-1)).toMatchObject({ type: 'for-me', transferred: true });
  desk.pushes(target('answer', 'a', CUSTOMER, '1001'), phone('on-call'));
  desk.pushes(target('ringing', 'a', CUSTOMER, '1003'), target('end', 'a', CUSTOMER, '1001'), phone('idle'));
  await desk.passMs(500);
  expect(desk.events.at(-1)).toMatchObject({ type: 'moved', call: { mine: false, callee: { number: '1003' } } });
  expect(desk.reported.filter((word) => word === 'for-me a')).toHaveLength(1);
});

test.each([
  ['without a step before', []],
  ['and was offered the call just before', [target('add', 'a', CUSTOMER, '8000')]],
])('does not announce a call as transferred if a queue that answered at once leaves it, %s', async (_how, before) => {
  const desk = await new ListeningDesk().ready();
  desk.pushes(began('a', CUSTOMER, '8000'), ...before, target('answer', 'a', CUSTOMER, '8000'));
  await desk.passMs(5_000);
  desk.pushes(target('ringing', 'a', CUSTOMER, '1001'), phone('ringing'), target('end', 'a', CUSTOMER, '8000'));
  await desk.passMs(500);
  expect(desk.events.at(-1)).toMatchObject({ type: 'for-me', transferred: false });
});

test('reports no missed call when a colleague answers a hunt group’s call', async () => {
  const desk = await new ListeningDesk().ready();
  const group = ['1001', '1002', '1003'];
  desk.pushes(
    began('a', CUSTOMER, '8000'),
    ...group.map((number) => target('add', 'a', CUSTOMER, number)),
    phone('ringing'),
  );
  await desk.passMs(4_000);
  desk.pushes(
    target('answer', 'a', CUSTOMER, '1002'),
    target('fail', 'a', CUSTOMER, '1001'),
    target('fail', 'a', CUSTOMER, '1003'),
  );
  desk.pushes(phone('idle'));
  await desk.passMs(60_000);
  desk.pushes(over('a'));
  expect(desk.reported).toEqual(['appeared a', 'for-me a', 'moved a', 'answered a', 'ended a']);
});
