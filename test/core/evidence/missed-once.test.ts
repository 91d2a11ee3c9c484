import { describe, expect, test } from 'vitest';
import { NO_TOPICS } from '../../pbx/dialects.ts';
import { ALL, openDesk, SETTLED_MS } from './support/accounts.ts';
import { EvidenceDesk, MAPLE, NOBODY_LISTS, TO_ME, TO_PRIYA } from './support/evidence-desk.ts';

describe('A call that nobody answered is missed, once and with its number', () => {
  test.each(ALL)('known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release);
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(13_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });

  test.each(ALL)('also when it rang a whole group: known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release);
    const id = desk.calls.add({ dialled: '6000', legs: [TO_ME, TO_PRIYA] });
    await desk.pass(13_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });

  test.each(ALL)('also through a queue that answers first: known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release);
    const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
    await desk.pass(13_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });
});

test('Calls of before the sign-in are not reported as missed by the first answer of the history', async () => {
  const desk = new EvidenceDesk({ may: NOBODY_LISTS, dialect: NO_TOPICS });
  for (let calls = 0; calls < 3; calls++) desk.calls.end(desk.calls.add({ legs: [TO_ME] }));
  await desk.signedIn();
  await desk.pass(SETTLED_MS);
  expect(desk.missed).toEqual([]);
});
