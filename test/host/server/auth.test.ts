import { request } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { runFixture, TOKEN, type Fixture } from '../fixtures/run-fixture.ts';

let fixture: Fixture;
let cookie: string;

beforeAll(async () => {
  fixture = await runFixture();
  const response = await fetch(fixture.url);
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
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

test('the printed address gives a cookie that scripts and other sites cannot use', async () => {
  const response = await fetch(fixture.url);
  expect(response.headers.get('set-cookie')).toMatch(/^host_token_\d+=secret; Path=\/; HttpOnly; SameSite=Strict$/);
});

test.each(['/', '/index.html', '/__host/state', '/__host/page.js?window=1', '/__host/desktop'])(
  '%s needs the token',
  async (path) => {
    expect(await get(path, {})).toBe(401);
    expect(await get(path, { authorization: 'Bearer wrong' })).toBe(403);
    expect(await get(path, { authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await get(path, { cookie: cookie.replace(TOKEN, 'wrong') })).toBe(403);
    expect(await get(path, { cookie })).toBe(200);
  },
);

test('a token in the address counts only where it was printed', async () => {
  expect(await get(`/?token=wrong`, {})).toBe(403);
  expect(await get(`/__host/state?token=${TOKEN}`, {})).toBe(401);
});

test('a foreign name that points to this computer is refused, token or not', async () => {
  expect(await get('/__host/state', { host: 'rebound.example', authorization: `Bearer ${TOKEN}` })).toBe(403);
  expect(await get('/__host/state', { host: 'localhost:1', authorization: `Bearer ${TOKEN}` })).toBe(403);
});

test('a page on another port of this computer cannot use the cookie', async () => {
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
