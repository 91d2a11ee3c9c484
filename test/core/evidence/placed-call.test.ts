import { describe, expect, test } from 'vitest';
import { LATE, NO_END_REASONS, NO_TOPICS, ONE_LEG, RINGING_IS_IDLE, subscriptions } from '../../pbx/dialects.ts';
import { NOBODY_LISTS, openSignedIn, type EvidenceOptions } from './support/evidence-desk.ts';

/** The demo office answers this number after three seconds of ringing, and talks until somebody hangs up. */
const STAYS = '+12015550199';
const BUSY = '+12015550186';
const DECLINES = '+12015550163';
const NEVER_ANSWERS = '+12015550180';
const OWN_PHONE_UNANSWERED = '+12015550108';
/** In the demo office the user's phone is picked up after 2.5 s, and the other side answers 3 s later. */
const PICKED_UP_MS = 2_500;
const ANSWERED_MS = PICKED_UP_MS + 3_000;

const HUNG_UP = { reason: 'CALLEE_DISCONNECTED', statusCode: 0 } as const;

/** The kinds of account and of PBX. */
const DIALLING: Record<string, EvidenceOptions> = {
  'with the list and push': {},
  'with the list and push, one leg': { dialect: ONE_LEG },
  'with the list and push, listed late': { dialect: LATE },
  'with push alone': { may: NOBODY_LISTS },
  'with extension_events alone': { may: NOBODY_LISTS, dialect: subscriptions('acknowledged', 'ignored') },
  'with the list and extension_events': { dialect: subscriptions('acknowledged', 'refused') },
  'with the list and extension_events, one leg': {
    dialect: { ...subscriptions('acknowledged', 'refused'), ...ONE_LEG },
  },
};

describe.each(Object.entries(DIALLING))('a placed call, %s,', (_how, options) => {
  test('no longer asks the user to pick up once the phone is picked up', async () => {
    const desk = await openSignedIn(options);
    await desk.placeCall(STAYS);
    expect(desk.placed?.step).toBe('phone-ringing');
    await desk.pass(PICKED_UP_MS + 500);
    expect(desk.placed?.step).toBe('other-ringing');
    await desk.pass(30_000);
    expect(desk.placed?.step).not.toBe('phone-ringing');
  });
});

test('a placed call does not ask the user to pick up if no source reports that the phone rings', async () => {
  const desk = await openSignedIn({ dialect: { ...NO_TOPICS, ...LATE, ...RINGING_IS_IDLE } });
  await desk.placeCall(STAYS);
  await desk.pass(1_500);
  expect(desk.placed).toMatchObject({ step: 'phone-ringing', phoneRings: false });
});

describe('when push reports the end of a placed call', () => {
  test.each([4_000, 17_000, 62_000])(
    'after %i ms of talk, its steps end at once, with the duration of the record',
    async (talkMs) => {
      const desk = await openSignedIn();
      await desk.pass(62_000);
      const id = await desk.placeCall(STAYS);
      await desk.pass(ANSWERED_MS);
      const connected = await desk.timeUntil(() => desk.placed?.step === 'connected', 3_000);
      expect(connected).toBeLessThan(1_000);
      await desk.pass(talkMs - connected);
      desk.calls.end(id, HUNG_UP);
      expect(await desk.timeUntil(() => desk.placed?.step === 'ended', 15_000)).toBeLessThan(1_000);
      expect(desk.placed?.end?.reason).toBe('hung-up');
      const at = (step: string): number => desk.placed?.reached.find((reached) => reached.step === step)?.at ?? NaN;
      const shown = (at('ended') - at('connected')) / 1000;
      const talked = Math.round(talkMs / 1000);
      expect(Math.abs(shown - talked)).toBeLessThanOrEqual(1);
      expect(desk.recent).toMatchObject({ outcome: 'connected', direction: 'outgoing' });
      expect(Math.abs((desk.recent?.seconds ?? NaN) - talked)).toBeLessThanOrEqual(1);
      expect(desk.mine).toEqual([]);
    },
  );

  test.each([
    ['the other side is busy', BUSY, PICKED_UP_MS + 1_500, 'busy', 'busy'],
    ['the other side declines', DECLINES, PICKED_UP_MS + 3_000, 'declined', 'declined'],
    ['the other side does not answer', NEVER_ANSWERS, PICKED_UP_MS + 20_000, 'other-unanswered', 'unanswered'],
    ['my phone is not picked up', OWN_PHONE_UNANSWERED, 20_000, 'phone-unanswered', 'not-picked-up'],
  ])('because %s, its steps show that reason within a second', async (_why, number, overMs, reason, outcome) => {
    const desk = await openSignedIn();
    await desk.placeCall(number);
    await desk.pass(overMs - 600);
    expect(desk.placed?.step).not.toBe('ended');
    expect(await desk.timeUntil(() => desk.placed?.step === 'ended', 15_000)).toBeLessThan(1_600);
    expect(desk.placed?.end?.reason).toBe(reason);
    expect(desk.recents).toHaveLength(1);
    expect(desk.recent?.outcome).toBe(outcome);
  });

  test('the user can place the next call', async () => {
    const desk = await openSignedIn();
    await desk.placeCall(BUSY);
    await desk.pass(PICKED_UP_MS + 1_500 + 1_000);
    expect(await desk.placeCall(STAYS)).not.toBe('');
  });

  test('the recent calls do not contain it before its steps show the end', async () => {
    const desk = await openSignedIn();
    const id = await desk.placeCall(STAYS);
    await desk.pass(ANSWERED_MS + 4_000);
    desk.calls.end(id, HUNG_UP);
    for (let ms = 0; ms < 15_000; ms += 100) {
      await desk.pass(100);
      expect(desk.recents.length === 0 || desk.placed?.step === 'ended').toBe(true);
      expect(desk.mine.length === 0 || desk.placed?.step !== 'ended').toBe(true);
    }
  });
});

test('the end reason from push stays although the history has none', async () => {
  const desk = await openSignedIn({ dialect: NO_END_REASONS });
  const id = await desk.placeCall(STAYS);
  await desk.pass(ANSWERED_MS + 31_000);
  desk.calls.end(id, HUNG_UP);
  await desk.pass(1_000);
  const { end, reached } = desk.placed ?? {};
  expect(end?.reason).toBe('hung-up');
  await desk.pass(60_000);
  expect(desk.placed).toMatchObject({ end, reached });
});

test('a placed call is in the recent calls once although the answer to its request was lost', async () => {
  const desk = await openSignedIn();
  desk.loseAnswerTo('POST /api/sessions');
  const placing = desk.desk.dialCommands.place(STAYS, 'typed');
  await desk.pass(ANSWERED_MS + 4_000);
  expect(await placing).toMatchObject({ ok: false });
  const id = desk.placed?.sessionId ?? '';
  expect(desk.placed?.step).toBe('connected');
  await desk.pass(5_000);
  desk.calls.end(id, HUNG_UP);
  await desk.pass(30_000);
  expect(desk.recents).toEqual([`outgoing connected ${STAYS}`]);
});

test('a placed call of a plain user is in the recent calls with its duration', async () => {
  const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: NO_TOPICS });
  const id = await desk.placeCall(STAYS);
  await desk.pass(ANSWERED_MS + 20_000);
  desk.calls.end(id, HUNG_UP);
  await desk.pass(90_000);
  expect(desk.recents).toEqual([`outgoing connected ${STAYS}`]);
  expect(Math.abs((desk.recent?.seconds ?? NaN) - 20)).toBeLessThanOrEqual(1);
});
