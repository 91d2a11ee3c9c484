import { describe, expect, test } from 'vitest';
import { NO_TOPICS } from '../../pbx/dialects.ts';
import { RANG_OUT } from '../../pbx/staging.ts';
import { ALL, ALL_DIALECTS, dialectOf, openDesk, SETTLED_MS, settledMs } from './support/accounts.ts';
import { EvidenceDesk, MAPLE, NOBODY_LISTS, TO_ME, TO_PRIYA } from './support/evidence-desk.ts';

/** Ways in which a call rings me. */
const RINGS: Record<string, (desk: EvidenceDesk) => string> = {
  'my phone alone': (desk) => desk.calls.add({ legs: [TO_ME] }),
  'a whole group': (desk) => desk.calls.add({ dialled: '6000', legs: [TO_ME, TO_PRIYA] }),
  'me through a queue that answers first': (desk) => desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001'),
};

describe.each(Object.entries(RINGS))(
  'an unanswered call is missed once, with its number, if it rings %s',
  (_what, ring) => {
    test.each(ALL_DIALECTS)(
      'known from %s, history of %s, talking time %s, legs %s',
      async (source, release, time, legs) => {
        const desk = await openDesk(source, release, dialectOf([time, legs]));
        const id = ring(desk);
        await desk.pass(13_000);
        desk.calls.end(id);
        await desk.pass(settledMs(source));
        expect(desk.missed).toEqual([MAPLE]);
        expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
      },
    );
  },
);

/** Ways in which a call leaves my phone before its caller gives up. */
const MOVES_ON: Record<string, (desk: EvidenceDesk) => Promise<string>> = {
  'me and then a colleague of the group': (desk) => movesOn(desk, desk.calls.add({ dialled: '6000', legs: [TO_ME] })),
  'me through a queue and then a colleague': (desk) =>
    movesOn(desk, desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001')),
  'me and then waits in the queue': async (desk) => {
    const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
    await desk.pass(8_000);
    desk.calls.dropLeg(id, '1001', RANG_OUT);
    return id;
  },
};

async function movesOn(desk: EvidenceDesk, id: string): Promise<string> {
  await desk.pass(8_000);
  desk.calls.dropLeg(id, '1001', RANG_OUT);
  desk.calls.addLeg(id, TO_PRIYA);
  return id;
}

describe.each(Object.entries(MOVES_ON))('an unanswered call is missed if it rings %s', (_what, ring) => {
  test.each(ALL)('known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release, {}, { sqlite: true });
    const id = await ring(desk);
    await desk.pass(13_000);
    desk.calls.end(id);
    await desk.pass(settledMs(source));
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
    expect(desk.desk.history.missed).toBe(1);
  });
});

test('calls from before the sign-in in the first answer of the history are not announced as missed', async () => {
  const desk = new EvidenceDesk({ may: NOBODY_LISTS, dialect: NO_TOPICS });
  for (let calls = 0; calls < 3; calls++) desk.calls.end(desk.calls.add({ legs: [TO_ME] }));
  await desk.signIn();
  await desk.pass(SETTLED_MS);
  expect(desk.missed).toEqual([]);
});
