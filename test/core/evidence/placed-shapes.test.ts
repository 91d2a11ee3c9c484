import { expect, test } from 'vitest';
import { LATE, NO_TOPICS, ONE_LEG } from '../../pbx/dialects.ts';
import { signedIn, TO_ME } from './support/evidence-desk.ts';

/** Answers after three seconds of ringing, and talks until somebody hangs up. */
const STAYS = '+12015550199';
/** In the demo office the own phone is picked up after 2.5 s, and the other side answers 3 s later. */
const ANSWERED_MS = 5_500;

test.each([
  ['one leg', ONE_LEG],
  ['listed late', LATE],
  ['one leg, listed late', { ...ONE_LEG, ...LATE }],
])('With the list alone and %s, an answer by the other side shows', async (_shape, dialect) => {
  const desk = await signedIn({ dialect: { ...NO_TOPICS, ...dialect } });
  await desk.dials(STAYS);
  await desk.pass(ANSWERED_MS + 6_000);
  expect(desk.placed?.step).toBe('connected');
});

test('A call that somebody else places meanwhile does not end mine', async () => {
  const desk = await signedIn({ dialect: ONE_LEG });
  await desk.dials(STAYS);
  await desk.pass(ANSWERED_MS + 1_000);
  const other = desk.calls.add({ legs: [{ ...TO_ME, callee: '1003', answeredSecondsAgo: 0 }] });
  await desk.pass(2_000);
  desk.calls.end(other);
  await desk.pass(10_000);
  expect(desk.placed?.step).toBe('connected');
});

test('Checking again often does not keep a dialled number from leaving', async () => {
  const desk = await signedIn();
  for (let clicks = 0; clicks < 15; clicks++) {
    desk.desk.refresh();
    await desk.pass(2_000);
  }
  desk.asked.length = 0;
  void desk.desk.dialCommands.place('+12015550199', 'typed');
  expect(await desk.timeUntil(() => desk.asked.includes('POST /api/sessions'), 10_000)).toBeLessThan(1_000);
});

test('With the list alone and a call that is listed late, the list of calls and the steps of the call agree', async () => {
  const desk = await signedIn({ dialect: { ...NO_TOPICS, ...LATE } });
  await desk.dials(STAYS);
  await desk.pass(1_500);
  expect(desk.placed?.step).toBe('phone-ringing');
  expect(desk.mine).toMatchObject([{ placedHere: true, state: 'ringing' }]);
});
