import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { settle } from '../../support/manual-clock.ts';
import { Desk, OTHER_RINGS, OTHER_UP, PHONE_UP } from '../calls/support/desk.ts';
import { pass } from '../calls/support/pass.ts';
import { began, over, target } from '../calls/support/push.ts';
import { cdr, CUSTOMER, NINE, session } from '../calls/support/sessions.ts';

test('polls a placed call every second until it is connected, then every five seconds', async () => {
  const desk = new Desk();
  await desk.place();
  await pass(desk.clock, 2_000);
  await desk.becomes(PHONE_UP, OTHER_UP);
  await pass(desk.clock, 12_000);
  expect(desk.pbx.asked.get).toEqual([1_000, 2_000, 3_000, 8_000, 13_000]);
});

test('polls at each step that push reports, and otherwise every five seconds', async () => {
  const desk = new Desk();
  desk.reportsSteps = true;
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

test('shows a step at once that push reports, while the poll still waits', async () => {
  const desk = new Desk().withPush();
  desk.pbx.holds('get');
  await desk.place();
  const { nextId: id } = desk.pbx;
  desk.pushes(began(id, '1001', CUSTOMER), target('answer', id, CUSTOMER, '1001'), target('add', id, '1001', CUSTOMER));
  await pass(desk.clock, 2_000);
  desk.pushes(target('answer', id, '1001', CUSTOMER));
  expect(desk.card?.reached.map(({ step, at }) => [step, at - NINE])).toEqual([
    ['requested', 0],
    ['phone-ringing', 0],
    ['other-ringing', 0],
    ['connected', 2_000],
  ]);
});

test('uses the steps that push reported before the PBX returned the session id', async () => {
  const desk = new Desk().withPush();
  const { nextId: id } = desk.pbx;
  desk.pushes(began(id, '1001', CUSTOMER), target('answer', id, CUSTOMER, '1001'), target('add', id, '1001', CUSTOMER));
  await desk.place();
  expect(desk.card?.step).toBe('other-ringing');
});

test('does not mark a call as stale or lost while push reports it and polling is forbidden', async () => {
  const desk = new Desk().withPush();
  desk.pbx.fails('get', appError('list-forbidden'));
  const { nextId: id } = desk.pbx;
  desk.pushes(target('answer', id, CUSTOMER, '1001'), target('answer', id, '1001', CUSTOMER));
  await desk.place();
  await pass(desk.clock, 900_000);
  expect(desk.card).toMatchObject({ step: 'connected', stale: false });
  desk.reportsSteps = false;
  await pass(desk.clock, 30_000);
  expect(desk.card).toMatchObject({ step: 'connected', stale: true });
});

test('polls once more when push reports a step during a poll', async () => {
  const desk = new Desk();
  desk.reportsSteps = true;
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

test('keeps the step as stale while polls fail, backs off, and recovers', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP);
  desk.pbx.fails('get', appError('connection-lost'));
  await pass(desk.clock, 20_000);
  expect(desk.card).toMatchObject({ step: 'other-ringing', stale: true });
  // 2, 4, 8, … seconds, which the random part shortens by a quarter here.
  expect(desk.pbx.asked.get).toEqual([1_000, 2_000, 3_500, 6_500, 12_500]);
  desk.pbx.fails('get', null);
  await pass(desk.clock, 12_000);
  expect(desk.card).toMatchObject({ step: 'other-ringing', stale: false });
});

test('obeys Retry-After', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.fails('get', appError('rate-limited', { retryAfterMs: 30_000 }));
  await pass(desk.clock, 30_999);
  expect(desk.pbx.asked.get).toEqual([1_000]);
  await pass(desk.clock, 1);
  expect(desk.pbx.asked.get).toEqual([1_000, 31_000]);
});

test('waits a few seconds for a session that the PBX does not find at first', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.sessions = [];
  await pass(desk.clock, 4_000);
  expect(desk.card?.step).toBe('phone-ringing');
  await desk.becomes(PHONE_UP);
  expect(desk.card?.step).toBe('other-ringing');
});

test('keeps the steps of a call whose legs disappear before the session', async () => {
  const desk = new Desk();
  await desk.place();
  await pass(desk.clock, 1_000);
  await desk.becomes();
  await desk.hangsUp();
  expect(desk.end).toBe("You didn't pick up.");
});

test('ends a call that is never found, without a reason', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.sessions = [];
  await pass(desk.clock, 10_000);
  expect(desk.end).toBe("Call ended – the PBX didn't say how.");
});

test('takes the end from the call history when the account may not read sessions', async () => {
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

test('ends a call at once by call_cdr, with its reason, when the account may not read sessions', async () => {
  const desk = new Desk().withPush();
  desk.pbx.fails('get', appError('list-forbidden'));
  await desk.place();
  const { nextId: id } = desk.pbx;
  desk.pushes(target('answer', id, '1001', CUSTOMER));
  await pass(desk.clock, 33_000);
  const end = { answeredAt: NINE + 9_000, endedAt: NINE + 33_000, endReason: 'callee_disconnected' };
  desk.pushes(over('another call', end));
  expect(desk.card?.step).toBe('connected');
  desk.pushes(over(id, end));
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'hung-up', by: 'other', talkedMs: 24_000 } });
  await pass(desk.clock, 10_000);
  expect(desk.ended).toHaveLength(1);
});

test('ends a call at once by call_cdr, whatever a poll shows', async () => {
  const desk = new Desk().withPush();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_UP);
  desk.pbx.asked.get.length = 0;
  desk.pushes(over(desk.pbx.nextId, { answeredAt: NINE, endedAt: NINE + 4_000, endReason: 'callee_disconnected' }));
  expect(desk.end).toBe('They hung up after 0:04.');
  await pass(desk.clock, 30_000);
  expect(desk.end).toBe('They hung up after 0:04.');
  expect(desk.pbx.asked.get).toEqual([]);
});

test('allows the next call after ten seconds and gives up after ten minutes when no source reports a call', async () => {
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

test('polls at once after sleep', async () => {
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

test('calls no callback after it was disposed of, also for a request that is answered later', async () => {
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
