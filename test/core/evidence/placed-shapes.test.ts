import { expect, test } from 'vitest';
import { LATE, NO_TOPICS, ONE_LEG } from '../../pbx/dialects.ts';
import { openSignedIn, TO_ME } from './support/evidence-desk.ts';

/** The demo office answers this number after three seconds of ringing, and talks until somebody hangs up. */
const STAYS = '+12015550199';
/** In the demo office the user's phone is picked up after 2.5 s, and the other side answers 3 s later. */
const ANSWERED_MS = 5_500;

test.each([
  ['one leg', ONE_LEG],
  ['listed late', LATE],
  ['one leg, listed late', { ...ONE_LEG, ...LATE }],
])(
  'with the list alone, a placed call (%s) is shown as connected after the other side answers',
  async (_shape, dialect) => {
    const desk = await openSignedIn({ dialect: { ...NO_TOPICS, ...dialect } });
    await desk.placeCall(STAYS);
    await desk.pass(ANSWERED_MS + 6_000);
    expect(desk.placed?.step).toBe('connected');
  },
);

test('the end of a colleague’s call does not end my placed call', async () => {
  const desk = await openSignedIn({ dialect: ONE_LEG });
  await desk.placeCall(STAYS);
  await desk.pass(ANSWERED_MS + 1_000);
  const other = desk.calls.add({ legs: [{ ...TO_ME, callee: '1003', answeredSecondsAgo: 0 }] });
  await desk.pass(2_000);
  desk.calls.end(other);
  await desk.pass(10_000);
  expect(desk.placed?.step).toBe('connected');
});

test('frequent clicks on "Check again" do not delay the request for a call', async () => {
  const desk = await openSignedIn();
  for (let clicks = 0; clicks < 15; clicks++) {
    desk.desk.refresh();
    await desk.pass(2_000);
  }
  desk.asked.length = 0;
  void desk.desk.dialCommands.place('+12015550199', 'typed');
  expect(await desk.timeUntil(() => desk.asked.includes('POST /api/sessions'), 10_000)).toBeLessThan(1_000);
});

test('with the list alone, the list of calls and the steps agree on a placed call that is listed late', async () => {
  const desk = await openSignedIn({ dialect: { ...NO_TOPICS, ...LATE } });
  await desk.placeCall(STAYS);
  await desk.pass(1_500);
  expect(desk.placed?.step).toBe('phone-ringing');
  expect(desk.mine).toMatchObject([{ placedHere: true, state: 'ringing' }]);
});
