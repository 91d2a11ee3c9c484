import { describe, expect, test } from 'vitest';
import { NO_TOPICS, TALKING_AS_TEXT, TALKING_MISSING, TALKING_ROUNDED_DOWN } from '../../pbx/dialects.ts';
import { SETTLED_MS } from './support/accounts.ts';
import { MAPLE, openSignedIn, TO_ME } from './support/evidence-desk.ts';

describe.each([
  ['counts whole seconds', TALKING_ROUNDED_DOWN],
  ['is text', TALKING_AS_TEXT],
])('if talking_time %s', (_what, dialect) => {
  test('the list alone distinguishes ringing from talking', async () => {
    const desk = await openSignedIn({ dialect: { ...dialect, ...NO_TOPICS } });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(9_000);
    expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
    desk.calls.answer(id);
    await desk.pass(9_000);
    expect(desk.mine).toMatchObject([{ state: 'talking' }]);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  });
});

test('if talking_time is missing, a call known from the list alone has an unknown state', async () => {
  const desk = await openSignedIn({ dialect: { ...TALKING_MISSING, ...NO_TOPICS } });
  desk.calls.add({ legs: [TO_ME] });
  await desk.pass(9_000);
  expect(desk.mine).toMatchObject([{ state: 'unknown', other: { number: MAPLE } }]);
});

test('if talking_time is missing, push reports whether a phone rings or talks', async () => {
  const desk = await openSignedIn({ dialect: TALKING_MISSING });
  const id = desk.calls.add({ legs: [TO_ME] });
  await desk.pass(9_000);
  expect(desk.mine).toMatchObject([{ state: 'ringing' }]);
  desk.calls.answer(id);
  await desk.pass(90_000);
  expect(desk.mine).toMatchObject([{ state: 'talking' }]);
  desk.calls.end(id);
  await desk.pass(1_000);
  expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
});
