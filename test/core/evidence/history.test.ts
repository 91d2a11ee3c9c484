import { describe, expect, test } from 'vitest';
import { NO_TOPICS, RINGING_IS_ON_CALL, STATUS_OF_22_2, subscriptions } from '../../pbx/dialects.ts';
import { EvidenceDesk, MAPLE, NOBODY_LISTS, openSignedIn, TO_ME } from './support/evidence-desk.ts';

/** An account that may neither list calls nor subscribe. */
const PLAIN = { may: NOBODY_LISTS, dialect: NO_TOPICS };
const HISTORY_MS = 75_000;

test('a call that a plain user answered is in the recent calls, with number and duration', async () => {
  const desk = await openSignedIn(PLAIN);
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(8_000);
  desk.calls.answer(id);
  await desk.pass(20_000);
  desk.calls.end(id);
  await desk.pass(HISTORY_MS);
  expect(desk.missed).toEqual([]);
  expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  expect(Math.abs((desk.recent?.seconds ?? NaN) - 20)).toBeLessThanOrEqual(1);
});

test('a call that already rings at the first poll of my own status is announced', async () => {
  const desk = new EvidenceDesk(PLAIN);
  desk.calls.add({ legs: [TO_ME] });
  await desk.signIn();
  await desk.pass(6_000);
  expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
  expect(desk.of('for-me')).toHaveLength(1);
  expect(desk.notified).toHaveLength(1);
});

describe.each([
  ['the status values of 22.2', STATUS_OF_22_2],
  ['a PBX that has no state for ringing', RINGING_IS_ON_CALL],
])('with %s, a call on my phone', (_values, values) => {
  test('has an unknown state and direction', async () => {
    const desk = await openSignedIn({ ...PLAIN, dialect: { ...NO_TOPICS, ...values } });
    desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    expect(desk.mine).toMatchObject([{ direction: 'unknown', state: 'unknown' }]);
  });

  test('is connected in the recent calls if the history says that it was answered', async () => {
    const desk = await openSignedIn({ ...PLAIN, dialect: { ...NO_TOPICS, ...values } });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    await desk.pass(20_000);
    desk.calls.end(id);
    await desk.pass(HISTORY_MS);
    expect(desk.missed).toEqual([]);
    expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  });

  test('is missed, with its number, if the history says that nobody answered', async () => {
    const desk = await openSignedIn({ ...PLAIN, dialect: { ...NO_TOPICS, ...values } });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(12_000);
    desk.calls.end(id);
    await desk.pass(HISTORY_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });
});

test('a missed call without a number gets its number from the history later, if the history did not answer at first', async () => {
  const dialect = subscriptions('acknowledged', 'refused');
  const desk = await openSignedIn({ may: NOBODY_LISTS, dialect, sqlite: true });
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(12_000);
  const answers = desk.network.begin('time-outs');
  desk.calls.end(id);
  await desk.pass(20_000);
  answers();
  await desk.pass(3 * HISTORY_MS);
  expect(desk.of('missed')).toHaveLength(1);
  expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
});

test('a call of the time asleep is in the history soon after the network is back', async () => {
  const desk = await openSignedIn({ sqlite: true });
  const away = desk.network.begin('no-network');
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(20_000);
  desk.calls.end(id);
  await desk.pass(20_000);
  desk.desk.wake();
  await desk.pass(25_000);
  expect(desk.desk.isHistoryBehind).toBe(true);
  away();
  const read = await desk.timeUntil(() => !desk.desk.isHistoryBehind, 300_000);
  expect(read).toBeLessThan(90_000);
  expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
});
