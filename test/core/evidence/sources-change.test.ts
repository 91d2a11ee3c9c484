import { describe, expect, test } from 'vitest';
import { LATE } from '../../pbx/dialects.ts';
import { DECLINED } from '../../pbx/staging.ts';
import { openDesk, SETTLED_MS } from './support/accounts.ts';
import { EvidenceDesk, MAPLE, NOBODY_LISTS, TO_ME } from './support/evidence-desk.ts';

const MINUTE = 60_000;

test('a missed call that push reported is not announced again from the history after push is lost', async () => {
  const desk = new EvidenceDesk({ may: NOBODY_LISTS });
  const pushReturns = desk.network.begin('no-push');
  await desk.signIn();
  await desk.pass(1.5 * MINUTE);
  pushReturns();
  await desk.pass(2 * MINUTE);
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(13_000);
  desk.calls.end(id);
  await desk.pass(15 * MINUTE);
  desk.network.begin('no-push');
  desk.push.drop();
  await desk.pass(SETTLED_MS);
  expect(desk.missed).toEqual([MAPLE]);
  expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
});

test('a call that I talk on while the list becomes forbidden ends when my phone is free, and is in the recent calls once', async () => {
  const desk = await openDesk('the list and extension_events', '22.6');
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(6_000);
  desk.calls.answer(id);
  await desk.pass(20_000);
  desk.network.begin('forbidden');
  await desk.pass(30_000);
  desk.calls.end(id);
  await desk.pass(5_000);
  expect(desk.shown).toEqual([]);
  await desk.pass(SETTLED_MS);
  expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  expect(desk.recent?.seconds).toBe(50);
});

test('a call that I declined is not missed although the request for the history waits for other requests', async () => {
  const desk = await openDesk('the list and extension_events', '22.6');
  await desk.placeCall('+12015550107');
  await desk.pass(20_000);
  const declined = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(100);
  desk.calls.end(declined, DECLINED);
  await desk.pass(50);
  for (const caller of ['+12015550161', '+12015550162']) {
    desk.calls.add({ legs: [{ ...TO_ME, caller }] });
    await desk.pass(700);
  }
  await desk.pass(SETTLED_MS);
  expect(desk.missed).not.toContain(MAPLE);
});

describe('a placed call that is listed only after my phone was picked up', () => {
  const LISTED = ['the list', 'the list and push', 'the list and extension_events'] as const;
  const NUMBER = '+12015550108';

  test.each(LISTED)('keeps its steps until it ends, known from %s', async (source) => {
    const desk = await openDesk(source, '22.6', LATE);
    const id = await desk.placeCall(NUMBER);
    await desk.pass(12_000);
    desk.calls.answer(id, '1001');
    await desk.pass(8_000);
    desk.calls.answer(id, NUMBER);
    await desk.pass(20_000);
    expect(desk.placed).toMatchObject({ step: 'connected', end: null });
    expect(desk.mine).toMatchObject([{ state: 'talking', placedHere: true }]);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.placed).toMatchObject({ step: 'ended', end: { reason: 'hung-up' } });
    expect(desk.recents).toEqual([`outgoing connected ${NUMBER}`]);
    expect(desk.shown).toEqual([]);
  });

  test.each(['the list and push', 'the list and extension_events'] as const)(
    'does not end while my phone rings for it, known from %s',
    async (source) => {
      const desk = await openDesk(source, '22.6', LATE);
      await desk.placeCall(NUMBER);
      await desk.pass(15_000);
      expect(desk.placed).toMatchObject({ step: 'phone-ringing', end: null });
      await desk.pass(15_000);
      expect(desk.placed?.step).toBe('ended');
    },
  );
});
