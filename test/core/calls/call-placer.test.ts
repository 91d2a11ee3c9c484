import { expect, test } from 'vitest';
import { CallMonitor } from '../../../src/core/calls/call-monitor.ts';
import { CallPlacer } from '../../../src/core/calls/call-placer.ts';
import type { CreateSession, Pbx, PbxLeg } from '../../../src/core/pbx/types.ts';
import type { CallEvent } from '../../../src/shared/call.ts';
import type { PlacedCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { pass } from './support/pass.ts';
import { ScriptedPbx } from './support/scripted-pbx.ts';
import { ADA, cdr, CUSTOMER, leg, NINE, PLAN, session, talking } from './support/sessions.ts';

const BODY: CreateSession = { caller: '1001', callee: CUSTOMER, sendSdp: true };
const PHONE_RINGS = leg(CUSTOMER, '1001');
const PHONE_UP = talking(CUSTOMER, '1001', 2);
const OTHER_RINGS = leg('1001', CUSTOMER);
const OTHER_UP = talking('1001', CUSTOMER, 1);

/** A desk with a PBX whose new calls ring the caller's phone. */
class Desk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  readonly ended: PlacedCall[] = [];
  readonly events: CallEvent[] = [];
  card: PlacedCall | null = null;
  /** Each step that the card showed, in order. */
  readonly steps: string[] = [];
  signedIn: Pbx | null = this.pbx;
  readonly monitor = new CallMonitor({
    pbx: this.pbx,
    own: () => ADA,
    intervalMs: () => 5_000,
    clock: this.clock,
    onChange: () => {},
    onEvents: (events) => this.events.push(...events),
    onStopped: () => {},
  });
  readonly placer = new CallPlacer({
    pbx: () => this.signedIn,
    monitor: () => this.monitor,
    own: () => ADA,
    clock: this.clock,
    onChange: (placed) => {
      this.card = placed;
      if (placed !== null && this.steps.at(-1) !== placed.step) this.steps.push(placed.step);
    },
    onEnded: (placed) => this.ended.push(placed),
  });

  constructor() {
    this.pbx.legsOfNewCall = () => [PHONE_RINGS];
  }

  place(): Promise<Result<PlacedCall>> {
    return this.placer.place(PLAN, BODY, 'Grace');
  }

  /** The PBX's view of the call changes and somebody has had the time to notice. */
  async becomes(...legs: PbxLeg[]): Promise<void> {
    this.pbx.sessions = [session(this.pbx.nextId, ...legs)];
    await pass(this.clock, 1_000);
  }

  async hangsUp(): Promise<void> {
    this.pbx.sessions = [];
    await pass(this.clock, 5_000);
  }

  get end(): string | undefined {
    return this.card?.end?.sentence;
  }
}

test('I dial, pick up my phone, the customer answers, and hangs up after a minute.', async () => {
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
  expect(desk.steps).toEqual(['asking', 'phone-ringing', 'other-ringing', 'connected', 'ended']);
  expect(desk.end).toMatch(/^Ended after 1:0\d\.$/);
  expect(desk.ended).toEqual([]);
  await pass(desk.clock, 1_500);
  expect(desk.end).toMatch(/^The other side hung up after 1:0\d\.$/);
  expect(desk.ended).toEqual([desk.card]);
});

test('The customer is busy: the history says so after the call has ended.', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  desk.pbx.cdrs = [cdr({ statusCode: 486 })];
  await desk.hangsUp();
  expect(desk.end).toBe('The other side was busy.');
  expect(desk.ended.map((call) => call.end?.reason)).toEqual(['busy']);
});

test('A history that stays silent holds nothing up.', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes(PHONE_UP, OTHER_RINGS);
  desk.pbx.holds('cdrs');
  desk.pbx.sessions = [];
  await pass(desk.clock, 8_000);
  expect(desk.ended.map((call) => call.end?.reason)).toEqual(['other-unanswered']);
});

test('The card shows the question before the PBX has answered it.', async () => {
  const desk = new Desk();
  desk.pbx.holds('create');
  const placing = desk.place();
  expect(desk.card).toMatchObject({ step: 'asking', sessionId: null });
  desk.pbx.waiting('create').answer();
  await placing;
  expect(desk.card?.step).toBe('phone-ringing');
});

test('A second call waits for the first to be connected; the one dialled before is then followed to its end all the same.', async () => {
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

test('A PBX that never tells whether anybody answered does not keep me from dialling for longer than a phone rings.', async () => {
  const desk = new Desk();
  await desk.place();
  await desk.becomes({ ...PHONE_UP, talkingSeconds: null });
  await pass(desk.clock, 170_000);
  expect((await desk.place()).ok).toBe(false);
  await pass(desk.clock, 15_000);
  expect((await desk.place()).ok).toBe(true);
});

test('Signed out, nothing is placed.', async () => {
  const desk = new Desk();
  desk.signedIn = null;
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'signed-out' } });
  expect(desk.card).toBeNull();
});

test('What the PBX refuses is said, and may be tried again.', async () => {
  const desk = new Desk();
  desk.pbx.fails('create', appError('dial-forbidden'));
  expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-forbidden' } });
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'refused' }, error: { code: 'dial-forbidden' } });
  expect(desk.ended).toHaveLength(1);
  desk.pbx.fails('create', null);
  expect((await desk.place()).ok).toBe(true);
});

test.each(['timed-out', 'connection-lost', 'bad-answer'] as const)(
  'A request that ends with %s is not repeated, and says to look at the phone first.',
  async (code) => {
    const desk = new Desk();
    desk.pbx.fails('create', appError(code));
    expect(await desk.place()).toMatchObject({ ok: false, error: { code: 'dial-unanswered' } });
    await pass(desk.clock, 600_000);
    expect(desk.pbx.asked.create).toEqual([0]);
    expect(desk.card).toMatchObject({ end: { reason: 'unanswered-request' }, error: { code: 'dial-unanswered' } });
  },
);

test('The PBX did not answer, but my phone rings: the call comes back and is followed.', async () => {
  const desk = new Desk();
  desk.monitor.start();
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

test('My own call is not announced to me, even where the list is quicker than the answer.', async () => {
  const desk = new Desk();
  desk.monitor.start();
  await settle();
  desk.pbx.holds('create');
  desk.pbx.holds('list');
  // A look is under way when I dial.
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
  expect(desk.monitor.calls).toMatchObject([{ placedHere: true, direction: 'outgoing' }]);
});

test('Cancel, pressed while the PBX has not answered, hangs up as soon as the call has an id.', async () => {
  const desk = new Desk();
  desk.pbx.holds('create');
  const placing = desk.place();
  const cancelled = desk.placer.hangUp(desk.card?.key ?? '');
  expect(desk.card).toMatchObject({ step: 'asking', hangingUp: true });
  desk.pbx.waiting('create').answer();
  await placing;
  expect(await cancelled).toEqual({ ok: true, value: null });
  expect(desk.pbx.sessions).toEqual([]);
  expect(desk.card).toMatchObject({
    step: 'ended',
    end: { reason: 'hung-up-here', sentence: 'You cancelled the call.' },
  });
});

test('Cancel, pressed on a request that got no answer, hangs up the call when it turns up.', async () => {
  const desk = new Desk();
  desk.monitor.start();
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

test('Hanging up twice sends one request.', async () => {
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

test('When hanging up fails the call is still on and says why; a call that is over already is no error.', async () => {
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

test('Any other call of the list can be hung up too.', async () => {
  const desk = new Desk();
  desk.pbx.sessions = [session('colleague', talking('1002', '1003', 9))];
  expect(await desk.placer.hangUp('colleague')).toEqual({ ok: true, value: null });
  expect(desk.pbx.sessions).toEqual([]);
  desk.signedIn = null;
  expect(await desk.placer.hangUp('colleague')).toMatchObject({ ok: false, error: { code: 'signed-out' } });
});

test('A card can be dismissed when its call is over, not before.', async () => {
  const desk = new Desk();
  await desk.place();
  desk.placer.dismiss();
  expect(desk.card?.step).toBe('phone-ringing');
  await desk.placer.hangUp(desk.pbx.nextId);
  desk.placer.dismiss();
  expect(desk.card).toBeNull();
});

test('A call is looked at every second until it is connected, then every five.', async () => {
  const desk = new Desk();
  await desk.place();
  await pass(desk.clock, 2_000);
  await desk.becomes(PHONE_UP, OTHER_UP);
  await pass(desk.clock, 12_000);
  expect(desk.pbx.asked.get).toEqual([1_000, 2_000, 3_000, 8_000, 13_000]);
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

test('One that is never found has ended, and why is not made up.', async () => {
  const desk = new Desk();
  await desk.place();
  desk.pbx.sessions = [];
  await pass(desk.clock, 10_000);
  expect(desk.end).toBe('The call ended before it was connected.');
});

test('An account that may not look at sessions learns of the end from the call history.', async () => {
  const desk = new Desk();
  desk.pbx.fails('list', appError('list-forbidden'));
  desk.pbx.fails('get', appError('list-forbidden'));
  desk.monitor.start();
  await settle();
  expect((await desk.place()).ok).toBe(true);
  await pass(desk.clock, 30_000);
  expect(desk.card).toMatchObject({ step: 'phone-ringing', stale: true });
  desk.pbx.cdrs = [cdr({ startedAt: NINE, answeredAt: NINE + 9_000, endedAt: NINE + 33_000 })];
  await pass(desk.clock, 60_000);
  expect(desk.card).toMatchObject({ step: 'ended', end: { reason: 'hung-up', sentence: 'Ended after 0:24.' } });
  expect(desk.ended).toHaveLength(1);
});

test('A call that nothing at all is heard of lets me dial after a minute, and is given up after ten.', async () => {
  const desk = new Desk();
  desk.pbx.fails('get', appError('list-forbidden'));
  desk.pbx.fails('cdrs', appError('pbx-refused'));
  await desk.place();
  await pass(desk.clock, 50_000);
  expect((await desk.place()).ok).toBe(false);
  await pass(desk.clock, 15_000);
  desk.pbx.nextId = 'second';
  expect((await desk.place()).ok).toBe(true);
  await pass(desk.clock, 700_000);
  expect(desk.ended.map((call) => call.end?.sentence)).toEqual([
    'Traydial could not follow the call to its end.',
    'Traydial could not follow the call to its end.',
  ]);
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
  desk.clock.jump(8 * 3_600_000);
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
