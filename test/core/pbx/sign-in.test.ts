import { expect, test } from 'vitest';
import { refreshTokens, signIn, signOut } from '../../../src/core/pbx/sign-in.ts';
import type { SignInFlow, Tokens } from '../../../src/core/pbx/tokens.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { tokenBody, tokensFor } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer, type Handler, type TestServer } from './support/servers.ts';

const ADA = { username: 'ada', password: 'p&ss wörd', domain: 'office.example' };
const clock = new ManualClock();

/** Answers by path; 404 for every other path. */
const routes =
  (answers: Record<string, [status: number, body: unknown, headers?: Record<string, string>]>): Handler =>
  (request, response) => {
    const [status, body, headers] = answers[request.url] ?? [404, 'no such page'];
    json(response, status, body, headers);
  };

async function tokensOf(server: TestServer, lastFlow?: SignInFlow): Promise<Tokens> {
  const answer = good(await signIn(clientFor(server), ADA, clock, lastFlow));
  if (answer.step !== 'done') throw new Error('a code is wanted');
  return answer.tokens;
}

test('signs in by JSON, and gets tokens that expire on the clock of this computer', async () => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [200, tokenBody(1)] }));
  expect(good(await signIn(clientFor(server), ADA, clock))).toEqual({
    step: 'done',
    tokens: {
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      expiresAt: clock.now() + 1_800_000,
      flow: 'json',
    },
  });
  expect(server.requests).toHaveLength(1);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(ADA);
});

test('signs in a system administrator without a domain', async () => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [200, tokenBody(1)] }));
  good(await signIn(clientFor(server), { ...ADA, domain: '' }, clock));
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ username: ADA.username, password: ADA.password });
});

test.each([404, 405])('tries the OAuth password grant if the JSON sign-in answers %i', async (status) => {
  const server = await httpsServer(
    routes({ '/api/auth/sign_in': [status, ''], '/api/login/oauth/token': [200, tokenBody(1)] }),
  );
  expect(await tokensOf(server)).toMatchObject({ accessToken: 'access-1', flow: 'oauth' });
  expect(Object.fromEntries(new URLSearchParams(server.requests[1]?.body))).toEqual({
    grant_type: 'password',
    ...ADA,
    scope: 'all',
    client_id: '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a',
  });
});

const NONE = [404, ''] as const;
const APIS = ['/api/auth/sign_in', '/api/login/oauth/token', '/api/tokens'];

test('tries the API of release 16 if the PBX has neither of the newer ones', async () => {
  const server = await httpsServer(routes({ '/api/tokens': [200, { access_token: 'access-1', expires: 600 }] }));
  expect(await tokensOf(server)).toEqual({
    accessToken: 'access-1',
    refreshToken: '',
    expiresAt: clock.now() + 600_000,
    flow: 'v16',
  });
  expect(server.requests.map(({ url }) => url)).toEqual(APIS);
  expect(JSON.parse(server.requests[2]?.body ?? '')).toEqual(ADA);
});

test.each<[lastFlow: SignInFlow, path: string]>([
  ['json', '/api/auth/sign_in'],
  ['oauth', '/api/login/oauth/token'],
  ['v16', '/api/tokens'],
])('tries only the API that worked last time (%s)', async (lastFlow, path) => {
  const server = await httpsServer(routes(Object.fromEntries(APIS.map((api) => [api, [200, tokenBody(1)]]))));
  expect(await tokensOf(server, lastFlow)).toMatchObject({ flow: lastFlow });
  expect(server.requests.map(({ url }) => url)).toEqual([path]);
});

test('finds the newest API after an upgrade removed the one that worked last time', async () => {
  const server = await httpsServer(routes({ '/api/auth/sign_in': [200, tokenBody(1)], '/api/tokens': [...NONE] }));
  expect(await tokensOf(server, 'v16')).toMatchObject({ flow: 'json' });
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/tokens', '/api/auth/sign_in']);
});

test.each<SignInFlow>(['json', 'oauth', 'v16'])(
  'does not send a password to another API after the one that worked last time (%s) refused it',
  async (lastFlow) => {
    const server = await httpsServer(routes(Object.fromEntries(APIS.map((api) => [api, [401, '']]))));
    expect(bad(await signIn(clientFor(server), ADA, clock, lastFlow)).code).toBe('sign-in-refused');
    expect(server.requests).toHaveLength(1);
  },
);

test('returns a challenge if the PBX wants a code after the password', async () => {
  const server = await httpsServer(
    routes({ '/api/auth/sign_in': [200, { two_factor_enabled: true, token: 'otp-session' }] }),
  );
  expect(good(await signIn(clientFor(server), ADA, clock))).toEqual({
    step: 'code',
    challenge: { token: 'otp-session' },
  });
  expect(server.requests).toHaveLength(1);
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
  [200, { two_factor_enabled: true }, 'bad-answer'],
  [200, { two_factor_enabled: true, token: 17 }, 'bad-answer'],
  [200, { two_factor_enabled: false, token: 'otp-session' }, 'bad-answer'],
])('sends the password only once if the answer is %i with %j, and reports %s', async (status, body, code) => {
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

test('sends a wrong password to the OAuth grant once', async () => {
  const server = await httpsServer(routes({ '/api/login/oauth/token': [400, refused] }));
  expect(bad(await signIn(clientFor(server), ADA, clock)).code).toBe('sign-in-refused');
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/auth/sign_in', '/api/login/oauth/token']);
});

test('reports not-portsip for a server with none of the APIs', async () => {
  const server = await httpsServer(routes({}));
  expect(bad(await signIn(clientFor(server), ADA, clock)).code).toBe('not-portsip');
});

test('does not repeat the password if the connection is cut after it was sent', async () => {
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

const date = 'Mon, 05 Jan 2026 12:00:00 GMT';

test.each([
  ['a string', { expires_in: '60' }, 60_000],
  ['missing', {}, 1_800_000],
  ['negative', { expires_in: -5 }, 1_800_000],
  ['an object without a value', { expires_in: { valueOf: 1, toString: 1 } }, 1_800_000],
  ['in seconds by the older name', { expires: 600 }, 600_000],
  ["a time on the PBX's clock", { expires_at: '2026-01-05T12:10:00Z' }, 600_000],
  ['such a time in another field', { expires: '2026-01-05T13:10:00+01:00' }, 600_000],
  ['such a time as Unix seconds', { expires_in: Date.parse(date) / 1000 + 600 }, 600_000],
  ['given twice, once in an invalid form', { expires_at: '2023-00-00T00:00:00Z', expires_in: '3600' }, 3_600_000],
  ['a time in the past', { expires_at: '2026-01-05T11:00:00Z' }, 1_800_000],
  ['almost endless', { expires_at: '9999-12-31T23:59:59Z' }, 365 * 24 * 3_600_000],
])('reads a lifetime that is %s', async (_what, lifetime, ms) => {
  const server = await httpsServer(
    routes({ '/api/auth/sign_in': [201, { access_token: 'a', ...lifetime }, { date }] }),
  );
  expect(await tokensOf(server)).toMatchObject({ refreshToken: '', expiresAt: clock.now() + ms });
});

test.each([
  ['json', '/api/auth/refresh_token', '{"refresh_token":"refresh-1"}'],
  [
    'oauth',
    '/api/login/oauth/token',
    'grant_type=refresh_token&refresh_token=refresh-1&client_id=9d806019-75b2-4b3d-bb8b-f5a3a412cc0a',
  ],
  ['v16', '/api/tokens/refresh', '{"refresh_token":"refresh-1"}'],
] as const)('refreshes %s tokens at the API that issued them', async (flow, path, body) => {
  const server = await httpsServer(routes({ [path]: [200, tokenBody(2)] }));
  const fresh = good(await refreshTokens(clientFor(server), tokensFor(clock, { flow }), clock));
  expect(fresh).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2', flow });
  expect(server.requests).toMatchObject([{ method: 'POST', url: path, body }]);
});

test('keeps the refresh token if a refresh returns no new one', async () => {
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
])('maps an answer of %i to a refresh to %s', async (status, code) => {
  const server = await httpsServer(routes({ '/api/auth/refresh_token': [status, { errors: [] }] }));
  expect(bad(await refreshTokens(clientFor(server), tokensFor(clock), clock)).code).toBe(code);
});

test('reports session-expired without a request if there is no refresh token', async () => {
  const server = await httpsServer(routes({}));
  const tokens = tokensFor(clock, { refreshToken: '' });
  expect(bad(await refreshTokens(clientFor(server), tokens, clock)).code).toBe('session-expired');
  expect(server.requests).toEqual([]);
});

test('refreshes v16 tokens that have no refresh token with the access token', async () => {
  const server = await httpsServer(routes({ '/api/tokens/refresh': [200, { access_token: 'access-2' }] }));
  const tokens = tokensFor(clock, { flow: 'v16', refreshToken: '' });
  const fresh = good(await refreshTokens(clientFor(server), tokens, clock));
  expect(fresh).toMatchObject({ accessToken: 'access-2', refreshToken: '', flow: 'v16' });
  expect(server.requests).toMatchObject([{ headers: { authorization: 'Bearer access-1' } }]);
});

test.each([
  ['json', '/api/auth/sign_out', 200],
  ['oauth', '/api/login/oauth/revoke', 204],
  ['v16', '/api/tokens/destroy', 200],
  ['json', '/api/auth/sign_out', 401],
] as const)('revokes %s tokens at %s (answer %i)', async (flow, path, status) => {
  const server = await httpsServer(routes({ [path]: [status, ''] }));
  expect(await signOut(clientFor(server), tokensFor(clock, { flow }))).toEqual({ ok: true, value: null });
  expect(server.requests).toMatchObject([{ method: 'POST', url: path, headers: { authorization: 'Bearer access-1' } }]);
});
