import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '../../../support/manual-clock.ts';
import { closeServers, closedPort, tlsServer } from '../support/servers.ts';
import { createListener, startListening, flushLoopback, until } from './support/push-listener.ts';
import { PushServer } from './support/push-server.ts';

const HOUR = 3_600_000;
afterEach(closeServers);

const answers = (head: string) => (_request: unknown, socket: Duplex) =>
  socket.end(`HTTP/1.1 ${head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);

test('sends an upgrade without compression and with the program’s name', async () => {
  const server = await PushServer.start();
  await startListening(server);
  expect(server.headers).toHaveLength(1);
  expect(server.headers[0]).toMatchObject({ host: `127.0.0.1:${server.port}`, 'user-agent': 'Traydial' });
  expect(server.headers[0]).not.toHaveProperty('sec-websocket-extensions');
  expect(server.headers[0]).not.toHaveProperty('authorization');
});

test.each([
  '404 Not Found',
  '426 Upgrade Required',
  '400 Bad Request',
  '200 OK',
  '403 Forbidden',
  '501 Not Implemented',
])('finds a PBX 16.x on the second port when /wsi answers %s', async (head) => {
  const rest = await PushServer.start({ upgrade: answers(head) });
  const old = await PushServer.start({ path: '/' });
  await startListening(rest, { oldPort: old.port });
  expect(rest.requests).toEqual(['UPGRADE /wsi']);
  expect(old.commands('auth')).toHaveLength(1);
});

test.each([
  ['is an upgrade to something else', 'HTTP/1.1 101 Switching\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'],
  [
    'has the wrong key',
    'HTTP/1.1 101 S\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: x\r\n\r\n',
  ],
  ['is not HTTP', 'SIP/2.0 400 Bad Request\r\n\r\n'],
])('tries the second port too when the answer %s', async (_what, answer) => {
  const rest = await PushServer.start({ upgrade: (_request, socket) => socket.end(answer) });
  const old = await PushServer.start({ path: '/' });
  await startListening(rest, { oldPort: old.port });
  expect(rest.frames).toEqual([]);
});

test('does not follow a redirect', async () => {
  const elsewhere = await PushServer.start();
  const rest = await PushServer.start({
    upgrade: answers(`302 Found\r\nlocation: wss://127.0.0.1:${elsewhere.port}/wsi`),
  });
  const { client, state } = createListener(rest, new ManualClock());
  client.start();
  await until(() => state().status === 'missing');
  await flushLoopback();
  expect(elsewhere.requests).toEqual([]);
  expect(elsewhere.connections).toBe(0);
});

test('reports missing push when both ports lack it, and tries again after an hour', async () => {
  const rest = await PushServer.start({ path: '/elsewhere' });
  const oldPort = await closedPort();
  const clock = new ManualClock();
  const { client, state, states } = createListener(rest, clock, { oldPort });
  client.start();
  await until(() => state().status === 'missing');
  expect(state()).toMatchObject({ error: { code: 'push-missing' } });
  await clock.advance(HOUR - 1);
  expect(rest.requests).toHaveLength(1);
  await clock.advance(1);
  await until(() => rest.requests.length === 2 && state().status === 'missing');
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'missing', 'connecting', 'missing']);
  expect(rest.frames).toEqual([]);
});

test('treats a second port that accepts and sends nothing as missing after ten seconds', async () => {
  const rest = await PushServer.start({ path: '/elsewhere' });
  const old = await PushServer.start({ upgrade: () => undefined });
  const clock = new ManualClock();
  const { client, state } = createListener(rest, clock, { oldPort: old.port });
  client.start();
  await until(() => old.requests.length === 1);
  await clock.advance(10_000);
  await until(() => state().status === 'missing');
});

test.each([
  ['503 Service Unavailable', 'pbx-failed'],
  ['502 Bad Gateway', 'pbx-failed'],
  ['429 Too Many Requests', 'rate-limited'],
])('does not try the second port after %s', async (head, code) => {
  const rest = await PushServer.start({ upgrade: answers(head) });
  const old = await PushServer.start({ path: '/' });
  const { client, state } = createListener(rest, new ManualClock(), { oldPort: old.port });
  client.start();
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code } });
  expect(old.requests).toEqual([]);
});

test('obeys a Retry-After of two minutes', async () => {
  const rest = await PushServer.start({ upgrade: answers('429 Too Many Requests\r\nretry-after: 120') });
  const clock = new ManualClock();
  const { client, state } = createListener(rest, clock);
  client.start();
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ retryAt: clock.now() + 120_000 });
  expect(clock.pending()).toEqual([120_000]);
});

test('tries the port that worked first, and both again after it was lost', async () => {
  const rest = await PushServer.start({ path: '/elsewhere' });
  const old = await PushServer.start({ path: '/' });
  const { client, state, clock } = await startListening(rest, { oldPort: old.port });
  client.stop();
  client.start();
  await until(() => state().status === 'listening');
  expect(rest.requests).toHaveLength(1);
  old.sockets.at(-1)?.terminate();
  await until(() => state().status === 'waiting');
  await clock.advance(2_000);
  await until(() => state().status === 'listening');
  expect(rest.requests).toHaveLength(2);
  expect(old.commands('auth')).toHaveLength(3);
});

test('retries soon when a PBX that has pushed before answers 404', async () => {
  const rest = await PushServer.start();
  const { state, clock } = await startListening(rest);
  const port = rest.port;
  await rest.close();
  const restarting = await PushServer.start({ port, upgrade: answers('404 Not Found') });
  await until(() => state().status === 'waiting');
  await clock.advance(2_000);
  await until(() => restarting.requests.length === 1 && state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'push-missing' } });
  expect(clock.pending()[0]).toBeLessThanOrEqual(60_000);
});

test('reports a server that closes during the upgrade as lost, not missing', async () => {
  const server = await tlsServer((socket) => socket.once('data', () => socket.destroy()));
  const { client, state } = createListener(server, new ManualClock());
  client.start();
  await until(() => state().status === 'waiting');
  expect(state()).toMatchObject({ error: { code: 'connection-lost' } });
});
