import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../../src/demo/dialect.ts';
import {
  ANSWERS_NOT_PUSHED,
  ELSEWHERE_UNRECORDED,
  NO_SNAPSHOT,
  subscriptions,
  TALKING_ROUNDED_DOWN,
} from '../../pbx/dialects.ts';
import { EvidenceDesk, MAPLE, NOBODY_LISTS, openSignedIn, TO_ME } from './support/evidence-desk.ts';

const IGNORED = subscriptions('ignored', 'ignored');
/** Longer than the interval between two requests for the history. */
const HISTORY_MS = 75_000;

describe('a plain user whose subscriptions are ignored', () => {
  test('has the history as its source, not push', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: IGNORED });
    await desk.pass(60_000);
    expect(desk.desk.calls.listening).toMatchObject({ source: 'history', topics: [] });
  });

  test('still polls my own status and the history while nothing is pushed', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: IGNORED });
    await desk.pass(10 * 60_000);
    desk.asked.length = 0;
    await desk.pass(2 * 60_000);
    const count = (what: string): number => desk.asked.filter((asked) => asked.includes(what)).length;
    expect(count('/api/user/status')).toBeGreaterThan(10);
    expect(count('/diff')).toBeGreaterThanOrEqual(2);
  });

  test('sees a call ring and then missed, with its number', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: IGNORED });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    expect(desk.mine).toMatchObject([{ direction: 'incoming', state: 'ringing' }]);
    desk.calls.end(id);
    await desk.pass(8_000);
    expect(desk.mine).toEqual([]);
    await desk.pass(HISTORY_MS);
    expect(desk.missed).toEqual([MAPLE]);
  });

  test.each([4_000, 9_000, 14_000])('sees no call any more that ended %i ms after the sign-in', async (ms) => {
    const desk = new EvidenceDesk({ may: NOBODY_LISTS, dialect: IGNORED });
    const id = desk.calls.add({ legs: [TO_ME] });
    void desk.signIn();
    await desk.pass(ms);
    desk.calls.end(id);
    await desk.pass(20_000);
    expect(desk.desk.calls.calls).toEqual([]);
  });

  test('sees an answered call in the recent calls', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: IGNORED });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    await desk.pass(20_000);
    desk.calls.end(id);
    await desk.pass(HISTORY_MS);
    expect(desk.missed).toEqual([]);
    expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  });
});

describe('a subscription that is granted silently', () => {
  test('is proven by the snapshot, which ends the polls of my own status', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect: subscriptions('silent', 'silent') });
    await desk.pass(30_000);
    desk.asked.length = 0;
    await desk.pass(60_000);
    expect(desk.asked.filter((asked) => asked.includes('/api/user/status'))).toEqual([]);
    expect(desk.desk.calls.listening.topics).toContain('extension_events');
  });

  test('is proven by the first event if there is no snapshot', async () => {
    const desk = await openSignedIn({
      may: NOBODY_LISTS,
      dialect: { ...subscriptions('silent', 'silent'), ...NO_SNAPSHOT },
    });
    await desk.pass(60_000);
    expect(desk.desk.calls.listening.topics).toEqual([]);
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(1_000);
    expect(desk.mine).toMatchObject([{ other: { number: MAPLE, name: TO_ME.callerName } }]);
    expect(desk.desk.calls.listening).toMatchObject({
      source: 'push',
      topics: ['extension_events', 'cdr_events'],
    });
    desk.calls.end(id);
    await desk.pass(1_000);
    expect(desk.missed).toEqual([MAPLE]);
  });
});

/** The snapshot of one topic proves nothing about the other. */
describe.each<Subscription>(['ignored', 'refused'])('if extension_events is granted and cdr_events %s,', (calls) => {
  const dialect = { ...subscriptions('acknowledged', calls), ...ELSEWHERE_UNRECORDED };

  test('a plain user sees a missed call with its number from the history', async () => {
    const desk = await openSignedIn({ may: NOBODY_LISTS, dialect });
    expect(desk.desk.calls.listening.topics).toEqual(['extension_events']);
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(1_000);
    expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
    await desk.pass(9_000);
    desk.calls.end(id);
    await desk.pass(8_000);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });

  describe.each([2_500, 500])('and the list may be read, a call that I pick up after %i ms', (ringMs) => {
    test.each([6_000, 30_000])('and talk on for %i ms is shown as talking, and is not missed', async (talkMs) => {
      const desk = await openSignedIn({ dialect: { ...dialect, ...TALKING_ROUNDED_DOWN } });
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(ringMs);
      desk.calls.answer(id);
      await desk.pass(1_000);
      expect(desk.mine.map(({ state }) => state)).toEqual(['talking']);
      await desk.pass(talkMs - 1_000);
      expect(desk.mine).toMatchObject([{ state: 'talking', other: { number: MAPLE } }]);
      desk.calls.end(id);
      await desk.pass(HISTORY_MS);
      expect(desk.missed).toEqual([]);
      expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
    });
  });

  test('and answers are not pushed, the list shows within seconds that I talk', async () => {
    const desk = await openSignedIn({ dialect: { ...dialect, ...ANSWERS_NOT_PUSHED, ...TALKING_ROUNDED_DOWN } });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(3_000);
    desk.calls.answer(id);
    expect(await desk.timeUntil(() => desk.mine.some(({ state }) => state === 'talking'), 20_000)).toBeLessThan(8_000);
    await desk.pass(10_000);
    desk.calls.end(id);
    await desk.pass(HISTORY_MS);
    expect(desk.missed).toEqual([]);
  });
});

test('if answering causes no extension_call event, cdr_target_answer shows that I talk', async () => {
  const desk = await openSignedIn({ dialect: ANSWERS_NOT_PUSHED });
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(3_000);
  desk.calls.answer(id);
  await desk.pass(500);
  expect(desk.mine).toMatchObject([{ state: 'talking' }]);
});
