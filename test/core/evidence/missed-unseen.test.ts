import { describe, expect, test } from 'vitest';
import { TAKEN } from '../../pbx/staging.ts';
import { ALL, openDesk, SETTLED_MS, WITH_LIST } from './support/accounts.ts';
import { MAPLE, TO_ME, TO_PRIYA, type EvidenceDesk } from './support/evidence-desk.ts';

/** Ways in which a call is offered to more phones than mine. */
const SHARED: Record<string, (desk: EvidenceDesk) => string> = {
  'a whole group': (desk) => desk.calls.add({ dialled: '6000', legs: [TO_ME, TO_PRIYA] }),
  'me through a queue': (desk) => desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001'),
};

/** Plays the rest of a call that rings me while a captive portal blocks the PBX, and waits until the history was read. */
async function playBehindPortal(desk: EvidenceDesk, play: () => Promise<void>): Promise<void> {
  await desk.pass(7_000);
  const opens = desk.network.begin('portal');
  await desk.pass(2_000);
  await play();
  await desk.pass(10_000);
  opens();
  await desk.pass(2 * SETTLED_MS);
}

/** A colleague answers and talks. */
async function takeByColleague(desk: EvidenceDesk, id: string): Promise<void> {
  desk.calls.dropLeg(id, '1001', TAKEN);
  desk.calls.addLeg(id, { ...TO_PRIYA, answeredSecondsAgo: 0 });
  await desk.pass(12_000);
  desk.calls.end(id);
}

describe.each(Object.entries(SHARED))('while the PBX cannot be reached, a call that rings %s', (_what, ring) => {
  test.each(ALL)('is not missed if a colleague answers, known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release, {}, { sqlite: true });
    const id = ring(desk);
    await playBehindPortal(desk, () => takeByColleague(desk, id));
    expect(desk.missed).toEqual([]);
    // If no source can show who answered, the outcome stays unknown.
    expect(desk.recents.filter((call) => call !== `incoming unknown ${MAPLE}`)).toEqual([]);
  });

  test.each(ALL)('is missed if nobody answers, known from %s, history of %s', async (source, release) => {
    const desk = await openDesk(source, release, {}, { sqlite: true });
    const id = ring(desk);
    await playBehindPortal(desk, async () => {
      await desk.pass(3_000);
      desk.calls.end(id);
    });
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });
});

test.each(['the list', 'the list and extension_events'] as const)(
  'a call to me alone without an entry in the history is missed, known from %s',
  async (source) => {
    const desk = await openDesk(source, '22.2', {}, { sqlite: true });
    const id = desk.calls.add({ legs: [TO_ME] });
    await playBehindPortal(desk, () => takeByColleague(desk, id));
    expect(desk.missed).toEqual([MAPLE]);
  },
);

/** The PBX restarts, which ends all calls without a record, and comes back after two minutes. */
async function restart(desk: EvidenceDesk): Promise<void> {
  const back = desk.network.begin('restarting');
  desk.pbx.powerFails();
  desk.push.drop();
  await desk.pass(120_000);
  back();
  await desk.pass(SETTLED_MS);
}

test.each([true, false])(
  'a call to me alone that rings when the PBX restarts has no outcome, because it may have been answered (it was: %s)',
  async (isAnswered) => {
    const desk = await openDesk('the list', '22.2', {}, { sqlite: true });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.timeUntil(() => desk.mine.length > 0, 10_000);
    if (isAnswered) desk.calls.answer(id, '1001');
    await desk.pass(1_000);
    await restart(desk);
    expect(desk.missed).toEqual([]);
    expect(desk.recents).toEqual([`incoming unknown ${MAPLE}`]);
  },
);

test.each(ALL.filter(([source]) => WITH_LIST.includes(source)))(
  'a call to me alone that ends in an outage of three minutes is missed, known from %s, history of %s',
  async (source, release) => {
    const desk = await openDesk(source, release, {}, { sqlite: true });
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(7_000);
    const opens = desk.network.begin('portal');
    await desk.pass(5_000);
    desk.calls.end(id);
    await desk.pass(180_000);
    opens();
    await desk.pass(2 * SETTLED_MS);
    expect(desk.missed).toEqual([MAPLE]);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  },
);
