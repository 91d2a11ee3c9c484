import { describe, expect, test } from 'vitest';
import { ENTRIES_AT_THE_END, KEEPS_ENDED_LEGS, NO_TOPICS, subscriptions } from '../../pbx/dialects.ts';
import { RANG_OUT, TRANSFERRED } from '../../pbx/staging.ts';
import {
  MAPLE,
  NOBODY_LISTS,
  openSignedIn,
  TO_ME,
  TO_PRIYA,
  type EvidenceDesk,
  type EvidenceOptions,
} from './support/evidence-desk.ts';

const SETTLED_MS = 150_000;
const SOURCES: Record<string, EvidenceOptions> = {
  'the list': { dialect: NO_TOPICS },
  'the list and push': {},
  'the list and push, legs that ended stay': { dialect: KEEPS_ENDED_LEGS },
  'the list, legs that ended stay': { dialect: { ...NO_TOPICS, ...KEEPS_ENDED_LEGS } },
  'the list and extension_events': { dialect: subscriptions('acknowledged', 'refused') },
  'push alone': { may: NOBODY_LISTS },
};

const announcedAsTransferred = (desk: EvidenceDesk) =>
  desk.of('for-me').map((event) => event.type === 'for-me' && event.transferred);

/** Entries of the history as "+12015550123 by 1003 to 1002". */
async function entries({ desk }: EvidenceDesk): Promise<string[]> {
  const { entries } = await desk.history.page({ text: '', only: null }, null);
  return entries.map(({ number, passedBy = '', passedTo = '' }) => `${number} by ${passedBy} to ${passedTo}`);
}

describe.each(Object.entries(SOURCES))('known from %s', (_source, options) => {
  test('a call to a group that nobody answers is missed in the history', async () => {
    const desk = await openSignedIn({ ...options, sqlite: true });
    const id = desk.calls.add({ dialled: '6000', legs: [TO_ME, TO_PRIYA] });
    await desk.pass(13_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual([`incoming missed ${MAPLE}`]);
  });

  const open = () => openSignedIn({ ...options, dialect: { ...ENTRIES_AT_THE_END, ...options.dialect } });

  test('a call that I answered and passed on is in the recent calls as connected', async () => {
    const desk = await open();
    const id = desk.calls.add({ legs: [TO_ME] });
    await desk.pass(7_000);
    desk.calls.answer(id);
    await desk.pass(10_000);
    desk.calls.addLeg(id, TO_PRIYA);
    await desk.pass(5_000);
    desk.calls.answer(id, '1002');
    desk.calls.dropLeg(id, '1001', TRANSFERRED);
    await desk.pass(20_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.missed).toEqual([]);
    expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
  });

  test.each([2_500, 9_000, 40_000])(
    'a call through an IVR and a queue on which I talked for %i ms is in the recent calls as connected',
    async (talkMs) => {
      const desk = await open();
      const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
      await desk.pass(7_000);
      desk.calls.answer(id, '1001');
      await desk.pass(talkMs);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(desk.missed).toEqual([]);
      expect(desk.recents).toEqual([`incoming connected ${MAPLE}`]);
    },
  );

  test('a call through an IVR and a queue is not announced as transferred to me', async () => {
    const desk = await open();
    const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000');
    await desk.pass(12_000);
    desk.calls.addLeg(id, TO_ME);
    await desk.pass(7_000);
    expect(announcedAsTransferred(desk)).toEqual([false]);
    expect(desk.mine).toMatchObject([{ state: 'ringing', other: { number: MAPLE, name: TO_ME.callerName } }]);
  });

  test('a call that the queue offers to a colleague and then to me again is not announced as transferred to me', async () => {
    const desk = await open();
    const id = desk.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
    await desk.pass(8_000);
    desk.calls.dropLeg(id, '1001', RANG_OUT);
    desk.calls.addLeg(id, TO_PRIYA);
    await desk.pass(8_000);
    desk.calls.dropLeg(id, '1002', RANG_OUT);
    desk.calls.addLeg(id, TO_ME);
    await desk.pass(7_000);
    expect(announcedAsTransferred(desk)).not.toContain(true);
    expect(desk.mine).toMatchObject([{ state: 'ringing', other: { number: MAPLE, name: TO_ME.callerName } }]);
  });
});

/** A phone that rings before it talks is a person's; a queue or an IVR answers at once. */
describe.each(Object.entries(SOURCES).filter(([source]) => source !== 'the list and extension_events'))(
  'known from %s',
  (_source, options) => {
    test('a call that a colleague answered first is announced as transferred', async () => {
      const desk = await openSignedIn(options);
      const id = desk.calls.add({ legs: [TO_PRIYA] });
      await desk.pass(8_000);
      desk.calls.answer(id, '1002');
      await desk.pass(12_000);
      desk.calls.addLeg(id, TO_ME);
      await desk.pass(7_000);
      expect(announcedAsTransferred(desk)).toEqual([true]);
    });

    test('the history shows to whom I passed a call on', async () => {
      const desk = await openSignedIn({ ...options, sqlite: true });
      const id = desk.calls.add({ legs: [TO_ME] });
      await desk.pass(7_000);
      desk.calls.answer(id);
      await desk.pass(20_000);
      desk.calls.addLeg(id, TO_PRIYA);
      await desk.pass(8_000);
      desk.calls.answer(id, '1002');
      desk.calls.dropLeg(id, '1001', TRANSFERRED);
      await desk.pass(20_000);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(await entries(desk)).toEqual([`${MAPLE} by  to 1002`]);
    });

    test('the history shows who passed a call on to me', async () => {
      const desk = await openSignedIn({ ...options, sqlite: true });
      const id = desk.calls.add({ legs: [TO_PRIYA] });
      await desk.pass(8_000);
      desk.calls.answer(id, '1002');
      await desk.pass(12_000);
      desk.calls.addLeg(id, TO_ME);
      await desk.pass(7_000);
      desk.calls.answer(id, '1001');
      desk.calls.dropLeg(id, '1002', TRANSFERRED);
      await desk.pass(20_000);
      desk.calls.end(id);
      await desk.pass(SETTLED_MS);
      expect(await entries(desk)).toEqual([`${MAPLE} by 1002 to `]);
    });
  },
);

test('my leg of a conference has no trunk although the guest’s leg has one', async () => {
  const desk = await openSignedIn();
  desk.calls.add({
    legs: [
      { caller: MAPLE, callee: '7000', trunk: 'Hudson SIP', answeredSecondsAgo: 0 },
      { caller: '1001', callee: '7000', answeredSecondsAgo: 0 },
    ],
  });
  await desk.pass(8_000);
  expect(desk.mine).toMatchObject([{ direction: 'outgoing', trunk: '' }]);
});
