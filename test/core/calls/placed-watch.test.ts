import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { settle } from '../../support/manual-clock.ts';
import { Desk, OTHER_RINGS, OTHER_UP, PHONE_UP } from './support/desk.ts';
import { pass } from './support/pass.ts';
import { began, over, target } from './support/push.ts';
import { cdr, CUSTOMER, NINE, session } from './support/sessions.ts';

test('A call is looked at every second until it is connected, then every five.', async () => {
  const desk = new Desk();
  await desk.place();
  await pass(desk.clock, 2_000);
  await desk.becomes(PHONE_UP, OTHER_UP);
  await pass(desk.clock, 12_000);
  expect(desk.pbx.asked.get).toEqual([1_000, 2_000, 3_000, 8_000, 13_000]);
});

test('Where push tells each step the call is looked at when it does, and else every five seconds.', async () => {
  const desk = new Desk();
  desk.tellsSteps = true;
  await desk.place();
  await pass(desk.clock, 1_500);
  desk.pbx.sessions = [session(desk.pbx.nextId, PHONE_UP, OTHER_RINGS)];
  desk.placer.nudge(desk.pbx.nextId);
  await settle();
  expect(desk.card?.step).toBe('other-ringing');
  desk.placer.nudge('another');
  await pass(desk.clock, 10_000);
  expect(desk.pbx.asked.get).toEqual([1_000, 1_500, 6_500, 11_500]);
});

test('Where push tells a step it is shown at once, however long the look has to wait.', async () => {
  const desk = new Desk().listening();
  desk.pbx.holds('get');
  await desk.place();
  const { nextId: id } = desk.pbx;
  desk.hears(began(id, '1001', CUSTOMER), target('answer', id, CUSTOMER, '1001'), target('add', id, '1001', CUSTOMER));
  await pass(desk.clock, 2_000);
  desk.hears(target('answer', id, '1001', CUSTOMER));
  expect(desk.card?.reached.map(({ step, at }) => [step, at - NINE])).toEqual([
    ['asking', 0],
    ['phone-ringing', 0],
    ['other-ringing', 0],
    ['connected', 2_000],
  ]);
});

test('What push told before the PBX gave the id is not forgotten.', async () => {
  const desk = new Desk().listening();
  const { nextId: id } = desk.pbx;
  desk.hears(began(id, '1001', CUSTOMER), target('answer', id, CUSTOMER, '1001'), target('add', id, '1001', CUSTOMER));
  await desk.place();
  expect(desk.card?.step).toBe('other-ringing');
});

test('A call that only push tells of is neither old nor lost while push does.', async () => {
  const desk = new Desk().listening();
  desk.pbx.fails('get', appError('list-forbidden'));
  const { nextId: id } = desk.pbx;
  desk.hears(target('answer', id, CUSTOMER, '1001'), target('answer', id, '1001', CUSTOMER));
  await desk.place();
  await pass(desk.clock, 900_000);
  expect(desk.card).toMatchObject({ step: 'connected', stale: false });
  desk.tellsSteps = false;
  await pass(desk.clock, 30_000);
  expect(desk.card).toMatchObject({ step: 'connected', stale: true });
});

test('What is told while a look is under way is looked at once more after it.', async () => {
  const desk = new Desk();
  desk.tellsSteps = true;
  await desk.place();
  desk.pbx.holds('get');
  await pass(desk.clock, 1_000);
  desk.placer.nudge(null);
  desk.placer.nudge(desk.pbx.nextId);
  desk.pbx.waiting('get').answer();
  await settle();
  await pass(desk.clock, 1);
  expect(desk.pbx.asked.get).toHaveLength(2);
});

test('When the PBX cannot be asked the step stays, marked as old; looks become rare and come back.', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP);
  desk.pbx.fails('get', appError('connection-lost'));
  await pass(desk.clock, 20_000);
  expect(desk.card).toMatchObject({ step: 'other-ringing', stale: true });
  // 2, 4, 8, … seconds, of which chance takes a quarter here.
  expect(desk.pbx.asked.get).toEqual([1_000, 2_000, 3_500, 6_500, 12_500]);
  desk.pbx.fails('get', null);
  await pass(desk.clock, 12_000);
  expect(desk.card).toMatchObject({ step: 'other-ringing', stale: false });
});

test('Retry-After holds for looks at a call as well.', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.fails('get', appError('rate-limited', { retryAfterMs: 30_000 }));
  await pass(desk.clock, 30_999);
  expect(desk.pbx.asked.get).toEqual([1_000]);
  await pass(desk.clock, 1);
  expect(desk.pbx.asked.get).toEqual([1_000, 31_000]);
});

test('A session that the PBX does not find at once is given a few seconds.', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.sessions = [];
  await pass(desk.clock, 4_000);
  expect(desk.card?.step).toBe('phone-ringing');
  await desk.becomes(PHONE_UP);
  expect(desk.card?.step).toBe('other-ringing');
});

test('What was seen of a call is not forgotten when its legs go first.', async () => {
  const desk = new Desk();
  await desk.place();
  await pass(desk.clock, 1_000);
  await desk.becomes();
  await desk.hangsUp();
  expect(desk.end).toBe('Your phone was not answered.');
});

test('One that is never found has ended, and why is not made up.', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.sessions = [];
  await pass(desk.clock, 10_000);
  expect(desk.end).toBe('The call is over. The PBX did not show how it went.');
});

test('An account that may not look at sessions learns of the end from the call history.', async () => {
  const desk = new Desk();
  desk.pbx.fails('list', appError('list-forbidden'));
  desk.pbx.fails('get', appError('list-forbidden'));
  desk.live.start();
  await settle();
  expect((await desk.place()).ok).toBe(true);
  await pass(desk.clock, 30_000);
  expect(desk.card).toMatchObject({ step: 'phone-ringing', stale: true });
  await pass(desk.clock, 120_000);
  desk.pbx.cdrs = [cdr({ startedAt: NINE, answeredAt: NINE + 9_000, endedAt: NINE + 33_000 })];
  await pass(desk.clock, 20_000);
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'hung-up', talkedMs: 24_000 } });
  expect(desk.ended).toHaveLength(1);
});

test('call_cdr ends an account’s call that may not be looked at, at once, with its reason.', async () => {
  const desk = new Desk().listening();
  desk.pbx.fails('get', appError('list-forbidden'));
  await desk.place();
  const { nextId: id } = desk.pbx;
  desk.hears(target('answer', id, '1001', CUSTOMER));
  await pass(desk.clock, 33_000);
  const end = { answeredAt: NINE + 9_000, endedAt: NINE + 33_000, endReason: 'callee_disconnected' };
  desk.hears(over('another call', end));
  expect(desk.card?.step).toBe('connected');
  desk.hears(over(id, end));
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'hung-up', by: 'other', talkedMs: 24_000 } });
  await pass(desk.clock, 10_000);
  expect(desk.ended).toHaveLength(1);
});

test('call_cdr ends a call at once, whatever a look at it showed or would show.', async () => {
  const desk = new Desk().listening();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_UP);
  desk.pbx.asked.get.length = 0;
  desk.hears(over(desk.pbx.nextId, { answeredAt: NINE, endedAt: NINE + 4_000, endReason: 'callee_disconnected' }));
  expect(desk.end).toBe('The other side hung up after 0:04.');
  await pass(desk.clock, 30_000);
  expect(desk.end).toBe('The other side hung up after 0:04.');
  expect(desk.pbx.asked.get).toEqual([]);
});

test('A call that nothing at all is heard of lets me dial after ten seconds, and is given up after ten minutes.', async () => {
  const desk = new Desk();
  desk.pbx.fails('get', appError('list-forbidden'));
  desk.pbx.fails('cdrs', appError('pbx-refused'));
  await desk.place();
  await pass(desk.clock, 5_000);
  expect((await desk.place()).ok).toBe(false);
  await pass(desk.clock, 10_000);
  desk.pbx.nextId = 'second';
  expect((await desk.place()).ok).toBe(true);
  await pass(desk.clock, 700_000);
  expect(desk.ended.map((call) => call.end?.reason)).toEqual(['lost', 'lost']);
});

test('After sleep it looks at once: the call may be long over.', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_UP);
  desk.pbx.holds('get');
  await pass(desk.clock, 5_000);
  const stuck = desk.pbx.waiting('get');
  desk.pbx.holds('get', false);
  desk.pbx.sessions = [];
  desk.clock.sleep(8 * 3_600_000);
  desk.placer.wake();
  await settle();
  expect(stuck.aborted).toBe(true);
  expect(desk.card?.step).toBe('ended');
});

test('Disposed of, it is silent, also about a request that is answered later.', async () => {
  const desk = new Desk();
  desk.pbx.holds('create');
  const placing = desk.place();
  desk.placer.dispose();
  const before = desk.steps.length;
  desk.pbx.waiting('create').answer();
  await placing;
  await pass(desk.clock, 60_000);
  expect(desk.steps).toHaveLength(before);
  expect(desk.pbx.asked.get).toEqual([]);
  expect(desk.ended).toEqual([]);
});
