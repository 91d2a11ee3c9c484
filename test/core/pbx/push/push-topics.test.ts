import { expect, test } from 'vitest';
import type { PushState } from '../../../../src/core/pbx/push/types.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { createListener, startListening, flushLoopback, until } from './support/push-listener.ts';
import { accept, ignore, PushServer, refuse, type Frame } from './support/push-server.ts';

const topicOf = (frame: Frame) => (frame['topics'] as string[])[0];
const grantOnly =
  (...topics: string[]) =>
  (frame: Frame, socket: Parameters<typeof accept>[1]) =>
    (topics.includes(topicOf(frame) ?? '') ? accept : refuse)(frame, socket);
const topicsOf = (state: object) => ('topics' in state ? state.topics : null);
const provenOf = (state: PushState) => (state.status === 'listening' ? state.proven : null);

test.each(['extension_events', 'cdr_events'])('listens to %s when only that is granted', async (topic) => {
  const server = await PushServer.start({ subscribe: grantOnly(topic) });
  const { state } = await startListening(server);
  expect(topicsOf(state())).toEqual([topic]);
});

test('is refused when every topic is refused, and names the permission that an administrator can grant', async () => {
  const server = await PushServer.start({ subscribe: refuse });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'push-forbidden' } });
  await clock.advance(48 * 3_600_000);
  await flushLoopback();
  expect(server.commands('auth')).toHaveLength(1);
  expect(server.connections).toBe(0);
});

test('listens with no proven topic when subscriptions get no answer for five seconds each', async () => {
  const server = await PushServer.start({ subscribe: ignore });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  await until(() => server.commands('subscribe').length === 1);
  await clock.advance(4_999);
  expect(server.commands('subscribe')).toHaveLength(1);
  await clock.advance(1);
  await until(() => server.commands('subscribe').length === 2);
  await clock.advance(5_000);
  await until(() => state().status === 'listening');
  expect(topicsOf(state())).toEqual(['extension_events', 'cdr_events']);
  expect(provenOf(state())).toEqual([]);
});

test('takes a topic as proven by an event of that topic only', async () => {
  const server = await PushServer.start({ subscribe: ignore });
  const clock = new ManualClock();
  const { client, state } = createListener(server, clock);
  client.start();
  for (const count of [1, 2]) {
    await until(() => server.commands('subscribe').length === count);
    await clock.advance(5_000);
  }
  await until(() => state().status === 'listening');
  server.push({ event_type: 'extension_status', status: [{ extension: 'sip:101@dom', call_status: '' }] });
  await until(() => provenOf(state())?.length === 1);
  expect(provenOf(state())).toEqual(['extension_events']);
  server.push({ event_type: 'call_cdr', session_id: '1', caller: '102', callee: '103' });
  await until(() => provenOf(state())?.length === 2);
});

test('takes the status pushed after subscribing as an answer, and reports it as an event', async () => {
  const status = { event_type: 'extension_status', status: [{ extension: 'sip:101@dom', call_status: '' }] };
  const start = { event_type: 'call_start', session_id: '1', caller: '102', callee: '101' };
  const server = await PushServer.start({
    subscribe: (frame, socket) => socket.send(JSON.stringify(topicOf(frame) === 'extension_events' ? status : start)),
  });
  const { events, state } = await startListening(server);
  expect(topicsOf(state())).toEqual(['extension_events', 'cdr_events']);
  expect(events.map(({ type }) => type)).toEqual(['extension', 'call']);
});

test('treats a sign-in that is refused when subscribing as refused', async () => {
  const server = await PushServer.start({
    subscribe: (_frame, socket) => socket.send(JSON.stringify({ command: 'auth', status: -1, error: 'no' })),
  });
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'push-sign-in-refused' } });
  expect(server.commands('auth')).toHaveLength(2);
});

test('subscribes to cdr_events only if they are wanted', async () => {
  const server = await PushServer.start();
  await startListening(server, { wantCdr: false });
  expect(server.commands('subscribe').map(topicOf)).toEqual(['extension_events']);
});

test('subscribes only to cdr_events without an extension', async () => {
  const server = await PushServer.start();
  await startListening(server, { extension: () => '' });
  expect(server.commands('subscribe').map(topicOf)).toEqual(['cdr_events']);
});

test('makes no connection without topics, until the extension is known at wake()', async () => {
  const server = await PushServer.start();
  let extension = '';
  const { client, state } = createListener(server, new ManualClock(), { extension: () => extension, wantCdr: false });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'own-number-unknown' } });
  expect(server.requests).toEqual([]);
  extension = '101';
  client.wake();
  await until(() => state().status === 'listening');
});
