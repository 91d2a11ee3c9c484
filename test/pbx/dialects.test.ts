import { describe, expect, test } from 'vitest';
import { openSignedInDemo, type SessionView } from '../demo/support/api.ts';
import * as dialects from './dialects.ts';
import { TRANSFERRED } from './staging.ts';

const MAPLE = '+12015550123';
const CALLER = { caller: MAPLE, callerName: 'Maple & Sons Joinery', trunk: 'Hudson SIP' };

/** A session as [caller, callee, talking time] per leg; null when it is not listed. */
const legs = (session: SessionView | null) =>
  session?.calls.map(({ caller, callee, talking_time }) => [caller, callee, talking_time]) ?? null;

describe('a call placed through the API', () => {
  test('with ONE_LEG is one leg from the caller’s extension to the number, whichever phone rings', async () => {
    const { api, clock } = await openSignedInDemo({ dialect: dialects.ONE_LEG });
    const id = await api.place(MAPLE);
    expect(legs(await api.session(id))).toEqual([['1001', MAPLE, 0]]);
    await clock.advance(2_500);
    expect(legs(await api.session(id))).toEqual([['1001', MAPLE, 0]]);
    await clock.advance(3_000);
    expect(legs(await api.session(id))).toEqual([['1001', MAPLE, 1]]);
    expect((await api.session(id))?.calls[0]).toMatchObject({
      caller_display_name: 'Alex Morgan',
      trunk: 'Hudson SIP',
    });
    await clock.advance(90_000);
    expect(await api.session(id)).toBeNull();
  });

  test('with LATE is listed only after the caller’s phone was picked up, and can be ended before that', async () => {
    const { api, clock } = await openSignedInDemo({ dialect: dialects.LATE });
    const id = await api.place(MAPLE);
    expect([await api.session(id), await api.sessions()]).toEqual([null, []]);
    await clock.advance(2_500);
    expect(legs(await api.session(id))).toHaveLength(2);
    const other = await api.place(MAPLE);
    expect((await api.post(`/api/sessions/${other}/destroy`)).status).toBe(204);
    await clock.advance(2_500);
    expect(await api.sessions()).toHaveLength(1);
  });

  test('with LATE and ONE_LEG is listed late, with one leg', async () => {
    const { api, clock } = await openSignedInDemo({ dialect: { ...dialects.LATE, ...dialects.ONE_LEG } });
    const id = await api.place(MAPLE);
    expect(await api.session(id)).toBeNull();
    await clock.advance(2_500);
    expect(legs(await api.session(id))).toEqual([['1001', MAPLE, 0]]);
  });
});

describe('talking_time', () => {
  /** A call rings for ten seconds and talks: its talking_time after 3 s, at the answer, and 700 ms and 5 s later. */
  async function talkingTimes(dialect: (typeof dialects)['TALKING_MISSING']): Promise<unknown[]> {
    const { pbx, api, clock } = await openSignedInDemo({ dialect });
    const id = pbx.addSession({ legs: [{ ...CALLER, callee: '1001' }] });
    const talked = async (): Promise<unknown> => {
      const { json } = await api.get(`/api/sessions/${id}`);
      return (json as { calls: { talking_time?: unknown }[] }).calls[0]?.talking_time;
    };
    await clock.advance(3_000);
    const all = [await talked()];
    await clock.advance(7_000);
    pbx.answer(id);
    all.push(await talked());
    await clock.advance(700);
    all.push(await talked());
    await clock.advance(4_300);
    return [...all, await talked()];
  }

  test.each([
    ['counts started seconds of talk, as in the demo office', {}, [0, 1, 1, 5]],
    ['counts whole seconds of talk', dialects.TALKING_ROUNDED_DOWN, [0, 0, 0, 5]],
    ['counts from the start of the session', dialects.TALKING_SINCE_START, [3, 10, 10, 15]],
    ['is missing', dialects.TALKING_MISSING, [undefined, undefined, undefined, undefined]],
    ['is text', dialects.TALKING_AS_TEXT, ['0', '1', '1', '5']],
    [
      'is text, and counts from the start',
      { ...dialects.TALKING_AS_TEXT, ...dialects.TALKING_SINCE_START },
      ['3', '10', '10', '15'],
    ],
  ])('%s', async (_what, dialect, expected) => {
    expect(await talkingTimes(dialect)).toEqual(expected);
  });
});

describe('legs that have ended', () => {
  test.each([
    ['leave the list', {}, [[MAPLE, '1001', 1]]],
    [
      'stay in the list until the call ends, and their talking time stops',
      dialects.KEEPS_ENDED_LEGS,
      [
        [MAPLE, '1002', 5],
        [MAPLE, '1001', 1],
      ],
    ],
  ])('%s', async (_what, dialect, expected) => {
    const { pbx, api, clock } = await openSignedInDemo({ dialect });
    const id = pbx.addSession({ legs: [{ ...CALLER, callee: '1002', answeredSecondsAgo: 0 }] });
    await clock.advance(5_000);
    pbx.calls.addLeg(id, { ...CALLER, callee: '1001' });
    pbx.calls.dropLeg(id, '1002', TRANSFERRED);
    await clock.advance(8_000);
    pbx.answer(id);
    expect(legs(await api.session(id))).toEqual(expected);
    pbx.endSession(id);
    expect(await api.session(id)).toBeNull();
  });
});

test('a call through an IVR and a queue is one session whose legs talk while those of the agents ring', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.calls.addThroughQueue({ ...CALLER, callee: '' }, '5000', '8000', '1001', '1003');
  await clock.advance(4_000);
  expect(legs(await api.session(id))).toEqual([
    [MAPLE, '5000', 4],
    [MAPLE, '8000', 4],
    [MAPLE, '1001', 0],
    [MAPLE, '1003', 0],
  ]);
});
