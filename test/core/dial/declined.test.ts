import { expect, test } from 'vitest';
import { appError, type ErrorCode } from '../../../src/shared/errors.ts';
import { ringingCall } from '../../support/samples.ts';
import { FlowDesk } from './support/flow-desk.ts';

/** Rings a call and declines it; the PBX answers with an error. */
async function declineWithError(code: ErrorCode): Promise<FlowDesk> {
  const desk = new FlowDesk();
  desk.calls = [ringingCall('7', { other: { name: 'Anna Berg', number: '+12015550123' } })];
  desk.pbx.sessions = [{ id: '7', legs: [] }];
  desk.pbx.fails('destroy', appError(code));
  desk.pbx.fails('get', appError(code));
  expect(await desk.flow.hangUp('7')).toMatchObject({ ok: false, error: { code } });
  return desk;
}

test('a call is declined if its decline got no answer and it ends soon', async () => {
  const desk = await declineWithError('timed-out');
  expect(desk.endedHere.has('7')).toBe(true);
  await desk.clock.advance(5_000);
  desk.calls = [];
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});

test('a call can still be missed if its decline got no answer and it continues', async () => {
  const desk = await declineWithError('timed-out');
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call is declined if its decline got no answer in an outage and it has ended after that', async () => {
  const desk = await declineWithError('timed-out');
  desk.areCallsStale = true;
  await desk.clock.advance(600_000);
  desk.areCallsStale = false;
  desk.calls = [];
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});

test('a call can still be missed if its decline got no answer in an outage and it continues after that', async () => {
  const desk = await declineWithError('timed-out');
  desk.areCallsStale = true;
  await desk.clock.advance(600_000);
  desk.areCallsStale = false;
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call can still be missed if the PBX refused to end it', async () => {
  const desk = await declineWithError('pbx-refused');
  expect(desk.endedHere.has('7')).toBe(false);
});

test('a call is declined at the second attempt if the first one got no answer', async () => {
  const desk = await declineWithError('timed-out');
  await desk.clock.advance(10_000);
  desk.pbx.fails('destroy', null);
  await desk.flow.hangUp('7');
  await desk.clock.advance(60_000);
  expect(desk.endedHere.has('7')).toBe(true);
});
