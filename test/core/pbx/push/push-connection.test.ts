import { expect, test } from 'vitest';
import type { PushState } from '../../../../src/core/pbx/push/types.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { listener, listening, quiet, until, type Listener } from './support/listening.ts';
import { PushServer } from './support/push-server.ts';

/** Moves time on in beats of the pulse, and lets what each ping brings arrive. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) {
    await clock.advance(15_000);
    await quiet();
  }
}

const waitOf = (clock: ManualClock, state: PushState) =>
  state.status === 'waiting' ? state.retryAt - clock.now() : Number.NaN;

/** Waits for the next time that it gives up, and answers how long it waits then. */
async function lost({ state }: Listener, clock: ManualClock): Promise<number> {
  await until(() => state().status === 'waiting');
  return waitOf(clock, state());
}

test('After the PBX was killed and came back it signs in and subscribes anew, and hears again.', async () => {
  const server = await PushServer.start();
  const { port } = server;
  const told = await listening(server);
  await server.close();
  await lost(told, told.clock);
  expect(told.state()).toMatchObject({ error: { code: 'connection-lost' } });
  await told.clock.advance(2_000);
  await lost(told, told.clock);
  expect(told.state()).toMatchObject({ error: { code: 'connection-refused' } });

  const again = await PushServer.start({ port });
  await told.clock.advance(4_000);
  await until(() => told.state().status === 'listening');
  expect(again.frames.map((frame) => frame['command'])).toEqual(['auth', 'subscribe', 'subscribe']);
  again.push({ event_type: 'extension_call', extension: '101', call_status: 'RINGING', time: '1795424400' });
  await until(() => told.events.length === 1);
  expect(told.events).toEqual([{ type: 'extension', extension: '101', activity: 'ringing', at: 1_795_424_400_000 }]);
});

test('It waits longer from failure to failure, up to a minute, and by chance anything from one second on.', async () => {
  const server = await PushServer.start();
  const told = await listening(server);
  const { clock } = told;
  clock.chance = 0.999_999;
  await server.close();
  const longest: number[] = [];
  for (let n = 0; n < 8; n++) {
    const wait = await lost(told, clock);
    longest.push(wait);
    await clock.advance(wait);
  }
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  clock.chance = 0;
  await lost(told, clock);
  await clock.advance(60_000);
  expect(await lost(told, clock)).toBe(1_000);
});

test.each([
  ['a minute of health', 60_000, 2_000],
  ['less than a minute of health', 45_000, 4_000],
])('After %s it begins with the wait that fits.', async (_what, healthy, expected) => {
  const server = await PushServer.start();
  const told = await listening(server);
  const { clock } = told;
  clock.chance = 0.999_999;
  server.sockets.at(-1)?.terminate();
  expect(await lost(told, clock)).toBe(2_000);
  await clock.advance(2_000);
  await until(() => told.state().status === 'listening');
  await pass(clock, healthy);
  server.sockets.at(-1)?.terminate();
  expect(await lost(told, clock)).toBe(expected);
});

test('A connection on which nothing happens is pinged every 30 s and stays.', async () => {
  const server = await PushServer.start();
  const { clock, state } = await listening(server);
  await pass(clock, 300_000);
  expect(server.pings).toBe(10);
  expect(state().status).toBe('listening');
  expect(server.commands('auth')).toHaveLength(1);
});

test('A server that has stopped answering is given up after 75 s, and not before.', async () => {
  const server = await PushServer.start();
  const { clock, state } = await listening(server);
  server.freeze();
  await pass(clock, 60_000);
  await clock.advance(14_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'timed-out' } });
});

test('Frames are a sign of life, too, even from a server that does not answer pings.', async () => {
  const server = await PushServer.start();
  const { clock, state, events } = await listening(server);
  for (let n = 1; n <= 5; n++) {
    // Reading stopped, writing goes on.
    server.freeze();
    await clock.advance(60_000);
    server.push({ event_type: 'extension_call', extension: '101', call_status: '' });
    await until(() => events.length === n);
  }
  expect(state().status).toBe('listening');
});

test.each([6 * 3_600_000, -6 * 3_600_000])('A clock that jumps by %i ms kills no healthy connection.', async (ms) => {
  const server = await PushServer.start();
  const { clock, state } = await listening(server);
  await pass(clock, 15_000);
  clock.jump(ms);
  await pass(clock, 90_000);
  expect(state().status).toBe('listening');
  expect(server.commands('auth')).toHaveLength(1);
});

test('After a sleep nobody told of, a dead connection is found out within 20 s.', async () => {
  const server = await PushServer.start();
  const { clock, state } = await listening(server);
  server.freeze();
  clock.sleep(3_600_000);
  await clock.advance(15_000);
  await clock.advance(4_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
});

test('wake() keeps a connection that answers a ping: a new one would be one more sign-in.', async () => {
  const server = await PushServer.start();
  const { client, states, clock } = await listening(server);
  for (let time = 0; time < 4; time++) {
    client.wake();
    await quiet();
    await clock.advance(10_000);
  }
  expect(server.commands('auth')).toHaveLength(1);
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'listening']);
});

test('wake() gives up a connection that does not answer within five seconds, and makes a new one.', async () => {
  const server = await PushServer.start();
  const { client, state, clock } = await listening(server);
  server.freeze();
  client.wake();
  await clock.advance(4_999);
  expect(state().status).toBe('listening');
  await clock.advance(1);
  await until(() => state().status === 'waiting');
});

test('wake() cuts a wait short, and the waits begin anew.', async () => {
  const server = await PushServer.start();
  const told = await listening(server);
  const { clock, client } = told;
  clock.chance = 0.999_999;
  await server.close();
  for (let n = 0; n < 5; n++) await clock.advance(await lost(told, clock));
  await lost(told, clock);
  client.wake();
  expect(told.state().status).toBe('connecting');
  expect(await lost(told, clock)).toBe(2_000);
});

test('Many wakes in a row end in one connection.', async () => {
  const server = await PushServer.start();
  const { client, state, clock } = await listening(server);
  for (let n = 0; n < 20; n++) client.wake();
  await until(() => state().status === 'listening');
  await until(() => server.connections === 1);
  await quiet();
  expect(server.connections).toBe(1);
  expect(clock.pending()).toEqual([15_000, 60_000]);
});

test('An event of an abandoned connection is not told.', async () => {
  const server = await PushServer.start();
  const { client, events, state } = await listening(server);
  server.push({ event_type: 'extension_call', extension: '101', call_status: 'RINGING' });
  client.stop();
  await quiet();
  expect(events).toEqual([]);
  expect(state()).toEqual({ status: 'off' });
});

test.each(['connecting', 'listening', 'waiting'])(
  'stop() while %s leaves no timer and no connection.',
  async (when) => {
    const server = await PushServer.start();
    const clock = new ManualClock();
    const { client, state, states } = listener(server, clock);
    client.start();
    if (when !== 'connecting') await until(() => state().status === 'listening');
    if (when === 'waiting') {
      server.sockets[0]?.terminate();
      await until(() => state().status === 'waiting');
    }
    client.stop();
    client.stop();
    await quiet();
    await until(() => server.connections === 0);
    expect(clock.pending()).toEqual([]);
    await clock.advance(7_200_000);
    await quiet();
    expect(states.filter(({ status }) => status === 'off')).toHaveLength(1);
    expect(state()).toEqual({ status: 'off' });
    client.wake();
    await quiet();
    expect(server.connections).toBe(0);
  },
);

test('It can be stopped and started again, and started twice without harm.', async () => {
  const server = await PushServer.start();
  const { client, state } = await listening(server);
  client.start();
  client.stop();
  client.start();
  client.start();
  await until(() => state().status === 'listening');
  await quiet();
  expect(server.commands('auth')).toHaveLength(2);
  expect(server.connections).toBe(1);
});

test('It may be stopped from within what it tells.', async () => {
  const server = await PushServer.start();
  const clock = new ManualClock();
  const told: Listener = listener(server, clock, {
    onState: (state) => {
      told.states.push(state);
      if (state.status === 'listening') told.client.stop();
    },
  });
  told.client.start();
  await until(() => told.state().status === 'off');
  await until(() => server.connections === 0);
  expect(told.states.map(({ status }) => status)).toEqual(['connecting', 'listening', 'off']);
  expect(clock.pending()).toEqual([]);
});
