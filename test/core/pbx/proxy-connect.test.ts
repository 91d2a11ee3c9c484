import { expect, test } from 'vitest';
import type { PbxHttpOptions } from '../../../src/core/pbx/http.ts';
import { openTrustedSocket } from '../../../src/core/pbx/trusted-socket.ts';
import { makeCertificate } from './support/certificate.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { connectProxy } from './support/proxy.ts';
import { closedPort, httpsServer, impostor, json, silentServer, tlsServer } from './support/servers.ts';

const GET = { method: 'GET', path: '/api/sessions', token: 'secret' } as const;

const pbx = () => httpsServer((_request, response) => json(response, 200, { fine: true }));

/** Treats loopback like any other address, so that connections to it use a proxy. */
const viaProxies = (...entries: string[]): Partial<PbxHttpOptions> => ({
  proxyFor: () => Promise.resolve(entries.join('; ')),
  goesDirect: () => false,
});

test('sends a request through the proxy, which learns only host and port', async () => {
  const server = await pbx();
  const proxy = await connectProxy();
  expect(good(await clientFor(server, viaProxies(proxy.entry)).request(GET)).body).toEqual({ fine: true });
  expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  expect(proxy.heads).toEqual([{ host: `127.0.0.1:${server.port}`, 'proxy-connection': 'keep-alive' }]);
  expect(server.requests).toMatchObject([{ url: '/api/sessions', headers: { authorization: 'Bearer secret' } }]);
});

test('keeps a tunnel for the next GET, and opens one for each POST', async () => {
  const server = await pbx();
  const proxy = await connectProxy();
  const http = clientFor(server, viaProxies(proxy.entry));
  good(await http.request(GET));
  await expect.poll(async () => good(await http.request(GET)).status).toBe(200);
  expect(proxy.asked.length).toBeLessThanOrEqual(2);
  const before = proxy.asked.length;
  good(await http.request({ ...GET, method: 'POST' }));
  good(await http.request({ ...GET, method: 'POST' }));
  expect(proxy.asked.length - before).toBe(2);
});

test('leaves the DNS lookup of the PBX to the proxy', async () => {
  const server = await pbx();
  const proxy = await connectProxy({ leadTo: server.port });
  const http = clientFor(
    { ...server, origin: 'https://pbx.invalid:8887' },
    { proxyFor: () => Promise.resolve(proxy.entry) },
  );
  good(await http.request(GET));
  expect(proxy.asked).toEqual(['pbx.invalid:8887']);
});

test('connects to a proxy over TLS only if its certificate is trusted', async () => {
  const authority = await makeCertificate('Office CA');
  const certificate = await makeCertificate('pbx', { authority });
  const server = await httpsServer((_request, response) => json(response, 200, { fine: true }), certificate);
  const proxy = await connectProxy({ certificate: await makeCertificate('proxy', { authority }) });
  const trust = { fingerprint: null, ca: authority.cert };
  good(await clientFor(server, { ...viaProxies(proxy.entry), trust }).request(GET));
  expect(proxy.asked).toHaveLength(1);

  const untrusted = await connectProxy({ certificate: await makeCertificate('untrusted') });
  const error = bad(await clientFor(server, { ...viaProxies(untrusted.entry), trust }).request(GET));
  expect(error.code).toBe('proxy-unreachable');
  expect(error.detail).toContain('SELF_SIGNED');
  expect(untrusted.asked).toEqual([]);
});

test.each([
  ['cannot be reached', async () => `PROXY 127.0.0.1:${await closedPort()}`],
  ['closes the connection', async () => `PROXY 127.0.0.1:${(await tlsServer(() => undefined)).port}`],
  ['has a name that does not exist', () => Promise.resolve('PROXY proxy.invalid:3128')],
  ['is of an unsupported kind', () => Promise.resolve('SOCKS5 127.0.0.1:1080')],
])('tries the next entry if a proxy %s', async (_what, entry) => {
  const server = await pbx();
  const proxy = await connectProxy();
  good(await clientFor(server, viaProxies(await entry(), proxy.entry)).request(GET));
  expect(proxy.asked).toHaveLength(1);
  good(await clientFor(server, viaProxies(await entry(), 'DIRECT')).request(GET));
});

test('leaves time for the next entry if a proxy accepts the connection and sends nothing', async () => {
  const server = await pbx();
  const silent = `PROXY 127.0.0.1:${(await silentServer()).port}`;
  const timeouts = { connect: 1000 };
  good(await clientFor(server, { ...viaProxies(silent, 'DIRECT'), timeouts }).request(GET));
  const error = bad(await clientFor(server, { ...viaProxies(silent), timeouts: { connect: 200 } }).request(GET));
  expect(error.code).toBe('timed-out');
});

test('does not wait again for a proxy that could not be reached', async () => {
  const server = await pbx();
  const { port, seen } = await silentServer();
  const timeouts = { connect: 3000 };
  const http = clientFor(server, { ...viaProxies(`PROXY 127.0.0.1:${port}`, 'DIRECT'), timeouts });
  good(await http.request({ ...GET, method: 'POST' }));
  good(await http.request({ ...GET, method: 'POST' }));
  expect(seen.connections).toBe(1);
});

test.each([
  [407, 'proxy-auth-needed'],
  [403, 'proxy-refused'],
  [502, 'proxy-refused'],
])('does not try a direct connection after a proxy answers %i, and reports %s', async (refuseWith, code) => {
  const server = await pbx();
  const proxy = await connectProxy({ refuseWith });
  const error = bad(await clientFor(server, viaProxies(proxy.entry, 'DIRECT')).request(GET));
  expect(error.code).toBe(code);
  expect(error.detail).toContain(`answered ${refuseWith}`);
  expect(server.requests).toEqual([]);
  expect(proxy.heads.map((head) => Object.keys(head))).toEqual([['host', 'proxy-connection']]);
});

test.each([
  ['only SOCKS', ['SOCKS5 s:1080', 'SOCKS s:1081'], 'proxy-unsupported'],
  ['an unreachable proxy and SOCKS', ['PROXY proxy.invalid:1', 'SOCKS5 s:1080'], 'proxy-unreachable'],
  ['an unreachable proxy', ['PROXY proxy.invalid:1'], 'proxy-unreachable'],
])('a list with %s gives the error %3$s', async (_what, entries, code) => {
  const server = await pbx();
  expect(bad(await clientFor(server, viaProxies(...entries)).request(GET)).code).toBe(code);
});

test('reports the error of the direct connection if it fails too, with both attempts in the detail', async () => {
  const port = await closedPort();
  const origin = `https://127.0.0.1:${port}`;
  const http = clientFor({ ...(await pbx()), origin }, viaProxies('PROXY proxy.invalid:1', 'DIRECT'));
  const error = bad(await http.request(GET));
  expect(error.code).toBe('connection-refused');
  expect(error.detail).toMatch(/proxy proxy\.invalid:1: no such name .*; connection refused/);
});

test('sends no byte of a request through a proxy that leads to another server', async () => {
  const server = await pbx();
  const other = await impostor({ certificate: await makeCertificate('other') });
  const proxy = await connectProxy({ leadTo: other.port });
  expect(bad(await clientFor(server, viaProxies(proxy.entry)).request(GET)).code).toBe('tls-changed');
  expect(
    bad(await clientFor(server, { ...viaProxies(proxy.entry), trust: { fingerprint: null } }).request(GET)),
  ).toMatchObject({
    code: 'tls-untrusted',
    certificate: { subject: 'CN=other' },
  });
  await expect.poll(() => other.seen).toEqual({ connections: 2, open: 0, bytes: 0 });
});

test('refuses a proxy that sends data of its own in the tunnel', async () => {
  const server = await pbx();
  const proxy = await connectProxy({ intrude: 'HTTP/1.1 200 OK\r\n\r\n' });
  // This data arrives with the proxy's answer, or later as garbage in the middle of the handshake.
  expect(['proxy-refused', 'tls-failed']).toContain(
    bad(await clientFor(server, viaProxies(proxy.entry)).request(GET)).code,
  );
  expect(server.requests).toEqual([]);
});

test('connects directly to this computer', async () => {
  const server = await pbx();
  const proxy = await connectProxy();
  good(await clientFor(server, { proxyFor: () => Promise.resolve(proxy.entry) }).request(GET));
  expect(proxy.asked).toEqual([]);
});

test('does not wait long for the system to name its proxies', async () => {
  const server = await pbx();
  const proxyFor = () => new Promise<string>(() => undefined);
  const http = clientFor(server, { proxyFor, goesDirect: () => false, timeouts: { connect: 600 } });
  good(await http.request(GET));
});

test('close() cancels a connection that is being opened', async () => {
  const { port, seen } = await silentServer();
  const http = clientFor(await pbx(), viaProxies(`PROXY 127.0.0.1:${port}`));
  const asked = http.request(GET);
  await expect.poll(() => seen.open).toBe(1);
  await http.close();
  expect(bad(await asked).code).toBe('connection-lost');
  await expect.poll(() => seen).toEqual({ connections: 1, open: 0 });
});

test('openTrustedSocket() uses the same proxies and the same trust', async () => {
  const server = await pbx();
  const proxy = await connectProxy();
  const target = { host: '127.0.0.1', port: server.port, timeoutMs: 5000, ...viaProxies(proxy.entry) };
  const socket = good(await openTrustedSocket({ ...target, trust: { fingerprint: server.certificate.fingerprint } }));
  const answer = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
  socket.write('GET / HTTP/1.1\r\nhost: pbx\r\nconnection: close\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK/);
  socket.destroy();
  expect(proxy.asked).toHaveLength(1);

  const error = bad(await openTrustedSocket({ ...target, trust: { fingerprint: null } }));
  expect(error).toMatchObject({ code: 'tls-untrusted', certificate: { sha256: server.certificate.fingerprint } });
  expect(error.detail).toContain(`127.0.0.1:${server.port}`);
});

test('openTrustedSocket() can be aborted', async () => {
  const { port } = await silentServer();
  const stop = new AbortController();
  const opening = openTrustedSocket({
    host: '127.0.0.1',
    port,
    trust: { fingerprint: null },
    timeoutMs: 60_000,
    signal: stop.signal,
  });
  stop.abort();
  expect(bad(await opening).code).toBe('connection-lost');
  const late = openTrustedSocket({
    host: '127.0.0.1',
    port,
    trust: { fingerprint: null },
    timeoutMs: 60_000,
    signal: AbortSignal.abort(),
  });
  expect(bad(await late).code).toBe('connection-lost');
});
