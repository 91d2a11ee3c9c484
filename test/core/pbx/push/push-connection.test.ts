import { expect, test } from 'vitest';
import type { PushState } from '../../../../src/core/pbx/push/types.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { createListener, startListening, flushLoopback, until, type Listener } from './support/push-listener.ts';
import { PushServer } from './support/push-server.ts';

/** Advances the clock in steps of the ping interval, and waits for the answer to each ping. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) {
    await clock.advance(15_000);
    await flushLoopback();
  }
}

const waitOf = (clock: ManualClock, state: PushState) =>
  state.status === 'waiting' ? state.retryAt - clock.now() : Number.NaN;

/** Waits until the client next waits before a reconnect, and returns the length of that wait. */
async function lost({ state }: Listener, clock: ManualClock): Promise<number> {
  await until(() => state().status === 'waiting');
  return waitOf(clock, state());
}

test('signs in, subscribes and receives events again after the PBX restarted', async () => {
  const server = await PushServer.start();
  const { port } = server;
  const desk = await startListening(server);
  await server.close();
  await lost(desk, desk.clock);
  expect(desk.state()).toMatchObject({ error: { code: 'connection-lost' } });
  await desk.clock.advance(2_000);
  await lost(desk, desk.clock);
  expect(desk.state()).toMatchObject({ error: { code: 'connection-refused' } });

  const again = await PushServer.start({ port });
  await desk.clock.advance(4_000);
  await until(() => desk.state().status === 'listening');
  expect(again.frames.map((frame) => frame['command'])).toEqual(['auth', 'subscribe', 'subscribe']);
  again.push({ event_type: 'extension_call', extension: '101', call_status: 'RINGING', time: '1795424400' });
  await until(() => desk.events.length === 1);
  expect(desk.events).toEqual([{ type: 'extension', extension: '101', activity: 'ringing', at: 1_795_424_400_000 }]);
});

test('restarts the count of failures when the PBX is back and refuses a connection because of too many requests', async () => {
  const server = await PushServer.start();
  const { port } = server;
  const desk = await startListening(server);
  const { clock } = desk;
  clock.chance = 0.999_999;
  await server.close();
  for (let n = 0; n < 5; n++) await clock.advance(await lost(desk, clock));
  await PushServer.start({
    port,
    upgrade: (_request, socket) => socket.end('HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\n\r\n'),
  });
  await clock.advance(await lost(desk, clock));
  const waits: number[] = [];
  for (let n = 0; n < 3; n++) {
    waits.push(await lost(desk, clock));
    await clock.advance(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([2_000, 4_000, 8_000]);
});

test('waits a random time from one second on, up to a limit that doubles with each failure to a minute', async () => {
  const server = await PushServer.start();
  const desk = await startListening(server);
  const { clock } = desk;
  clock.chance = 0.999_999;
  await server.close();
  const longest: number[] = [];
  for (let n = 0; n < 8; n++) {
    const wait = await lost(desk, clock);
    longest.push(wait);
    await clock.advance(wait);
  }
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  clock.chance = 0;
  await lost(desk, clock);
  await clock.advance(60_000);
  expect(await lost(desk, clock)).toBe(1_000);
});

test.each([
  ['a minute of health', 60_000, 2_000],
  ['less than a minute of health', 45_000, 4_000],
])('chooses the next wait after %s', async (_what, healthy, expected) => {
  const server = await PushServer.start();
  const desk = await startListening(server);
  const { clock } = desk;
  clock.chance = 0.999_999;
  server.sockets.at(-1)?.terminate();
  expect(await lost(desk, clock)).toBe(2_000);
  await clock.advance(2_000);
  await until(() => desk.state().status === 'listening');
  await pass(clock, healthy);
  server.sockets.at(-1)?.terminate();
  expect(await lost(desk, clock)).toBe(expected);
});

test('pings an idle connection every 30 s and keeps it', async () => {
  const server = await PushServer.start();
  const { clock, state } = await startListening(server);
  await pass(clock, 300_000);
  expect(server.pings).toBe(10);
  expect(state().status).toBe('listening');
  expect(server.commands('auth')).toHaveLength(1);
});

test('ends a connection after 75 s without an answer, and not before', async () => {
  const server = await PushServer.start();
  const { clock, state } = await startListening(server);
  server.freeze();
  await pass(clock, 60_000);
  await clock.advance(14_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'timed-out' } });
});

test('keeps a connection that sends frames but answers no ping', async () => {
  const server = await PushServer.start();
  const { clock, state, events } = await startListening(server);
  for (let n = 1; n <= 5; n++) {
    // Reading has stopped, and writing continues.
    server.freeze();
    await clock.advance(60_000);
    server.push({ event_type: 'extension_call', extension: '101', call_status: '' });
    await until(() => events.length === n);
  }
  expect(state().status).toBe('listening');
});

test.each([6 * 3_600_000, -6 * 3_600_000])('keeps a healthy connection when the clock jumps by %i ms', async (ms) => {
  const server = await PushServer.start();
  const { clock, state } = await startListening(server);
  await pass(clock, 15_000);
  clock.jump(ms);
  await pass(clock, 90_000);
  expect(state().status).toBe('listening');
  expect(server.commands('auth')).toHaveLength(1);
});

test('detects a dead connection within 20 s after a sleep without an event', async () => {
  const server = await PushServer.start();
  const { clock, state } = await startListening(server);
  server.freeze();
  clock.sleep(3_600_000);
  await clock.advance(15_000);
  await clock.advance(4_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
});

test('keeps a connection that answers the ping of wake()', async () => {
  const server = await PushServer.start();
  const { client, states, clock } = await startListening(server);
  for (let time = 0; time < 4; time++) {
    client.wake();
    await flushLoopback();
    await clock.advance(10_000);
  }
  expect(server.commands('auth')).toHaveLength(1);
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'listening']);
});

test('replaces a connection that does not answer the ping of wake() within five seconds', async () => {
  const server = await PushServer.start();
  const { client, state, clock } = await startListening(server);
  server.freeze();
  client.wake();
  await clock.advance(4_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
});

test('ends a wait at wake(), and restarts the waits', async () => {
  const server = await PushServer.start();
  const desk = await startListening(server);
  const { clock, client } = desk;
  clock.chance = 0.999_999;
  await server.close();
  for (let n = 0; n < 5; n++) await clock.advance(await lost(desk, clock));
  await lost(desk, clock);
  client.wake();
  expect(desk.state().status).toBe('connecting');
  expect(await lost(desk, clock)).toBe(2_000);
});

test('makes one connection for many wakes in a row', async () => {
  const server = await PushServer.start();
  const { client, state, clock } = await startListening(server);
  for (let n = 0; n < 20; n++) client.wake();
  await until(() => state().status === 'listening');
  await until(() => server.connections === 1);
  await flushLoopback();
  expect(server.connections).toBe(1);
  expect(clock.pending()).toEqual([15_000, 60_000]);
});

test('does not report an event of an abandoned connection', async () => {
  const server = await PushServer.start();
  const { client, events, state } = await startListening(server);
  server.push({ event_type: 'extension_call', extension: '101', call_status: 'RINGING' });
  client.stop();
  await flushLoopback();
  expect(events).toEqual([]);
  expect(state()).toEqual({ status: 'off' });
});

test.each(['connecting', 'listening', 'waiting'])(
  'leaves no timer and no connection after stop() while %s',
  async (when) => {
    const server = await PushServer.start();
    const clock = new ManualClock();
    const { client, state, states } = createListener(server, clock);
    client.start();
    if (when !== 'connecting') await until(() => state().status === 'listening');
    if (when === 'waiting') {
      server.sockets[0]?.terminate();
      await until(() => state().status === 'waiting');
    }
    client.stop();
    client.stop();
    await flushLoopback();
    await until(() => server.connections === 0);
    expect(clock.pending()).toEqual([]);
    await clock.advance(7_200_000);
    await flushLoopback();
    expect(states.filter(({ status }) => status === 'off')).toHaveLength(1);
    expect(state()).toEqual({ status: 'off' });
    client.wake();
    await flushLoopback();
    expect(server.connections).toBe(0);
  },
);

test('can be stopped and started again, and ignores a second start', async () => {
  const server = await PushServer.start();
  const { client, state } = await startListening(server);
  client.start();
  client.stop();
  client.start();
  client.start();
  await until(() => state().status === 'listening');
  await flushLoopback();
  expect(server.commands('auth')).toHaveLength(2);
  expect(server.connections).toBe(1);
});

test('can be stopped from a callback', async () => {
  const server = await PushServer.start();
  const clock = new ManualClock();
  const desk: Listener = createListener(server, clock, {
    onState: (state) => {
      desk.states.push(state);
      if (state.status === 'listening') desk.client.stop();
    },
  });
  desk.client.start();
  await until(() => desk.state().status === 'off');
  await until(() => server.connections === 0);
  expect(desk.states.map(({ status }) => status)).toEqual(['connecting', 'listening', 'off']);
  expect(clock.pending()).toEqual([]);
});

test('waits before connecting for as long as the budget of requests says, and makes no connection when stopped meanwhile', async () => {
  const server = await PushServer.start();
  const clock = new ManualClock();
  const waits = [4_000, 2_000, 0];
  const { client, state } = createListener(server, clock, { admit: () => waits.shift() ?? 0 });
  client.start();
  await clock.advance(4_000);
  await clock.advance(1_999);
  await flushLoopback();
  expect(state().status).toBe('connecting');
  expect(server.frames).toEqual([]);
  await clock.advance(1);
  await until(() => state().status === 'listening');

  const stopped = createListener(server, clock, { admit: () => 1_000 });
  stopped.client.start();
  stopped.client.stop();
  expect(clock.pending().filter((ms) => ms <= 1_000)).toEqual([]);
});
