import { expect, test, vi } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { makeCertificate } from './support/certificate.ts';
import { bad, client, clientFor, good } from './support/connect.ts';
import { closedPort, httpsServer, json, plainHttpServer, silentServer, tlsServer } from './support/servers.ts';

const INFO = { method: 'GET', path: '/api/info?domain=secret.example' } as const;
const QUICK = { connect: 300, headers: 300, body: 300 };
const computer = { fingerprint: null };

test('reports connection-refused for a closed port, with the request but not its query in the detail', async () => {
  const port = await closedPort();
  const error = bad(await client({ origin: `https://127.0.0.1:${port}`, trust: computer }).request(INFO));
  expect(error.code).toBe('connection-refused');
  expect(error.detail).toBe(`GET https://127.0.0.1:${port}/api/info: connection refused (ECONNREFUSED)`);
});

test('reports dns-failed for a host name that does not exist', async () => {
  const error = bad(await client({ origin: 'https://nothing.invalid:8887', trust: computer }).request(INFO));
  expect(error.code).toBe('dns-failed');
});

test('reports tls-failed for a server that speaks HTTP without TLS', async () => {
  const { port } = await plainHttpServer();
  const error = bad(await client({ origin: `https://127.0.0.1:${port}`, trust: computer }).request(INFO));
  expect(error.code).toBe('tls-failed');
});

test('reports timed-out for a server that accepts the connection and sends nothing', async () => {
  const { port } = await silentServer();
  const http = client({ origin: `https://127.0.0.1:${port}`, trust: computer, timeouts: QUICK });
  expect(bad(await http.request(INFO)).code).toBe('timed-out');
});

test('reports tls-untrusted for a self-signed certificate, with its details for the user to compare', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, {}));
  const error = bad(await client({ origin: server.origin, trust: computer }).request(INFO));
  expect(error.code).toBe('tls-untrusted');
  expect(error.certificate).toMatchObject({
    subject: 'CN=pbx.test',
    issuer: 'CN=pbx.test',
    sha256: server.certificate.fingerprint,
  });
  expect(error.certificate?.validTo).toBeGreaterThan(Date.now());
  expect(error.certificate?.validFrom).toBeLessThanOrEqual(Date.now());
  expect(server.requests).toEqual([]);
});

test('accepts a certificate of a trusted authority for the host that it names', async () => {
  const authority = await makeCertificate('Office CA');
  const certificate = await makeCertificate('pbx', { authority });
  const server = await httpsServer((_request, response) => json(response, 200, { fine: true }), certificate);
  const http = client({ origin: server.origin, trust: { fingerprint: null, ca: authority.cert } });
  expect(good(await http.request(INFO)).body).toEqual({ fine: true });
});

test.each([
  ['for another host', { host: 'other.example' }],
  ['that has expired', { notAfter: new Date('2001-01-01') }],
])('reports tls-untrusted for a certificate of a trusted authority %s', async (_what, options) => {
  const authority = await makeCertificate('Office CA');
  const certificate = await makeCertificate('pbx', { authority, ...options });
  const server = await httpsServer((_request, response) => json(response, 200, {}), certificate);
  const http = client({ origin: server.origin, trust: { fingerprint: null, ca: authority.cert } });
  const error = bad(await http.request(INFO));
  expect(error.code).toBe('tls-untrusted');
  expect(error.certificate?.issuer).toBe('CN=Office CA');
  expect(server.requests).toEqual([]);
});

test.each([
  ['no certificate', 'not a certificate'],
  ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
])('reports tls-ca-unreadable without a request if the file of authorities contains %s', async (_what, ca) => {
  const server = await httpsServer((_request, response) => json(response, 200, {}));
  const error = bad(await client({ origin: server.origin, trust: { fingerprint: null, ca } }).request(INFO));
  expect(error.code).toBe('tls-ca-unreadable');
  expect(server.requests).toEqual([]);
});

test('accepts the pinned certificate, however its fingerprint is written', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, { fine: true }));
  const fingerprint = server.certificate.fingerprint.replaceAll(':', '').toLowerCase();
  const http = client({ origin: server.origin, trust: { fingerprint } });
  expect(good(await http.request(INFO)).body).toEqual({ fine: true });
});

test.each(['GET', 'POST'] as const)(
  'reports tls-changed and sends no byte of a %s if the certificate is not the pinned one',
  async (method) => {
    const other = await makeCertificate('other.test');
    let bytes = 0;
    let handshakes = 0;
    const server = await tlsServer((socket) => {
      handshakes++;
      socket.on('data', (data: Buffer) => (bytes += data.length));
    });
    const http = client({ origin: server.origin, trust: { fingerprint: other.fingerprint } });
    const error = bad(
      await http.request({ method, path: '/api/auth/sign_in', token: 'secret', unansweredCode: 'dial-unanswered' }),
    );
    expect(error.code).toBe('tls-changed');
    expect(error.certificate?.sha256).toBe(server.certificate.fingerprint);
    // Closing the server waits for its connections, so everything that was sent has arrived.
    await server.close();
    expect(bytes).toBe(0);
    expect(handshakes).toBeLessThanOrEqual(1);
  },
);

test.each(['', 'AA:BB', 'not a fingerprint'])(
  'trusts no certificate with the fingerprint "%s"',
  async (fingerprint) => {
    const server = await httpsServer((_request, response) => json(response, 200, {}));
    expect(bad(await client({ origin: server.origin, trust: { fingerprint } }).request(INFO)).code).toBe('tls-changed');
    expect(server.requests).toEqual([]);
  },
);

test('reports connection-lost for requests after close()', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, {}));
  const http = clientFor(server);
  good(await http.request(INFO));
  await http.close();
  expect(bad(await http.request(INFO)).code).toBe('connection-lost');
});

test('reports a failure to connect with its own code, not with the code for an unanswered request', async () => {
  const port = await closedPort();
  const http = client({ origin: `https://127.0.0.1:${port}`, trust: computer });
  const error = bad(await http.request({ method: 'POST', path: '/api/sessions', unansweredCode: 'dial-unanswered' }));
  expect(error.code).toBe('connection-refused');
});

test('stops connecting after ten seconds of the injected clock', async () => {
  const clock = new ManualClock();
  const { port, seen } = await silentServer();
  const answer = client({ origin: `https://127.0.0.1:${port}`, trust: computer, clock }).request(INFO);
  await vi.waitFor(() => expect(seen.connections).toBe(1));
  expect(clock.pending()[0]).toBe(10_000);
  await clock.advance(10_000);
  expect(bad(await answer).code).toBe('timed-out');
  await vi.waitFor(() => expect([seen.open, clock.pending()]).toEqual([0, []]));
});
