import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '../../../support/manual-clock.ts';
import { makeCertificate } from '../support/certificate.ts';
import { connectProxy } from '../support/proxy.ts';
import { closeServers, tlsServer } from '../support/servers.ts';
import { listener, listening, quiet, until } from './support/listening.ts';
import { PushServer } from './support/push-server.ts';

afterEach(closeServers);
const DAY = 86_400_000;

/** A TLS server that counts what it is told once the handshake is done. */
async function countingServer() {
  const heard = { handshakes: 0, bytes: 0 };
  const server = await tlsServer((socket) => {
    heard.handshakes++;
    socket.on('data', (data: Buffer) => (heard.bytes += data.length));
  });
  return { ...server, heard };
}

test('Another certificate than the trusted one gets not a byte, and is not tried again by itself.', async () => {
  const trusted = await makeCertificate('trusted');
  const server = await countingServer();
  const clock = new ManualClock();
  const { client, state } = listener(server, clock, { trust: { fingerprint: trusted.fingerprint } });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({
    error: { code: 'tls-changed', certificate: { sha256: server.certificate.fingerprint } },
  });
  await clock.advance(2 * DAY);
  await quiet();
  expect(clock.pending()).toEqual([]);
  // The server is asked to close first, so that everything that was sent has arrived.
  await server.close();
  expect(server.heard.bytes).toBe(0);
  expect(server.heard.handshakes).toBeLessThanOrEqual(1);
});

test('The trusted certificate gets the upgrade.', async () => {
  const server = await countingServer();
  const { client } = listener(server, new ManualClock());
  client.start();
  await until(() => server.heard.bytes > 0);
});

test('A certificate that this computer does not trust gets not a byte either, and is shown for a person to compare.', async () => {
  const server = await countingServer();
  const { client, state } = listener(server, new ManualClock(), { trust: { fingerprint: null } });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({
    error: { code: 'tls-untrusted', certificate: { sha256: server.certificate.fingerprint } },
  });
  await server.close();
  expect(server.heard.bytes).toBe(0);
});

test('A certificate of a trusted authority is accepted.', async () => {
  const authority = await makeCertificate('Office CA');
  const server = await PushServer.start({ certificate: await makeCertificate('pbx', { authority }) });
  const { state } = await listening(server, { trust: { fingerprint: null, ca: authority.cert } });
  expect(state().status).toBe('listening');
});

test('A certificate that changes between two connections stops it: the second server sees no sign-in.', async () => {
  const server = await PushServer.start();
  const { clock, state, client } = await listening(server);
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
  await quiet();
  expect(other.requests).toEqual([]);
  expect(other.frames).toEqual([]);
});

test('A captive portal is forgotten as soon as the network is the right one again and wake() says so.', async () => {
  const server = await PushServer.start();
  const { port } = server;
  await server.close();
  const portal = await PushServer.start({ port, certificate: await makeCertificate('Hotel') });
  const { client, state } = listener({ port, certificate: server.certificate }, new ManualClock());
  client.start();
  await until(() => state().status === 'refused');
  await portal.close();
  const home = await PushServer.start({ port });
  client.wake();
  await until(() => state().status === 'listening');
  expect(home.commands('auth')).toHaveLength(1);
  expect(portal.requests).toEqual([]);
});

test('The second port gets nothing either when its certificate is another one.', async () => {
  const rest = await PushServer.start({ path: '/elsewhere' });
  const old = await PushServer.start({ path: '/', certificate: await makeCertificate('somebody else') });
  const { client, state } = listener(rest, new ManualClock(), { oldPort: old.port });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'tls-changed' } });
  expect(old.requests).toEqual([]);
});

test('It goes through the proxy, which learns host and port and nothing else.', async () => {
  const server = await PushServer.start();
  const proxy = await connectProxy();
  await listening(server, { proxyFor: () => Promise.resolve(proxy.entry), goesDirect: () => false });
  expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  expect(proxy.heads).toEqual([{ host: `127.0.0.1:${server.port}`, 'proxy-connection': 'keep-alive' }]);
});

test('A file of authorities that cannot be read stops it before it connects.', async () => {
  const server = await PushServer.start();
  const { client, state } = listener(server, new ManualClock(), { trust: { fingerprint: null, ca: 'no certificate' } });
  client.start();
  await until(() => state().status === 'refused');
  expect(state()).toMatchObject({ error: { code: 'tls-ca-unreadable' } });
  expect(server.connections).toBe(0);
});

test('stop() in the middle of a handshake leaves no connection.', async () => {
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
  const { client, state } = listener(
    { port: (server.address() as AddressInfo).port, certificate: await makeCertificate('pbx') },
    clock,
  );
  client.start();
  await until(() => open.size === 1);
  await quiet();
  client.stop();
  await until(() => open.size === 0);
  expect(state()).toEqual({ status: 'off' });
  expect(clock.pending()).toEqual([]);
  server.close();
});
