import { describe, expect, test } from 'vitest';
import { ELSEWHERE_AS_MISSED } from '../../pbx/dialects.ts';
import { BUSY, DECLINED, DO_NOT_DISTURB, FORWARDED, RANG_OUT, TAKEN, TRANSFERRED } from '../../pbx/staging.ts';
import { ALL, ALL_DIALECTS, dialectOf, openDesk, SETTLED_MS, settledMs, WITH_LIST } from './support/accounts.ts';
import { MAPLE, TO_ME, TO_PRIYA, type EvidenceDesk } from './support/evidence-desk.ts';

/** Ways for a call to me to end without my having missed it. */
const NOT_MISSED: Record<string, (desk: EvidenceDesk) => Promise<void>> = {
  'a colleague of the group answers': async (desk) => {
    const id = desk.calls.add({ dialled: '6000', legs: [TO_ME, TO_PRIYA] });
    await desk.pass(7_000);
    desk.calls.answer(id, '1002');
    desk.calls.dropLeg(id, '1001', TAKEN);
    await desk.pass(12_000);
    desk.calls.end(id);
  },
  'I decline on my phone': async (desk) => {
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(7_000);
    desk.calls.end(id, DECLINED);
  },
  'I am busy': async (desk) => {
    const first = desk.calls.add({ legs: [{ ...TO_ME, caller: '+442079460321' }] });
    await desk.pass(6_000);
    desk.calls.answer(first);
    await desk.pass(10_000);
    turnAway(desk, BUSY);
    await desk.pass(10_000);
    desk.calls.end(first);
  },
  'my phone is set to do not disturb': async (desk) => {
    turnAway(desk, DO_NOT_DISTURB);
    await desk.pass(1_000);
  },
  'a rule of mine forwards it': async (desk) => {
    const id = desk.calls.add({ dialled: '1001', legs: [] });
    desk.calls.turnAway(id, TO_ME, FORWARDED);
    desk.calls.addLeg(id, TO_PRIYA);
    await desk.pass(6_000);
    desk.calls.answer(id);
    await desk.pass(12_000);
    desk.calls.end(id);
  },
  'a colleague picks it up': async (desk) => {
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(7_000);
    desk.calls.addLeg(id, { ...TO_PRIYA, answeredSecondsAgo: 0 });
    desk.calls.dropLeg(id, '1001', TAKEN);
    await desk.pass(12_000);
    desk.calls.end(id);
  },
  'the queue offers it to me again and I answer': async (desk) => {
    const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
    await desk.pass(8_000);
    desk.calls.dropLeg(id, '1001', RANG_OUT);
    desk.calls.addLeg(id, { ...TO_ME, callee: '1003' });
    await desk.pass(8_000);
    desk.calls.dropLeg(id, '1003', RANG_OUT);
    desk.calls.addLeg(id, TO_ME);
    await desk.pass(7_000);
    desk.calls.answer(id, '1001');
    await desk.pass(12_000);
    desk.calls.end(id);
  },
  'I answer and park it, and a colleague takes it from there': async (desk) => {
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(7_000);
    desk.calls.answer(id);
    await desk.pass(8_000);
    desk.calls.addLeg(id, { ...TO_ME, callee: '6800', answeredSecondsAgo: 0 });
    desk.calls.dropLeg(id, '1001', TRANSFERRED);
    await desk.pass(15_000);
    desk.calls.addLeg(id, { ...TO_PRIYA, answeredSecondsAgo: 0 });
    desk.calls.dropLeg(id, '6800', TRANSFERRED);
    await desk.pass(12_000);
    desk.calls.end(id);
  },
  'I placed it in Traydial and do not pick up my phone': async (desk) => {
    await desk.placeCall('+12015550108');
    await desk.pass(25_000);
  },
};

/** A call is offered to my phone, which does not ring, and ends. */
function turnAway(desk: EvidenceDesk, ending: typeof BUSY): void {
  const id = desk.calls.add({ dialled: '1001', legs: [] });
  desk.calls.turnAway(id, TO_ME, ending);
  desk.calls.end(id, ending);
}

/** The calls of these situations that I answered. */
const CONNECTED: Record<string, string[]> = {
  'I am busy': ['incoming connected +442079460321'],
  'the queue offers it to me again and I answer': [`incoming connected ${MAPLE}`],
  'I answer and park it, and a colleague takes it from there': [`incoming connected ${MAPLE}`],
};

describe.each(Object.entries(NOT_MISSED))('a call is not missed when %s', (what, play) => {
  test.each(ALL_DIALECTS)(
    'known from %s, history of %s, talking time %s, legs %s',
    async (source, release, time, legs) => {
      const desk = await openDesk(source, release, dialectOf([time, legs]));
      await play(desk);
      await desk.pass(settledMs(source));
      expect(desk.missed).toEqual([]);
      expect(desk.recents.filter((call) => call.includes(' missed '))).toEqual([]);
      expect(desk.recents.filter((call) => call.includes(' connected '))).toEqual(CONNECTED[what] ?? []);
      expect(desk.desk.calls.calls).toEqual([]);
    },
  );
});

describe('a call that a colleague took is not missed although the history has an entry of a missed call', () => {
  test.each(['the list', 'the list and push', 'push alone'] as const)('known from %s', async (source) => {
    const desk = await openDesk(source, '22.2', ELSEWHERE_AS_MISSED);
    await NOT_MISSED['a colleague of the group answers']?.(desk);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([]);
  });
});

describe.each(ALL.filter(([source]) => WITH_LIST.includes(source)))(
  'a call that I decline in the window is not missed, known from %s, history of %s',
  (source, release) => {
    test.each([false, true])('push delayed: %s', async (isLate) => {
      const desk = await openDesk(source, release, {}, { sqlite: true });
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(7_000);
      if (isLate) desk.network.begin('push-delayed');
      const declined = desk.desk.dialCommands.hangUp(id);
      await desk.pass(SETTLED_MS);
      expect(await declined).toEqual({ ok: true, value: null });
      expect(desk.missed).toEqual([]);
      expect(desk.recents).toEqual([`incoming declined ${MAPLE}`]);
    });
  },
);
