import { describe, expect, test } from 'vitest';
import { ENTRIES_AT_THE_END, NO_TOPICS, TALKING_SINCE_START } from '../../pbx/dialects.ts';
import { MAPLE, openSignedIn, TO_ME } from './support/evidence-desk.ts';

const SETTLED_MS = 150_000;

describe.each([
  ['with push', {}],
  ['with the list alone', NO_TOPICS],
])('if talking_time counts from the start of the session, %s,', (_how, topics) => {
  const dialect = { ...TALKING_SINCE_START, ...ENTRIES_AT_THE_END, ...topics };

  test('a ringing call is not shown as talking', async () => {
    const desk = await openSignedIn({ dialect });
    const id = desk.calls.add({ legs: [TO_ME] });
    for (let seconds = 0; seconds < 20; seconds++) {
      // The user clicks "Check again", so the list is read although push works.
      if (seconds % 5 === 0) desk.desk.refresh();
      await desk.pass(1_000);
      expect(desk.mine.map(({ state }) => state)).not.toContain('talking');
    }
    expect(desk.mine).toHaveLength(1);
    expect(desk.of('answered')).toEqual([]);
    expect(desk.notified).toHaveLength(1);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });

  test('an answered call is connected in the recent calls', async () => {
    const desk = await openSignedIn({ dialect });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(8_000);
    desk.calls.answer(id);
    await desk.pass(20_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([]);
    expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  });
});

test('if talking_time counts from the start of the session, push shows when I answered and how long I talked', async () => {
  const desk = await openSignedIn({ dialect: TALKING_SINCE_START });
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(10_000);
  desk.calls.answer(id);
  await desk.pass(500);
  expect(desk.mine).toMatchObject([{ state: 'talking' }]);
  await desk.pass(90_000);
  const answeredAt = desk.mine[0]?.answeredAt ?? NaN;
  expect(Math.abs(desk.clock.now() - answeredAt - 90_500)).toBeLessThan(1_500);
  desk.calls.end(id);
  await desk.pass(1_000);
  expect(Math.abs((desk.recent?.seconds ?? NaN) - 90)).toBeLessThanOrEqual(1);
});

test('if talking_time counts from the start of the session, a placed call that only rings is not shown as connected', async () => {
  const desk = await openSignedIn({ dialect: { ...TALKING_SINCE_START, ...NO_TOPICS } });
  await desk.placeCall('+12015550180');
  for (let seconds = 0; seconds < 20; seconds++) {
    await desk.pass(1_000);
    expect(desk.placed?.step).not.toBe('connected');
  }
});
