import { describe, expect, test } from 'vitest';
import { openSignedInDemo, type Api } from '../demo/support/api.ts';
import { openListener, type Frame } from '../demo/support/listener.ts';
import * as dialects from './dialects.ts';
import { BUSY, DECLINED, DO_NOT_DISTURB, FORWARDED, RANG_OUT, TAKEN, type Staging } from './staging.ts';

const MAPLE = '+12015550123';
const TO_ME = { caller: MAPLE, callerName: 'Maple & Sons Joinery', callee: '1001' };
const TO_PRIYA = { ...TO_ME, callee: '1002' };

/** The history as [callee, status, end reason, whether it rang, whether it was answered], oldest first. */
const entries = async (api: Api) =>
  (await api.cdrs())
    .toReversed()
    .map((cdr) => [
      cdr['callee'],
      cdr['status_code'],
      cdr['end_reason'],
      cdr['rang_at'] !== '',
      cdr['answered_at'] !== '',
    ]);

describe('the history of a phone that rang until a colleague took the call', () => {
  test.each([
    ['has no entry', dialects.ELSEWHERE_UNRECORDED, []],
    ['has the entry of a missed call', dialects.ELSEWHERE_AS_MISSED, [['1001', 487, 'CANCELLED', true, false]]],
    [
      'has an entry of a call completed elsewhere',
      dialects.ELSEWHERE_RECORDED,
      [['1001', 200, 'CALL_COMPLETED_ELSEWHERE', true, false]],
    ],
  ])('%s', async (_what, dialect, expected) => {
    const { pbx, api, clock } = await openSignedInDemo({ dialect });
    const id = pbx.addSession({ dialled: '6000', legs: [TO_ME, TO_PRIYA] });
    await clock.advance(5_000);
    pbx.answer(id, '1002');
    pbx.calls.dropLeg(id, '1001', TAKEN);
    expect(await entries(api)).toEqual(expected);
    pbx.endSession(id);
    expect(await entries(api)).toEqual(expected);
  });
});

test('with NO_END_REASONS entries do not say who ended a call', async () => {
  const { pbx, api } = await openSignedInDemo({ dialect: dialects.NO_END_REASONS });
  pbx.endSession(pbx.addSession({ legs: [TO_ME] }));
  expect(await entries(api)).toEqual([['1001', 487, '', true, false]]);
});

test('with ENTRIES_AT_THE_END all entries of a call appear when it ends', async () => {
  const { pbx, api, clock } = await openSignedInDemo({ dialect: dialects.ENTRIES_AT_THE_END });
  const id = pbx.addSession({ legs: [TO_ME] });
  pbx.calls.dropLeg(id, '1001', RANG_OUT);
  await clock.advance(5_000);
  pbx.calls.addLeg(id, TO_ME);
  pbx.answer(id);
  await clock.advance(5_000);
  expect(await entries(api)).toEqual([]);
  pbx.endSession(id);
  expect(await entries(api)).toEqual([
    ['1001', 408, 'CANCELLED', true, false],
    ['1001', 0, 'CALLER_DISCONNECTED', true, true],
  ]);
  expect((await api.cdrs()).at(-1)).toMatchObject({ ended_at: '2026-01-05T09:00:00.000000Z' });
});

const decline = (calls: Staging): void => {
  const id = calls.add({ legs: [TO_ME] });
  calls.end(id, DECLINED);
};
const turnAway =
  (ending: typeof BUSY) =>
  (calls: Staging): void => {
    const id = calls.add({ dialled: '1001', legs: [] });
    calls.turnAway(id, TO_ME, ending);
    calls.end(id, ending);
  };
const forward = (calls: Staging): void => {
  const id = calls.add({ dialled: '1001', legs: [] });
  calls.turnAway(id, TO_ME, FORWARDED);
  calls.addLeg(id, { ...TO_PRIYA, answeredSecondsAgo: 0 });
  calls.end(id);
};

describe('a call that its callee did not take', () => {
  test.each([
    [
      'because the callee declined',
      decline,
      ['1001', 603, 'CALLEE_DISCONNECTED', true, false],
      'ringing fail',
      'fail 603',
    ],
    [
      'because the phone was busy',
      turnAway(BUSY),
      ['1001', 486, 'CALLEE_DISCONNECTED', false, false],
      'fail',
      'fail 486',
    ],
    [
      'because of do not disturb',
      turnAway(DO_NOT_DISTURB),
      ['1001', 486, 'CALLEE_DISCONNECTED', false, false],
      'fail',
      'fail 486',
    ],
    [
      'because it was forwarded',
      forward,
      ['1001', 302, 'REDIRECTED', false, false],
      'fail ringing answer end',
      'answered 0',
    ],
  ])('%s: the history and push have the reason', async (_what, play, entry, targets, over) => {
    const { pbx, api } = await openSignedInDemo();
    const listener = await openListener(pbx, 'cdr_events');
    play(pbx.calls);
    expect(await entries(api)).toEqual([entry]);
    const events = await listener.events();
    const type = (frame: Frame): string => String(frame['event_type']);
    const changes = events.map(type).filter((name) => /^cdr_target_(?!add)/.test(name));
    expect(changes.map((name) => name.replace('cdr_target_', '')).join(' ')).toBe(targets);
    const record = events.find((frame) => type(frame) === 'call_cdr');
    expect(`${String(record?.['call_status'])} ${String(record?.['status_code'])}`).toBe(over);
  });
});

test('an unanswered call of a queue has the record of the queue, with the unanswered agents as targets', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const listener = await openListener(pbx, 'cdr_events');
  const id = pbx.calls.addThroughQueue(TO_ME, '5000', '8000', '1001');
  await clock.advance(10_000);
  pbx.endSession(id);
  expect(await entries(api)).toEqual([['1001', 487, 'CANCELLED', true, false]]);
  const record = await listener.next((frame) => frame['event_type'] === 'call_cdr');
  expect(record).toMatchObject({ call_status: 'answered', callee: '8000' });
  expect(record['call_targets']).toMatchObject([
    { status: 'answered' },
    { status: 'answered' },
    { status: 'noanswer' },
  ]);
});
