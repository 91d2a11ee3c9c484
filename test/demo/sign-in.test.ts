import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDemo, openSignedInDemo } from './support/api.ts';

const RIGHT = { username: 'alex', password: 'demo', domain: 'demo.traydial.test' };
const OAUTH = {
  grant_type: 'password',
  scope: 'all',
  client_id: '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a',
  ...RIGHT,
};
const UNAUTHORIZED = { errors: [{ code: 'UNAUTHORIZED', message: expect.any(String) as string }] };

test('the right password gets a token pair that works', async () => {
  const { api } = await openDemo({ tokenLifetimeSeconds: 1800 });
  const answer = await api.post('/api/auth/sign_in', RIGHT);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    token_type: 'Bearer',
    expires_in: 1800,
    access_token: expect.stringMatching(/^\S{20,}$/) as string,
    refresh_token: expect.stringMatching(/^\S{20,}$/) as string,
  });
  api.keep(answer);
  expect((await api.get('/api/auth/user')).json).toMatchObject({ role: 'StandardUser', password_force_reset: false });
});

test.each([
  ['a wrong password', { ...RIGHT, password: 'wrong' }],
  ['the extension number for a user name', { ...RIGHT, username: '1001' }],
  ['another domain', { ...RIGHT, domain: 'other.test' }],
])('%s is refused with 401 by the JSON sign-in and with 400 by the OAuth grant', async (_what, wrong) => {
  const { api } = await openDemo();
  const json = await api.post('/api/auth/sign_in', wrong);
  expect([json.status, json.json]).toEqual([401, UNAUTHORIZED]);
  const oauth = await api.call('POST', '/api/login/oauth/token', { form: { ...OAUTH, ...wrong } });
  expect([oauth.status, oauth.json]).toEqual([400, UNAUTHORIZED]);
});

test('the answer to an incomplete sign-in names the missing fields', async () => {
  const { api } = await openDemo();
  const answer = await api.post('/api/auth/sign_in', { username: 'x'.repeat(65), domain: 7 });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    errors: [
      {
        code: 'VALIDATE_FAILED',
        detail: [{ field: 'username' }, { field: 'password' }, { field: 'domain' }],
      },
    ],
  });
  expect((await api.call('POST', '/api/auth/sign_in', { text: 'not json' })).status).toBe(400);
});

test('five failures in both flows together block the address for an hour, even for the right password', async () => {
  const { api, clock } = await openDemo();
  for (let failure = 0; failure < 5; failure++) {
    expect((await api.post('/api/auth/sign_in', { ...RIGHT, password: 'no' })).status).toBe(401);
  }
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(403);
  expect((await api.call('POST', '/api/login/oauth/token', { form: OAUTH })).status).toBe(403);

  await clock.advance(3_599_000);
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(403);
  await clock.advance(1_000);
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(200);
});

test('a success resets the count of failures', async () => {
  const { api } = await openDemo();
  for (let failure = 0; failure < 4; failure++) await api.post('/api/auth/sign_in', { ...RIGHT, password: 'no' });
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(200);
  expect((await api.post('/api/auth/sign_in', { ...RIGHT, password: 'no' })).status).toBe(401);
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(200);
});

test('an access token expires after expires_in', async () => {
  const { api, clock } = await openSignedInDemo({ tokenLifetimeSeconds: 60 });
  await clock.advance(59_999);
  expect((await api.get('/api/user')).status).toBe(200);
  await clock.advance(1);
  const stale = await api.get('/api/user');
  expect([stale.status, stale.json]).toEqual([401, UNAUTHORIZED]);
});

test('a refresh replaces both tokens, and each refresh token works once', async () => {
  const { pbx, api } = await openSignedInDemo();
  const first = api.refreshToken;
  pbx.expireAccessTokens();
  expect((await api.get('/api/user')).status).toBe(401);

  api.keep(await api.post('/api/auth/refresh_token', { refresh_token: first }));
  expect(api.refreshToken).not.toBe(first);
  expect((await api.get('/api/user')).status).toBe(200);
  expect((await api.post('/api/auth/refresh_token', { refresh_token: first })).status).toBe(401);
});

test('the OAuth grant refreshes too, and answers 400 UNKNOWN to an unknown token', async () => {
  const { api } = await openDemo();
  api.keep(await api.call('POST', '/api/login/oauth/token', { form: OAUTH }));
  const refresh = { grant_type: 'refresh_token', client_id: OAUTH.client_id, refresh_token: api.refreshToken };
  api.keep(await api.call('POST', '/api/login/oauth/token', { form: refresh }));
  expect((await api.get('/api/user')).status).toBe(200);

  const again = await api.call('POST', '/api/login/oauth/token', { form: refresh });
  expect(again.status).toBe(400);
  expect(again.json).toMatchObject({ errors: [{ code: 'UNKNOWN' }] });
});

test('the OAuth grant requires a form, the client id and the scope', async () => {
  const { api } = await openDemo();
  const status = async (form: Record<string, string>) =>
    (await api.call('POST', '/api/login/oauth/token', { form })).status;
  expect((await api.post('/api/login/oauth/token', OAUTH)).status).toBe(400);
  expect(await status({ ...OAUTH, client_id: 'mine' })).toBe(400);
  expect(await status({ ...OAUTH, scope: 'some' })).toBe(400);
  expect(await status({ ...OAUTH, grant_type: 'code' })).toBe(400);
  expect(await status(OAUTH)).toBe(200);
});

test.each(['/api/auth/sign_out', '/api/login/oauth/revoke'])('%s revokes both tokens', async (path) => {
  const { api } = await openSignedInDemo();
  expect((await api.post(path)).status).toBe(200);
  expect((await api.get('/api/user')).status).toBe(401);
  expect((await api.post('/api/auth/refresh_token', { refresh_token: api.refreshToken })).status).toBe(401);
});

test('revoked tokens cannot be refreshed', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.revokeTokens();
  expect((await api.get('/api/user')).status).toBe(401);
  expect((await api.post('/api/auth/refresh_token', { refresh_token: api.refreshToken })).status).toBe(401);
});

test('a PBX before 22.2.11 has no JSON sign-in', async () => {
  const { api } = await openDemo({ signInFlow: 'oauth' });
  expect((await api.post('/api/auth/sign_in', RIGHT)).status).toBe(404);
  api.keep(await api.call('POST', '/api/login/oauth/token', { form: OAUTH }));
  expect((await api.get('/api/user')).status).toBe(200);
});

test('a PBX of release 16 has only POST /api/tokens for signing in', async () => {
  const { api } = await openDemo({ signInFlow: 'v16', tokenLifetimeSeconds: 600 });
  for (const path of ['sign_in', 'send_otp', 'verify_otp', 'refresh_token', 'sign_out']) {
    expect([path, (await api.post(`/api/auth/${path}`, RIGHT)).status]).toEqual([path, 404]);
  }
  expect((await api.call('POST', '/api/login/oauth/token', { form: OAUTH })).status).toBe(404);
  const answer = await api.post('/api/tokens', RIGHT);
  expect([answer.status, answer.json]).toEqual([
    200,
    { access_token: expect.stringMatching(/^\S{20,}$/) as string, expires: 600 },
  ]);
  const { access_token: token } = z.object({ access_token: z.string() }).parse(answer.json);
  expect((await api.get('/api/user', { token })).status).toBe(200);
  expect((await api.get('/api/auth/user', { token })).status).toBe(404);
  expect((await api.get('/api/sessions', { token })).status).toBe(201);
});

test('wrong passwords also block the address on release 16', async () => {
  const { api } = await openDemo({ signInFlow: 'v16' });
  expect((await api.post('/api/tokens', { username: 'alex' })).status).toBe(400);
  for (let failure = 0; failure < 5; failure++) {
    const wrong = await api.post('/api/tokens', { ...RIGHT, password: 'no' });
    expect([wrong.status, wrong.json]).toEqual([401, UNAUTHORIZED]);
  }
  expect((await api.post('/api/tokens', RIGHT)).status).toBe(403);
});

test.each(['json', 'oauth'] as const)('the %s flow has no POST /api/tokens', async (signInFlow) => {
  const { api } = await openDemo({ signInFlow });
  expect((await api.post('/api/tokens', RIGHT)).status).toBe(404);
});

test('GET /api/auth/user reports an initial password that must be changed', async () => {
  const { api } = await openSignedInDemo({ mustChangePassword: true });
  expect((await api.get('/api/auth/user')).json).toMatchObject({ password_force_reset: true });
});
