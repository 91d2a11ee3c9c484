import { request } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { runFixture, TOKEN, type Fixture } from '../fixtures/run-fixture.ts';

let fixture: Fixture;
let setCookie: string;
let cookie: string;

beforeAll(async () => {
  fixture = await runFixture();
  setCookie = (await fetch(fixture.url)).headers.get('set-cookie') ?? '';
  cookie = setCookie.split(';')[0] ?? '';
});
afterAll(() => fixture.stop());

/** fetch does not let the Host header be set. */
async function get(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request(fixture.origin + path, { headers }).end();
  const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

async function openSocket(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`${fixture.origin.replace('http', 'ws')}/__host/socket?window=1`, { headers });
  // `once` rejects with the socket's error.
  const outcome = await once(socket, 'open').then(
    () => 'open',
    (error: unknown) => String(error),
  );
  socket.on('error', () => {});
  socket.terminate();
  return outcome;
}

/** Sends a raw request that no client would build, and returns the status line of the answer. */
async function raw(...lines: string[]): Promise<string> {
  const socket = connect(Number(new URL(fixture.origin).port), '127.0.0.1');
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString('latin1').split('\r\n')[0] ?? '';
}

test('the printed address gives one browser a cookie that scripts and other sites cannot use', async () => {
  expect(setCookie).toMatch(/^host_token_\d+=[0-9a-f]{48}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(setCookie).not.toContain(new URL(fixture.url).searchParams.get('ticket'));
  const again = await fetch(fixture.url);
  expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null]);
  expect(await again.text()).toContain('The terminal shows a new one');
  // The browser with the cookie may load the address again.
  expect(await get(new URL(fixture.url).search, { cookie })).toBe(200);
});

test('no file or argument that other users of the computer can read contains the token or the cookie', () => {
  const { argv } = { argv: fixture.child.spawnargs };
  expect(argv.join(' ')).not.toMatch(/token|ticket/);
  expect(fixture.url).not.toContain(TOKEN);
});

test('an invalid path is rejected with and without access, and the host keeps running', async () => {
  const host = `Host: ${new URL(fixture.origin).host}`;
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AA=='];
  for (const path of ['//', '//[', '/\\', 'http://[', '*']) {
    const line = `GET ${path} HTTP/1.1`;
    expect(await raw(line, host, ...upgrade)).toMatch(/^HTTP\/1\.1 40[013]/);
    expect(await raw(line, host)).toMatch(/^HTTP\/1\.1 40[013]/);
    expect(await raw(line, host, `Cookie: ${cookie}`)).toMatch(/^HTTP\/1\.1 (40[034]|200)/);
    expect(await raw(line, host, `Cookie: ${cookie}`, `Origin: ${fixture.origin}`, ...upgrade)).toMatch(/ 40[04] /);
  }
  expect(await raw('GET // HTTP/1.1', host, `Cookie: ${cookie}`)).toMatch(/ 400 /);
  expect((await fixture.state()).app.ready).toBe(true);
});

test.each([
  'not JSON',
  'null',
  '[]',
  '{"kind":"none"}',
  '{"kind":"invoke","id":1,"channel":"echo","args":"{"}',
  '{"kind":"send","channel":"x","args":7}',
  '{"kind":"navigate","url":"//"}',
  '{"kind":"title"}',
])('a page that sends %s is disconnected, and the host keeps running', async (message) => {
  const headers = { cookie, origin: fixture.origin };
  const socket = new WebSocket(`${fixture.origin.replace('http', 'ws')}/__host/socket?window=1`, { headers });
  await once(socket, 'open');
  socket.send(message);
  const [code] = (await once(socket, 'close')) as [number];
  expect(code).toBe(1007);
  expect((await fixture.state()).app.ready).toBe(true);
});

test.each(['/', '/index.html', '/__host/state', '/__host/page.js?window=1', '/__host/desktop'])(
  '%s needs the token',
  async (path) => {
    expect(await get(path, {})).toBe(401);
    expect(await get(path, { authorization: 'Bearer wrong' })).toBe(403);
    expect(await get(path, { authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await get(path, { cookie: `${cookie.split('=')[0]}=${TOKEN}` })).toBe(403);
    expect(await get(path, { cookie })).toBe(200);
  },
);

test('a ticket is accepted only in its printed address, and the token is not accepted in any address', async () => {
  expect(await get(`/?ticket=wrong`, {})).toBe(403);
  expect(await get(`/?token=${TOKEN}`, {})).toBe(401);
  expect(await get(`/__host/state?token=${TOKEN}`, {})).toBe(401);
});

test('a foreign host name that resolves to this computer is rejected, even with the token', async () => {
  expect(await get('/__host/state', { host: 'rebound.example', authorization: `Bearer ${TOKEN}` })).toBe(403);
  expect(await get('/__host/state', { host: 'localhost:1', authorization: `Bearer ${TOKEN}` })).toBe(403);
});

test('a page on another port cannot use the cookie', async () => {
  expect(await get('/__host/state', { cookie, 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await get('/__host/state', { cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
});

test('a WebSocket needs the cookie and the origin of the host', async () => {
  const { origin } = fixture;
  expect(await openSocket({ cookie, origin })).toBe('open');
  expect(await openSocket({ origin })).toContain('401');
  expect(await openSocket({ cookie })).toContain('403');
  expect(await openSocket({ cookie, origin: 'http://127.0.0.1:1' })).toContain('403');
});
