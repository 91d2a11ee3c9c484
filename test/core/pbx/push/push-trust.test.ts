import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '../../../support/manual-clock.ts';
import { makeCertificate } from '../support/certificate.ts';
import { connectProxy } from '../support/proxy.ts';
import { closeServers, tlsServer } from '../support/servers.ts';
import { createListener, startListening, flushLoopback, until } from './support/push-listener.ts';
import { PushServer } from './support/push-server.ts';

afterEach(closeServers);
const DAY = 86_400_000;

/** A TLS server that counts handshakes and the bytes that it receives after them. */
async function countingServer() {
  const received = { handshakes: 0, bytes: 0 };
  const server = await tlsServer((socket) => {
    received.handshakes++;
    socket.on('data', (data: Buffer) => (received.bytes += data.length));
  });
  return { ...server, received };
}

test('sends no byte to a server with another certificate than the trusted one, also when it checks again', async () => {
  const trusted = await makeCertificate('trusted');
  const server = await countingServer();
  const clock = new ManualClock();
  const { client, state, states } = createListener(server, clock, { trust: { fingerprint: trusted.fingerprint } });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({
    error: { code: 'tls-changed', certificate: { sha256: server.certificate.fingerprint } },
  });
  await clock.advance(300_000);
  await until(() => states.length === 3);
  expect(states.map(({ status }) => status)).toEqual(['connecting', 'refused', 'refused']);
  // Closing the server waits for its connections, so everything that was sent has arrived.
  await server.close();
  expect(server.received.bytes).toBe(0);
});

test('reconnects by itself after a captive portal has answered for a while', async () => {
  const portal = await PushServer.start({ certificate: await makeCertificate('portal') });
  const pbx = await makeCertificate('pbx.test');
  const { port } = portal;
  const clock = new ManualClock();
  const { client, state } = createListener({ port, certificate: pbx }, clock);
  client.start();
  await until(() => state().status === 'refused');
  await portal.close();
  await PushServer.start({ certificate: pbx, port });
  await clock.advance(300_000);
  await until(() => state().status === 'listening');
});

test('sends the upgrade to the server with the trusted certificate', async () => {
  const server = await countingServer();
  const { client } = createListener(server, new ManualClock());
  client.start();
  await until(() => server.received.bytes > 0);
});

test('sends no byte to a server with an untrusted certificate, and reports the certificate', async () => {
  const server = await countingServer();
  const { client, state } = createListener(server, new ManualClock(), { trust: { fingerprint: null } });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({
    error: { code: 'tls-untrusted', certificate: { sha256: server.certificate.fingerprint } },
  });
  await server.close();
  expect(server.received.bytes).toBe(0);
});

test('accepts a certificate of a trusted authority', async () => {
  const authority = await makeCertificate('Office CA');
  const server = await PushServer.start({ certificate: await makeCertificate('pbx', { authority }) });
  const { state } = await startListening(server, { trust: { fingerprint: null, ca: authority.cert } });
  expect(state().status).toBe('listening');
});

test('stops when the certificate changes between two connections, without a sign-in at the second server', async () => {
  const server = await PushServer.start();
  const { clock, state, client } = await startListening(server);
  const { port } = server;
  await server.close();
  const other = await PushServer.start({ port, certificate: await makeCertificate('man in the middle') });
  await until(() => state().status === 'waiting');
  await clock.advance(2_000);
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'tls-changed' } });
  await clock.advance(2 * DAY);
  client.wake();
  await until(() => state().status === 'refused');
  await flushLoopback();
  expect(other.requests).toEqual([]);
  expect(other.frames).toEqual([]);
});

test('reconnects at wake() after a captive portal', async () => {
  const server = await PushServer.start();
  const { port } = server;
  await server.close();
  const portal = await PushServer.start({ port, certificate: await makeCertificate('Hotel') });
  const { client, state } = createListener({ port, certificate: server.certificate }, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  await portal.close();
  const home = await PushServer.start({ port });
  client.wake();
  await until(() => state().status === 'listening');
  expect(home.commands('auth')).toHaveLength(1);
  expect(portal.requests).toEqual([]);
});

test('sends nothing to a second port with another certificate', async () => {
  const rest = await PushServer.start({ path: '/elsewhere' });
  const old = await PushServer.start({ path: '/', certificate: await makeCertificate('somebody else') });
  const { client, state } = createListener(rest, new ManualClock(), { oldPort: old.port });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'tls-changed' } });
  expect(old.requests).toEqual([]);
});

test('connects through the proxy, which learns only host and port', async () => {
  const server = await PushServer.start();
  const proxy = await connectProxy();
  await startListening(server, { proxyFor: () => Promise.resolve(proxy.entry), goesDirect: () => false });
  expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  expect(proxy.heads).toEqual([{ host: `127.0.0.1:${server.port}`, 'proxy-connection': 'keep-alive' }]);
});

test('does not connect when the file of authorities cannot be read', async () => {
  const server = await PushServer.start();
  const { client, state } = createListener(server, new ManualClock(), {
    trust: { fingerprint: null, ca: 'no certificate' },
  });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'tls-ca-unreadable' } });
  expect(server.connections).toBe(0);
});

test('leaves no connection after stop() during a handshake', async () => {
  const open = new Set<unknown>();
  const server = createServer((socket) => {
    open.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => open.delete(socket))
      .resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const clock = new ManualClock();
  const { client, state } = createListener(
    { port: (server.address() as AddressInfo).port, certificate: await makeCertificate('pbx') },
    clock,
  );
  client.start();
  await until(() => open.size === 1);
  await flushLoopback();
  client.stop();
  await until(() => open.size === 0);
  expect(state()).toEqual({ status: 'off' });
  expect(clock.pending()).toEqual([]);
  server.close();
});
