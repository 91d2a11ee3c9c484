import { expect, test } from 'vitest';
import { systemClock } from '../../../../src/core/clock.ts';
import { createListener, startListening, flushLoopback, until } from './support/push-listener.ts';
import { PushServer } from './support/push-server.ts';

const ringing = (extension: number) =>
  JSON.stringify({ event_type: 'extension_call', extension: String(extension), call_status: 'RINGING' });

test('reports a flood of 50,000 events completely and in order, at most two portions of 250 at a time', async () => {
  const server = await PushServer.start();
  const reported: string[] = [];
  let inTurn = 0;
  let most = 0;
  const { client, state } = createListener(server, systemClock, {
    onEvent: (event) => {
      if (event.type === 'extension') reported.push(event.extension);
      if (inTurn === 0) setImmediate(() => (inTurn = 0));
      most = Math.max(most, ++inTurn);
    },
  });
  client.start();
  await until(() => state().status === 'listening');
  for (let n = 0; n < 50_000; n++) {
    server.push(ringing(n));
    if (n % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => reported.length === 50_000, '50,000 events');
  expect(reported).toEqual(Array.from({ length: 50_000 }, (_, n) => String(n)));
  // One portion was due at once, the other had waited.
  expect(most).toBeLessThanOrEqual(500);
  expect(state().status).toBe('listening');
});

test('reports a frame with thousands of events in portions, with other work in between', async () => {
  const server = await PushServer.start();
  const { clock, events } = await startListening(server);
  const status = Array.from({ length: 1_000 }, (_, n) => ({ extension: String(n), call_status: '' }));
  server.push({ event_type: 'extension_status', status });
  await until(() => events.length > 0);
  await flushLoopback();
  expect(events).toHaveLength(250);
  await clock.advance(10);
  expect(events).toHaveLength(500);
  await clock.advance(20);
  expect(events).toHaveLength(1_000);
});

test('stops reading the socket while many events wait', async () => {
  const server = await PushServer.start();
  const { events } = await startListening(server);
  const [socket] = server.sockets;
  const filler = 'x'.repeat(100_000);
  const frame = JSON.stringify({ event_type: 'extension_presence', filler });
  for (let n = 0; n < 1_000; n++) socket?.send(frame);
  await flushLoopback();
  // More than 50 of 100 MB are still at the server, although the client has read all that it wanted.
  expect(socket?.bufferedAmount).toBeGreaterThan(50_000_000);
  expect(events).toEqual([]);
});

test('ends the connection at a frame of more than 1 MiB, after reporting the events before it', async () => {
  const server = await PushServer.start();
  const { events, state, clock } = await startListening(server);
  server.push(ringing(1));
  server.push(JSON.stringify({ event_type: 'call_start', session_id: 'x'.repeat(1024 * 1024) }));
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'answer-too-large' } });
  expect(events).toHaveLength(1);
  await clock.advance(2_000);
  await until(() => state().status === 'listening');
});

test('ignores garbage and reports the event after it', async () => {
  const server = await PushServer.start();
  const { events, state, clock } = await startListening(server);
  const garbage = [
    '',
    'hello',
    '{"event_type":',
    'null',
    '42',
    '"text"',
    '[]',
    '[[[]]]',
    '{}',
    '{"event_type":{}}',
    '{"event_type":"extension_call"}',
    '{"event_type":"queue_status","waiting_list":[]}',
    '{"__proto__":{"event_type":"call_start"}}',
    '{"command":"subscribe","status":-1}',
    '{"command":"toString"}',
    '['.repeat(100_000),
    `{"event_type":"extension_status","status":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    '\u{1F600}\u0000\uFFFF',
  ];
  for (const frame of garbage) server.push(frame);
  server.sockets[0]?.send(Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  server.push(ringing(101));
  await until(() => events.length > 0);
  await clock.advance(50);
  expect(events).toEqual([{ type: 'extension', extension: '101', activity: 'ringing', at: null }]);
  expect(state().status).toBe('listening');
});

test.each([
  ['A frame that is not WebSocket', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['A masked frame, which a server must not send,', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x41])],
  ['A compressed frame, although compression is off,', Buffer.from([0xc1, 0x01, 0x00])],
  ['Text that is not UTF-8', Buffer.from([0x81, 0x02, 0xc3, 0x28])],
])('ends the connection with bad-answer at %s, after reporting the event in the same packet', async (_what, bytes) => {
  const server = await PushServer.start();
  const { events, state } = await startListening(server);
  const event = Buffer.from(ringing(101));
  server.streams[0]?.write(Buffer.concat([Buffer.from([0x81, event.length]), event, bytes]));
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'bad-answer' } });
  expect(events).toHaveLength(1);
});
