import { expect, test } from 'vitest';
import { probeServer } from '../../../src/core/pbx/probe.ts';
import { parseServerAddress } from '../../../src/core/pbx/server-address.ts';
import { bad, good } from './support/connect.ts';
import { closedPort, httpsServer, json, type Handler, type TestServer } from './support/servers.ts';
import { NETWORK } from '../../../src/core/pbx/transport.ts';

const INFO = { web_domain: 'pbx.example.com', private_ipv4: '', enable_ipv6: false };

const probe = (server: TestServer, domain = '', fingerprint: string | null = server.certificate.fingerprint) =>
  probeServer({ address: good(parseServerAddress(server.origin)), domain, transport: NETWORK, trust: { fingerprint } });

test('recognises a PBX, and reads the name of the tenant of a domain', async () => {
  const server = await httpsServer((request, response) => {
    const named = request.url === '/api/info?domain=office.example%2F1' ? { name: 'The Office' } : {};
    json(response, 200, { ...INFO, ...named });
  });
  expect(good(await probe(server))).toEqual({ origin: server.origin, tenant: '', microsoft: false });
  expect(good(await probe(server, 'office.example/1'))).toEqual({
    origin: server.origin,
    tenant: 'The Office',
    microsoft: false,
  });
});

test('accepts a domain for which the PBX gives no name', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, INFO));
  expect(good(await probe(server, 'office.example'))).toEqual({ origin: server.origin, tenant: '', microsoft: false });
});

test.each([400, 403, 404])('reports domain-unknown if the PBX answers %i only with the domain', async (status) => {
  const server = await httpsServer((request, response) => {
    if (request.url.includes('domain=')) json(response, status, { errors: [{ code: 'UNKNOWN', message: 'no' }] });
    else json(response, 200, INFO);
  });
  expect(bad(await probe(server, 'other.example')).code).toBe('domain-unknown');
  expect(good(await probe(server))).toMatchObject({ tenant: '', microsoft: false });
});

const errors = { errors: [{ code: 'UNKNOWN', message: 'no' }] };

test.each<[what: string, handler: Handler, code: string]>([
  ['a web page', (_request, response) => response.end('<html>'), 'not-portsip'],
  ['other JSON', (_request, response) => json(response, 200, { name: 'grafana' }), 'not-portsip'],
  ['a JSON list', (_request, response) => json(response, 200, [INFO]), 'not-portsip'],
  ['an empty body', (_request, response) => response.writeHead(204).end(), 'not-portsip'],
  ['a 404', (_request, response) => response.writeHead(404).end(), 'not-portsip'],
  ['a redirect', (_request, response) => response.writeHead(302, { location: '/login' }).end(), 'not-portsip'],
  ['a bare 401', (_request, response) => response.writeHead(401).end(), 'not-portsip'],
  ['a refusal in the format of PortSIP', (_request, response) => json(response, 403, errors), 'pbx-refused'],
  ['a request to wait', (_request, response) => response.writeHead(429).end(), 'rate-limited'],
  ['a failure', (_request, response) => response.writeHead(502).end(), 'pbx-failed'],
])('a server that answers with %s gives the error %3$s, with and without a domain', async (_what, handler, code) => {
  const server = await httpsServer(handler);
  expect(bad(await probe(server)).code).toBe(code);
  expect(bad(await probe(server, 'office.example')).code).toBe(code);
});

test('reports an untrusted certificate, and accepts it after its fingerprint is trusted', async () => {
  const server = await httpsServer((_request, response) => json(response, 200, INFO));
  const error = bad(await probe(server, '', null));
  expect(error.code).toBe('tls-untrusted');
  expect(good(await probe(server, '', error.certificate?.sha256 ?? ''))).toMatchObject({ origin: server.origin });
});

test('reports connection-refused for a closed port', async () => {
  const address = good(parseServerAddress(`127.0.0.1:${await closedPort()}`));
  const error = bad(
    await probeServer({ address, domain: 'office.example', transport: NETWORK, trust: { fingerprint: null } }),
  );
  expect(error.code).toBe('connection-refused');
});
