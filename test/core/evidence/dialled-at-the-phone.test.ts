import { describe, expect, test } from 'vitest';
import { BUSY } from '../../pbx/staging.ts';
import { ALL, openDesk, SETTLED_MS, type Source } from './support/accounts.ts';
import { MAPLE } from './support/evidence-desk.ts';

const FROM_ME = { caller: '1001', callerName: '', callee: MAPLE, trunk: 'Hudson SIP' };

describe.each(ALL)('a call dialled at the desk phone, known from %s, history of %s,', (source, release) => {
  test('is in the recent calls as connected if it was answered and ended between two polls', async () => {
    const desk = await openDesk(source, release);
    const id = desk.calls.add({ legs: [FROM_ME] });
    await desk.pass(5_300);
    desk.calls.answer(id);
    await desk.pass(2_500);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual([`outgoing connected ${MAPLE}`]);
    expect(Math.abs((desk.recent?.seconds ?? NaN) - 2.5)).toBeLessThanOrEqual(source === 'the list' ? 6 : 1);
    expect(desk.missed).toEqual([]);
  });

  test('is in the recent calls as unanswered if nobody answered', async () => {
    const desk = await openDesk(source, release);
    const id = desk.calls.add({ legs: [FROM_ME] });
    await desk.pass(11_000);
    desk.calls.end(id, BUSY);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual([`outgoing unanswered ${MAPLE}`]);
  });

  test('is in the recent calls twice if the first attempt was busy and the second one answered', async () => {
    const desk = await openDesk(source, release);
    const busy = desk.calls.add({ legs: [FROM_ME] });
    await desk.pass(8_000);
    desk.calls.end(busy, BUSY);
    await desk.pass(10_000);
    const id = desk.calls.add({ legs: [FROM_ME] });
    await desk.pass(6_000);
    desk.calls.answer(id);
    await desk.pass(30_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual([`outgoing connected ${MAPLE}`, `outgoing unanswered ${MAPLE}`]);
  });
});

test.each<Source>(['extension_events and the history', 'my own status and the history'])(
  'a call placed in Traydial is in the recent calls once, known from %s',
  async (source) => {
    const desk = await openDesk(source, '22.6');
    const id = await desk.placeCall('+12015550199');
    await desk.pass(30_000);
    desk.calls.end(id);
    await desk.pass(SETTLED_MS);
    expect(desk.recents).toEqual(['outgoing connected +12015550199']);
  },
);

test('if the history cannot be read, a call that may have been answered between two polls has an unknown outcome', async () => {
  const desk = await openDesk('the list', '22.6');
  desk.pbx.answer = ((answer) => (request) => (request.path.includes('cdrs') ? { status: 403 } : answer(request)))(
    desk.pbx.answer.bind(desk.pbx),
  );
  const id = desk.calls.add({ legs: [FROM_ME] });
  await desk.pass(11_000);
  desk.calls.end(id);
  await desk.pass(SETTLED_MS);
  expect(desk.recents).toEqual([`outgoing unknown ${MAPLE}`]);
});
