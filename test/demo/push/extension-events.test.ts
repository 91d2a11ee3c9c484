import { expect, test } from 'vitest';
import { openDemo, openSignedInDemo } from '../support/api.ts';
import { openListener, type Frame } from '../support/listener.ts';

const NINE = Date.UTC(2026, 0, 5, 9, 0, 0) / 1000;
const at = (seconds: number): string => String(NINE + seconds);
const DIGITS = expect.stringMatching(/^\d{18}$/) as string;

/** The events after the status that follows the subscription. */
const states = (frames: Frame[]) => frames.slice(1).map((frame) => [frame['call_status'], frame['time']]);

test('an extension rings, talks and is free again', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'extension_events');
  pbx.make('incoming');
  await clock.advance(60_000);
  const events = await listener.events();
  expect(events[1]).toEqual({
    event_type: 'extension_call',
    extension: 'sip:1001@demo.traydial.test',
    call_status: 'RINGING',
    tenant_id: DIGITS,
    extension_id: DIGITS,
    time: at(0),
  });
  expect(states(events)).toEqual([
    ['RINGING', at(0)],
    ['ON_CALL', at(12)],
    ['', at(52)],
  ]);
});

test('a second call is pushed although the phone already rings, and hides that it talks', async () => {
  const { pbx } = await openDemo();
  const listener = await openListener(pbx, 'extension_events');
  const first = pbx.addSession({ legs: [{ caller: '1002', callee: '1001' }] });
  const second = pbx.addSession({ legs: [{ caller: '1003', callee: '1001' }] });
  pbx.answer(first);
  pbx.endSession(second);
  pbx.endSession(first);
  expect(states(await listener.events()).map(([status]) => status)).toEqual(['RINGING', 'RINGING', 'ON_CALL', '']);
});

test('a placed call rings only the caller’s phone at first; the callee is not busy before it rings', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const listener = await openListener(pbx, 'extension_events');
  await listener.ask({ command: 'subscribe', topics: ['extension_events'], extensions: ['1002'] });
  await api.place('1002');
  await clock.advance(2_500 + 3_000 + 90_000);
  const events = (await listener.events()).filter((frame) => frame['event_type'] === 'extension_call');
  expect(events.map((frame) => [frame['extension'], frame['call_status'], frame['time']])).toEqual([
    ['sip:1001@demo.traydial.test', 'RINGING', at(0)],
    ['sip:1001@demo.traydial.test', 'ON_CALL', at(2)],
    ['sip:1002@demo.traydial.test', 'RINGING', at(2)],
    ['sip:1002@demo.traydial.test', 'ON_CALL', at(5)],
    ['sip:1001@demo.traydial.test', '', at(95)],
    ['sip:1002@demo.traydial.test', '', at(95)],
  ]);
});

test('after a power failure a phone that was talking is pushed again when it talks', async () => {
  const { pbx } = await openDemo();
  pbx.addSession({ legs: [{ caller: '1001', callee: '1002', answeredSecondsAgo: 5 }] });
  await pbx.restart();
  const listener = await openListener(pbx, 'extension_events');
  pbx.addSession({ legs: [{ caller: '1001', callee: '1003' }] });
  expect(states(await listener.events())).toEqual([['ON_CALL', at(0)]]);
});
