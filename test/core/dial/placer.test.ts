import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { settle } from '../../support/manual-clock.ts';
import { Desk, OTHER_RINGS, OTHER_UP, PHONE_RINGS, PHONE_UP } from '../calls/support/desk.ts';
import { pass } from '../calls/support/pass.ts';
import { cdr, NINE, session, talking } from '../calls/support/sessions.ts';

test('shows each step when I dial, pick up, the customer answers and hangs up after a minute', async () => {
  const desk = new Desk();
  const placed = await desk.place();
  expect(placed).toMatchObject({
    ok: true,
    value: { step: 'phone-ringing', sessionId: '884757570370146304', name: 'Grace' },
  });
  await desk.becomes(PHONE_RINGS);
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  await desk.becomes(PHONE_UP, OTHER_UP);
  await pass(desk.clock, 58_000);
  desk.pbx.cdrs = [cdr({ endReason: 'CALLEE_DISCONNECTED', endedAt: NINE + 62_000 })];
  await desk.hangsUp();
  expect(desk.steps).toEqual(['requested', 'phone-ringing', 'other-ringing', 'connected', 'ended']);
  expect([...desk.sentences]).toEqual(['Ended after 1:01.', 'They hung up after 1:01.']);
  // Reported at once, and again when the history has more details.
  expect(desk.ended.map(({ end }) => end?.by)).toEqual([null, 'other']);
  expect(desk.ended.at(-1)).toBe(desk.card);
});

test('takes from the history that the customer was busy', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  desk.pbx.cdrs = [cdr({ statusCode: 486 })];
  await desk.hangsUp();
  expect(desk.end).toBe('Busy.');
  expect(desk.ended.map((call) => call.end?.reason)).toEqual(['other-unanswered', 'busy']);
});

test('allows the next call while the history does not answer', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  desk.pbx.holds('cdrs');
  desk.pbx.sessions = [];
  await pass(desk.clock, 8_000);
  expect(desk.ended.map((call) => call.end?.reason)).toEqual(['other-unanswered']);
});

test('shows the call before the PBX has answered the request', async () => {
  const desk = new Desk();
  desk.pbx.holds('create');
  const placing = desk.place();
  expect(desk.card).toMatchObject({ step: 'requested', sessionId: null });
  desk.pbx.waiting('create').answer();
  await placing;
  expect(desk.card?.step).toBe('phone-ringing');
});

test('refuses a second call until the first is connected, and follows both to their ends', async () => {
  const desk = new Desk();
  await desk.place();
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-in-progress' } });
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-in-progress' } });
  await desk.becomes(PHONE_UP, OTHER_UP);
  expect(desk.pbx.asked.create).toHaveLength(1);

  desk.pbx.nextId = 'second';
  expect((await desk.place()).ok).toBe(true);
  expect(desk.card?.sessionId).toBe('second');
  desk.pbx.sessions = desk.pbx.sessions.filter(({ id }) => id === 'second');
  await pass(desk.clock, 8_000);
  expect(desk.ended.map((call) => call.sessionId)).toEqual(['884757570370146304']);
  expect(desk.card).toMatchObject({ sessionId: 'second', step: 'phone-ringing' });
});

test('allows the next call after the usual ringing time if the PBX reports no answer', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes({ ...PHONE_UP, talkingSeconds: null });
  await pass(desk.clock, 170_000);
  expect((await desk.place()).ok).toBe(false);
  await pass(desk.clock, 15_000);
  expect((await desk.place()).ok).toBe(true);
});

test('places no call while signed out', async () => {
  const desk = new Desk();
  desk.signedIn = null;
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'signed-out' } });
  expect(desk.card).toBeNull();
});

test('reports the PBX’s refusal and allows another attempt', async () => {
  const desk = new Desk();
  desk.pbx.fails('create', appError('dial-forbidden'));
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-forbidden' } });
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'refused' }, error: { code: 'dial-forbidden' } });
  expect(desk.ended).toHaveLength(1);
  desk.pbx.fails('create', null);
  expect((await desk.place()).ok).toBe(true);
});

test.each(['timed-out', 'connection-lost', 'bad-answer'] as const)(
  'does not repeat a request that ends with %s',
  async (code) => {
    const desk = new Desk();
    desk.pbx.fails('create', appError(code));
    expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-unanswered' } });
    await pass(desk.clock, 600_000);
    expect(desk.pbx.asked.create).toEqual([0]);
    expect(desk.card).toMatchObject({ end: { reason: 'unanswered-request' }, error: { code: 'dial-unanswered' } });
  },
);

test('reports that a call may have been placed if the PBX failed during the request', async () => {
  const desk = new Desk();
  desk.pbx.fails('create', appError('dial-failed', { detail: 'answered 500' }));
  const error = appError('dial-failed', { detail: 'answered 500' });
  expect(await desk.place()).toEqual({ ok: false, error });
  expect(desk.card).toMatchObject({ end: { reason: 'unanswered-request' }, error });
});

test('follows a call that appears after its request was not answered', async () => {
  const desk = new Desk();
  desk.live.start();
  await settle();
  desk.pbx.fails('create', appError('timed-out'));
  await desk.place();
  desk.placer.dismiss();
  expect(desk.card).toBeNull();
  desk.pbx.sessions = [session('late', PHONE_RINGS)];
  await pass(desk.clock, 5_000);
  expect(desk.card).toMatchObject({ step: 'phone-ringing', sessionId: 'late', end: null });
  desk.pbx.sessions = [session('late', PHONE_UP, OTHER_UP)];
  await pass(desk.clock, 1_000);
  expect(desk.card?.step).toBe('connected');
  expect(desk.events.map(({ type }) => type)).not.toContain('for-me');
  desk.pbx.sessions = [];
  await pass(desk.clock, 10_000);
  expect(desk.ended.map((call) => [call.key, call.end?.reason])).toEqual([
    [desk.card?.key, 'unanswered-request'],
    [desk.card?.key, 'hung-up'],
  ]);
});

test('does not announce my own call when the list shows it before the PBX’s answer', async () => {
  const desk = new Desk();
  desk.live.start();
  await settle();
  desk.pbx.holds('create');
  desk.pbx.holds('list');
  // A poll is pending when I dial.
  await pass(desk.clock, 5_000);
  const placing = desk.place();
  desk.pbx.sessions = [session(desk.pbx.nextId, PHONE_RINGS)];
  desk.pbx.holds('list', false);
  desk.pbx.waiting('list').answer();
  await settle();
  desk.pbx.sessions = [];
  desk.pbx.waiting('create').answer();
  await placing;
  await pass(desk.clock, 20_000);
  expect(desk.events.map(({ type }) => type)).toEqual(['appeared']);
  expect(desk.live.calls.shown.calls).toMatchObject([{ placedHere: true, direction: 'outgoing' }]);
});

test('hangs up as soon as the call has an id if the user cancelled it before', async () => {
  const desk = new Desk();
  desk.pbx.holds('create');
  const placing = desk.place();
  const cancelled = desk.placer.hangUp(desk.card?.key ?? '');
  expect(desk.card).toMatchObject({ step: 'requested', hangingUp: true });
  desk.pbx.waiting('create').answer();
  await placing;
  expect(await cancelled).toEqual({ ok: true, value: null });
  expect(desk.pbx.sessions).toEqual([]);
  expect(desk.card).toMatchObject({
    step: 'ended',
    end: { reason: 'hung-up-here', talkedMs: null },
  });
});

test('hangs up a call that appears after its unanswered request was cancelled', async () => {
  const desk = new Desk();
  desk.live.start();
  await settle();
  desk.pbx.holds('create');
  const placing = desk.place();
  const cancelled = desk.placer.hangUp(desk.card?.key ?? '');
  desk.pbx.waiting('create').fail(appError('timed-out'));
  await placing;
  expect(await cancelled).toMatchObject({ ok: false, error: { code: 'dial-unanswered' } });
  desk.pbx.sessions = [session('late', PHONE_RINGS)];
  await pass(desk.clock, 6_000);
  expect(desk.pbx.sessions).toEqual([]);
  expect(desk.card?.end?.reason).toBe('hung-up-here');
});

test('sends one request when hanging up twice', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.holds('destroy');
  const both = [desk.placer.hangUp(desk.pbx.nextId), desk.placer.hangUp(desk.card?.key ?? '')];
  await settle();
  expect(desk.card?.hangingUp).toBe(true);
  desk.pbx.waiting('destroy').answer();
  expect(await Promise.all(both)).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(desk.pbx.asked.destroy).toHaveLength(1);
});

test('keeps the call and reports the error when hanging up fails, but not when the call is already over', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.fails('destroy', appError('hang-up-forbidden'));
  expect(await desk.placer.hangUp(desk.pbx.nextId)).toMatchObject({ ok: false, error: { code: 'hang-up-forbidden' } });
  expect(desk.card).toMatchObject({ step: 'phone-ringing', hangingUp: false, error: { code: 'hang-up-forbidden' } });
  desk.pbx.fails('destroy', null);
  desk.pbx.sessions = [];
  expect((await desk.placer.hangUp(desk.pbx.nextId)).ok).toBe(true);
  expect(desk.card).toMatchObject({ step: 'ended', error: null });
});

test('hangs up any other call of the list', async () => {
  const desk = new Desk();
  desk.pbx.sessions = [session('colleague', talking('1002', '1003', 9))];
  expect(await desk.placer.hangUp('colleague')).toEqual({ ok: true, value: null });
  expect(desk.pbx.sessions).toEqual([]);
  desk.signedIn = null;
  expect(await desk.placer.hangUp('colleague')).toMatchObject({ ok: false, error: { code: 'signed-out' } });
});

test('dismisses a call only after its end', async () => {
  const desk = new Desk();
  await desk.place();
  desk.placer.dismiss();
  expect(desk.card?.step).toBe('phone-ringing');
  await desk.placer.hangUp(desk.pbx.nextId);
  desk.placer.dismiss();
  expect(desk.card).toBeNull();
});

test('reports an error when hanging up a call whose id cannot be part of a path', async () => {
  const desk = new Desk();
  desk.pbx.fails('destroy', appError('session-id-unusable'));
  expect(await desk.placer.hangUp('..')).toMatchObject({ ok: false, error: { code: 'session-id-unusable' } });
});

test('reads the session when the answer to a hang-up is unreadable, and reports an error if the call goes on', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.fails('destroy', appError('bad-answer'));
  expect(await desk.placer.hangUp(desk.pbx.nextId)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  expect(desk.card).toMatchObject({ step: 'phone-ringing', hangingUp: false, error: { code: 'bad-answer' } });
  desk.pbx.sessions = [];
  expect(await desk.placer.hangUp(desk.pbx.nextId)).toEqual({ ok: true, value: null });
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'hung-up-here' }, error: null });
});
