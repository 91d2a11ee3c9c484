import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';
import { expect, test, vi } from 'vitest';
import { openTestPbx } from '../pbx/test-pbx.ts';
import { openDemo, openSignedInDemo } from './support/api.ts';

// One test sends a thousand requests, another starts a Node process.
vi.setConfig({ testTimeout: 30_000 });

test('the demo PBX listens on loopback with a self-signed certificate', async () => {
  const { pbx } = await openDemo();
  expect(pbx.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(pbx.origin).toBe(`https://${pbx.address}`);
  expect(pbx.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

  const shown = new X509Certificate(pbx.certificate.cert);
  expect(shown.issuer).toBe(shown.subject);
  expect(shown.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(shown.checkHost('localhost')).toBe('localhost');

  const port = Number(pbx.address.split(':')[1]);
  const presented = await new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
  expect(presented).toBe(pbx.fingerprint);
});

test('a client that does not know the certificate refuses it', async () => {
  const { pbx } = await openDemo();
  const stranger = new Agent();
  await expect(request(`${pbx.origin}/api/info`, { dispatcher: stranger })).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  await stranger.destroy();
});

test('a certificate can be used for two starts', async () => {
  const { pbx } = await openDemo();
  const { pbx: next } = await openDemo({ certificate: pbx.certificate });
  expect(next.fingerprint).toBe(pbx.fingerprint);
});

test('/api/info needs no token and names the tenant of a domain', async () => {
  const { api } = await openDemo();
  const plain = await api.get('/api/info');
  expect(plain.status).toBe(200);
  expect(plain.json).toMatchObject({ web_domain: '127.0.0.1', enable_ipv6: false });
  expect(plain.json).not.toHaveProperty('name');

  const tenant = await api.get('/api/info?domain=demo.traydial.test');
  expect(tenant.json).toMatchObject({ name: 'Demo Office', domain: 'demo.traydial.test' });

  const unknown = await api.get('/api/info?domain=other.test');
  expect(unknown.status).toBe(400);
  expect(unknown.json).toMatchObject({ errors: [{ code: 'UNKNOWN' }] });
});

test('unknown paths are answered with 404 and wrong methods with 405, both without a body', async () => {
  const { api } = await openSignedInDemo();
  for (const path of ['/', '/api', '/api/sessions/', '/api/sessions/1/2/3', '/api/%zz', '/admin']) {
    const answer = await api.get(path);
    expect([path, answer.status, answer.text]).toEqual([path, 404, '']);
  }
  const wrong = await api.call('PUT', '/api/sessions', { text: '{}' });
  expect([wrong.status, wrong.text, wrong.headers['allow']]).toEqual([405, '', 'GET, POST']);
  expect((await api.get('/api/auth/sign_in')).status).toBe(405);
});

test('without a valid token only the sign-in is answered', async () => {
  const { api } = await openDemo();
  for (const path of ['/api/sessions', '/api/sessions/1', '/api/user', '/api/user/status', '/api/user/cdrs']) {
    expect([path, (await api.get(path)).status]).toEqual([path, 401]);
    expect((await api.get(path, { token: 'made-up' })).status).toBe(401);
  }
  expect((await api.post('/api/sessions', {})).status).toBe(401);
});

test('a body over 1 MB is refused, and the PBX keeps running', async () => {
  const { pbx, api } = await openSignedInDemo();
  const answer = await api.call('POST', '/api/sessions', { text: ' '.repeat(1_048_577) });
  expect(answer.status).toBe(413);
  expect(pbx.requests.at(-1)).toMatchObject({ path: '/api/sessions', body: '' });
  expect((await api.get('/api/user')).status).toBe(200);
});

test('the Date header has the PBX’s time', async () => {
  const { api, clock } = await openDemo();
  expect((await api.get('/api/info')).headers['date']).toBe(new Date(clock.now()).toUTCString());
});

test('the last thousand requests are recorded', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  await api.get('/api/info?domain=x');
  expect(pbx.requests).toEqual([
    {
      method: 'POST',
      path: '/api/auth/sign_in',
      query: '',
      body: '{"username":"alex","password":"demo","domain":"demo.traydial.test"}',
      contentType: 'application/json',
      bearer: false,
      at: clock.now(),
    },
    {
      method: 'GET',
      path: '/api/info',
      query: 'domain=x',
      body: '',
      contentType: '',
      bearer: true,
      at: clock.now(),
    },
  ]);
  await Promise.all(Array.from({ length: 1_000 }, () => api.get('/api/info')));
  expect(pbx.requests).toHaveLength(1_000);
  expect(pbx.requests[0]).toMatchObject({ path: '/api/info', query: '' });
});

test('a restart keeps the address and certificate and drops calls and tokens', async () => {
  const { pbx, api } = await openSignedInDemo();
  const { address, fingerprint } = pbx;
  const id = pbx.make('incoming');
  let down: unknown;
  await pbx.restart({
    whileDown: async () => {
      await api.reconnect();
      down = await api.get('/api/info').catch((problem: unknown) => problem);
    },
  });
  expect(down).toMatchObject({ code: 'ECONNREFUSED' });
  expect([pbx.address, pbx.fingerprint]).toEqual([address, fingerprint]);
  expect((await api.get('/api/sessions')).status).toBe(401);
  await api.signIn();
  expect(await api.sessions()).toEqual([]);
  expect(await api.session(id)).toBeNull();
  expect(pbx.make('incoming')).not.toBe(id);
});

test('a restart may keep the tokens', async () => {
  const { pbx, api } = await openSignedInDemo();
  await pbx.restart({ keepTokens: true });
  await api.reconnect();
  expect((await api.get('/api/user')).status).toBe(200);
});

test('a restart does not wait for connections in the middle of a TLS handshake', async () => {
  const { pbx } = await openDemo();
  const [host, port] = pbx.address.split(':');
  const silent = connectTcp(Number(port), host);
  await once(silent, 'connect');
  await pbx.restart({ whileDown: () => once(silent, 'close').then(() => undefined) });
});

test('a taken port is an error, not a hang', async () => {
  const { pbx } = await openDemo();
  const port = Number(pbx.address.split(':')[1]);
  await expect(openTestPbx({ port, traffic: false })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('close leaves no timers and connections', async () => {
  const { pbx, api, clock } = await openSignedInDemo({ traffic: true });
  pbx.make('incoming');
  await api.place('+12015550123');
  expect(clock.pending().length).toBeGreaterThan(3);
  await pbx.close();
  expect(clock.pending()).toEqual([]);
  await api.reconnect();
  await expect(api.get('/api/info')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  // A second close() does nothing.
  await pbx.close();
});

test.each([
  ['../../src/demo/index.ts', 'startDemoPbx(1)'],
  ['../pbx/test-pbx.ts', 'openTestPbx()'],
])('on the system clock, a closed PBX of %s lets the program end', async (module, start) => {
  const program = `
    import * as pbxs from ${JSON.stringify(new URL(module, import.meta.url).href)};
    const pbx = await pbxs.${start};
    pbx.make('incoming');
    await pbx.close();
    console.log('closed');`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout).toBe('closed\n');
});
