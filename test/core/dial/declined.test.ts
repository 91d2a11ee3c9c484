import { expect, test } from 'vitest';
import { appError, type ErrorCode } from '../../../src/shared/errors.ts';
import { ringingCall } from '../../support/samples.ts';
import { FlowDesk } from './support/flow-desk.ts';

/** A call rings, and the user declines it; the PBX answers with an error. */
async function declining(code: ErrorCode): Promise<FlowDesk> {
  const desk = new FlowDesk();
  desk.calls = [ringingCall('7', { other: { name: 'Anna Berg', number: '+12015550123' } })];
  desk.pbx.sessions = [{ id: '7', legs: [] }];
  desk.pbx.fails('destroy', appError(code));
  desk.pbx.fails('get', appError(code));
  expect(await desk.flow.hangUp('7')).toMatchObject({ ok: false, error: { code } });
  return desk;
}

test('a call whose decline got no answer counts as declined if it ends soon', async () => {
  const desk = await declining('timed-out');
  expect(desk.endedHere.has('7')).toBe(true);
  await desk.clock.advance(5_000);
  desk.calls = [];
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});

test('a call whose decline got no answer and that goes on may still be missed', async () => {
  const desk = await declining('timed-out');
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call whose decline got no answer in an outage counts as declined if it is over after the outage', async () => {
  const desk = await declining('timed-out');
  desk.areCallsStale = true;
  await desk.clock.advance(600_000);
  desk.areCallsStale = false;
  desk.calls = [];
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});

test('a call whose decline got no answer in an outage and that goes on after it may still be missed', async () => {
  const desk = await declining('timed-out');
  desk.areCallsStale = true;
  await desk.clock.advance(600_000);
  desk.areCallsStale = false;
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call that the PBX refused to end may be missed', async () => {
  const desk = await declining('pbx-refused');
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call that is declined a second time counts as declined, although the first time got no answer', async () => {
  const desk = await declining('timed-out');
  await desk.clock.advance(10_000);
  desk.pbx.fails('destroy', null);
  await desk.flow.hangUp('7');
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});
