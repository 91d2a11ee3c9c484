import { expect, test } from 'vitest';
import { refreshTokens, signIn, signOut } from '../../../src/core/pbx/sign-in.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { tokenBody, tokensFor } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer, type Handler } from './support/servers.ts';

const ADA = { username: 'ada', password: 'p&ss wörd', domain: 'office.example' };
const clock = new ManualClock();

/** Answers by path; what is not named is a 404. */
const routes =
  (answers: Record<string, [status: number, body: unknown, headers?: Record<string, string>]>): Handler =>
  (request, response) => {
    const [status, body, headers] = answers[request.url] ?? [404, 'no such page'];
    json(response, status, body, headers);
  };

test('signing in by JSON gives tokens that expire on the clock of this computer', async () => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [200, tokenBody(1)] }));
  expect(good(await signIn(clientFor(server), ADA, clock))).toEqual({
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresAt: clock.now() + 1_800_000,
    flow: 'json',
  });
  expect(server.requests).toHaveLength(1);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(ADA);
});

test('a system administrator signs in without a domain', async () => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [200, tokenBody(1)] }));
  good(await signIn(clientFor(server), { ...ADA, domain: '' }, clock));
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ username: ADA.username, password: ADA.password });
});

test.each([404, 405])('a PBX that answers %i is asked by the OAuth password grant', async (status) => {
  const server = await httpsServer(
    routes({ '/api/auth/sign_in': [status, ''], '/api/login/oauth/token': [200, tokenBody(1)] }),
  );
  expect(good(await signIn(clientFor(server), ADA, clock))).toMatchObject({ accessToken: 'access-1', flow: 'oauth' });
  expect(Object.fromEntries(new URLSearchParams(server.requests[1]?.body))).toEqual({
    grant_type: 'password',
    ...ADA,
    scope: 'all',
    client_id: '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a',
  });
});

const refused = { errors: [{ code: 'UNAUTHORIZED', message: 'Login failed, authentication error' }] };

test.each([
  [400, refused, 'sign-in-refused'],
  [401, refused, 'sign-in-refused'],
  [403, '', 'sign-in-refused'],
  [404, refused, 'sign-in-refused'],
  [423, '', 'pbx-refused'],
  [429, '', 'rate-limited'],
  [500, '', 'pbx-failed'],
  [503, '', 'pbx-failed'],
  [302, '', 'bad-answer'],
  [200, {}, 'bad-answer'],
  [200, { access_token: 'has\r\nbreaks' }, 'bad-answer'],
  [200, { two_factor_enabled: true, token: 'otp-session' }, 'two-factor-needed'],
])('after a %i with %j the password is not sent a second time: %s', async (status, body, code) => {
  const server = await httpsServer(
    routes({
      '/api/auth/sign_in': [status, body, { 'retry-after': '3600', location: '/api/login/oauth/token' }],
      '/api/login/oauth/token': [200, tokenBody(1)],
    }),
  );
  const error = bad(await signIn(clientFor(server), ADA, clock));
  expect(error).toMatchObject({ code, retryAfterMs: 3_600_000 });
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/auth/sign_in']);
  expect(JSON.stringify(error)).not.toContain(ADA.password);
});

test('a wrong password in the OAuth grant is sent there once', async () => {
  const server = await httpsServer(routes({ '/api/login/oauth/token': [400, refused] }));
  expect(bad(await signIn(clientFor(server), ADA, clock)).code).toBe('sign-in-refused');
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/auth/sign_in', '/api/login/oauth/token']);
});

test('a server that has neither API is not a PortSIP PBX', async () => {
  const server = await httpsServer(routes({}));
  expect(bad(await signIn(clientFor(server), ADA, clock)).code).toBe('not-portsip');
});

test('a connection that is cut after the password was sent is not tried again', async () => {
  let asked = 0;
  const server = await tlsServer((socket) =>
    socket.once('data', () => {
      asked++;
      socket.destroy();
    }),
  );
  expect(bad(await signIn(clientFor(server), ADA, clock)).code).toBe('connection-lost');
  expect(asked).toBe(1);
});

test.each([
  ['a string', '60', 60_000],
  ['missing', undefined, 1_800_000],
  ['nonsense', -5, 1_800_000],
  ['an object without a value', { valueOf: 1, toString: 1 }, 1_800_000],
])('a lifetime that is %s is read leniently', async (_what, expires_in, ms) => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [201, { access_token: 'a', expires_in }] }));
  const tokens = good(await signIn(clientFor(server), ADA, clock));
  expect(tokens).toMatchObject({ refreshToken: '', expiresAt: clock.now() + ms });
});

test.each([
  ['json', '/api/auth/refresh_token', '{"refresh_token":"refresh-1"}'],
  [
    'oauth',
    '/api/login/oauth/token',
    'grant_type=refresh_token&refresh_token=refresh-1&client_id=9d806019-75b2-4b3d-bb8b-f5a3a412cc0a',
  ],
] as const)('%s tokens are refreshed where they came from', async (flow, path, body) => {
  const server = await httpsServer(routes({ [path]: [200, tokenBody(2)] }));
  const fresh = good(await refreshTokens(clientFor(server), tokensFor(clock, { flow }), clock));
  expect(fresh).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2', flow });
  expect(server.requests).toMatchObject([{ method: 'POST', url: path, body }]);
});

test('a refresh that gives no new refresh token leaves the old one', async () => {
  const server = await httpsServer(routes({ '/api/auth/refresh_token': [200, { access_token: 'access-2' }] }));
  const fresh = good(await refreshTokens(clientFor(server), tokensFor(clock), clock));
  expect(fresh).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-1' });
});

test.each([
  [400, 'session-expired'],
  [401, 'session-expired'],
  [403, 'session-expired'],
  [404, 'session-expired'],
  [429, 'rate-limited'],
  [503, 'pbx-failed'],
  [200, 'bad-answer'],
])('a refresh answered with %i is %s', async (status, code) => {
  const server = await httpsServer(routes({ '/api/auth/refresh_token': [status, { errors: [] }] }));
  expect(bad(await refreshTokens(clientFor(server), tokensFor(clock), clock)).code).toBe(code);
});

test('without a refresh token the sign-in is over, and nobody is asked', async () => {
  const server = await httpsServer(routes({}));
  const tokens = tokensFor(clock, { refreshToken: '' });
  expect(bad(await refreshTokens(clientFor(server), tokens, clock)).code).toBe('session-expired');
  expect(server.requests).toEqual([]);
});

test.each([
  ['json', '/api/auth/sign_out', 200],
  ['oauth', '/api/login/oauth/revoke', 204],
  ['json', '/api/auth/sign_out', 401],
] as const)('%s tokens are given back at %s (%i)', async (flow, path, status) => {
  const server = await httpsServer(routes({ [path]: [status, ''] }));
  expect(await signOut(clientFor(server), tokensFor(clock, { flow }))).toEqual({ ok: true, value: null });
  expect(server.requests).toMatchObject([{ method: 'POST', url: path, headers: { authorization: 'Bearer access-1' } }]);
});
